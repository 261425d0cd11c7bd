import { classifier } from '../engine/classes.ts'
import { type PolicyIndex, policyIndex } from '../engine/policy-index.ts'
import type { Policy } from '../policy/policy.ts'
import type { Connections } from '../sets/connections.ts'
import { groupBy, type NonEmpty } from '../sets/group-by.ts'
import { memoized } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { type Endpoint, isSame, isSubject } from './endpoint.ts'
import { externalEndpoints } from './external-blocks.ts'
import { identitiesOf, inSharedFamilies } from './ip-families.ts'
import { settlementKey } from './settlement.ts'

/*
 * Equivalence classes of endpoints: what no policy can tell apart is asked once.
 */

/** To go through all policies for each of many questions would take most of the time. */
const classifierOf = memoized((policies: PolicyIndex) => classifier(policies.all))

/**
 * The class of an endpoint: two of one class have the same verdicts with each of `endpoints`, and any two of a class with each
 * other. It is what policies see of an endpoint, and what can settle a pair before they are asked.
 */
export function endpointClassifier(
  world: World,
  endpoints: readonly Endpoint[],
): (endpoint: Endpoint) => string {
  const classOfIdentity = classifierOf(world.policies)
  const settlement = settlementKey(world, endpoints)
  return endpoint => {
    const identities = identitiesOf(world, endpoint).map(classOfIdentity)
    const kind = endpoint.kind === 'pod' ? isSubject(endpoint) : endpoint.kind
    return JSON.stringify([kind, settlement(endpoint), identities])
  }
}

/** Endpoints of one class. */
export type EndpointClass = NonEmpty<Endpoint>

/** The classes of endpoints of which `askOf` says what of the connections to them is asked for. */
export function endpointClasses(
  world: World,
  endpoints: readonly Endpoint[],
  askOf: (to: Endpoint) => Connections,
): readonly EndpointClass[] {
  const classOf = endpointClassifier(world, endpoints)
  // A port that is asked for by name is another one on each Pod, whether or not a policy mentions it.
  const classes = groupBy(endpoints, endpoint => `${askOf(endpoint).join()} ${classOf(endpoint)}`)
  // Policies select among the classes of a namespace, and sets of neighbors are small (sets/bits.ts).
  const byNamespace = groupBy(classes.values(), ([endpoint]) =>
    endpoint.kind === 'pod' ? endpoint.pod.namespace : '',
  )
  return [...byNamespace.values()].flat()
}

export interface SplitClasses {
  /** The classes in their order, without what was split off, and then what was split off. */
  readonly classes: readonly EndpointClass[]
  /** For each class that was split off, the index of the one that it was part of. */
  readonly splitFrom: readonly number[]
}

/** The classes after some more policies, which may tell members of a class apart. */
export function splitClasses(
  world: World,
  classes: readonly EndpointClass[],
  added: readonly Policy[],
): SplitClasses {
  const more = { ...world, policies: policyIndex(added) }
  const classOfIdentity = classifier(added)
  const classOf = (endpoint: Endpoint): string => identitiesOf(world, endpoint).map(classOfIdentity).join(' ')
  const partsOf = (members: EndpointClass): readonly EndpointClass[] => {
    if (members.length === 1 && members[0].kind !== 'external') return [members]
    return [
      ...groupBy(
        members.flatMap(member => splitAddresses(more, member)),
        classOf,
      ).values(),
    ]
  }
  const parts = classes.map(partsOf)
  return {
    classes: [...parts.flatMap(part => part.slice(0, 1)), ...parts.flatMap(part => part.slice(1))],
    splitFrom: parts.flatMap((part, index) => part.slice(1).map(() => index)),
  }
}

/** Addresses outside are one endpoint for each part that the policies tell apart. */
function splitAddresses(world: World, endpoint: Endpoint): readonly Endpoint[] {
  if (endpoint.kind !== 'external' || endpoint.addresses === undefined) return [endpoint]
  return externalEndpoints(world.policies.all, endpoint.name, endpoint.addresses)
}

/**
 * The pairs to be asked: one source of each class, with each destination. A Pod with itself only where there is no other
 * pair: two Pods of one workload are different Pods (S-047).
 */
export function pairsOf(
  world: World,
  sources: readonly Endpoint[],
  targets: readonly Endpoint[],
): readonly (readonly [Endpoint, Endpoint])[] {
  // To find the class of the only source would take longer than to ask about it.
  const representatives =
    sources.length > 1
      ? firstOfEach(endpointClassifier(world, [...sources, ...targets]))
      : (only: readonly Endpoint[]) => only
  const pairs = targets.flatMap(to => {
    const others = sources.filter(from => !isSame(from, to))
    return representatives(others).map(from => [from, to] as const)
  })
  const asked = pairs.length > 0 ? pairs : sources.flatMap(from => targets.map(to => [from, to] as const))
  return inSharedFamilies(world.cluster, asked)
}

/** The first endpoints of each class, one unless more are wanted, in the order of the list. */
export function firstOfEach(
  classOf: (endpoint: Endpoint) => string,
  most = 1,
): (endpoints: readonly Endpoint[]) => readonly Endpoint[] {
  return endpoints => {
    const counts = new Map<string, number>()
    return endpoints.filter(endpoint => {
      const key = classOf(endpoint)
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count <= most
    })
  }
}
