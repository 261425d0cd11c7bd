import type { Action } from '../policy/policy.ts'
import type { Algebra } from '../sets/algebra.ts'

/*
 * What policies decide together. Tiers are asked in their order, the policies of a tier by priority, the rules of a policy
 * from the top; the first that matches decides (K-002 to K-006). It is computed from the end: from the outcome of the
 * connections that go on to the next rule, list or tier follows the outcome before it. An outcome is what is allowed, over an
 * algebra of sets (sets/algebra.ts), for one pair of identities or for many at once; or which rules decide (decided-by.ts).
 */

/** What the policies of one tier match in one direction. */
export interface TierMatches<S, W, R extends RuleMatches<S> = RuleMatches<S>> {
  /** Where a policy that surely selects the subject isolates it: what no rule of the tier matches is denied (S-002). */
  readonly surelyIsolated: W
  /** Policies that isolate the subject if they select it, which is unknown, with what their rules surely match then. */
  readonly perhapsIsolating: readonly { readonly selects: W; readonly matches: S }[]
  /** By ascending priority: the rule lists of the policies that have it. */
  readonly levels: readonly (readonly RuleListMatches<W, R>[])[]
}

/** Rules in their order: the first that matches decides. */
interface RuleListMatches<W, R> {
  readonly rules: readonly R[]
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

/** The outcomes `O` of all connections, and how they follow from each other. */
export interface Outcomes<S, W, R extends RuleMatches<S>, O> {
  /** No policy decides: all are allowed (S-002). */
  readonly allowed: O
  /** A policy isolates the subject, and no rule of its tier matches: all are denied (S-002). */
  readonly denied: O
  /** What a rule matches has the outcome of its action, everything else that of `next.unmatched`. */
  readonly byRule: (rule: R, next: Next<O>) => O
  /** It is unknown which of the two is the outcome. */
  readonly either: (a: O, b: O) => O
  /** No outcome, for all connections: the neutral element of `either`, an impossible outcome of its own. */
  readonly none: O
  /** The same with no outcome for some connections. */
  readonly without: (outcome: O, connections: S) => O
  /** `a` where it holds, `b` elsewhere. */
  readonly choose: (where: W, a: O, b: O) => O
}

/** The outcomes of the connections that a rule does not match, and of those that it leaves to the next tier. */
interface Next<O> {
  readonly unmatched: O
  readonly passed: O
}

/** The outcome of all connections between a Pod and another end, by the policies that select the Pod. */
export function outcomeOf<S, W, R extends RuleMatches<S>, O>(
  tiers: readonly TierMatches<S, W, R>[],
  outcomes: Outcomes<S, W, R, O>,
): O {
  return tiers.reduceRight((passed, tier) => outcomeOfTier(tier, passed, outcomes), outcomes.allowed)
}

function outcomeOfTier<S, W, R extends RuleMatches<S>, O>(
  { surelyIsolated, perhapsIsolating, levels }: TierMatches<S, W, R>,
  passed: O,
  outcomes: Outcomes<S, W, R, O>,
): O {
  const { denied, either, without, choose } = outcomes
  const outcomeIf = (unmatchedByAll: O): O =>
    levels.reduceRight(
      (unmatched, lists) => outcomeOfLevel(lists, { unmatched, passed }, outcomes),
      unmatchedByAll,
    )
  // If a policy that may isolate does so, what its rules surely match does not get here, and the rest is denied.
  const unisolated = perhapsIsolating.reduce(
    (rest, { selects, matches }) => choose(selects, either(rest, without(denied, matches)), rest),
    passed,
  )
  return choose(surelyIsolated, outcomeIf(denied), outcomeIf(unisolated))
}

/** K-007: of several lists of one priority that match, any may be the one that is applied. */
function outcomeOfLevel<S, W, R extends RuleMatches<S>, O>(
  lists: readonly RuleListMatches<W, R>[],
  next: Next<O>,
  { byRule, either, none, without, choose }: Outcomes<S, W, R, O>,
): O {
  const byList = ({ rules }: RuleListMatches<W, R>, unmatchedByAll: O): O =>
    rules.reduceRight((unmatched, rule) => byRule(rule, { ...next, unmatched }), unmatchedByAll)
  const [first, ...more] = lists
  if (first !== undefined && more.length === 0 && first.mayNotSelect === undefined)
    return byList(first, next.unmatched)
  // What a list surely matches does not go on.
  const unmatched = lists.reduce((rest, { rules, mayNotSelect }) => {
    const left = rules.reduce((some, { certain }) => without(some, certain), rest)
    return mayNotSelect === undefined ? left : choose(mayNotSelect, rest, left)
  }, next.unmatched)
  return [...lists.map(list => byList(list, none)), unmatched].reduce(either)
}

/**
 * The connections that are allowed, in two bounds: certainly, and possibly. While they are computed, a connection may have no
 * outcome (`none`, `without`): it is in `allowed` then and not in `possible`, which is the neutral element of `either`. Every
 * connection has one in the end.
 */
export interface Decision<S> {
  readonly allowed: S
  /** Contains all of `allowed` that has an outcome; the same object where nothing is unknown. The difference is undetermined. */
  readonly possible: S
}

/** What the policies that select a Pod allow together: everything if none decides (S-002). */
export const decide = <S, W>(sets: Algebra<S, W>, tiers: readonly TierMatches<S, W>[]): Decision<S> =>
  outcomeOf(tiers, decisions(sets))

function decisions<S, W>({
  none,
  all,
  union,
  intersect,
  subtract,
  choose,
}: Algebra<S, W>): Outcomes<S, W, RuleMatches<S>, Decision<S>> {
  return {
    allowed: { allowed: all, possible: all },
    denied: { allowed: none, possible: none },
    byRule: ({ action, certain, possible }, { unmatched, passed }) => {
      const isKnown = certain === possible && isDetermined(unmatched)
      switch (action) {
        case 'allow':
          return bounds(isKnown, union(unmatched.allowed, certain), () => union(unmatched.possible, possible))
        case 'deny':
          return bounds(isKnown, subtract(unmatched.allowed, possible), () =>
            subtract(unmatched.possible, certain),
          )
        // Allowed is what is so both where it matches and where it does not; possible is what is so in one of the two.
        case 'pass':
          return bounds(
            isKnown && isDetermined(passed),
            intersect(union(unmatched.allowed, certain), union(passed.allowed, subtract(all, possible))),
            () => union(subtract(unmatched.possible, certain), intersect(possible, passed.possible)),
          )
      }
    },
    either: (a, b) => ({
      allowed: intersect(a.allowed, b.allowed),
      possible: union(a.possible, b.possible),
    }),
    none: { allowed: all, possible: none },
    without: ({ allowed, possible }, connections) => ({
      allowed: union(allowed, connections),
      possible: subtract(possible, connections),
    }),
    choose: (where, a, b) =>
      bounds(isDetermined(a) && isDetermined(b), choose(where, a.allowed, b.allowed), () =>
        choose(where, a.possible, b.possible),
      ),
  }
}

const isDetermined = <S>({ allowed, possible }: Decision<S>): boolean => allowed === possible

const bounds = <S>(isKnown: boolean, allowed: S, possible: () => S): Decision<S> => ({
  allowed,
  possible: isKnown ? allowed : possible(),
})

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
