import type { LabelChoice } from '../explain/written-peers.ts'
import type { SuggestedChange } from '../report/facts/suggestion.ts'
import type { ValueChange } from '../source/write-yaml.ts'
import type { ObjectRef } from '../world/object-name.ts'
import { candidateOf, type Fixable } from './near-miss-fixes.ts'
import type { RefusedGroup } from './refused.ts'
import { newPolicy, newRule } from './rule.ts'

/** A change of one object's manifest, or a manifest that is new. */
export type ManifestEdit =
  | { readonly kind: 'change'; readonly object: ObjectRef; readonly changes: readonly ValueChange[] }
  | {
      readonly kind: 'label'
      readonly object: ObjectRef
      readonly key: string
      /** Undefined: without the label. */
      readonly value: string | undefined
    }
  | { readonly kind: 'create'; readonly value: Readonly<Record<string, unknown>> }

/** Edits that would open what is refused, and what is to be said of them; whether they do is for the proof to say. */
export interface Candidate {
  readonly edits: readonly ManifestEdit[]
  readonly facts: readonly SuggestedChange[]
  /** What it closes nobody uses. */
  readonly closesNothing: boolean
}

/** A candidate for everything that is refused. */
export interface Plan extends Candidate {
  /** Of several of one kind only the one that opens least is of interest. */
  readonly kind: 'mend' | 'label' | 'rule' | 'policy'
  /** How many labels it takes to mean whom it means: of what has the same effect, the fewest. */
  readonly labels: number
}

/** So many of the nearest misses are tried for each group. */
const TRIED = [0, 1, 2]

const CHOICES: readonly LabelChoice[] = ['used', 'all']

/** What may open all groups; `near` are the near misses of each. */
export function plansFor(
  groups: readonly RefusedGroup[],
  near: readonly (readonly Fixable[])[],
): readonly Plan[] {
  const withNear = groups.map((group, index) => ({ group, near: (near[index] ?? []).map(candidateOf) }))
  return [
    ...TRIED.flatMap(place => [
      ...ofNearMisses(withNear, 'mend', place),
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

/** All of them at once; none where there is none for some group. */
function planOf(
  kind: Plan['kind'],
  labels: number,
  candidates: readonly (Candidate | undefined)[],
): readonly Plan[] {
  const all = joinedCandidates(candidates)
  return all === undefined ? [] : [{ kind, labels, ...all }]
}

/** Undefined where one of them is. */
export function joinedCandidates(candidates: readonly (Candidate | undefined)[]): Candidate | undefined {
  const all = candidates.filter(candidate => candidate !== undefined)
  if (all.length < candidates.length) return undefined
  return {
    edits: all.flatMap(({ edits }) => edits),
    facts: all.flatMap(({ facts }) => facts),
    closesNothing: all.every(({ closesNothing }) => closesNothing),
  }
}

/** The near misses of one place, and where a group has none, a rule. */
function ofNearMisses(
  groups: readonly { readonly group: RefusedGroup; readonly near: readonly Candidate[] }[],
  kind: 'mend' | 'label',
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
