import type { Policy, PolicyObject, Rule } from '../policy/policy.ts'
import type { Direction } from '../report/facts/rules.ts'
import { below, type Location } from '../source/file.ts'
import type { ObjectRef } from '../world/object-name.ts'
import { changeOfSides, contentOf, matched, type Sides } from './matched-sides.ts'

/** One edit from one world to another: of an object, or of a part of a policy. */
export interface WorldEdit {
  /** `moved`: an equal policy with another name or in another namespace. */
  readonly change: 'added' | 'removed' | 'edited' | 'moved'
  /** As it is called in the later world, if it is there. */
  readonly object: ObjectRef
  /** What of a policy; undefined for the whole object. */
  readonly part: PolicyPart | undefined
  /** Where each world has it. */
  readonly before: Location | undefined
  readonly after: Location | undefined
}

/** What an edit is of. */
type EditOf = Pick<WorldEdit, 'object' | 'part'>

export type PolicyPart =
  /** The podSelector, and everything else but its rules. */
  | { readonly kind: 'selector' }
  /** `direction`: whether it isolates for it, by its policyTypes or their default (S-008). */
  | { readonly kind: 'direction' | 'rule' | 'peers' | 'ports'; readonly direction: Direction }

type IsReverted = (edit: WorldEdit) => boolean

/** Two versions of something: the edits that make one of the other, and the later version with some of these reverted. */
interface Versions<T> {
  readonly edits: readonly WorldEdit[]
  readonly mixed: (isReverted: IsReverted) => T
}

/** The edits of a policy, `object` in the later world, down to the peers and ports of a rule. */
export function editedPolicy(was: PolicyObject, is: PolicyObject, object: ObjectRef): Versions<PolicyObject> {
  const selector = selectorEdit(was, is, object)
  const directions = matched(was.directions, is.directions, [({ direction }) => direction]).map(sides =>
    editedPolicyDirection(sides, { before: was, after: is }, object, selector),
  )
  return {
    edits: [...(selector === undefined ? [] : [selector]), ...directions.flatMap(({ edits }) => edits)],
    mixed: isReverted => ({
      ...(selector !== undefined && isReverted(selector) ? was : is),
      directions: directions.flatMap(({ mixed }) => mixed(isReverted) ?? []),
    }),
  }
}

function selectorEdit(was: PolicyObject, is: PolicyObject, object: ObjectRef): WorldEdit | undefined {
  if (headOf(was) === headOf(is)) return undefined
  const [before, after] = [was.scope.pods.at, is.scope.pods.at]
  return { change: 'edited', object, part: { kind: 'selector' }, before, after }
}

/** All but the rules, the directions, and how they are written. */
const headOf = ({ kind, namespace, name, scope }: PolicyObject): string =>
  contentOf({ kind, namespace, name, scope })

/** A direction that only one version has keeps that version's selector. */
function editedPolicyDirection(
  { before, after }: Sides<Policy>,
  policies: Sides<PolicyObject>,
  object: ObjectRef,
  selector: WorldEdit | undefined,
): Versions<Policy | undefined> {
  if (before === undefined || after === undefined) {
    const { direction } = before ?? after ?? { direction: 'ingress' }
    const typesOf = (policy: PolicyObject | undefined) => policy && below(policy.at, 'spec', 'policyTypes')
    const places = { before: typesOf(policies.before), after: typesOf(policies.after) }
    return versionsOf({ before, after }, { object, part: { kind: 'direction', direction } }, places)
  }
  const rules = editedList(
    before.rules,
    after.rules,
    [contentOfRule, ({ peers }) => contentOf(peers), ({ ports }) => contentOf(ports), () => ''],
    sides => editedRule(sides, object, after.direction),
  )
  return {
    edits: rules.edits,
    mixed: isReverted => ({
      ...(selector !== undefined && isReverted(selector) ? before : after),
      rules: rules.mixed(isReverted),
    }),
  }
}

/** Its index does not count. */
const contentOfRule = (rule: Rule): string => contentOf({ ...rule, index: 0 })

/** If only peers and ports differ, they are reverted one by one. */
function editedRule(
  { before, after }: Sides<Rule>,
  object: ObjectRef,
  direction: Direction,
): Versions<Rule | undefined> {
  const of = (kind: 'rule' | 'peers' | 'ports'): EditOf => ({ object, part: { kind, direction } })
  if (
    before === undefined ||
    after === undefined ||
    contentOfRule({ ...before, peers: 'any', ports: 'any' }) !==
      contentOfRule({ ...after, peers: 'any', ports: 'any' })
  )
    return versionsOf({ before, after }, of('rule'))
  const peers = editedEntries(before.peers, after.peers, of('peers'), { before, after })
  const ports = editedEntries(before.ports, after.ports, of('ports'), { before, after })
  return {
    edits: [...peers.edits, ...ports.edits],
    mixed: isReverted => ({ ...after, peers: peers.mixed(isReverted), ports: ports.mixed(isReverted) }),
  }
}

/** The peers or the ports of a rule; if one version has none, which means any, all of them are one part. */
function editedEntries<T extends { readonly at: Location }>(
  before: 'any' | readonly T[],
  after: 'any' | readonly T[],
  of: EditOf,
  rules: Sides<Rule>,
): Versions<'any' | readonly T[]> {
  if (before !== 'any' && after !== 'any')
    return editedList(before, after, [contentOf, () => ''], sides => versionsOf(sides, of))
  if (before === after) return { edits: [], mixed: () => after }
  const edit: WorldEdit = { change: 'edited', ...of, before: rules.before?.at, after: rules.after?.at }
  return { edits: [edit], mixed: isReverted => (isReverted(edit) ? before : after) }
}

function editedList<T extends { readonly at: Location }>(
  before: readonly T[],
  after: readonly T[],
  keys: readonly ((item: T) => string)[],
  editedItem: (sides: Sides<T>) => Versions<T | undefined>,
): Versions<readonly T[]> {
  const items = matched(before, after, keys).map(sides =>
    sides.before !== undefined &&
    sides.after !== undefined &&
    keys[0]?.(sides.before) === keys[0]?.(sides.after)
      ? { edits: [], mixed: () => sides.after }
      : editedItem(sides),
  )
  return {
    edits: items.flatMap(({ edits }) => edits),
    mixed: isReverted => items.flatMap(({ mixed }) => mixed(isReverted) ?? []),
  }
}

/** One version or the other as a whole. */
function versionsOf<T extends { readonly at: Location }>(
  { before, after }: Sides<T>,
  of: EditOf,
  places: Sides<Location> = { before: before?.at, after: after?.at },
): Versions<T | undefined> {
  const edit: WorldEdit = { change: changeOfSides({ before, after }), ...of, ...places }
  return { edits: [edit], mixed: isReverted => (isReverted(edit) ? before : after) }
}
