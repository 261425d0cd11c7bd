import { type Fix, fixFacts, type LabeledObject } from '../explain/fixes.ts'
import { isLikely, type NearMiss, nearMissesOf, nearMissId, nearMissRef } from '../explain/near-misses.ts'
import type { SuggestedChange } from '../report/facts/suggestion.ts'
import type { Location } from '../source/file.ts'
import type { ValueChange } from '../source/write-yaml.ts'
import type { ObjectRef } from '../world/object-name.ts'
import type { Candidate, ManifestEdit } from './candidate.ts'
import type { DeniedGroup } from './denied-groups.ts'

/** A near miss, and the edits that fix it. */
export interface Fixable {
  readonly near: NearMiss
  readonly edits: readonly ManifestEdit[]
}

/** The near misses of a group that a small edit fixes; the nearest first. */
export const fixableNearMisses = ({ world, sides }: DeniedGroup): readonly Fixable[] =>
  sides
    .flatMap(side => nearMissesOf(world, side))
    .filter(isLikely)
    .flatMap(near => {
      const edits = editsFor(near)
      return edits === undefined ? [] : [{ near, edits }]
    })

export const candidateOf = ({ near, edits }: Fixable): Candidate => ({
  edits,
  facts: [factsOf(near)],
  closesNothing: near.differences.every(({ fix }) => fix?.kind === 'changes' && fix.closesNothing === true),
})

/** The ids of the near misses that some edits fix. */
export function fixedBy(edits: readonly ManifestEdit[], all: readonly Fixable[]): readonly string[] {
  const made = new Set(edits.map(edit => JSON.stringify(edit)))
  const fixed = all.filter(one => one.edits.every(edit => made.has(JSON.stringify(edit))))
  return [...new Set(fixed.map(({ near }) => nearMissId(near)))]
}

/** What fixes all differences of a near miss; undefined where one of them has no fix. */
export function editsFor({ differences, policy }: NearMiss): readonly ManifestEdit[] | undefined {
  const fixes = [...new Set(differences.map(({ fix }) => fix))]
  const { kind, namespace, name, at } = policy
  const object = { kind, namespace, name }
  const edits = fixes.map(fix => (fix === undefined ? undefined : editOf(fix, object, at)))
  return edits.includes(undefined) ? undefined : edits.filter(edit => edit !== undefined)
}

function factsOf(near: NearMiss): SuggestedChange {
  const fixes = near.differences.flatMap(({ fix }) => fix ?? [])
  return {
    kind: 'near-miss',
    changes: fixes.some(({ kind }) => kind === 'changes') ? 'policy' : 'label',
    fixes: fixes.map(fixFacts),
    nearMiss: nearMissRef(near),
  }
}

function editOf(fix: Fix, policy: ObjectRef, root: Location): ManifestEdit | undefined {
  switch (fix.kind) {
    case 'changes':
      return { kind: 'change', object: policy, changes: fix.changes.map(change => inObject(change, root)) }
    case 'label': {
      const object = labeledObject(fix.object)
      return object && { kind: 'label', object, key: fix.key, value: fix.value }
    }
  }
}

/** A change by its path from the root of the object. */
const inObject = (change: ValueChange<Location>, root: Location): ValueChange => ({
  ...change,
  at: change.at.path.slice(root.path.length),
})

/** The object whose manifest has the labels: of a Pod that a workload creates, the workload. */
function labeledObject(object: LabeledObject): ObjectRef | undefined {
  if (object.kind === 'Namespace') return { kind: 'Namespace', namespace: undefined, name: object.id }
  const { pod } = object
  if (pod.workload !== undefined) {
    const { kind, namespace, name } = pod.workload
    // The template of a Job cannot be changed.
    return kind === 'Job' ? undefined : { kind, namespace, name }
  }
  return pod.at === undefined ? undefined : { kind: 'Pod', namespace: pod.namespace, name: pod.name }
}
