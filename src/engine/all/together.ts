import { type Addresses, unionOf } from '../../sets/addresses.ts'
import {
  type Bits,
  bitsOf,
  countBits,
  forEachBit,
  intersectBits,
  isNoBit,
  memberships,
  unionBits,
} from '../../sets/bits.ts'
import { groupBy } from '../../sets/group-by.ts'
import { holdsEveryHost, hostsByFamily } from '../../sets/hosts.ts'
import { type ConnectionsId, type ConnectionTable, NONE_ID } from '../../sets/identifiers.ts'
import { matchedTogether } from '../together.ts'
import type { MatchedPairs } from './accumulate.ts'
import { surely } from './bounds.ts'
import type { IdentityIndex } from './identity-index.ts'

/**
 * What rules match together of the connections with identities whose address is not known (S-051): found once for all subjects
 * that the same rules are for, and for all identities for which their ports are the same.
 */
export function pairsTogether(
  matched: readonly MatchedPairs[],
  { unaddressed, size }: Pick<IdentityIndex, 'unaddressed' | 'size'>,
  table: ConnectionTable,
): readonly MatchedPairs[] {
  if (isNoBit(unaddressed)) return []
  const unsure = matched.flatMap(({ subject, other, opens, unsureBlocks }): readonly UnsurePairs[] => {
    if (unsureBlocks === undefined) return []
    const others = intersectBits(other.maybe, unaddressed)
    const areAll = countBits(others) === countBits(unaddressed)
    return [{ subjects: subject.yes, others: areAll ? unaddressed : others, opens, blocks: unsureBlocks }]
  })
  if (!holdEveryHost(unsure)) return []
  const together = (rules: readonly UnsurePairs[]): ConnectionsId =>
    table.idOf(
      matchedTogether(
        rules.map(({ blocks, opens }) => ({ addresses: blocks, opens: table.at(opens) })),
        hostsByFamily(),
      ),
    )
  return alike(unsure, ({ subjects }) => subjects, size)
    .filter(([, rules]) => holdEveryHost(rules))
    .flatMap(([subjects, rules], index) =>
      alike(rules, ({ others }) => others, size).flatMap(([others, same], part): readonly MatchedPairs[] => {
        const opens = together(same)
        if (opens === NONE_ID) return []
        const subject = { key: `together ${index}`, ...surely(subjects) }
        const other = { key: `together ${index} ${part}`, ...surely(others) }
        return [{ subject, other, opens, unsureBlocks: undefined }]
      }),
    )
}

/** What a rule matches of the connections with identities whose address is not known, if its blocks hold it. */
interface UnsurePairs {
  readonly subjects: Bits
  readonly others: Bits
  readonly opens: ConnectionsId
  readonly blocks: Addresses
}

const holdEveryHost = (rules: readonly UnsurePairs[]): boolean =>
  rules.length > 1 && holdsEveryHost(unionOf(rules.map(({ blocks }) => blocks)))

/** Identities that are in the same sets, with the items that have these. */
function alike<T>(
  items: readonly T[],
  setOf: (item: T) => Bits,
  size: number,
): readonly (readonly [Bits, readonly T[]])[] {
  const withSet = [...groupBy(items, setOf)]
  const [only, ...more] = withSet
  if (only !== undefined && more.length === 0) return [only]
  const sets = withSet.map(([set]) => set)
  const setsWith = memberships(sets, size)
  const members: number[] = []
  forEachBit(unionBits(sets), member => members.push(member))
  const classes = groupBy(members, member => setsWith(member).join())
  return [...classes.values()].map(same => [
    bitsOf(same),
    setsWith(same[0]).flatMap(place => withSet[place]?.[1] ?? []),
  ])
}
