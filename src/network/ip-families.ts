import {
  evaluateMatrix,
  type MatrixEdit,
  type ReachabilityMatrix,
} from '../engine/all/reachability-matrix.ts'
import type { Identity } from '../engine/evidence.ts'
import { type Cluster, podsWithNetwork } from '../model/cluster.ts'
import { type Addresses, EVERY_ADDRESS, FAMILIES, type Family, familyOf } from '../sets/addresses.ts'
import { type Bits, bitsOf } from '../sets/bits.ts'
import { groupBy } from '../sets/group-by.ts'
import type { ConnectionTable } from '../sets/identifiers.ts'
import { memoized, memoizedBy } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { addressesOf, type Endpoint, identityOf, isSubject } from './endpoint.ts'
import { addressBehindNat64, isNat64Evident } from './nat64.ts'

/*
 * Both IP families: two endpoints are evaluated once for each family that both have (S-035), in a matrix of all pairs as well.
 */

/** The addresses that an endpoint may use, one for each family; an unknown one where the manifests have none (S-051). */
function possibleAddresses(cluster: Cluster, endpoint: Endpoint): readonly (Addresses | undefined)[] {
  const addresses = addressesOf(cluster, endpoint)
  return addresses.length === 0 ? [undefined] : addresses
}

/** What policies see of an endpoint, by each of its addresses, and by that which it has behind a NAT64. */
export const identitiesOf = (world: World, endpoint: Endpoint): readonly Identity[] =>
  [
    ...possibleAddresses(world.cluster, endpoint),
    ...(addressBehindNat64(world, endpoint) === undefined ? [] : [addressBehindNat64(world, endpoint)]),
  ].map(address => identityOf(world, endpoint, address))

/**
 * The addresses that the two use between them, one pair for each family that both have; none where they have no family in common,
 * inside the cluster or outside. Nobody asks about two endpoints outside: how these are divided makes no difference.
 */
export function addressPairs(world: World, from: Endpoint, to: Endpoint): readonly AddressPair[] {
  const pairs = sharedPairs(world.cluster, from, to)
  const translated = pairs.length > 0 ? undefined : translatedTo(world, from, to)
  return translated === undefined
    ? pairs
    : addressesOf(world.cluster, from).map(address => [address, translated])
}

type AddressPair = readonly [Addresses | undefined, Addresses | undefined]

/** The address behind a NAT64 at which a Pod dials an endpoint outside that has no family in common with it. */
const translatedTo = (world: World, from: Endpoint, to: Endpoint): Addresses | undefined =>
  isSubject(from) && addressesOf(world.cluster, from).length > 0 ? addressBehindNat64(world, to) : undefined

/** The endpoint outside with that address; undefined where it is dialed at one of its own. */
export function translated(world: World, from: Endpoint, to: Endpoint): Endpoint | undefined {
  if (to.kind !== 'external' || sharedPairs(world.cluster, from, to).length > 0) return undefined
  const addresses = translatedTo(world, from, to)
  return addresses && { ...to, addresses }
}

function sharedPairs(cluster: Cluster, from: Endpoint, to: Endpoint): readonly AddressPair[] {
  const [ours, theirs] = [possibleAddresses(cluster, from), possibleAddresses(cluster, to)]
  if (from.kind === 'external' && to.kind === 'external') return [[ours[0], theirs[0]]]
  return ours.flatMap(address =>
    theirs.filter(other => mayShareFamily(address, other)).map(other => [address, other] as const),
  )
}

/**
 * Pairs without those of addresses outside that have no family in common with the other endpoint, if other addresses outside
 * have: `internet` is asked in the families that a Pod has.
 */
export function inSharedFamilies<P extends readonly [Endpoint, Endpoint]>(
  cluster: Cluster,
  pairs: readonly P[],
): readonly P[] {
  const outside = pairs.filter(([from, to]) => from.kind === 'external' || to.kind === 'external')
  const unused = new Set(outside.filter(([from, to]) => sharedPairs(cluster, from, to).length === 0))
  if (unused.size === 0) return pairs
  const insideOf = ([from, to]: P): Endpoint => (from.kind === 'external' ? to : from)
  const reached = new Set(outside.filter(pair => !unused.has(pair)).map(insideOf))
  return pairs.filter(pair => !unused.has(pair) || !reached.has(insideOf(pair)))
}

/** All addresses outside that Pods have to do with, and how they are to be divided. */
export interface Outside {
  readonly all: Addresses
  readonly blocks: readonly Addresses[]
}

export const WHOLE_OUTSIDE: Outside = { all: EVERY_ADDRESS, blocks: [] }

/**
 * The world outside is that of the families which some endpoints have; where some have only one of them and others the other, or may
 * have it, it is divided by family (S-035). A Pod that has not started yet is taken to get the addresses that the others have.
 */
