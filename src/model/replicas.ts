import { type Labels, UNKNOWABLE } from './labels.ts'
import type { Node, OwnerReference, Pod, Workload, WrittenPod, WrittenWorkload } from './objects.ts'
import { mayRunOn } from './scheduling.ts'

/**
 * The Pods of a cluster: those in the input, each with its workload, and those that the workloads would create. A workload
 * whose Pods are in the input gets no further ones, nor does one that is owned by another workload.
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

/** Which objects of the input a workload owns, directly or through a workload that it owns. */
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

/** A chain of owners has two links (ReplicaSet, Deployment); this ends cycles. */
const LONGEST_CHAIN = 8

function topOf(workload: WrittenWorkload, ownerOf: FindOwner, steps = LONGEST_CHAIN): WrittenWorkload {
  const above =
    workload.owner === undefined || steps === 0 ? undefined : ownerOf(workload.namespace, workload.owner)
  return above === undefined ? workload : topOf(above, ownerOf, steps - 1)
}

/** The topmost owner of a Pod; an owner that is not in the input is known by its reference alone. */
function workloadOf(
  pod: WrittenPod,
  owner: OwnerReference,
  ownerOf: FindOwner,
  workloads: Map<string, Workload>,
): Workload | undefined {
  const direct = ownerOf(pod.namespace, owner)
  const { kind, name } = direct === undefined ? referenced(pod, owner) : topOf(direct, ownerOf)
  // Static Pods are owned by their node, which is no workload.
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

/** A ReplicaSet whose name ends with its template's hash belongs to the Deployment named without it (S-301). */
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

/** The Pods that a workload creates (S-302). */
function replicasOf(workload: WrittenWorkload, nodes: readonly Node[]): readonly Pod[] {
  if (workload.replicas !== undefined)
    return Array.from({ length: workload.replicas }, (_, index) =>
      replica(workload, index, workload.template.node),
    )
  const suitable = nodes.filter(node => mayRunOn(workload.scheduling, node))
  // At least one: the node that it is for may be missing from the input.
  if (suitable.length === 0) return [replica(workload, 0, workload.template.node)]
  return suitable.map((node, index) => replica(workload, index, node.name))
}

/** What is assumed of a Pod without a status (S-202). */
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
  const name = podNameOf(workload, index)
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
 * The Pods of a StatefulSet have predictable names. Others end in random letters; `~` takes their place, so that such a
 * name is recognizable and can never be that of another Pod.
 */
function podNameOf({ kind, name, firstOrdinal, indexed }: WrittenWorkload, index: number): string {
  if (kind === 'StatefulSet') return `${name}-${firstOrdinal + index}`
  return indexed ? `${name}-${index}~` : `${name}~${index + 1}`
}

/** The labels that controllers add, which selectors may use (S-301); hashes and uids are unknowable (S-303). */
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
        // A CronJob names each Job after the minute it starts in.
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
