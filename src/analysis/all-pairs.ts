import { type Everyone, evaluateAll } from '../engine/everyone.ts'
import type { Match } from '../model/selector.ts'
import { type Family, familyOf } from '../sets/addresses.ts'
import { type Bits, bitsOf, NO_BITS, subtractBits } from '../sets/bits.ts'
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
    const cut = ({ line, only }: FamilyLine) => {
      const { allowed, undetermined } = hasOwnNodes ? settle(sets, ownNode(index), line) : line
      return { open: sets.intersect(allowed, asked), undetermined: sets.intersect(undetermined, asked), only }
    }
    const [first, second] = lines.of(index)
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

/** One line, or one for each family where an end has addresses of both: the pairs are those of `addressPairs`. */
function linesByFamily(
  world: World,
  classes: readonly PartyClass[],
  table: ConnectionTable,
): { readonly of: (index: number) => readonly [FamilyLine, ...FamilyLine[]]; readonly isKnown: boolean } {
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
  const ipv4 = through('IPv4')
  const line4 = (index: number, only = NO_BITS): FamilyLine => ({ line: ipv4.row(index), only })
  if (families.every(own => own.length < 2)) return { of: index => [line4(index)], isKnown: ipv4.isKnown }
  const ipv6 = through('IPv6')
  const line6 = (index: number, only = NO_BITS): FamilyLine => ({ line: ipv6.row(index), only })
  const havingOnly = (family: Family): Bits =>
    bitsOf(families.flatMap((own, index) => (own.length === 1 && own[0] === family ? [index] : [])))
  const [only4, only6] = [havingOnly('IPv4'), havingOnly('IPv6')]
  const of = (index: number): readonly [FamilyLine, ...FamilyLine[]] => {
    const [first, ...more] = families[index] ?? []
    if (more.length > 0) return [line4(index, only4), line6(index, only6)]
    if (first === undefined) return [line4(index), line6(index)]
    return [first === 'IPv4' ? line4(index) : line6(index)]
  }
  return { of, isKnown: ipv4.isKnown && ipv6.isKnown }
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
