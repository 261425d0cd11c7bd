import type { Policy } from '../../policy/policy.ts'
import type { Direction } from '../../report/facts/rules.ts'
import type { Algebra } from '../../sets/algebra.ts'
import { type Bits, hasBit, isNoBit, NO_BITS, subtractBits, unionBits } from '../../sets/bits.ts'
import type { ConnectionTable } from '../../sets/identifiers.ts'
import { lazily, memoizedBy } from '../../sets/memoized.ts'
import { type SetVector, vectorAlgebra, type Where, widened, wordCount } from '../../sets/vector.ts'
import { type Decision, decide, type TierMatches } from '../decide.ts'
import { type RankedTier, rankedTiers } from '../tiers.ts'
import { type Keyed, type MatchedPairs, type Role, ruleAccumulator } from './accumulate.ts'
import { isSure } from './bounds.ts'
import type { IdentityIndex } from './identity-index.ts'
import { type PolicyMatches, policyMatcher } from './matched-pairs.ts'
import { pairsTogether } from './together.ts'

/** What policies decide in one direction between one identity, in either role, and each other identity. */
export interface DirectionMatrix {
  readonly decision: (role: Role, index: number) => Decision<SetVector>
  /** Whether nothing is undetermined. */
  readonly isKnown: boolean
}

export function directionMatrix(
  direction: Direction,
  policies: readonly Policy[],
  identities: IdentityIndex,
  table: ConnectionTable,
): DirectionMatrix {
  const sets = vectorAlgebra(table, wordCount(identities.size))
  const matched = policies
    .filter(policy => policy.direction === direction)
    .map(policyMatcher(identities, table))
  const tiers = rankedTiers<PolicyMatches, readonly MatchedPairs[]>(matched)
  const matchesOf = tiers.map(tier => tierMatcher(tier, identities, table))
  const isCertain = matched.every(
    ({ subject, rules }) => isSure(subject) && rules.flat().every(({ other }) => isSure(other)),
  )
  return {
    decision: (role, index) =>
      decide(
        sets,
        matchesOf.map(ofTier => ofTier(role, index)),
      ),
    isKnown: isCertain && tiers.every(({ levels }) => levels.every(lists => lists.length <= 1)),
  }
}

/** What a tier matches of the connections with one identity. What holds for all of them is prepared once. */
function tierMatcher(
  { policies, levels }: RankedTier<PolicyMatches, readonly MatchedPairs[]>,
  identities: IdentityIndex,
  table: ConnectionTable,
): (role: Role, index: number) => TierMatches<SetVector, Where> {
  const accumulated = (matched: readonly MatchedPairs[]) => {
    const all = lazily(() => [...matched, ...pairsTogether(matched, identities, table)])
    return memoizedBy(
      (role: Role) => role,
      role => ruleAccumulator(all(), role, identities.size, table),
    )
  }
  const mayIsolate = policies.filter(({ policy }) => policy.isolates)
  const surelyIsolated = unionBits(mayIsolate.map(({ subject }) => subject.yes))
  const perhapsIsolating = mayIsolate
    .filter(({ subject }) => !isSure(subject))
    .map(({ subject, rules }) => ({
      selects: unsureOf(subject),
      matches: accumulated(rules.flat().map(ifSelected)),
    }))
  const lists = levels.map(level =>
    level.map(({ groups, of }) => ({
      rules: groups.map(({ action, rules }) => ({
        action,
        matches: accumulated(rules.flatMap(({ rule }) => (of === undefined ? rule : rule.map(ifSelected)))),
      })),
      mayNotSelect: of === undefined ? NO_BITS : unsureOf(of.subject),
    })),
  )
  return (role, index) => {
    // The bits are subjects: either the one identity is asked for, or each other one is.
    const where = (subjects: Bits): Where => (role === 'subject' ? hasBit(subjects, index) : subjects)
    const isAnywhere = (subjects: Bits): boolean =>
      role === 'subject' ? hasBit(subjects, index) : !isNoBit(subjects)
    return {
      surelyIsolated: where(surelyIsolated),
      perhapsIsolating: perhapsIsolating
        .filter(({ selects }) => isAnywhere(selects))
        .map(({ selects, matches }) => ({ selects: where(selects), matches: matches(role)(index).certain })),
      levels: lists.map(level =>
        level.map(({ rules, mayNotSelect }) => ({
          rules: rules.map(({ action, matches }) => ({ action, ...matches(role)(index) })),
          ...(isAnywhere(mayNotSelect) && { mayNotSelect: where(mayNotSelect) }),
        })),
      ),
    }
  }
}

const unsureOf = ({ maybe, yes }: Keyed): Bits => (maybe === yes ? NO_BITS : subtractBits(maybe, yes))

/** What a rule matches if its policy selects each subject that it may select. */
const ifSelected = (matched: MatchedPairs): MatchedPairs => {
  const { key, maybe } = matched.subject
  return { ...matched, subject: { key, yes: maybe, maybe } }
}

/** The matrix with further identities, from `size` on, each of which was split off another one and is decided like it. */
export function extended(
  matrix: DirectionMatrix,
  size: number,
  splitFrom: readonly number[],
): DirectionMatrix {
  const original = (index: number): number => (index < size ? index : (splitFrom[index - size] ?? 0))
  return {
    isKnown: matrix.isKnown,
    decision: (role, index) => {
      const { allowed, possible } = matrix.decision(role, original(index))
      const all = widened(allowed, size, splitFrom)
      return { allowed: all, possible: possible === allowed ? all : widened(possible, size, splitFrom) }
    },
  }
}

/** The decisions of `now` for some subjects, and those of `before` for all others. */
export function replacedFor(
  subjects: Bits,
  now: DirectionMatrix,
  before: DirectionMatrix,
  { choose }: Algebra<SetVector, Where>,
): DirectionMatrix {
  return {
    isKnown: before.isKnown && now.isKnown,
    decision: (role, index) => {
      if (role === 'subject') return (hasBit(subjects, index) ? now : before).decision(role, index)
      const [replaced, kept] = [now.decision(role, index), before.decision(role, index)]
      const allowed = choose(subjects, replaced.allowed, kept.allowed)
      const isKnown = replaced.possible === replaced.allowed && kept.possible === kept.allowed
      return { allowed, possible: isKnown ? allowed : choose(subjects, replaced.possible, kept.possible) }
    },
  }
}
