import type { Action, Policy } from '../policy/policy.ts'
import { groupBy, type NonEmpty } from '../sets/group-by.ts'

/*
 * The order in which policies are asked. `P` is what an evaluation knows of a policy, `R` what it knows of one of its rules.
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

/**
 * Groups of rules, of which the first that matches decides. Where it is unknown whether a policy selects the subject, all of its
 * rules are there or none is. Of rules with one action each can be taken as unknown by itself, which gives the same bounds; where
 * one rule comes before another, the list as a whole has to be left out (`mayNotSelect` in decide.ts).
 */
export interface RuleList<P, R> {
  readonly groups: readonly RuleGroup<P, R>[]
  /** The policy whose rules these are; undefined where they are those of all policies that have one action only. */
  readonly of: P | undefined
}

/** Rules with the same action, so that their order does not matter. */
export interface RuleGroup<P, R> {
  readonly action: Action
  readonly rules: readonly { readonly of: P; readonly rule: R }[]
}

/** Policies by tier, by priority, and by what of their rules has an order (K-002 to K-004, K-007). */
export function rankedTiers<P, R>(policies: readonly (P & Evaluated<R>)[]): readonly RankedTier<P, R>[] {
  return groupsInOrder(policies, ({ policy }) => policy.tier.order).map(tier => {
    const levels = groupsInOrder(tier, ({ policy }) => policy.priority)
    return { policies: levels.flat(), levels: levels.map(ruleLists) }
  })
}

function groupsInOrder<T>(items: readonly T[], rankOf: (item: T) => number): readonly NonEmpty<T>[] {
  const groups = [...groupBy(items, rankOf)]
  return groups.sort(([a], [b]) => a - b).map(([, group]) => group)
}

/** Rules of several policies that all have one action are one group: NetworkPolicies, which only allow (S-003). */
function ruleLists<P, R>(policies: readonly (P & Evaluated<R>)[]): readonly RuleList<P, R>[] {
  const all = policies.map(of => ({ of, groups: ruleGroups(of) }))
  const ofOneAction = all.flatMap(({ groups }) => (groups.length === 1 ? groups : []))
  const merged = [...groupBy(ofOneAction, ({ action }) => action)].map(
    ([action, groups]): RuleList<P, R> => ({
      groups: [{ action, rules: groups.flatMap(({ rules }) => rules) }],
      of: undefined,
    }),
  )
  return [...merged, ...all.filter(({ groups }) => groups.length > 1)]
}

/** Consecutive rules with the same action. */
function ruleGroups<P, R>(of: P & Evaluated<R>): readonly RuleGroup<P, R>[] {
  const groups: { readonly action: Action; readonly rules: { readonly of: P; readonly rule: R }[] }[] = []
  for (const [index, { action }] of of.policy.rules.entries()) {
    const rule = of.rules[index]
    if (rule === undefined) continue
    const last = groups.at(-1)
    if (last?.action === action) last.rules.push({ of, rule })
    else groups.push({ action, rules: [{ of, rule }] })
  }
  return groups
}
