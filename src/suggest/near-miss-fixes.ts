import type { Fix, LabeledObject } from '../explain/fixes.ts'
import { isLikely, type NearMiss, nearMissesOf, nearMissId, nearMissRef } from '../explain/near-misses.ts'
import type { Policy } from '../policy/policy.ts'
import { isSameData } from '../report/reason.ts'
import type { ObjectRef } from '../world/object-name.ts'
import type { Candidate, ManifestEdit } from './candidate.ts'
import type { DeniedGroup } from './denied-groups.ts'

/** The edits that fix a near miss. */
export interface NearMissFix extends Candidate {
  /** Of the near miss. */
  readonly id: string
}

/** What fixes the near misses of a group, the nearest first; nothing for those that no small edit fixes. */
export const nearMissFixes = ({ world, sides }: DeniedGroup): readonly NearMissFix[] =>
  sides
    .flatMap(side => nearMissesOf(world, side))
    .filter(isLikely)
    .flatMap(near => {
      const edits = editsFor(near)
      return edits === undefined ? [] : [nearMissFix(near, edits)]
    })

function nearMissFix(near: NearMiss, edits: readonly ManifestEdit[]): NearMissFix {
  const fixes = near.differences.flatMap(({ fix }) => fix ?? [])
  const changes = fixes.some(({ kind }) => kind === 'changes') ? 'policy' : 'label'
  return {
    id: nearMissId(near),
    edits,
    facts: [{ kind: 'near-miss', changes, fixes: fixes.map(fix => fix.facts), nearMiss: nearMissRef(near) }],
    closesNothing: fixes.every(fix => fix.closesNothing === true),
  }
}

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
