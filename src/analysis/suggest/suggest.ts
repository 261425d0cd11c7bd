import type { Suggestion } from '../../report/report.ts'
import { CannotAnswer } from '../cannot-answer.ts'
import type { DecidedSide } from '../near-misses/near-misses.ts'
import { editWorld } from '../what-if/edit.ts'
import type { World } from '../world.ts'
import { worldChanges } from '../world-changes.ts'
import type { Fix } from './fix.ts'
import { groupsOf } from './groups.ts'
import { manifestText } from './manifest.ts'
import { mendFixes } from './mends.ts'
import { policyFix, type RefusedGroup, ruleFix } from './rule.ts'

/** A way to open all refused sides: for each one a fix. */
interface Plan {
  /** Of several of one kind only the one that opens least is of interest. */
  readonly kind: 'mend' | 'label' | 'rule' | 'policy'
  readonly fixes: readonly Fix[]
}

/** More than these nobody reads. */
const MOST = 4

/**
 * Changes that make the answer a yes, and a sure one. Each is applied to the input as the manifest that it is, and the question asked
 * again: `isYes` says what comes of it. What else it opens is found by comparing the two worlds. Those that close nothing
 * and open least come first.
 */
export function suggestionsFor(
  world: World,
  sides: readonly DecidedSide[],
  isYes: (edited: World) => boolean,
): readonly Suggestion[] {
  const refused = sides.filter(({ word }) => word !== 'yes')
  const groups = groupsOf(refused)
  if (groups.length === 0 || groups.length > MOST_GROUPS) return []
  const proven = new Map<string, Proven>()
  for (const plan of plansFor(groups)) {
    const manifest = manifestText(
      world,
      plan.fixes.flatMap(({ edits }) => edits),
    )
    if (manifest === undefined || proven.has(manifest)) continue
    const edited = editedBy(world, manifest)
    if (edited === undefined || !isYes(edited)) continue
    const { opens, closes } = worldChanges(world, edited)
    const message = [...new Set(plan.fixes.map(({ text }) => text))].join('; ')
    proven.set(manifest, { kind: plan.kind, suggestion: { message, manifest, opens, closes } })
  }
  const sorted = [...proven.values()].sort(byEffect)
  return sorted
    .filter((one, index) => sorted.findIndex(({ kind }) => kind === one.kind) === index)
    .map(({ suggestion }) => suggestion)
    .slice(0, MOST)
}

/** A question about so many ends at once has no one small change. */
const MOST_GROUPS = 20

interface Proven {
  readonly kind: Plan['kind']
  readonly suggestion: Suggestion
}

/** Of what has the same effect, the smallest change first. */
const KINDS: readonly Plan['kind'][] = ['mend', 'label', 'policy', 'rule']

function byEffect(one: Proven, other: Proven): number {
  const [a, b] = [one.suggestion, other.suggestion]
  return (
    a.closes.length - b.closes.length ||
    a.opens.length - b.opens.length ||
    KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) ||
    a.manifest.length - b.manifest.length
  )
}

function plansFor(groups: readonly RefusedGroup[]): readonly Plan[] {
  const all = (kind: Plan['kind'], fixFor: (group: RefusedGroup) => Fix | undefined): readonly Plan[] => {
    const fixes = groups.map(fixFor)
    return fixes.includes(undefined) ? [] : [{ kind, fixes: fixes.filter(fix => fix !== undefined) }]
  }
  const mended = (kind: 'mend' | 'label', place: number): readonly Plan[] => {
    const isWanted = ({ edits }: Fix): boolean =>
      edits.every(edit => (edit.kind === 'label') === (kind === 'label'))
    // Where nothing comes near, a rule is written.
    const mends = groups.map(group => mendFixes(group).filter(isWanted)[place])
    if (mends.every(mend => mend === undefined)) return []
    return all(
      kind,
      group => mends[groups.indexOf(group)] ?? ruleFix(group, 'used') ?? policyFix(group, 'used'),
    )
  }
  return [
    ...mended('mend', 0),
    ...mended('mend', 1),
    ...mended('label', 0),
    ...mended('label', 1),
    ...(['used', 'all'] as const).flatMap(choice => [
      ...all('rule', group => ruleFix(group, choice) ?? policyFix(group, choice)),
      ...all('policy', group => policyFix(group, choice)),
    ]),
  ]
}

/** The world with a manifest applied; undefined where a cluster would not take it. */
function editedBy(world: World, text: string): World | undefined {
  try {
    const edited = editWorld(world, [{ kind: 'apply', files: [{ path: 'suggestion.yaml', text }] }])
    const isTaken = edited.diagnostics.length === world.diagnostics.length
    return isTaken ? edited : undefined
  } catch (error) {
    if (error instanceof CannotAnswer) return undefined
    throw error
  }
}
