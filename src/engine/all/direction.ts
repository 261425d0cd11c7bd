import type { Direction, Policy } from '../../policy/policy.ts'
import type { Algebra } from '../../sets/algebra.ts'
import { type Bits, hasBit, isNoBit, NO_BITS, subtractBits, unionBits } from '../../sets/bits.ts'
import type { ConnectionTable } from '../../sets/identifiers.ts'
import { type SetVector, vectorAlgebra, type Where, widened, wordsFor } from '../../sets/vector.ts'
import { type Decision, decide, type TierMatches } from '../decide.ts'
import { isSure } from '../matches.ts'
import { type RankedTier, rankedTiers } from '../tiers.ts'
import { type Grant, type Keyed, type Role, type RuleAccumulator, ruleAccumulator } from './accumulate.ts'
import { grantsOf, type PolicyGrants } from './grants.ts'
import type { IdentityIndex } from './identity-index.ts'

/** The policies of many identities in one direction, asked from either end of the connections. */
export interface DirectionMatrix {
  /** What the policies of one identity allow with each other identity. */
  readonly ofSubject: (index: number) => Decision<SetVector>
  /** What the policies of each identity allow with one other identity. */
  readonly ofOther: (index: number) => Decision<SetVector>
  /** Whether every decision is known. */
  readonly isKnown: boolean
}

export function directionMatrix(
  direction: Direction,
  policies: readonly Policy[],
  identities: IdentityIndex,
  table: ConnectionTable,
): DirectionMatrix {
  const sets = vectorAlgebra(table, wordsFor(identities.size))
  const granted = policies.filter(policy => policy.direction === direction).map(grantsOf(identities, table))
  const tiers = rankedTiers<PolicyGrants, readonly Grant[]>(granted)
  const matches = tiers.map(tier => tierMatches(tier, identities.size, table))
  const decided =
    (role: Role) =>
    (index: number): Decision<SetVector> =>
      decide(
        sets,
        matches.map(ofTier => ofTier(role, index)),
      )
  return {
    ofSubject: decided('subject'),
    ofOther: decided('other'),
    isKnown:
      granted.every(
        ({ subject, rules }) => isSure(subject) && rules.flat().every(({ other }) => isSure(other)),
      ) && tiers.every(({ levels }) => levels.every(lists => lists.length <= 1)),
  }
}

/** What one tier matches of the connections with an identity, in either role. */
function tierMatches(
  { policies, levels }: RankedTier<PolicyGrants, readonly Grant[]>,
  size: number,
  table: ConnectionTable,
): (role: Role, index: number) => TierMatches<SetVector, Where> {
  const isolating = policies.filter(({ policy }) => policy.isolates)
  const isolated = unionBits(...isolating.map(({ subject }) => subject.yes))
  const mayIsolate = isolating
    .filter(({ subject }) => !isSure(subject))
    .map(({ subject, rules }) => ({
      selects: unsureOf(subject),
      matched: accumulators(rules.flat().map(ifSelected), size, table),
    }))
  const lists = levels.map(level =>
    level.map(({ groups, of }) => ({
      rules: groups.map(({ action, rules }) => {
        const grants = rules.flatMap(({ rule }) => (of === undefined ? rule : rule.map(ifSelected)))
        return { action, matched: accumulators(grants, size, table) }
      }),
      mayNotSelect: of === undefined ? NO_BITS : unsureOf(of.subject),
    })),
  )
  return (role, index) => {
    const where = (bits: Bits): Where => (role === 'subject' ? hasBit(bits, index) : bits)
    const isAnywhere = (bits: Bits): boolean => (role === 'subject' ? hasBit(bits, index) : !isNoBit(bits))
    return {
      isolated: where(isolated),
      mayIsolate: mayIsolate
        .filter(({ selects }) => isAnywhere(selects))
        .map(({ selects, matched }) => ({ selects: where(selects), matches: matched(role, index).certain })),
      levels: lists.map(level =>
        level.map(({ rules, mayNotSelect }) => ({
          rules: rules.map(({ action, matched }) => ({ action, ...matched(role, index) })),
          ...(isAnywhere(mayNotSelect) && { mayNotSelect: where(mayNotSelect) }),
        })),
      ),
    }
  }
}

const unsureOf = ({ maybe, yes }: Keyed): Bits => (maybe === yes ? NO_BITS : subtractBits(maybe, yes))

/** A grant as it is if its policy selects each subject that it may select. */
const ifSelected = (grant: Grant): Grant => {
  const { key, maybe } = grant.subject
  return { ...grant, subject: { key, yes: maybe, maybe } }
}

/** Accumulates grants in either role; what that takes is prepared when it is first asked for. */
function accumulators(
  grants: readonly Grant[],
  size: number,
  table: ConnectionTable,
): (role: Role, index: number) => ReturnType<RuleAccumulator> {
  const made = new Map<Role, RuleAccumulator>()
  return (role, index) => {
    const accumulate = made.get(role) ?? ruleAccumulator(grants, role, size, table)
    made.set(role, accumulate)
    return accumulate(index)
  }
}

/** The same decisions for more identities: each further one, from number `size` on, has those of the one that it is `like`. */
export function extended(matrix: DirectionMatrix, size: number, like: readonly number[]): DirectionMatrix {
  const original = (index: number): number => (index < size ? index : (like[index - size] ?? 0))
  const extend = ({ allowed, possible }: Decision<SetVector>): Decision<SetVector> => {
    const all = widened(allowed, size, like)
    return { allowed: all, possible: possible === allowed ? all : widened(possible, size, like) }
  }
  return {
    isKnown: matrix.isKnown,
    ofSubject: index => extend(matrix.ofSubject(original(index))),
    ofOther: index => extend(matrix.ofOther(original(index))),
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
    ofSubject: index => (hasBit(subjects, index) ? now : before).ofSubject(index),
    ofOther: index => {
      const [replaced, kept] = [now.ofOther(index), before.ofOther(index)]
      const allowed = choose(subjects, replaced.allowed, kept.allowed)
      const isKnown = replaced.possible === replaced.allowed && kept.possible === kept.allowed
      return { allowed, possible: isKnown ? allowed : choose(subjects, replaced.possible, kept.possible) }
    },
  }
}
