import { type Labels, UNKNOWABLE } from './labels.ts'
import type {
  CustomWorkload,
  Node,
  OwnerReference,
  Pod,
  PodGroup,
  Workload,
  WrittenPod,
  WrittenWorkload,
} from './objects.ts'
import { mayRunOn } from './scheduling.ts'

/**
 * The Pods of a cluster: those in the input, each with its workload, and those that the workloads would create. A workload
 * whose Pods are in the input creates no further ones, nor does one that is owned by another workload.
 */
export function podsAndWorkloads(
  written: readonly WrittenPod[],
  templates: readonly WrittenWorkload[],
  customs: readonly CustomWorkload[],
  nodes: readonly Node[],
): { readonly pods: readonly Pod[]; readonly workloads: readonly Workload[] } {
  const ownersOf = ownersAmong([...templates, ...customs.map(asOwner)])
  const topmost = templates.filter(workload => (ownersOf(workload).at(-1) ?? workload) === workload)
  const topmostCustoms = customs.filter(custom => ownersOf(asOwner(custom)).length === 0)
  const tops = [...topmost, ...topmostCustoms.map(({ workload }) => workload)]
  const workloads = new Map<string, Workload>(tops.map(workload => [workloadKey(workload), workload]))
  const withPods = new Set<Workload>()
  const pods = written.map((pod): Pod => {
    const workload = workloadOf(pod, ownersOf, workloads)
    if (workload !== undefined) withPods.add(workload)
    return { ...pod, workload }
  })
  const created = topmost
    .filter(workload => !withPods.has(workload))
    .flatMap(workload => replicasOf(workload, nodes))
  const custom = topmostCustoms
    .filter(({ workload }) => !withPods.has(workload))
    .flatMap(one => {
      // What its controller has created already says more than what is known of it.
      const own = templates.filter(template => isDirectOwner(one.workload, template))
      return own.length > 0
        ? own.flatMap(template =>
            replicasOf(template, nodes).map(pod => ({ ...pod, workload: one.workload })),
          )
        : podsOfCustom(one, templates, written)
    })
  return { pods: [...pods, ...created, ...custom], workloads: [...workloads.values()] }
}

/** What can own Pods and workloads. */
type Owner = Workload & { readonly owner: OwnerReference | undefined }

const isDirectOwner = ({ kind, namespace, name }: Workload, owned: WrittenWorkload): boolean =>
  owned.namespace === namespace && owned.owner?.kind === kind && owned.owner.name === name

const asOwner = ({ workload, owner }: CustomWorkload): Owner => ({ ...workload, owner })

/** The Pods of a kind that is not built in; none where some of the input are its Pods, by their names and labels. */
function podsOfCustom(
  { workload, groups, templateOf, namespace }: CustomWorkload,
  templates: readonly WrittenWorkload[],
  written: readonly WrittenPod[],
): readonly Pod[] {
  const referred = templates.find(
    one => one.namespace === namespace && one.kind === templateOf?.kind && one.name === templateOf.name,
  )
  const taken = referred === undefined ? [] : [groupLike(workload.name, referred)]
  return [...groups, ...taken]
    .filter(group => !written.some(pod => pod.namespace === namespace && isOfGroup(pod, group, workload)))
    .flatMap(({ template, pods }) =>
      pods.map(
        ({ name, labels }): Pod => ({
          ...template,
          ...WITHOUT_STATUS,
          kind: 'Pod',
          namespace,
          name,
          labels: new Map([...template.labels, ...labels]),
          workload,
          at: workload.at,
        }),
      ),
    )
}

/** A workload whose template is taken over is usually scaled to none itself. */
const groupLike = (name: string, { template, replicas }: WrittenWorkload): PodGroup => ({
  name,
  template,
  pods: podsNamed(name, Math.max(1, replicas ?? 1)),
})

/** Pods whose names end in random letters, for which `~` stands. */
export const podsNamed = (name: string, replicas: number): PodGroup['pods'] =>
  Array.from({ length: replicas }, (_, index) => ({ name: `${name}~${index + 1}`, labels: NO_LABELS }))

const NO_LABELS: Labels = new Map()

/** By its name, and by the labels that its workload selects by: others may be those of another version of its operator. */
function isOfGroup({ name, labels }: WrittenPod, group: PodGroup, { selector }: Workload): boolean {
  if (group.pods.some(pod => pod.name === name)) return true
  const keys = selector?.requirements.map(({ key }) => key) ?? [...group.template.labels.keys()]
  return (
    name.startsWith(`${group.name}-`) && keys.every(key => isSameLabel(key, labels, group.template.labels))
  )
}

function isSameLabel(key: string, written: Labels, created: Labels): boolean {
  const value = created.get(key)
  return value === UNKNOWABLE || written.get(key) === value
}

type WorkloadName = Pick<Workload, 'kind' | 'namespace' | 'name'>

/** Which objects of the input a workload owns, directly or through a workload that it owns. */
export function ownedBy(
  owner: WorkloadName,
  pods: readonly WrittenPod[],
  templates: readonly WrittenWorkload[],
): ReadonlySet<WrittenPod | WrittenWorkload> {
  const ownersOf = ownersAmong(templates)
  const isOwned = (object: WrittenPod | WrittenWorkload): boolean => {
    const owners = ownersOf(object)
    const top = owners.at(-1)
    const { owner: direct } = object
    const own = direct && (object.kind === 'Pod' ? referenced(object, direct) : direct)
    const missing = top === undefined ? own : top.owner
    return [...owners, missing].some(one => one?.kind === owner.kind && one.name === owner.name)
  }
  return new Set(
    [...pods, ...templates].filter(object => object.namespace === owner.namespace && isOwned(object)),
  )
}

const workloadKey = ({ namespace, kind, name }: WorkloadName): string => `${namespace}/${kind}/${name}`

/** A chain of owners has two links (ReplicaSet, Deployment); this ends cycles. */
const LONGEST_CHAIN = 8

/** The owners of an object that are in the input, from the direct one on. */
type OwnersOf = (object: WrittenPod | Owner) => readonly Owner[]

function ownersAmong(all: readonly Owner[]): OwnersOf {
  const present = new Map(all.map(workload => [workloadKey(workload), workload]))
  const ownersOf = ({ namespace, owner }: WrittenPod | Owner, links = LONGEST_CHAIN): readonly Owner[] => {
    if (owner === undefined || links === 0) return []
    const direct = present.get(workloadKey({ ...owner, namespace }))
    return direct === undefined ? [] : [direct, ...ownersOf(direct, links - 1)]
  }
  return object => ownersOf(object)
}

/** The topmost owner of a Pod; an owner that is not in the input is known by its reference alone. */
function workloadOf(
  pod: WrittenPod,
  ownersOf: OwnersOf,
  workloads: Map<string, Workload>,
): Workload | undefined {
  const { namespace, owner, at } = pod
  if (owner === undefined) return undefined
  const { kind, name } = ownersOf(pod).at(-1) ?? referenced(pod, owner)
  // Static Pods are owned by their node, which is no workload.
  if (kind === 'Node') return undefined
  const key = workloadKey({ namespace, kind, name })
  const workload = workloads.get(key) ?? { kind, namespace, name, labels: new Map(), at }
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
 * The Pods of a StatefulSet have predictable names. Others end in random letters, for which `~` stands: it is in no name of
 * another Pod.
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
