import type { Action } from '../policy/policy.ts'
import type { Algebra } from '../sets/algebra.ts'

/*
 * What policies decide together, over an algebra of sets (sets/algebra.ts): for one pair of identities or for many at once.
 * Tiers are asked in their order, the policies of a tier by priority, the rules of a policy from the top; the first that
 * matches decides (K-002 to K-006). It is computed from the end: from what is allowed of the connections that go on to the
 * next rule, list or tier follows what is allowed before it. Unknowns make two bounds of it: what is certainly allowed, and
 * what is possibly allowed.
 */

/** What the policies of one tier match in one direction. */
export interface TierMatches<S, W> {
  /** Where a policy that surely selects the subject isolates it: what no rule of the tier matches is denied (S-002). */
  readonly isolated: W
  /** Policies that isolate the subject if they select it, which is unknown, with what their rules surely match then. */
  readonly mayIsolate: readonly { readonly selects: W; readonly matches: S }[]
  /** By ascending priority: the rule lists of the policies that have it. */
  readonly levels: readonly (readonly RuleListMatches<S, W>[])[]
}

/** Rules in their order: the first that matches decides. */
interface RuleListMatches<S, W> {
  readonly rules: readonly RuleMatches<S>[]
  /** Where it is unknown whether the policy of these rules selects the subject; they match as if it did. */
  readonly mayNotSelect?: W
}

/** The connections that a rule matches, or several of the same action. */
export interface RuleMatches<S> {
  readonly action: Action
  readonly certain: S
  /** Contains `certain`; the same object where nothing is unknown. */
  readonly possible: S
}

export interface Decision<S> {
  readonly allowed: S
  /** Contains `allowed`; the same object where nothing is unknown. The difference is undetermined. */
  readonly possible: S
}

/** What the policies that select a Pod allow together: everything if none decides (S-002). */
export function decide<S, W>(sets: Algebra<S, W>, tiers: readonly TierMatches<S, W>[]): Decision<S> {
  const allowed = allowedByTiers(sets, tiers, 'certain')
  return { allowed, possible: tiers.every(isKnown) ? allowed : allowedByTiers(sets, tiers, 'possible') }
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

type Bound = 'certain' | 'possible'

/** What is allowed of the connections that a rule does not match, and of those that it leaves to the next tier. */
interface Next<S> {
  readonly unmatched: S
  readonly passed: S
}

function allowedByTiers<S, W>(sets: Algebra<S, W>, tiers: readonly TierMatches<S, W>[], bound: Bound): S {
  return tiers.reduceRight((next, tier) => allowedByTier(sets, tier, next, bound), sets.all)
}

function allowedByTier<S, W>(
  sets: Algebra<S, W>,
  { isolated, mayIsolate, levels }: TierMatches<S, W>,
  next: S,
  bound: Bound,
): S {
  const allowed = (unmatchedByAll: S): S =>
    levels.reduceRight(
      (unmatched, lists) => allowedByLevel(sets, lists, { unmatched, passed: next }, bound),
      unmatchedByAll,
    )
  // Where a policy may isolate, what goes on to the next tier is certainly only what that policy would match.
  const unisolated =
    bound === 'possible'
      ? next
      : mayIsolate.reduce(
          (rest, { selects, matches }) => sets.intersect(rest, sets.choose(selects, matches, sets.all)),
          next,
        )
  return sets.choose(isolated, allowed(sets.none), allowed(unisolated))
}

/** K-007: of several lists of one priority that match, any may be the one that is applied. */
function allowedByLevel<S, W>(
  sets: Algebra<S, W>,
  lists: readonly RuleListMatches<S, W>[],
  next: Next<S>,
  bound: Bound,
): S {
  const [first, ...more] = lists
  if (first === undefined) return next.unmatched
  if (more.length === 0) return allowedByList(sets, first, next, bound)
  const matched = lists.map(list => certainlyMatched(sets, list)).reduce(sets.union)
  const byEach = (unmatched: S): readonly S[] =>
    lists.map(list => allowedByList(sets, list, { ...next, unmatched }, bound))
  return bound === 'possible'
    ? [...byEach(sets.none), sets.subtract(next.unmatched, matched)].reduce(sets.union)
    : [...byEach(sets.all), sets.union(next.unmatched, matched)].reduce(sets.intersect)
}

function certainlyMatched<S, W>(sets: Algebra<S, W>, { rules, mayNotSelect }: RuleListMatches<S, W>): S {
  const matched = rules.map(({ certain }) => certain).reduce(sets.union, sets.none)
  return mayNotSelect === undefined ? matched : sets.choose(mayNotSelect, sets.none, matched)
}

function allowedByList<S, W>(
  sets: Algebra<S, W>,
  { rules, mayNotSelect }: RuleListMatches<S, W>,
  next: Next<S>,
  bound: Bound,
): S {
  const ifSelected = rules.reduceRight(
    (unmatched, rule) => allowedByRule(sets, rule, { ...next, unmatched }, bound),
    next.unmatched,
  )
  if (mayNotSelect === undefined) return ifSelected
  const either = bound === 'possible' ? sets.union : sets.intersect
  return sets.choose(mayNotSelect, either(ifSelected, next.unmatched), ifSelected)
}

function allowedByRule<S, W>(
  { union, intersect, subtract, all }: Algebra<S, W>,
  rule: RuleMatches<S>,
  { unmatched, passed }: Next<S>,
  bound: Bound,
): S {
  const { action, certain, possible } = rule
  switch (action) {
    case 'allow':
      return union(unmatched, rule[bound])
    case 'deny':
      return subtract(unmatched, bound === 'possible' ? certain : possible)
    case 'pass':
      return bound === 'possible'
        ? union(subtract(unmatched, certain), intersect(possible, passed))
        : intersect(union(unmatched, certain), union(passed, subtract(all, possible)))
  }
}

/** What passes between two ends: both directions have to allow it (S-004). */
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
