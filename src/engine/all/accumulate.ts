import type { Addresses } from '../../sets/addresses.ts'
import { type Bits, hasBit, memberships } from '../../sets/bits.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { ConnectionsId, ConnectionTable } from '../../sets/identifiers.ts'
import { addConnections, emptyVector, type SetVector, vectorAlgebra, wordCount } from '../../sets/vector.ts'
import type { RuleMatches } from '../decide.ts'
import { isSure, type Matches, someOf } from './bounds.ts'

/** Identities under a key: equal keys are those of the same identities. */
export interface Keyed extends Matches {
  readonly key: string
}

/** The connections that a rule matches between the subjects of its policy and some others. */
export interface MatchedPairs {
  readonly subject: Keyed
  readonly other: Keyed
  readonly opens: ConnectionsId
  /** The blocks of the rule, of which it is unknown whether they hold an address that is not known (S-051). */
  readonly unsureBlocks: Addresses | undefined
}

/** Which end of the connections an identity is. */
export type Role = 'subject' | 'other'

/** Connections with some identities. */
interface Opening {
  readonly opens: ConnectionsId
  readonly identities: Bits
}

/** What is matched with the same identities in a role. */
interface MatchedGroup {
  readonly here: Matches
  readonly certain: readonly Opening[]
  readonly possible: readonly Opening[]
  readonly isKnown: boolean
}

/** What rules match between one identity in a role and each other identity. */
export function ruleAccumulator(
  matched: readonly MatchedPairs[],
  role: Role,
  size: number,
  table: ConnectionTable,
): (index: number) => Omit<RuleMatches<SetVector>, 'action'> {
  const groups = groupsBy(matched, role)
  const groupsWith = memberships(
    groups.map(({ here }) => here.maybe),
    size,
  )
  const sum = sumOfOpenings(size, table)
  return index => {
    const mine = groupsWith(index).flatMap(group => groups[group] ?? [])
    const sure = mine.filter(({ here }) => isSure(here) || hasBit(here.yes, index))
    const certain = sum(sure.map(group => group.certain))
    const isKnown = sure.length === mine.length && sure.every(group => group.isKnown)
    return { certain, possible: isKnown ? certain : sum(mine.map(group => group.possible)) }
  }
}

/** How many openings for the same identities are added one by one. */
const FEW = 64

/**
 * All openings together, for each identity. Where many are for the same ones, by halves: adding a port to a set is as much work as the
 * set is long, and identities that differ in one of the first ports would be apart for all others.
 */
function sumOfOpenings(
  size: number,
  table: ConnectionTable,
): (lists: readonly (readonly Opening[])[]) => SetVector {
  const words = wordCount(size)
  const { union } = vectorAlgebra(table, words)
  // These loops run for each pair of an identity and a rule: without arrays between them they take a tenth.
  const areFew = (lists: readonly (readonly Opening[])[]): boolean => {
    if (lists.reduce((total, list) => total + list.length, 0) <= FEW) return true
    const counts = new Int32Array(words)
    for (const list of lists)
      for (const { identities } of list)
        for (let at = 0; at < identities.words.length; at++) {
          const word = identities.start + at
          const count = (counts[word] ?? 0) + 1
          if (count > FEW) return false
          counts[word] = count
        }
    return true
  }
  const sum = (lists: readonly (readonly Opening[])[]): SetVector => {
    if (!areFew(lists)) return sumByHalves(lists.flat())
    const added = emptyVector(words)
    for (const list of lists)
      for (const { opens, identities } of list) addConnections(added, table.union, opens, identities)
    return added
  }
  const sumByHalves = (openings: readonly Opening[]): SetVector => {
    const middle = openings.length >>> 1
    return union(sum([openings.slice(0, middle)]), sum([openings.slice(middle)]))
  }
  return sum
}

function groupsBy(matched: readonly MatchedPairs[], role: Role): readonly MatchedGroup[] {
  const otherRole = role === 'subject' ? 'other' : 'subject'
  return [...groupBy(matched, pairs => pairs[role].key).values()].map(group => {
    const there = [...groupBy(group, ({ opens }) => opens)].map(([opens, same]) => ({
      opens,
      identities: someOf(same.map(pairs => pairs[otherRole])),
    }))
    return {
      here: group[0][role],
      certain: there.map(({ opens, identities }) => ({ opens, identities: identities.yes })),
      possible: there.map(({ opens, identities }) => ({ opens, identities: identities.maybe })),
      isKnown: there.every(({ identities }) => isSure(identities)),
    }
  })
}
