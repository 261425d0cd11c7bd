import {
  evaluateMatrix,
  type MatrixEdit,
  type ReachabilityMatrix,
} from '../engine/all/reachability-matrix.ts'
import type { Identity } from '../engine/evidence.ts'
import type { Cluster } from '../model/cluster.ts'
import { type Addresses, type Family, familyOf } from '../sets/addresses.ts'
import { type Bits, bitsOf } from '../sets/bits.ts'
import { groupBy } from '../sets/group-by.ts'
import type { ConnectionTable } from '../sets/identifiers.ts'
import { memoizedBy } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { addressesOf, type Endpoint, identityOf } from './endpoint.ts'

/*
 * Both IP families: two endpoints are evaluated once for each family that both have (S-035), in a matrix of all pairs as well.
 */

/** The addresses that an endpoint may use, one for each family; an unknown one where the manifests have none (S-051). */
function possibleAddresses(cluster: Cluster, endpoint: Endpoint): readonly (Addresses | undefined)[] {
  const addresses = addressesOf(cluster, endpoint)
  return addresses.length === 0 ? [undefined] : addresses
}

/** What policies see of an endpoint, by each of its addresses. */
export const identitiesOf = (world: World, endpoint: Endpoint): readonly Identity[] =>
  possibleAddresses(world.cluster, endpoint).map(address => identityOf(world, endpoint, address))

/**
 * The addresses that the two use between them, one pair for each family that both have; none where two endpoints of the
 * cluster have no family in common. Between the cluster and the world outside addresses may be translated, so there the
 * policies decide.
 */
export function addressPairs(
  cluster: Cluster,
  from: Endpoint,
  to: Endpoint,
): readonly (readonly [Addresses | undefined, Addresses | undefined])[] {
  const [ours, theirs] = [possibleAddresses(cluster, from), possibleAddresses(cluster, to)]
  const shared = ours.flatMap(address =>
    theirs.filter(other => mayShareFamily(address, other)).map(other => [address, other] as const),
  )
  const isOutside = from.kind === 'external' || to.kind === 'external'
  return shared.length === 0 && isOutside ? [[ours[0], theirs[0]]] : shared
}

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

/** One for each family, or only one where no endpoint has addresses of both: the two would be the same. */
export function familyMatrices(
  world: World,
  endpoints: readonly Endpoint[],
  table: ConnectionTable,
): readonly FamilyMatrix[] {
  const isDualStack = endpoints.some(endpoint => addressesOf(world.cluster, endpoint).length > 1)
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
    return identityOf(world, endpoint, own ?? addresses[0])
  })

/**
 * The endpoints with which another one does not use a family: `all` if it uses it with none. Without a matrix for each family
 * they are those with which it shares none.
 */
export function unusedFamilies(
  cluster: Cluster,
  endpoints: readonly Endpoint[],
  isDualStack: boolean,
): (family: Family, index: number) => Bits | 'all' {
  const keys = endpoints.map(endpoint =>
    [endpoint.kind === 'external', ...addressesOf(cluster, endpoint).map(familyOf)].join(),
  )
  const alike = [...groupBy(endpoints.entries(), ([index]) => keys[index]).values()]
  const uses = (family: Family, from: Endpoint, to: Endpoint): boolean =>
    addressPairs(cluster, from, to).some(([ours, theirs]) => {
      const used = familyOfKnown(ours) ?? familyOfKnown(theirs)
      return !isDualStack || used === undefined || used === family
    })
  const unusedBy = memoizedBy(
    (asked: { readonly family: Family; readonly index: number }) => `${asked.family} ${keys[asked.index]}`,
    ({ family, index }): Bits | 'all' => {
      const endpoint = endpoints[index]
      const unused = alike.filter(([[, to]]) => endpoint === undefined || !uses(family, endpoint, to))
      return unused.length === alike.length ? 'all' : bitsOf(unused.flat().map(([other]) => other))
    },
  )
  return (family, index) => unusedBy({ family, index })
}
