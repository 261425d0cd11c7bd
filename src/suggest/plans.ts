import type { LabelChoice } from '../explain/written-peers.ts'
import { type Candidate, joinedCandidates } from './candidate.ts'
import type { DeniedGroup } from './denied-groups.ts'
import { localTraffic } from './local-traffic.ts'
import { newPolicy, newRule } from './rule.ts'

/** A candidate for everything that is denied. */
export interface Plan extends Candidate {
  /** Of each kind, only the plan that allows least is suggested. */
  readonly kind: 'service' | 'fix' | 'label' | 'rule' | 'policy'
  /** Which labels identify its Pods, as an index into CHOICES: of plans with the same effect the first is preferred. */
  readonly labels: number
}

/** The near misses that are tried for each group, by their rank. */
const TRIED = [0, 1, 2]

const CHOICES: readonly LabelChoice[] = ['own', 'used', 'all']

interface FixableGroup {
  readonly group: DeniedGroup
  /** What fixes its near misses. */
  readonly fixes: readonly Candidate[]
}

/** What may allow all groups. */
export const plansFor = (groups: readonly FixableGroup[]): readonly Plan[] => [
  ...planOfServices(groups),
  ...TRIED.flatMap(rank => [...planOfFixes(groups, 'fix', rank), ...planOfFixes(groups, 'label', rank)]),
  ...CHOICES.flatMap((choice, labels) => [
    ...planOf('rule', labels, groups, ({ group }) => newRuleOrPolicy(group, choice)),
    ...planOf('policy', labels, groups, ({ group }) => newPolicy(group, choice)),
  ]),
]

const newRuleOrPolicy = (group: DeniedGroup, choice: LabelChoice): Candidate | undefined =>
  newRule(group, choice) ?? newPolicy(group, choice)

/** Services that keep the addresses of their clients; fixes or rules for what that does not change. */
function planOfServices(groups: readonly FixableGroup[]): readonly Plan[] {
  if (groups.every(({ group }) => localTraffic(group) === undefined)) return []
  return planOf(
    'service',
    0,
    groups,
    ({ group, fixes }) => localTraffic(group) ?? fixes[0] ?? newRuleOrPolicy(group, 'own'),
  )
}

/** Fixes for the near misses of one rank; for a group without any, a rule. */
function planOfFixes(groups: readonly FixableGroup[], kind: 'fix' | 'label', rank: number): readonly Plan[] {
  const isWanted = ({ edits }: Candidate): boolean =>
    edits.every(edit => (edit.kind === 'label') === (kind === 'label'))
  const wanted = groups.map(({ group, fixes }) => ({ group, fixes: fixes.filter(isWanted) }))
  if (wanted.every(({ fixes }) => fixes[rank] === undefined)) return []
  return planOf(
    kind,
    0,
    wanted,
    ({ group, fixes }) => fixes[rank] ?? fixes.at(-1) ?? newRuleOrPolicy(group, 'own'),
  )
}

/** The candidates of all groups together; none where a group has no candidate. */
function planOf(
  kind: Plan['kind'],
  labels: number,
  groups: readonly FixableGroup[],
  candidateFor: (group: FixableGroup) => Candidate | undefined,
): readonly Plan[] {
  const all = joinedCandidates(groups.map(candidateFor))
  return all === undefined ? [] : [{ kind, labels, ...all }]
}
