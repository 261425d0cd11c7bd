import { evaluateMatrix, type Line, type MatrixEdit, type ReachabilityMatrix } from '../engine/all/matrix.ts'
import type { Identity } from '../engine/evidence.ts'
import type { Cluster } from '../model/cluster.ts'
import { type Family, familyOf } from '../sets/addresses.ts'
import { type Bits, bitsOf, hasBit, NO_BITS, subtractBits } from '../sets/bits.ts'
import type { ConnectionTable } from '../sets/identifiers.ts'
import type { World } from '../world/world.ts'
import { addressesOf, type Endpoint, identityOf } from './endpoint.ts'

/*
 * Both IP families: an end that has addresses of both is two ends to the policies (S-035). The pairs of addresses that
 * are judged are those of `addressPairs` (endpoint.ts).
 */

type Classes = readonly (readonly [Endpoint, ...Endpoint[]])[]

/** Everyone seen through each family: by the address of it, or by the other one where there is none. */
export interface Views {
  readonly ipv4: ReachabilityMatrix
  /** Undefined where nobody has addresses of both: then everyone is the same through either. */
  readonly ipv6: ReachabilityMatrix | undefined
}

/** A line of one family, and the classes of which it alone holds, because they have no address of the other one. */
export interface FamilyLine {
  readonly line: Line
  readonly only: Bits
}

/** The lines of one class. */
export interface FamilyLines {
  /** One, or one for each family. */
  readonly each: readonly [FamilyLine, ...FamilyLine[]]
  /** The classes that have no family in common with it. */
  readonly never: Bits
}

export function viewsOf(world: World, classes: Classes, table: ConnectionTable): Views {
  const through = (family: Family): ReachabilityMatrix =>
    evaluateMatrix(world.policies.all, identitiesOf(world, classes, family), table)
  return { ipv4: through('IPv4'), ipv6: hasBoth(world.cluster, classes) ? through('IPv6') : undefined }
}

/** The views of an edited world. */
export function editedViews(
  world: World,
  classes: Classes,
  { ipv4, ipv6 }: Views,
  edit: Omit<MatrixEdit, 'identities'>,
): Views {
  return {
    ipv4: ipv4.edited({ ...edit, identities: identitiesOf(world, classes, 'IPv4') }),
    ipv6: ipv6?.edited({ ...edit, identities: identitiesOf(world, classes, 'IPv6') }),
  }
}

function identitiesOf(world: World, classes: Classes, family: Family): readonly Identity[] {
  return classes.map(([endpoint]) => {
    const addresses = addressesOf(world.cluster, endpoint)
    const own = addresses.find(address => familyOf(address) === family)
    return identityOf(world, endpoint, own ?? addresses[0])
  })
}

const hasBoth = (cluster: Cluster, classes: Classes): boolean =>
  classes.some(([endpoint]) => addressesOf(cluster, endpoint).length > 1)

export function linesOf(
  cluster: Cluster,
  classes: Classes,
  { ipv4, ipv6 }: Views,
): {
  readonly row: (index: number) => FamilyLines
  readonly column: (index: number) => FamilyLines
  readonly isKnown: boolean
} {
  const families = classes.map(([endpoint]) => addressesOf(cluster, endpoint).map(familyOf))
  const havingOnly = (family: Family): Bits =>
    bitsOf(families.flatMap((own, index) => (own.length === 1 && own[0] === family ? [index] : [])))
  const only = { IPv4: havingOnly('IPv4'), IPv6: havingOnly('IPv6') }
  const outside = bitsOf(
    classes.flatMap(([endpoint], index) => (endpoint.kind === 'external' ? [index] : [])),
  )
  const linesBy =
    (line: (matrix: ReachabilityMatrix, index: number) => Line) =>
    (index: number): FamilyLines => {
      const line4 = (): FamilyLine => ({ line: line(ipv4, index), only: only.IPv4 })
      const [first, ...more] = families[index] ?? []
      const isDual = more.length > 0
      const isFree = isDual || first === undefined || hasBit(outside, index)
      const never = isFree ? NO_BITS : subtractBits(only[first === 'IPv4' ? 'IPv6' : 'IPv4'], outside)
      if (ipv6 === undefined || (first === 'IPv4' && !isDual)) return { each: [line4()], never }
      const line6 = { line: line(ipv6, index), only: only.IPv6 }
      return { each: first === 'IPv6' && !isDual ? [line6] : [line4(), line6], never }
    }
  return {
    row: linesBy((matrix, index) => matrix.row(index)),
    column: linesBy((matrix, index) => matrix.column(index)),
    isKnown: ipv4.isKnown && (ipv6?.isKnown ?? true),
  }
}
