import { editedIndex, type PolicyIndex, policyIndex } from '../engine/policy-index.ts'
import { buildCluster, type Cluster } from '../model/cluster.ts'
import type { Creator } from '../model/kinds/custom/creators.ts'
import type { ClusterObject, CustomWorkload } from '../model/objects.ts'
import type { OtherRoute } from '../model/routes.ts'
import { bind } from '../policy/bind.ts'
import { type UnmodeledPolicy, unmodeledTemplate } from '../policy/kinds/unmodeled.ts'
import { isNetworkPolicy, type NetworkPolicy, type Policy, type PolicyObject } from '../policy/policy.ts'
import { enforces, type Profile } from '../policy/profile.ts'
import { type Addresses, subtract, unionOf } from '../sets/addresses.ts'
import { distinctBy } from '../sets/group-by.ts'
import { memoized } from '../sets/memoized.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/file.ts'
import { createdPolicies, creatorsAmong, notInDump } from './creators.ts'
import { type InForce, type Input, type ReadOptions, readInput, type Unused } from './live-objects.ts'

/** Everything that a question can be put to. */
export interface World {
  readonly cluster: Cluster
  /** The network plugin of `--cni`; undefined where none is named. */
  readonly profile: Profile | undefined
  /** As the network plugin applies them, whether it enforces policies or not. */
  readonly policyObjects: readonly PolicyObject[]
  /** Those that the network plugin enforces. */
  readonly policies: PolicyIndex
  /** Policies of kinds that are not evaluated: answers about the Pods that they select are not certain (S-071). */
  readonly unmodeled: readonly UnmodeledPolicy[]
  /** Objects that make a controller create others, which are not in the input. */
  readonly creators: readonly Creator[]
  /** What policies may select that those create: answers about these Pods are not certain either. */
  readonly createdPolicies: readonly UnmodeledPolicy[]
  /** The objects that the world is built from. */
  readonly used: readonly InForce[]
  readonly unused: readonly Unused[]
  /**
   * What is wrong with the input. What has an error is left out, so that with one among them the world is not what a
   * cluster would be; every answer then says so.
   */
  readonly diagnostics: readonly Diagnostic[]
  /** The names (NAMESPACE/NAME) that more than one Pod or workload has, which need longer ids. */
  readonly sharedNames: ReadonlySet<string>
  /** Where the API server is, where an option says it. */
  readonly apiServer?: { readonly addresses: Addresses; readonly port: number } | undefined
  /** What it was built from, so that edits can be made. */
  readonly input: Input
}

/** Options of building a world. */
export interface Building extends ReadOptions {
  /** The network plugin, where one is named. */
  readonly profile?: Profile | undefined
}

/** Reads files into a world; complains in `diagnostics`, and throws nothing. */
export const buildWorld = (files: readonly SourceFile[], { profile, ...reading }: Building = {}): World =>
  worldOf({ ...readInput(files, reading), profile })

/**
 * Builds the world of the objects in force. The cluster of `before`, a similar world, is reused if all its objects are the
 * same: building it takes longer than all the rest, and most edits are edits of policies.
 */
export function worldOf(input: Input, before?: World): World {
  const written: PolicyObject[] = []
  const unmodeled: UnmodeledPolicy[] = []
  const used: InForce[] = []
  const unused = [...input.unused]
  const installing: Creator[] = [...input.templates]
  const served: Creator[] = []
  const customs: CustomWorkload[] = []
  for (const one of input.inForce.values()) {
    const { decoded } = one
    if (decoded.as === 'policy') written.push(decoded.policy)
    if (decoded.as === 'unmodeled') unmodeled.push(decoded.policy)
    if (decoded.as === 'creator') (one.served ? served : installing).push(decoded.creator)
    if (decoded.as === 'object' && decoded.object.kind === 'CustomWorkload') customs.push(decoded.object)
    if (decoded.as === 'unused') unused.push({ at: one.at, why: decoded.why })
    if (decoded.as === 'object' || decoded.as === 'policy') used.push(one)
  }
  const { profile } = input
  const { cluster, sharedNames } =
    before !== undefined && hasSameCluster(before, used, input) ? before : clusterOf(used, input)
  const policyObjects = boundIn({ cluster, profile }, written)
  const creators = creatorsAmong([...installing, ...notInDump(served, used)], customs, used, input.unused)
  return {
    cluster,
    profile,
    policyObjects,
    unmodeled: [...unmodeled, ...policiesOfTemplates(unused)],
    creators,
    createdPolicies: createdPolicies(creators, customs),
    used,
    unused,
    diagnostics: input.diagnostics,
    sharedNames,
    policies: policyIndex(enforcedBy(profile, policyObjects)),
    input,
  }
}

