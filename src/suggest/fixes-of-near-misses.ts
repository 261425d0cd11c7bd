import type { Change, Fix, LabeledObject } from '../explain/near-misses/fix.ts'
import type { NearMiss } from '../explain/near-misses/near-miss.ts'
import { isTelling } from '../explain/near-misses/near-miss.ts'
import { nearName } from '../explain/near-misses/words.ts'
import { nearMisses } from '../explain/side.ts'
import type { Policy } from '../policy/policy.ts'
import type { Location } from '../source/file.ts'
import type { ValueChange } from '../source/write-yaml.ts'
import type { ObjectRef } from '../world/object-name.ts'
import type { Candidate, ObjectEdit } from './candidate.ts'
import type { RefusedGroup } from './rule.ts'

/** What the near misses of a group tell, as far as each difference can be made up for; the nearest first. */
export function mendFixes({ world, sides }: RefusedGroup): readonly Candidate[] {
  const near = sides.flatMap(side => nearMisses(world, side)).filter(isTelling)
  return near.flatMap(one => {
    const edits = fixesOf(one)
    return edits === undefined ? [] : [{ edits, text: textOf(one), closesNothing: closesNothing(one) }]
  })
}

/** What would make up for all differences of a near miss; undefined where nothing would for one of them. */
export function fixesOf({ differences, policy }: NearMiss): readonly ObjectEdit[] | undefined {
  const fixes = [...new Set(differences.map(({ fix }) => fix))]
  const edits = fixes.map(mend => (mend === undefined ? undefined : editOf(mend, policy)))
  return edits.includes(undefined) ? undefined : edits.filter(edit => edit !== undefined)
}

const closesNothing = ({ differences }: NearMiss): boolean =>
  differences.every(({ fix }) => fix?.kind === 'changes' && fix.closesNothing === true)

function textOf(nearMiss: NearMiss): string {
  const isPolicy = nearMiss.differences.some(({ fix }) => fix?.kind === 'changes')
  const fixes = [...new Set(nearMiss.differences.map(({ fix }) => fix?.text))].join('; and ')
  return isPolicy ? `in ${nearName(nearMiss)}: ${fixes}` : `${fixes}, for ${nearName(nearMiss)}`
}

function editOf(mend: Fix, policy: Policy): ObjectEdit | undefined {
  switch (mend.kind) {
    case 'changes':
      return { kind: 'policy', policy, changes: mend.changes.map(change => inObject(change, policy.at)) }
    case 'label': {
      const object = refOf(mend.object)
      return object && { kind: 'label', object, key: mend.key, value: mend.value }
    }
  }
}

/** A change by its path from the root of the object. */
function inObject(change: Change, root: Location): ValueChange {
  const within = (at: Location) => at.path.slice(root.path.length)
  return change.kind === 'write'
    ? { kind: 'write', path: within(change.at), value: change.value }
    : { kind: 'append', path: within(change.to), item: change.item }
}

/** What has the labels of an object in its manifest: of a Pod that a workload makes, the workload. */
function refOf(object: LabeledObject): ObjectRef | undefined {
  if (object.kind === 'Namespace') return { kind: 'Namespace', namespace: undefined, name: object.name }
  const { pod } = object
  // The template of a Job cannot be changed.
  if (pod.workload !== undefined) return pod.workload.kind === 'Job' ? undefined : pod.workload
  return pod.at === undefined ? undefined : { kind: 'Pod', namespace: pod.namespace, name: pod.name }
}
