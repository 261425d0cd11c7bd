import { isAssumed, namespaceOf } from '../../model/cluster.ts'
import { labelsOfPlatform } from '../../model/known-namespaces.ts'
import { type Labels, NAME_LABEL } from '../../model/labels.ts'
import type { Pod } from '../../model/objects.ts'
import { type Selector, selects } from '../../model/selector.ts'
import { addressesOf, type Endpoint, isSubject, podsAmong } from '../../network/endpoint.ts'
import { endpointId, podRef } from '../../network/endpoint-ids.ts'
import { translated } from '../../network/ip-families.ts'
import { isNat64Evident } from '../../network/nat64.ts'
import type { UnmodeledPolicy } from '../../policy/kinds/unmodeled.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import { familyOf } from '../../sets/addresses.ts'
import { distinctBy } from '../../sets/group-by.ts'
import { memoized } from '../../sets/memoized.ts'
import type { Kustomization } from '../../world/kustomizations.ts'
import type { World } from '../../world/world.ts'
import { assumptionsOfCreatedPods, assumptionsOfCreatedPolicies, assumptionsOfTemplates } from './created.ts'
import { ifUnknown } from './plugin.ts'

/** What is assumed of endpoints, whatever the question. */
export function assumptionsOfEndpoints(
  world: World,
  endpoints: readonly Endpoint[],
): readonly AssumptionReason[] {
  const pods = podsAmong(endpoints)
  const used = new Set(pods.map(pod => pod.namespace))
  const namespaces = areLabelsAsked(world, pods.length, used)
    ? [...used].filter(name => isAssumed(namespaceOf(world.cluster, name))).sort()
    : []
  const onHost = [...new Set(pods.filter(pod => pod.hostNetwork).map(pod => podRef(world, pod).id))].sort()
  const out: AssumptionReason[] = [
    ...assumptionsOfUnmodeled(world, endpoints),
    ...assumptionsOfKustomizations(world, pods),
    ...assumptionsOfCreatedPods(pods),
    ...assumptionsOfTemplates(world, pods),
  ]
  if (namespaces.length > 0) out.push({ code: 'ASSUMED_NAMESPACE', facts: assumedNamespaces(namespaces) })
  if (onHost.length > 0 && havePolicies(world, used))
    out.push(
      ...ifUnknown(world, 'hostNetwork', plugin => ({
        code: 'ASSUMED_HOST_NETWORK',
        facts: { endpoints: onHost, ...plugin },
      })),
    )
  return out
}

/** The destinations outside that some of these sources reach through a NAT64 alone. */
export function assumedNat64(
  world: World,
  sources: readonly Endpoint[],
  destinations: readonly Endpoint[],
): readonly AssumptionReason[] {
  if (!isNat64Evident(world)) return []
  const familiesOf = (source: Endpoint): string => addressesOf(world.cluster, source).map(familyOf).join()
  const clients = distinctBy(sources.filter(isSubject), familiesOf)
  return destinations
    .filter(to => clients.some(from => translated(world, from, to) !== undefined))
    .map(to => ({ code: 'ASSUMED_NAT64', facts: { address: endpointId(world, to) } }))
}

/** Whether a policy could select Pods of these namespaces. */
const havePolicies = ({ policyObjects }: World, namespaces: ReadonlySet<string>): boolean =>
  policyObjects.some(({ namespace, scope }) => scope.namespaces !== 'own' || namespaces.has(namespace))

/** Whether something selects by labels of namespaces that these Pods and policies, or their routes, depend on. */
function areLabelsAsked(world: World, pods: number, namespaces: ReadonlySet<string>): boolean {
  const { anywhere, within } = askedLabels(world)
  // A peer is asked of the Pod at the other end.
  return anywhere || (pods > 1 && [...namespaces].some(name => within.has(name)))
}

/** What selects by labels of namespaces: something that holds anywhere, or peers of policies within some namespaces. */
const askedLabels = memoized(({ policyObjects, unmodeled, createdPolicies, cluster }: World) => {
  const subjects = [...unmodeled, ...createdPolicies].flatMap(policy => policy.subjects)
  const listeners = [...cluster.gateways, ...cluster.listenerSets].flatMap(one => one.listeners)
  const asking = policyObjects.filter(({ directions }) =>
    directions
      .flatMap(({ rules }) => rules)
      .some(
        ({ peers }) =>
          peers !== 'any' && peers.some(peer => peer.kind === 'pods' && asksLabels(peer.namespaces)),
      ),
  )
  return {
    anywhere:
      subjects.some(({ namespaces }) => asksLabels(namespaces)) ||
      policyObjects.some(({ scope }) => asksLabels(scope.namespaces)) ||
      asking.some(({ scope }) => scope.namespaces !== 'own') ||
      listeners.some(({ routesFrom }) => asksLabels(routesFrom)),
    within: new Set(asking.map(({ namespace }) => namespace)),
  }
})

