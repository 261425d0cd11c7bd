import type { Fix, LabeledObject } from '../explain/fixes.ts'
import { isLikely, type NearMiss, nearMissesOf, nearMissId, nearMissRef } from '../explain/near-misses.ts'
import type { Policy } from '../policy/policy.ts'
import type { SuggestedChange } from '../report/facts/suggestion.ts'
import { isSameData } from '../report/reason.ts'
import { distinctBy, groupBy } from '../sets/group-by.ts'
import type { ObjectRef } from '../world/object-name.ts'
import type { Candidate, ManifestEdit } from './candidate.ts'
import type { DeniedGroup } from './denied-groups.ts'

/** The edits that fix a near miss. */
export interface NearMissFix extends Omit<Candidate, 'facts'> {
  /** Of the near miss. */
  readonly id: string
  /** Equal for those of one rule or policy, with the same differences. */
  readonly place: string
  readonly fact: Extract<SuggestedChange, { kind: 'near-miss' }>
}

/** What fixes the near misses of each side of a group, the nearest first; nothing for those that no small edit fixes. */
export const nearMissFixes = ({ world, sides }: DeniedGroup): readonly NearMissFix[] =>
  sides
    .flatMap(side => nearMissesOf(world, side))
    .filter(isLikely)
    .flatMap(near => {
      const edits = editsFor(near)
      return edits === undefined ? [] : [nearMissFix(near, edits)]
    })

/** The same as one fix for each rule or policy, for all sides of the group together: such as an entry for each of three addresses. */
export const joinedFixes = (fixes: readonly NearMissFix[]): readonly Candidate[] =>
  [...groupBy(fixes, ({ place }) => place).values()].map(alike => {
    const edits = alike.flatMap(one => one.edits)
    return {
      edits: edits.filter((edit, index) => edits.findIndex(other => isSameData(other, edit)) === index),
      facts: [
        {
          ...alike[0].fact,
          fixes: distinctBy(
            alike.flatMap(one => one.fact.fixes),
            fix => JSON.stringify(fix),
          ),
        },
      ],
      closesNothing: alike.every(one => one.closesNothing),
    }
  })

function nearMissFix(near: NearMiss, edits: readonly ManifestEdit[]): NearMissFix {
  const fixes = near.differences.flatMap(({ fix }) => fix ?? [])
  const changes = fixes.some(({ kind }) => kind === 'changes') ? 'policy' : 'label'
  return {
    id: nearMissId(near),
    place: placeOf(near),
    edits,
    fact: { kind: 'near-miss', changes, fixes: fixes.map(fix => fix.facts), nearMiss: nearMissRef(near) },
    closesNothing: fixes.every(fix => fix.closesNothing === true),
  }
}

const placeOf = ({ policy: { kind, namespace, name, direction }, rule, differences }: NearMiss): string =>
  JSON.stringify([
    kind,
    namespace,
    name,
    direction,
    rule?.index,
    ...differences.map(({ code, at }) => [code, at.path]),
  ])

/** The ids of the near misses that a candidate fixes: it makes equal edits, wherever they come from. */
export function fixedBy({ edits }: Candidate, all: readonly NearMissFix[]): readonly string[] {
  const isMade = (wanted: ManifestEdit): boolean => edits.some(edit => isSameData(edit, wanted))
  return [...new Set(all.filter(one => one.edits.every(isMade)).map(({ id }) => id))]
}

/** What fixes all differences of a near miss; undefined where one of them has no fix. */
export function editsFor({ differences, policy }: NearMiss): readonly ManifestEdit[] | undefined {
  // One fix may be that of several differences.
  const fixes = [...new Set(differences.map(({ fix }) => fix))]
  const edits = fixes.flatMap(fix => (fix && manifestEditOf(fix, policy)) ?? [])
  return edits.length < fixes.length ? undefined : edits
}

function manifestEditOf(fix: Fix, { kind, namespace, name, at: root }: Policy): ManifestEdit | undefined {
  switch (fix.kind) {
    case 'changes':
      return {
        kind: 'change',
        object: { kind, namespace, name },
        changes: fix.changes.map(change => ({ ...change, at: change.at.path.slice(root.path.length) })),
      }
    case 'label': {
      const object = labeledInManifest(fix.object)
      return object && { kind: 'label', object, key: fix.key, value: fix.value }
    }
  }
}

/** The object whose manifest has the labels: of a Pod that a workload creates, the workload. */
function labeledInManifest(object: LabeledObject): ObjectRef | undefined {
  if (object.kind === 'Namespace') return { kind: 'Namespace', namespace: undefined, name: object.id }
  const { pod } = object
  if (pod.workload !== undefined) {
    const { kind, namespace, name } = pod.workload
    // The template of a Job cannot be changed.
    return kind === 'Job' ? undefined : { kind, namespace, name }
  }
  return pod.at === undefined ? undefined : { kind: 'Pod', namespace: pod.namespace, name: pod.name }
}
