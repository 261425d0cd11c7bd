import type { Policy, PolicyObject, Rule } from '../policy/policy.ts'
import type { Direction } from '../report/facts/rules.ts'
import { below, type Location } from '../source/file.ts'
import { changeOfSides, contentOf, matched, type Sides } from './matched-sides.ts'

/** A part in which two versions of a policy differ, and where each version has it. */
export interface EditedPart {
  readonly part: PolicyPart
  readonly change: 'added' | 'removed' | 'edited'
  readonly before: Location | undefined
  readonly after: Location | undefined
}

export type PolicyPart =
  /** The podSelector, and everything else but its rules. */
  | { readonly kind: 'selector' }
  /** `direction`: whether it isolates for it, by its policyTypes or their default (S-008). */
  | { readonly kind: 'direction' | 'rule' | 'peers' | 'ports'; readonly direction: Direction }

type IsReverted = (part: EditedPart) => boolean

/** Two versions of something: the parts in which they differ, and the later version with some of these reverted. */
export interface Versions<T> {
  readonly parts: readonly EditedPart[]
  readonly mixed: (isReverted: IsReverted) => T
}

/** In which parts two versions of a policy differ, down to the peers and ports of a rule. */
export function editedPolicy(was: PolicyObject, is: PolicyObject): Versions<PolicyObject> {
  const selector = selectorPart(was, is)
  const directions = matched(was.directions, is.directions, [({ direction }) => direction]).map(sides =>
    editedDirection(sides, { before: was, after: is }, selector),
  )
  return {
    parts: [...(selector === undefined ? [] : [selector]), ...directions.flatMap(({ parts }) => parts)],
    mixed: isReverted => ({
      ...(selector !== undefined && isReverted(selector) ? was : is),
      directions: directions.flatMap(({ mixed }) => mixed(isReverted) ?? []),
    }),
  }
}

function selectorPart(was: PolicyObject, is: PolicyObject): EditedPart | undefined {
  if (headOf(was) === headOf(is)) return undefined
  return { part: { kind: 'selector' }, change: 'edited', before: was.scope.pods.at, after: is.scope.pods.at }
}

/** All but the rules, the directions, and how they are written. */
const headOf = ({ kind, namespace, name, scope }: PolicyObject): string =>
  contentOf({ kind, namespace, name, scope })

/** A direction that only one version has keeps that version's selector. */
function editedDirection(
  { before, after }: Sides<Policy>,
  policies: Sides<PolicyObject>,
  selector: EditedPart | undefined,
): Versions<Policy | undefined> {
  if (before === undefined || after === undefined) {
    const { direction } = before ?? after ?? { direction: 'ingress' }
    const typesOf = (policy: PolicyObject | undefined) => policy && below(policy.at, 'spec', 'policyTypes')
    const places = { before: typesOf(policies.before), after: typesOf(policies.after) }
    return versionsOf({ before, after }, { kind: 'direction', direction }, places)
  }
  const rules = editedList(
    before.rules,
    after.rules,
    [contentOfRule, ({ peers }) => contentOf(peers), ({ ports }) => contentOf(ports), () => ''],
    sides => editedRule(sides, after.direction),
  )
  return {
    parts: rules.parts,
    mixed: isReverted => ({
      ...(selector !== undefined && isReverted(selector) ? before : after),
      rules: rules.mixed(isReverted),
    }),
  }
}

/** Its index does not count. */
const contentOfRule = (rule: Rule): string => contentOf({ ...rule, index: 0 })

/** If only peers and ports differ, they are reverted one by one. */
function editedRule({ before, after }: Sides<Rule>, direction: Direction): Versions<Rule | undefined> {
  if (
    before === undefined ||
    after === undefined ||
    contentOfRule({ ...before, peers: 'any', ports: 'any' }) !==
      contentOfRule({ ...after, peers: 'any', ports: 'any' })
  )
    return versionsOf({ before, after }, { kind: 'rule', direction })
  const peers = editedEntries(before.peers, after.peers, { kind: 'peers', direction }, { before, after })
  const ports = editedEntries(before.ports, after.ports, { kind: 'ports', direction }, { before, after })
  return {
    parts: [...peers.parts, ...ports.parts],
    mixed: isReverted => ({ ...after, peers: peers.mixed(isReverted), ports: ports.mixed(isReverted) }),
  }
}

/** The peers or the ports of a rule; if one version has none, which means any, all of them are one part. */
function editedEntries<T extends { readonly at: Location }>(
  before: 'any' | readonly T[],
  after: 'any' | readonly T[],
  part: PolicyPart,
  rules: Sides<Rule>,
): Versions<'any' | readonly T[]> {
  if (before !== 'any' && after !== 'any')
    return editedList(before, after, [contentOf, () => ''], sides => versionsOf(sides, part))
  if (before === after) return { parts: [], mixed: () => after }
  const edited: EditedPart = { part, change: 'edited', before: rules.before?.at, after: rules.after?.at }
  return { parts: [edited], mixed: isReverted => (isReverted(edited) ? before : after) }
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
      ? { parts: [], mixed: () => sides.after }
      : editedItem(sides),
  )
  return {
    parts: items.flatMap(({ parts }) => parts),
    mixed: isReverted => items.flatMap(({ mixed }) => mixed(isReverted) ?? []),
  }
}

/** One version or the other as a whole, which is one part. */
function versionsOf<T extends { readonly at: Location }>(
  { before, after }: Sides<T>,
  part: PolicyPart,
  places: Sides<Location> = { before: before?.at, after: after?.at },
): Versions<T | undefined> {
  const edited: EditedPart = { part, change: changeOfSides({ before, after }), ...places }
  return { parts: [edited], mixed: isReverted => (isReverted(edited) ? before : after) }
}
