import type { Policy, PolicyObject } from '../policy/policy.ts'
import { memoizedBy } from '../sets/memoized.ts'
import type { Found, InForce } from '../world/live-objects.ts'
import { saysSame } from '../world/same.ts'
import { type World, withPolicies, worldOf } from '../world/world.ts'
import { editedPolicy, type WorldEdit } from './edited-policy.ts'
import { changeOfSides, contentOf, matched, type Sides } from './matched-sides.ts'

/** All edits from one world to another. File and layout of a manifest do not count. */
export interface WorldEdits {
  readonly all: readonly WorldEdit[]
  /** The objects that an edit is an edit of, as each world has them. */
  readonly objectsOf: (edit: WorldEdit) => Sides<InForce>
  /** The later world without some edits: it can be evaluated, and not edited further. */
  readonly without: (reverted: readonly WorldEdit[]) => World
}

export function editsBetween(before: World, after: World): WorldEdits {
  const objects = editedObjects(before.input.inForce, after.input.inForce)
  const objectOf = new Map(objects.flatMap(object => object.edits.map(edit => [edit, object] as const)))
  const all = [...objectOf.keys()]
  const revert = (reverted: readonly WorldEdit[]): World => {
    const gone = new Set(reverted)
    const concerned = new Set(reverted.flatMap(edit => objectOf.get(edit) ?? []))
    const replaced = [...concerned].flatMap(({ mixed }) => mixed(edit => gone.has(edit)))
    const { input, used } = after
    const removed = replaced.flatMap(([identity]) => input.inForce.get(identity) ?? [])
    const added = replaced.flatMap(([, one]) => one ?? [])
    if ([...removed, ...added].every(({ decoded }) => decoded.as === 'policy'))
      return withPolicies(after, policiesOf(removed), policiesOf(added))
    const inForce = new Map(input.inForce)
    for (const [identity, one] of replaced) {
      if (one === undefined) inForce.delete(identity)
      else inForce.set(identity, one)
    }
    // Its own input would take more memory than all that is asked of it.
    return { ...worldOf({ ...input, inForce }, after), input, used }
  }
  return {
    all,
    objectsOf: edit => objectOf.get(edit)?.sides ?? { before: undefined, after: undefined },
    without: memoizedBy(
      (reverted: readonly WorldEdit[]) => all.map(edit => Number(reverted.includes(edit))).join(''),
      reverted => (reverted.length === 0 ? after : revert(reverted)),
    ),
  }
}

const policiesOf = (all: readonly InForce[]): readonly PolicyObject[] =>
  all.flatMap(({ decoded }) => (decoded.as === 'policy' ? [decoded.policy] : []))

/** What is in force under an identity; undefined: nothing. */
type Replaced = readonly [identity: unknown, one: InForce | undefined]

/** An object that is not the same in both worlds. */
interface EditedObject {
  readonly sides: Sides<InForce>
  readonly edits: readonly WorldEdit[]
  /** What is in force without some of the edits. */
  readonly mixed: (isReverted: (edit: WorldEdit) => boolean) => readonly Replaced[]
}

function editedObjects(
  before: ReadonlyMap<unknown, InForce>,
  after: ReadonlyMap<unknown, InForce>,
): readonly EditedObject[] {
  const modeled = [...after].filter(isModeled)
  const edited = modeled.flatMap(([identity, is]) => {
    const was = before.get(identity)
    return was === undefined || saysSame(was.decoded, is.decoded) ? [] : [editedInPlace(identity, was, is)]
  })
  const removed = [...before].filter(found => isModeled(found) && !after.has(found[0]))
  const added = modeled.filter(([identity]) => !before.has(identity))
  const others = matched(removed, added, [contentOfObject]).flatMap(({ before: was, after: is }) =>
    // The identity of an object without a name is its location.
    was !== undefined && is !== undefined && saysSame(was[1].decoded, is[1].decoded) ? [] : [whole(was, is)],
  )
  return [...edited, ...others]
}

/** Whether an object is evaluated. */
const isModeled = ([, { decoded }]: Found): boolean => decoded.as === 'object' || decoded.as === 'policy'

/** Equal for equal objects, and for policies that differ in name or namespace only. */
function contentOfObject([, { decoded }]: Found): string {
  if (decoded.as !== 'policy') return contentOf(decoded)
  const nameless = <P extends PolicyObject | Policy>(policy: P): P => ({
    ...policy,
    namespace: '',
    name: '',
  })
  const { policy } = decoded
  return contentOf({
    ...nameless(policy),
    directions: policy.directions.map(nameless),
    ineffective: policy.ineffective.map(nameless),
  })
}

function editedInPlace(identity: unknown, was: InForce, is: InForce): EditedObject {
  if (was.decoded.as !== 'policy' || is.decoded.as !== 'policy') return whole([identity, was], [identity, is])
  const { edits, mixed } = editedPolicy(was.decoded.policy, is.decoded.policy, is.object)
  if (edits.length === 0) return whole([identity, was], [identity, is])
  return {
    sides: { before: was, after: is },
    edits,
    mixed: isReverted => [[identity, { ...is, decoded: { as: 'policy', policy: mixed(isReverted) } }]],
  }
}

/** An object as one edit. */
function whole(was: Found | undefined, is: Found | undefined): EditedObject {
  const [before, after] = [was?.[1], is?.[1]]
  const object = (after ?? before)?.object ?? { kind: '', namespace: undefined, name: '' }
  const isMoved = was !== undefined && is !== undefined && was[0] !== is[0]
  const change = isMoved ? 'moved' : changeOfSides({ before, after })
  const edit: WorldEdit = { change, object, part: undefined, before: before?.at, after: after?.at }
  const identities = new Set([was, is].flatMap(found => (found === undefined ? [] : [found[0]])))
  return {
    sides: { before, after },
    edits: [edit],
    mixed: isReverted => {
      const [identity, now] = (isReverted(edit) ? was : is) ?? []
      return [...identities].map(one => [one, one === identity ? now : undefined] as const)
    },
  }
}