export function outsideOfEndpoints(cluster: Cluster, endpoints: readonly Endpoint[]): Outside {
  const families = endpoints
    .map(endpoint => ({ endpoint, own: new Set(addressesOf(cluster, endpoint).map(familyOf)) }))
    .filter(({ endpoint, own }) => own.size > 0 || !(endpoint.kind === 'pod' && endpoint.pod.pending))
    .map(({ own }) => own)
  const areAllKnown = families.every(({ size }) => size > 0)
  const [only, other] = FAMILY_NAMES.filter(family => families.some(own => own.has(family)))
  if (areAllKnown && only !== undefined && other === undefined) return { all: FAMILIES[only], blocks: [] }
  return { all: EVERY_ADDRESS, blocks: families.some(({ size }) => size === 1) ? [FAMILIES.IPv4] : [] }
}

export const outsideOfPods = memoized(
  (cluster: Cluster): Outside =>
    outsideOfEndpoints(
      cluster,
      podsWithNetwork(cluster).map((pod): Endpoint => ({ kind: 'pod', pod })),
    ),
)

const FAMILY_NAMES: readonly Family[] = ['IPv4', 'IPv6']

function mayShareFamily(a: Addresses | undefined, b: Addresses | undefined): boolean {
  const [ours, theirs] = [familyOfKnown(a), familyOfKnown(b)]
  return ours === undefined || theirs === undefined || ours === theirs
}

/** Undefined also for addresses of both. */
const familyOfKnown = (addresses: Addresses | undefined): Family | undefined =>
  addresses && familyOf(addresses)

/** Pairs of endpoints as policies see them by the addresses of one family; one without such an address by its other one. */
export interface FamilyMatrix {
  readonly family: Family
  readonly matrix: ReachabilityMatrix
}

/** One for each family, or only one where no endpoint has addresses of both, or is dialed at them: the two would be the same. */
export function familyMatrices(
  world: World,
  endpoints: readonly Endpoint[],
  table: ConnectionTable,
): readonly FamilyMatrix[] {
  const isDualStack = endpoints.some(
    endpoint =>
      addressesOf(world.cluster, endpoint).length > 1 || addressBehindNat64(world, endpoint) !== undefined,
  )
  const families: readonly Family[] = isDualStack ? ['IPv4', 'IPv6'] : ['IPv4']
  return families.map(family => ({
    family,
    matrix: evaluateMatrix(world.policies.all, identitiesBy(world, endpoints, family), table),
  }))
}

/** The matrices after an edit of policies. */
export const editedMatrices = (
  world: World,
  endpoints: readonly Endpoint[],
  matrices: readonly FamilyMatrix[],
  edit: Omit<MatrixEdit, 'identities'>,
): readonly FamilyMatrix[] =>
  matrices.map(({ family, matrix }) => ({
    family,
    matrix: matrix.edited({ ...edit, identities: identitiesBy(world, endpoints, family) }),
  }))

const identitiesBy = (world: World, endpoints: readonly Endpoint[], family: Family): readonly Identity[] =>
  endpoints.map(endpoint => {
    const addresses = addressesOf(world.cluster, endpoint)
    const own = addresses.find(address => familyOf(address) === family)
    const translated = family === 'IPv6' ? addressBehindNat64(world, endpoint) : undefined
    return identityOf(world, endpoint, own ?? translated ?? addresses[0])
  })

/** The families that an endpoint may use: those with the same key share the same ones with each other endpoint. */
export const familiesKey = (world: World, endpoint: Endpoint): string =>
  [
    endpoint.kind === 'external',
    ...addressesOf(world.cluster, endpoint).map(familyOf),
    ...(isNat64Evident(world)
      ? [isSubject(endpoint), addressBehindNat64(world, endpoint) !== undefined]
      : []),
  ].join()

/** The endpoints with which another one does not use a family: `all` if it uses it with none. */
export function unusedFamilies(
  world: World,
  endpoints: readonly Endpoint[],
): (family: Family, way: 'from' | 'to', index: number) => Bits | 'all' {
  const keys = endpoints.map(endpoint => familiesKey(world, endpoint))
  const alike = [...groupBy(endpoints.entries(), ([index]) => keys[index]).values()]
  const uses = (family: Family, from: Endpoint, to: Endpoint): boolean =>
    addressPairs(world, from, to).some(([ours, theirs]) => {
      const used = familyOfKnown(ours) ?? familyOfKnown(theirs)
      return used === undefined || used === family
    })
  const unusedBy = memoizedBy(
    (asked: { readonly family: Family; readonly way: 'from' | 'to'; readonly index: number }) =>
      `${asked.family} ${asked.way} ${keys[asked.index]}`,
    ({ family, way, index }): Bits | 'all' => {
      const here = endpoints[index]
      const isUsed = (there: Endpoint): boolean =>
        here !== undefined && (way === 'from' ? uses(family, here, there) : uses(family, there, here))
      const unused = alike.filter(([[, there]]) => !isUsed(there))
      return unused.length === alike.length ? 'all' : bitsOf(unused.flat().map(([other]) => other))
    },
  )
  return (family, way, index) => unusedBy({ family, way, index })
}
