import { type Edit, type Everyone, evaluateAll, type Line } from '../engine/all/matrix.ts'
import type { End } from '../engine/evidence.ts'
import type { Cluster } from '../model/cluster.ts'
import { type Family, familyOf } from '../sets/addresses.ts'
import { type Bits, bitsOf, hasBit, NO_BITS, subtractBits } from '../sets/bits.ts'
import type { ConnectionTable } from '../sets/connection-table.ts'
import type { World } from '../world/world.ts'
import { addressesOf, endOf, type Party } from './endpoint.ts'

/*
 * Both IP families: an end that has addresses of both is two ends to the policies (S-035). The pairs of addresses that
 * are judged are those of `addressPairs` (party.ts).
 */

type Classes = readonly (readonly [Party, ...Party[]])[]

/** Everyone seen through each family: by the address of it, or by the other one where there is none. */
export interface Views {
  readonly ipv4: Everyone
  /** Undefined where nobody has addresses of both: then everyone is the same through either. */
  readonly ipv6: Everyone | undefined
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
  const through = (family: Family): Everyone =>
    evaluateAll(world.policies.all, endsOf(world, classes, family), table)
  return { ipv4: through('IPv4'), ipv6: hasBoth(world.cluster, classes) ? through('IPv6') : undefined }
}

/** The views of an edited world. */
export function editedViews(
  world: World,
  classes: Classes,
  { ipv4, ipv6 }: Views,
  edit: Omit<Edit, 'ends'>,
): Views {
  return {
    ipv4: ipv4.edited({ ...edit, ends: endsOf(world, classes, 'IPv4') }),
    ipv6: ipv6?.edited({ ...edit, ends: endsOf(world, classes, 'IPv6') }),
  }
}

function endsOf(world: World, classes: Classes, family: Family): readonly End[] {
  return classes.map(([party]) => {
    const addresses = addressesOf(world.cluster, party)
    const own = addresses.find(address => familyOf(address) === family)
    return endOf(world, party, own ?? addresses[0])
  })
}

const hasBoth = (cluster: Cluster, classes: Classes): boolean =>
  classes.some(([party]) => addressesOf(cluster, party).length > 1)

export function linesOf(
  cluster: Cluster,
  classes: Classes,
  { ipv4, ipv6 }: Views,
): {
  readonly row: (index: number) => FamilyLines
  readonly column: (index: number) => FamilyLines
  readonly isKnown: boolean
} {
  const families = classes.map(([party]) => addressesOf(cluster, party).map(familyOf))
  const havingOnly = (family: Family): Bits =>
    bitsOf(families.flatMap((own, index) => (own.length === 1 && own[0] === family ? [index] : [])))
  const only = { IPv4: havingOnly('IPv4'), IPv6: havingOnly('IPv6') }
  const outside = bitsOf(classes.flatMap(([party], index) => (party.kind === 'external' ? [index] : [])))
  const linesBy =
    (line: (everyone: Everyone, index: number) => Line) =>
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
    row: linesBy((everyone, index) => everyone.row(index)),
    column: linesBy((everyone, index) => everyone.column(index)),
    isKnown: ipv4.isKnown && (ipv6?.isKnown ?? true),
  }
}