/** The label with a namespace's name is known of each. */
const asksLabels = (namespaces: Selector | string): boolean =>
  typeof namespaces !== 'string' && namespaces.requirements.some(({ key }) => key !== NAME_LABEL)

function assumedNamespaces(namespaces: readonly string[]) {
  const platform = Object.fromEntries(
    namespaces
      .map(name => [name, labelsOfPlatform(name)] as const)
      .filter(([, labels]) => Object.keys(labels).length > 0),
  )
  return { namespaces, ...(Object.keys(platform).length > 0 && { platform }) }
}

/** Policies that are not evaluated and could select one of the endpoints are assumed to change nothing (S-071). */
function assumptionsOfUnmodeled(world: World, endpoints: readonly Endpoint[]): readonly AssumptionReason[] {
  const thatSelect = (policies: readonly UnmodeledPolicy[]): readonly UnmodeledPolicy[] =>
    policies.filter(policy => endpoints.some(endpoint => couldSelect(world, policy, endpoint)))
  return [
    ...notEvaluated(thatSelect(world.unmodeled)),
    ...assumptionsOfCreatedPolicies(thatSelect(world.createdPolicies)),
  ]
}

/** What could change an answer about the whole cluster. */
export const assumptionsOfAllObjects = ({
  unmodeled,
  createdPolicies,
  input,
}: World): readonly AssumptionReason[] => [
  ...notEvaluated(unmodeled),
  ...assumptionsOfCreatedPolicies(createdPolicies),
  ...notRendered(input.kustomizations),
]

/** Kustomizations that nobody has applied and that could change one of the Pods, or what policies say of it. */
function assumptionsOfKustomizations(world: World, pods: readonly Pod[]): readonly AssumptionReason[] {
  const could = world.input.kustomizations.filter(kustomization => {
    const { renders, namespace, bringsObjects } = kustomization
    const policies = world.policyObjects.filter(({ at }) => renders.has(at.file))
    const namespaces = new Set([
      ...policies.map(policy => policy.namespace),
      ...(policies.length > 0 ? [namespace] : []),
    ])
    return pods.some(
      pod =>
        bringsObjects || (pod.at !== undefined && renders.has(pod.at.file)) || namespaces.has(pod.namespace),
    )
  })
  return notRendered(could)
}

function notRendered(kustomizations: readonly Kustomization[]): readonly AssumptionReason[] {
  if (kustomizations.length === 0) return []
  const folders = kustomizations.map(({ folder }) => (folder === '' ? '.' : folder))
  return [{ code: 'UNDETERMINED_NOT_RENDERED', facts: { kustomizations: folders } }]
}

/** A selector that is not understood could select every Pod. */
function couldSelect(world: World, policy: UnmodeledPolicy, endpoint: Endpoint): boolean {
  switch (endpoint.kind) {
    case 'external':
      return false
    case 'node':
      return policy.nodes
    case 'pod': {
      const { namespace, labels, hostNetwork } = endpoint.pod
      if (hostNetwork && policy.nodes) return true
      if (policy.namespace !== undefined && policy.namespace !== namespace) return false
      const around = namespaceOf(world.cluster, namespace).labels
      return policy.subjects.some(({ namespaces, pods }) => fits(namespaces, around) && fits(pods, labels))
    }
  }
}

const fits = (selector: Selector | 'any', labels: Labels): boolean =>
  selector === 'any' || selects(selector, labels) !== 'no'

function notEvaluated(policies: readonly UnmodeledPolicy[]): readonly AssumptionReason[] {
  if (policies.length === 0) return []
  const named = policies.map(({ kind, namespace, name }) => ({
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
  }))
  const facts = { policies: distinctBy(named, one => JSON.stringify(one)) }
  return [{ code: 'UNDETERMINED_UNMODELLED_POLICY', facts }]
}
