import type { Labels } from './labels.ts'
import { UNKNOWABLE } from './labels.ts'
import type { Node, OwnerReference, Pod, Workload, WrittenPod, WrittenWorkload } from './objects.ts'
import { mayRunOn } from './scheduling.ts'

/**
 * The Pods of a cluster: those that were written, each with what made it, and those that the workloads would make.
 * A workload whose Pods are in the input makes no more of them, nor does one that another workload made.
 */
export function podsOf(
  written: readonly WrittenPod[],
  templates: readonly WrittenWorkload[],
  nodes: readonly Node[],
): { readonly pods: readonly Pod[]; readonly workloads: readonly Workload[] } {
  const ownerOf = ownersAmong(templates)
  const tops = templates.filter(workload => topOf(workload, ownerOf) === workload)
  const workloads = new Map<string, Workload>(
    tops.map(top => [keyOf(top.namespace, top.kind, top.name), top]),
  )
  const living = new Set<Workload>()
  const pods = written.map((pod): Pod => {
    const workload = pod.owner === undefined ? undefined : workloadOf(pod, pod.owner, ownerOf, workloads)
    if (workload !== undefined) living.add(workload)
    return { ...pod, workload }
  })
  const made = tops.filter(top => !living.has(top)).flatMap(top => replicasOf(top, nodes))
  return { pods: [...pods, ...made], workloads: [...workloads.values()] }
}

/** Which of the objects that are written a workload has made, itself or by a workload that it made. */
export function madeBy(
  maker: Pick<Workload, 'kind' | 'namespace' | 'name'>,
  pods: readonly WrittenPod[],
  templates: readonly WrittenWorkload[],
): ReadonlySet<WrittenPod | WrittenWorkload> {
  const ownerOf = ownersAmong(templates)
  const isMade = (object: WrittenPod | WrittenWorkload, steps = LONGEST_CHAIN): boolean => {
    if (object.owner === undefined || object.namespace !== maker.namespace || steps === 0) return false
    const above = ownerOf(object.namespace, object.owner)
    const { kind, name } = above ?? (object.kind === 'Pod' ? referenced(object, object.owner) : object.owner)
    return (kind === maker.kind && name === maker.name) || (above !== undefined && isMade(above, steps - 1))
  }
  return new Set([...pods, ...templates].filter(object => isMade(object)))
}

type FindOwner = (namespace: string, owner: OwnerReference) => WrittenWorkload | undefined

function ownersAmong(templates: readonly WrittenWorkload[]): FindOwner {
  const present = new Map(
    templates.map(workload => [keyOf(workload.namespace, workload.kind, workload.name), workload]),
  )
  return (namespace, owner) => present.get(keyOf(namespace, owner.kind, owner.name))
}

const keyOf = (namespace: string, kind: string, name: string): string => `${namespace}/${kind}/${name}`

/** A chain of owners is two long (ReplicaSet, Deployment); one that comes back to itself is cut. */
const LONGEST_CHAIN = 8

function topOf(workload: WrittenWorkload, ownerOf: FindOwner, steps = LONGEST_CHAIN): WrittenWorkload {
  const above =
    workload.owner === undefined || steps === 0 ? undefined : ownerOf(workload.namespace, workload.owner)
  return above === undefined ? workload : topOf(above, ownerOf, steps - 1)
}

/** What made a Pod, followed up to the top; what is not in the input is known by its reference alone. */
function workloadOf(
  pod: WrittenPod,
  owner: OwnerReference,
  ownerOf: FindOwner,
  workloads: Map<string, Workload>,
): Workload | undefined {
  const direct = ownerOf(pod.namespace, owner)
  const { kind, name } = direct === undefined ? referenced(pod, owner) : topOf(direct, ownerOf)
  // The kubelet's own static Pods are owned by their node, which makes no other Pods.
  if (kind === 'Node') return undefined
  const key = keyOf(pod.namespace, kind, name)
  const workload = workloads.get(key) ?? {
    kind,
    namespace: pod.namespace,
    name,
    labels: new Map(),
    at: pod.at,
  }
  workloads.set(key, workload)
  return workload
}

