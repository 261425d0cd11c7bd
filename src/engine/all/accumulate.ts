import type { Addresses } from '../../sets/addresses.ts'
import { hasBit, memberships } from '../../sets/bits.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { ConnectionsId, ConnectionTable } from '../../sets/identifiers.ts'
import { addConnections, emptyVector, type SetVector, wordCount } from '../../sets/vector.ts'
import type { RuleMatches } from '../decide.ts'
import { isSure, type Matches, someOf } from '../matches.ts'

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

/** The matched pairs that have the same identities in a role. */
interface MatchedGroup {
  readonly here: Matches
  readonly there: readonly { readonly opens: ConnectionsId; readonly identities: Matches }[]
}

/** What rules match between one identity in a role and each other identity. */
export function ruleAccumulator(
  matched: readonly MatchedPairs[],
  role: Role,
  size: number,
  { union }: ConnectionTable,
): (index: number) => Omit<RuleMatches<SetVector>, 'action'> {
  const groups = groupsBy(matched, role)
  const groupsWith = memberships(
    groups.map(({ here }) => here.maybe),
    size,
  )
  const words = wordCount(size)
  return index => {
    const mine = groupsWith(index).flatMap(group => groups[group] ?? [])
    const certain = emptyVector(words)
    let isKnown = true
    for (const { here, there } of mine) {
      const isCertain = isSure(here) || hasBit(here.yes, index)
      isKnown &&= isCertain && there.every(({ identities }) => isSure(identities))
      if (isCertain)
        for (const { opens, identities } of there) addConnections(certain, union, opens, identities.yes)
    }
    if (isKnown) return { certain, possible: certain }
    const possible = emptyVector(words)
    for (const { there } of mine)
      for (const { opens, identities } of there) addConnections(possible, union, opens, identities.maybe)
    return { certain, possible }
  }
}

function groupsBy(matched: readonly MatchedPairs[], role: Role): readonly MatchedGroup[] {
  const otherRole = role === 'subject' ? 'other' : 'subject'
  return [...groupBy(matched, pairs => pairs[role].key).values()].map(group => ({
    here: group[0][role],
    there: [...groupBy(group, ({ opens }) => opens)].map(([opens, same]) => ({
      opens,
      identities: someOf(same.map(pairs => pairs[otherRole])),
    })),
  }))
}
