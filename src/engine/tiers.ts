import type { Action, Policy } from '../policy/policy.ts'
import { groupBy, type NonEmpty } from '../sets/group-by.ts'

/*
 * The order in which policies are asked. What an evaluation holds of a policy (P) and of each of its rules (R) is its own.
 */

export interface Evaluated<R> {
  readonly policy: Policy
  /** In the order of the policy's rules. */
  readonly rules: readonly R[]
}

export interface RankedTier<P, R> {
  /** By ascending priority. */
  readonly policies: readonly P[]
  /** For each priority the rule lists of the policies that have it, none of which comes before another. */
  readonly levels: readonly (readonly RuleList<P, R>[])[]
}

/** Groups of rules, of which the first that matches decides. */
export interface RuleList<P, R> {
  readonly groups: readonly RuleGroup<P, R>[]
  /** The policy whose rules these are; undefined for the rules of all policies that have rules of one action only. */
  readonly of: P | undefined
}

/** Rules with the same action, so that their order is irrelevant. */
export interface RuleGroup<P, R> {
  readonly action: Action
  readonly rules: readonly { readonly of: P; readonly rule: R }[]
}

/** Policies by tier, by priority, and by what of their rules has an order (K-002 to K-004, K-007). */
export function rankedTiers<P, R>(policies: readonly (P & Evaluated<R>)[]): readonly RankedTier<P, R>[] {
  return ascending(policies, ({ policy }) => policy.tier.order).map(inTier => {
    const levels = ascending(inTier, ({ policy }) => policy.priority)
    return { policies: levels.flat(), levels: levels.map(ruleLists) }
  })
}

function ascending<T>(items: readonly T[], rankOf: (item: T) => number): readonly NonEmpty<T>[] {
  const groups = [...groupBy(items, rankOf)]
  return groups.sort(([a], [b]) => a - b).map(([, group]) => group)
}

function ruleLists<P, R>(policies: readonly (P & Evaluated<R>)[]): readonly RuleList<P, R>[] {
  const mixed: RuleList<P, R>[] = []
  const plain: RuleGroup<P, R>[] = []
  for (const one of policies) {
    const groups = groupsOf(one)
    if (groups.length > 1) mixed.push({ groups, of: one })
    else plain.push(...groups)
  }
  const merged = [...groupBy(plain, ({ action }) => action)].map(
    ([action, groups]): RuleList<P, R> => ({
      groups: [{ action, rules: groups.flatMap(({ rules }) => rules) }],
      of: undefined,
    }),
  )
  return [...merged, ...mixed]
}

/** Consecutive rules with the same action. */
function groupsOf<P, R>(one: P & Evaluated<R>): readonly RuleGroup<P, R>[] {
  const groups: { readonly action: Action; readonly rules: { readonly of: P; readonly rule: R }[] }[] = []
  for (const [index, { action }] of one.policy.rules.entries()) {
    const rule = one.rules[index]
    if (rule === undefined) continue
    const last = groups.at(-1)
    if (last?.action === action) last.rules.push({ of: one, rule })
    else groups.push({ action, rules: [{ of: one, rule }] })
  }
  return groups
}