/** A ReplicaSet named after its template's hash was made by the Deployment of that name without it (S-301). */
export function referenced(
  pod: WrittenPod,
  owner: OwnerReference,
): { readonly kind: string; readonly name: string } {
  const hash = pod.labels.get('pod-template-hash')
  const ending = typeof hash === 'string' ? `-${hash}` : undefined
  return owner.kind === 'ReplicaSet' && ending !== undefined && owner.name.endsWith(ending)
    ? { kind: 'Deployment', name: owner.name.slice(0, -ending.length) }
    : owner
}

/** The Pods that a workload makes (S-302). */
function replicasOf(workload: WrittenWorkload, nodes: readonly Node[]): readonly Pod[] {
  if (workload.replicas !== undefined)
    return Array.from({ length: workload.replicas }, (_, index) =>
      replica(workload, index, workload.template.node),
    )
  const suitable = nodes.filter(node => mayRunOn(workload.scheduling, node))
  // One at least: the node that it is for may be missing from the input.
  if (suitable.length === 0) return [replica(workload, 0, workload.template.node)]
  return suitable.map((node, index) => replica(workload, index, node.name))
}

/** What is taken of a Pod that no status tells of (S-202). */
export const WITHOUT_STATUS = {
  addresses: [],
  hostAddresses: [],
  pending: false,
  finished: false,
  ready: true,
  terminating: false,
  owner: undefined,
} as const

function replica(workload: WrittenWorkload, index: number, node: string | undefined): Pod {
  const { namespace, template, at } = workload
  const name = nameOf(workload, index)
  const labels = new Map([...template.labels, ...addedLabels(workload, index, name)])
  return {
    ...template,
    ...(workload.kind === 'StatefulSet' && { hostname: name, subdomain: workload.serviceName }),
    ...WITHOUT_STATUS,
    kind: 'Pod',
    namespace,
    name,
    labels,
    node,
    workload,
    at,
  }
}

/**
 * A StatefulSet's Pods have names that can be told beforehand. The others end in random letters; `~` stands for
 * those, so that a made-up name is seen as one and can never be another Pod's.
 */
function nameOf({ kind, name, firstOrdinal, indexed }: WrittenWorkload, index: number): string {
  if (kind === 'StatefulSet') return `${name}-${firstOrdinal + index}`
  return indexed ? `${name}-${index}~` : `${name}~${index + 1}`
}

/** What the controllers add, which selectors may use (S-301); hashes and uids are unknowable (S-303). */
function addedLabels(
  { kind, name, indexed, firstOrdinal }: WrittenWorkload,
  index: number,
  podName: string,
): Labels {
  switch (kind) {
    case 'Deployment':
      return new Map([['pod-template-hash', UNKNOWABLE]])
    case 'DaemonSet':
      return new Map([
        ['controller-revision-hash', UNKNOWABLE],
        ['pod-template-generation', UNKNOWABLE],
      ])
    case 'StatefulSet':
      return new Map<string, string | typeof UNKNOWABLE>([
        ['statefulset.kubernetes.io/pod-name', podName],
        ['apps.kubernetes.io/pod-index', String(firstOrdinal + index)],
        ['controller-revision-hash', UNKNOWABLE],
      ])
    case 'Job':
    case 'CronJob':
      return new Map<string, string | typeof UNKNOWABLE>([
        // A CronJob names each of its Jobs after the minute it starts in.
        ['batch.kubernetes.io/job-name', kind === 'Job' ? name : UNKNOWABLE],
        ['job-name', kind === 'Job' ? name : UNKNOWABLE],
        ['batch.kubernetes.io/controller-uid', UNKNOWABLE],
        ['controller-uid', UNKNOWABLE],
        ...(indexed ? ([['batch.kubernetes.io/job-completion-index', String(index)]] as const) : []),
      ])
    case 'ReplicaSet':
    case 'ReplicationController':
      return new Map()
  }
}
