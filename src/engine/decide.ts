import type { Action } from '../policy/policy.ts'
import type { Algebra } from '../sets/algebra.ts'

/** What the policies of one tier match in one direction: of one pair of ends, or of many pairs at once. */
export interface TierMatches<S, W> {
  /** Where a policy that surely selects the subject isolates it: what no rule of the tier matches is denied (S-002). */
  readonly isolated: W
  /** Policies that isolate the subject if they select it, which is unknown, with what their rules surely match then. */
  readonly mayIsolate: readonly { readonly selects: W; readonly matches: S }[]
  /** By ascending priority: the rule lists of the policies that have it. */
  readonly levels: readonly (readonly RuleListMatches<S, W>[])[]
}

/** Rules in their order: the first that matches decides. */
export interface RuleListMatches<S, W> {
  readonly rules: readonly RuleMatches<S>[]
  /** Where it is unknown whether the policy of these rules selects the subject; what they match is told as if it did. */
  readonly mayNotSelect?: W
}

/** The connections that a rule, or several of the same action, surely match, and those that they match or may match. */
export interface RuleMatches<S> {
  readonly action: Action
  readonly certain: S
  /** Contains `certain`, and is the very same where nothing is unknown. */
  readonly possible: S
}

/** `possible` contains `allowed`, and is the very same where nothing is unknown: the difference is undetermined. */
export interface Decision<S> {
  readonly allowed: S
  readonly possible: S
}

/**
 * What the policies that select a Pod allow together, tier by tier: everything if none decides (K-002, S-002). What may or
 * may not select or match is neither allowed nor denied.
 */
export function decide<S, W>(sets: Algebra<S, W>, tiers: readonly TierMatches<S, W>[]): Decision<S> {
  const allowed = passing(sets, tiers, 'surely')
  return { allowed, possible: tiers.every(isKnown) ? allowed : passing(sets, tiers, 'possibly') }
}

const isKnown = <S, W>({ mayIsolate, levels }: TierMatches<S, W>): boolean =>
  mayIsolate.length === 0 &&
  levels.every(
    lists =>
      lists.length <= 1 &&
      lists.every(
        ({ rules, mayNotSelect }) =>
          mayNotSelect === undefined && rules.every(({ certain, possible }) => certain === possible),
      ),
  )

/** Whether unknown matches are read so that the fewest connections pass, or so that the most do. */
type Reading = 'surely' | 'possibly'

/** Where a connection goes on to that a rule does not match, and one that a rule passes. */
interface Continuation<S> {
  readonly unmatched: S
  readonly passed: S
}

function passing<S, W>(sets: Algebra<S, W>, tiers: readonly TierMatches<S, W>[], reading: Reading): S {
  return tiers.reduceRight((next, tier) => throughTier(sets, tier, next, reading), sets.all)
}

function throughTier<S, W>(
  sets: Algebra<S, W>,
  { isolated, mayIsolate, levels }: TierMatches<S, W>,
  next: S,
  reading: Reading,
): S {
  const through = (end: S): S =>
    levels.reduceRight(
      (unmatched, lists) => throughLevel(sets, lists, { unmatched, passed: next }, reading),
      end,
    )
  // Where it is unknown whether a policy isolates, surely passes only what that policy would match.
  const end =
    reading === 'possibly'
      ? next
      : mayIsolate.reduce(
          (left, { selects, matches }) => sets.intersect(left, sets.choose(selects, matches, sets.all)),
          next,
        )
  return sets.choose(isolated, through(sets.none), through(end))
}

/** K-007: of several lists that match, any may be the one that is applied. */
function throughLevel<S, W>(
  sets: Algebra<S, W>,
  lists: readonly RuleListMatches<S, W>[],
  next: Continuation<S>,
  reading: Reading,
): S {
  const [first, ...others] = lists
  if (first === undefined) return next.unmatched
  if (others.length === 0) return throughList(sets, first, next, reading)
  const matched = lists.map(list => surelyMatched(sets, list)).reduce(sets.union)
  const each = (unmatched: S): readonly S[] =>
    lists.map(list => throughList(sets, list, { ...next, unmatched }, reading))
  return reading === 'possibly'
    ? [...each(sets.none), sets.subtract(next.unmatched, matched)].reduce(sets.union)
    : [...each(sets.all), sets.union(next.unmatched, matched)].reduce(sets.intersect)
}

function surelyMatched<S, W>(sets: Algebra<S, W>, { rules, mayNotSelect }: RuleListMatches<S, W>): S {
  const matched = rules.map(({ certain }) => certain).reduce(sets.union, sets.none)
  return mayNotSelect === undefined ? matched : sets.choose(mayNotSelect, sets.none, matched)
}

function throughList<S, W>(
  sets: Algebra<S, W>,
  { rules, mayNotSelect }: RuleListMatches<S, W>,
  next: Continuation<S>,
  reading: Reading,
): S {
  const selected = rules.reduceRight(
    (unmatched, rule) => throughRule(sets, rule, { ...next, unmatched }, reading),
    next.unmatched,
  )
  if (mayNotSelect === undefined) return selected
  const either =
    reading === 'possibly' ? sets.union(selected, next.unmatched) : sets.intersect(selected, next.unmatched)
  return sets.choose(mayNotSelect, either, selected)
}

function throughRule<S, W>(
  sets: Algebra<S, W>,
  { action, certain, possible }: RuleMatches<S>,
  { unmatched, passed }: Continuation<S>,
  reading: Reading,
): S {
  const { union, intersect, subtract } = sets
  const isPossible = reading === 'possibly'
  switch (action) {
    case 'allow':
      return union(unmatched, isPossible ? possible : certain)
    case 'deny':
      return subtract(unmatched, isPossible ? certain : possible)
    case 'pass':
      return isPossible
        ? union(subtract(unmatched, certain), intersect(possible, passed))
        : intersect(union(unmatched, certain), union(passed, subtract(sets.all, possible)))
  }
}

/** A connection passes if both directions allow it (S-004). */
export function bothWays<S, W>(
  sets: Algebra<S, W>,
  egress: Decision<S>,
  ingress: Decision<S>,
): { readonly allowed: S; readonly undetermined: S } {
  const allowed = sets.intersect(egress.allowed, ingress.allowed)
  if (egress.possible === egress.allowed && ingress.possible === ingress.allowed)
    return { allowed, undetermined: sets.none }
  return { allowed, undetermined: sets.subtract(sets.intersect(egress.possible, ingress.possible), allowed) }
}

/** Of an end that no policy can select: everything passes. */
export const undecided = <S, W>(sets: Algebra<S, W>): Decision<S> => ({
  allowed: sets.all,
  possible: sets.all,
})