/** What policies may be among templates: one stands for all of a chart. */
function policiesOfTemplates(unused: readonly Unused[]): readonly UnmodeledPolicy[] {
  const all = unused.flatMap(({ at, why, policy }) =>
    why.kind === 'template' && why.mayBePolicy ? [{ at, chart: why.chart, policy }] : [],
  )
  return distinctBy(all, ({ at, chart }) => chart ?? at).map(
    ({ at, policy }) => policy ?? unmodeledTemplate(at),
  )
}

/**
 * A world with some other policies: it can be evaluated, and not edited further. It is made for each of many edits, so that
 * it does not go through all objects.
 */
export function withPolicies(
  world: World,
  removed: readonly PolicyObject[],
  added: readonly PolicyObject[],
): World {
  const places = new Set(removed.map(({ at }) => at))
  const gone = world.policyObjects.filter(({ at }) => places.has(at))
  const bound = boundIn(world, added)
  return {
    ...world,
    policyObjects: [...world.policyObjects.filter(policy => !gone.includes(policy)), ...bound],
    policies: editedIndex(world.policies, {
      removed: enforcedBy(world.profile, gone),
      added: enforcedBy(world.profile, bound),
    }),
  }
}

export const networkPolicies = ({ policyObjects }: World): readonly NetworkPolicy[] =>
  policyObjects.filter(isNetworkPolicy)

const boundIn = (
  { cluster, profile }: Pick<World, 'cluster' | 'profile'>,
  policies: readonly PolicyObject[],
): readonly PolicyObject[] => bind(policies, translatedIPs(cluster), profile)

/** The ClusterIPs that are replaced by a Pod's address before policies apply: all but those that a node answers for itself (S-244). */
const translatedIPs = memoized(
  ({ services, pods }: Cluster): Addresses =>
    subtract(
      unionOf(services.map(service => service.clusterIPs)),
      unionOf(pods.flatMap(pod => pod.dnsCache)),
    ),
)

const enforcedBy = (profile: Profile | undefined, policies: readonly PolicyObject[]): readonly Policy[] =>
  enforces(profile) ? policies.flatMap(({ directions }) => directions) : []

function clusterOf(used: readonly InForce[], input: Input): Pick<World, 'cluster' | 'sharedNames'> {
  const cluster = buildCluster(objectsOf(used), policyNamespaces(used))
  const otherRoutes = [...cluster.otherRoutes, ...routesOfTemplates(input)]
  return { cluster: { ...cluster, otherRoutes }, sharedNames: sharedNamesOf(cluster) }
}

const routesOfTemplates = memoized(({ unused }: Input): readonly OtherRoute[] =>
  unused.flatMap(({ route }) => route ?? []),
)

function hasSameCluster(before: World, used: readonly InForce[], input: Input): boolean {
  const [oldRoutes, routes] = [routesOfTemplates(before.input), routesOfTemplates(input)]
  if (oldRoutes.length !== routes.length || oldRoutes.some((route, index) => route !== routes[index]))
    return false
  const [old, now] = [objectsOf(before.used), objectsOf(used)]
  if (old.length !== now.length || old.some((object, index) => object !== now[index])) return false
  // Namespaces may exist for policies alone.
  const [oldNamespaces, namespaces] = [policyNamespaces(before.used), policyNamespaces(used)]
  if ([...namespaces].some(name => !before.cluster.namespaces.has(name))) return false
  const left = [...oldNamespaces].filter(name => !namespaces.has(name))
  return left.every(name => now.some(object => namespaceOfObject(object) === name))
}

/** The namespace that exists because of an object. */
const namespaceOfObject = (object: ClusterObject): string | undefined =>
  'namespace' in object ? object.namespace : object.kind === 'Namespace' ? object.name : undefined

// Both are asked for each of many edits, of all objects: `flatMap` takes several times as long.
const objectsOf = memoized((used: readonly InForce[]): readonly ClusterObject[] => {
  const objects: ClusterObject[] = []
  for (const { decoded } of used) if (decoded.as === 'object') objects.push(decoded.object)
  return objects
})

function policyNamespaces(used: readonly InForce[]): ReadonlySet<string> {
  const namespaces = used.map(({ decoded }) => (decoded.as === 'policy' ? decoded.policy.namespace : ''))
  // A cluster-scoped policy has none.
  return new Set(namespaces.filter(namespace => namespace !== ''))
}

function sharedNamesOf({ pods, workloads }: Cluster): ReadonlySet<string> {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const { namespace, name } of [...pods, ...workloads]) {
    const id = `${namespace}/${name}`
    if (seen.has(id)) shared.add(id)
    seen.add(id)
  }
  return shared
}
