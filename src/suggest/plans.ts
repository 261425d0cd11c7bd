import type { LabelChoice } from '../explain/near-misses/peer-value.ts'
import type { Candidate } from './candidate.ts'
import { mendFixes } from './fixes-of-near-misses.ts'
import { policyFix, type RefusedGroup, ruleFix } from './rule.ts'

/** A way to open all refused sides: for each one a fix. */
export interface Plan {
  /** Of several of one kind only the one that opens least is of interest. */
  readonly kind: 'mend' | 'label' | 'rule' | 'policy'
  readonly fixes: readonly Candidate[]
  /** How many labels it takes to mean whom it means: of what has the same effect, the fewest. */
  readonly labels: number
}

/** The nearest misses that are tried for each side. */
const TRIED = [0, 1, 2]

const CHOICES: readonly LabelChoice[] = ['used', 'all']

/** What may open all of them; whether it does is for the proof to say. */
export function plansFor(groups: readonly RefusedGroup[]): readonly Plan[] {
  return [
    ...TRIED.flatMap(place => [...mended(groups, 'mend', place), ...mended(groups, 'label', place)]),
    ...CHOICES.flatMap((choice, labels) => [
      ...planOf(groups, 'rule', labels, group => ruleFix(group, choice) ?? policyFix(group, choice)),
      ...planOf(groups, 'policy', labels, group => policyFix(group, choice)),
    ]),
  ]
}

function planOf(
  groups: readonly RefusedGroup[],
  kind: Plan['kind'],
  labels: number,
  fixFor: (group: RefusedGroup) => Candidate | undefined,
): readonly Plan[] {
  const fixes = groups.map(fixFor)
  return fixes.includes(undefined) ? [] : [{ kind, labels, fixes: fixes.filter(fix => fix !== undefined) }]
}

/** The near misses of one place, and where a side has none, a rule. */
function mended(groups: readonly RefusedGroup[], kind: 'mend' | 'label', place: number): readonly Plan[] {
  const isWanted = ({ edits }: Candidate): boolean =>
    edits.every(edit => (edit.kind === 'label') === (kind === 'label'))
  const fixes = groups.map(group => mendFixes(group).filter(isWanted))
  if (fixes.every(of => of[place] === undefined)) return []
  return planOf(groups, kind, 0, group => {
    const own = fixes[groups.indexOf(group)] ?? []
    return own[place] ?? own.at(-1) ?? ruleFix(group, 'used') ?? policyFix(group, 'used')
  })
}
