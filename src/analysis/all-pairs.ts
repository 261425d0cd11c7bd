import { type Everyone, evaluateAll } from '../engine/everyone.ts'
import type { Match } from '../model/selector.ts'
import { type Family, familyOf } from '../sets/addresses.ts'
import { type Bits, bitsOf, hasBit, NO_BITS, subtractBits } from '../sets/bits.ts'
import { type ConnectionTable, connectionTable } from '../sets/connection-table.ts'
import type { Connections } from '../sets/connections.ts'
import { bitsDifferent, type Spread, spreadAlgebra, spreadOf, wordsFor } from '../sets/spread.ts'
import { type OwnNode, settle } from './pair.ts'
import { addressesOf, endOf, isOwnNode, isSubject, type Party } from './party.ts'
import { partyClassifier } from './party-classes.ts'
import type { World } from './world.ts'

/** Parties that stand alike to all others, and any two of them alike to each other. */
export type PartyClass = readonly [Party, ...Party[]]

/** What is open from the parties of one class to those of each, where they are not one and the same party. */
export interface Line {
  readonly open: Spread
  readonly undetermined: Spread
  /** The classes of which one IP family has something else open than the other (S-035). */
  readonly mixed: Bits
}

/** Every pair of parties: `judgePair` for all at once, a line for each class. */
export interface AllPairs {
  readonly classes: readonly PartyClass[]
  readonly table: ConnectionTable
  readonly from: (classIndex: number) => Line
  /** Whether nothing is undetermined in any line. */
  readonly isKnown: boolean
}

/** `askOf` says what of the connections to a party is asked for. */
export function allPairs(
  world: World,
  parties: readonly Party[],
  askOf: (to: Party) => Connections,
): AllPairs {
  const table = connectionTable()
  const classes = classesOf(world, parties, askOf)
  const words = wordsFor(classes.length)
  const sets = spreadAlgebra(table, words)
  const asked = spreadOf(classes.map(([party]) => table.idOf(askOf(party))))
  const lines = linesByFamily(world, classes, table)
  const ownNode = ownNodes(classes)
  const hasOwnNodes = parties.some(party => !isSubject(party) && party.kind !== 'external')
  const from = (index: number): Line => {
    const { each, never } = lines.of(index)
    const cut = ({ line, only }: FamilyLine) => {
      const { allowed, undetermined } = hasOwnNodes ? settle(sets, ownNode(index), line) : line
      const ofAsked = (all: Spread): Spread => sets.choose(never, sets.none, sets.intersect(all, asked))
      return { open: ofAsked(allowed), undetermined: ofAsked(undetermined), only }
    }
    const [first, second] = each
    const one = cut(first)
    if (second === undefined) return { ...one, mixed: NO_BITS }
    const other = cut(second)
    const join = (a: Spread, b: Spread): Spread =>
      sets.choose(one.only, a, sets.choose(other.only, b, sets.union(a, b)))
    const different = bitsDifferent(one.open, other.open, words)
    return {
      open: join(one.open, other.open),
      undetermined: join(one.undetermined, other.undetermined),
      mixed: subtractBits(subtractBits(different, one.only), other.only),
    }
  }
  return { classes, table, from, isKnown: lines.isKnown && !hasOwnNodes }
}

/** Those of one namespace stand together, because the policies of a namespace select among them. */
function classesOf(
  world: World,
  parties: readonly Party[],
  askOf: (to: Party) => Connections,
): readonly PartyClass[] {
  const classOf = partyClassifier(world, parties)
  const classes = new Map<string, [Party, ...Party[]]>()
  for (const party of parties) {
    // A port that is asked for by name is another one on each Pod, whether or not a policy mentions it.
    const key = `${askOf(party).join()} ${classOf(party)}`
    const members = classes.get(key)
    if (members === undefined) classes.set(key, [party])
    else members.push(party)
  }
  const namespaceOf = ([party]: PartyClass): string => (party.kind === 'pod' ? party.pod.namespace : '')
  const byNamespace = new Map<string, PartyClass[]>()
  for (const one of classes.values()) {
    const neighbours = byNamespace.get(namespaceOf(one))
    if (neighbours === undefined) byNamespace.set(namespaceOf(one), [one])
    else neighbours.push(one)
  }
  return [...byNamespace.values()].flat()
}

