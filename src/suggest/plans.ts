import type { LabelChoice } from '../explain/written-peers.ts'
import { type Candidate, joinedCandidates } from './candidate.ts'
import type { DeniedGroup } from './denied-groups.ts'
import { candidateOf, type Fixable } from './near-miss-fixes.ts'
import { newPolicy, newRule } from './rule.ts'

/** A candidate for everything that is denied. */
export interface Plan extends Candidate {
  /** Of each kind, only the plan that allows least is suggested. */
  readonly kind: 'fix' | 'label' | 'rule' | 'policy'
  /** Which labels identify its Pods, as an index into CHOICES: of plans with the same effect the first is preferred. */
  readonly labels: number
}

/** The near misses that are tried for each group, by their rank. */
const TRIED = [0, 1, 2]

const CHOICES: readonly LabelChoice[] = ['used', 'all']

/** What may allow all groups; `near` are the near misses of each. */
export function plansFor(
  groups: readonly DeniedGroup[],
  near: readonly (readonly Fixable[])[],
): readonly Plan[] {
  const withNear = groups.map((group, index) => ({ group, near: (near[index] ?? []).map(candidateOf) }))
  return [
    ...TRIED.flatMap(place => [
      ...ofNearMisses(withNear, 'fix', place),
      ...ofNearMisses(withNear, 'label', place),
    ]),
    ...CHOICES.flatMap((choice, labels) => [
      ...planOf(
        'rule',
        labels,
        groups.map(group => newRule(group, choice) ?? newPolicy(group, choice)),
      ),
      ...planOf(
        'policy',
        labels,
        groups.map(group => newPolicy(group, choice)),
      ),
    ]),
  ]
}

/** The candidates of all groups together; none where a group has no candidate. */
function planOf(
  kind: Plan['kind'],
  labels: number,
  candidates: readonly (Candidate | undefined)[],
): readonly Plan[] {
  const all = joinedCandidates(candidates)
  return all === undefined ? [] : [{ kind, labels, ...all }]
}

/** Fixes for the near misses of one rank; for a group without any, a rule. */
function ofNearMisses(
  groups: readonly { readonly group: DeniedGroup; readonly near: readonly Candidate[] }[],
  kind: 'fix' | 'label',
  place: number,
): readonly Plan[] {
  const isWanted = ({ edits }: Candidate): boolean =>
    edits.every(edit => (edit.kind === 'label') === (kind === 'label'))
  const wanted = groups.map(({ group, near }) => ({ group, near: near.filter(isWanted) }))
  if (wanted.every(({ near }) => near[place] === undefined)) return []
  return planOf(
    kind,
    0,
    wanted.map(
      ({ group, near }) => near[place] ?? near.at(-1) ?? newRule(group, 'used') ?? newPolicy(group, 'used'),
    ),
  )
}