/** A line of one IP family, and the classes of which it alone holds, because they have no address of the other one. */
interface FamilyLine {
  readonly line: { readonly allowed: Spread; readonly undetermined: Spread }
  readonly only: Bits
}

/** The lines of one class. */
interface FamilyLines {
  /** One, or one for each family where an end has addresses of both. */
  readonly each: readonly [FamilyLine, ...FamilyLine[]]
  /** The classes that have no family in common with it. */
  readonly never: Bits
}

/** The pairs of addresses are those of `addressPairs`. */
function linesByFamily(
  world: World,
  classes: readonly PartyClass[],
  table: ConnectionTable,
): { readonly of: (index: number) => FamilyLines; readonly isKnown: boolean } {
  const families = classes.map(([party]) => addressesOf(world.cluster, party).map(familyOf))
  const through = (family: Family): Everyone =>
    evaluateAll(
      world.policies.all,
      classes.map(([party]) => {
        const addresses = addressesOf(world.cluster, party)
        const own = addresses.find(address => familyOf(address) === family)
        return endOf(world.cluster, party, own ?? addresses[0])
      }),
      table,
    )
  const havingOnly = (family: Family): Bits =>
    bitsOf(families.flatMap((own, index) => (own.length === 1 && own[0] === family ? [index] : [])))
  const only = { IPv4: havingOnly('IPv4'), IPv6: havingOnly('IPv6') }
  const outside = bitsOf(classes.flatMap(([party], index) => (party.kind === 'external' ? [index] : [])))
  const ipv4 = through('IPv4')
  // Where nobody has addresses of both, an end is the same seen through either family.
  const ipv6 = families.every(own => own.length < 2) ? undefined : through('IPv6')
  const of = (index: number): FamilyLines => {
    const line4 = (): FamilyLine => ({ line: ipv4.row(index), only: only.IPv4 })
    const [first, ...more] = families[index] ?? []
    const isDual = more.length > 0
    const isFree = isDual || first === undefined || hasBit(outside, index)
    const never = isFree ? NO_BITS : subtractBits(only[first === 'IPv4' ? 'IPv6' : 'IPv4'], outside)
    if (ipv6 === undefined || (first === 'IPv4' && !isDual)) return { each: [line4()], never }
    const line6 = { line: ipv6.row(index), only: only.IPv6 }
    return { each: first === 'IPv6' && !isDual ? [line6] : [line4(), line6], never }
  }
  return { of, isKnown: ipv4.isKnown && (ipv6?.isKnown ?? true) }
}

/** For which classes one end is the node of the other, surely or perhaps (S-040). */
function ownNodes(classes: readonly PartyClass[]): (index: number) => OwnNode<Bits> {
  const inside = [...classes.entries()].filter(([, [party]]) => isSubject(party))
  const onNodes = [...classes.entries()].filter(
    ([, [party]]) => party.kind === 'pod' && party.pod.hostNetwork,
  )
  return index => {
    const [here] = classes[index] ?? []
    if (here === undefined || here.kind === 'external') return { yes: NO_BITS, unknown: NO_BITS }
    const others = isSubject(here) ? onNodes : inside
    const where = (match: Match): Bits =>
      bitsOf(
        others.flatMap(([place, [there]]) =>
          (isSubject(here) ? isOwnNode(here, there) : isOwnNode(there, here)) === match ? [place] : [],
        ),
      )
    return { yes: where('yes'), unknown: where('unknown') }
  }
}
