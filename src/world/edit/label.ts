import { hasNamespace } from '../../model/cluster.ts'
import { LABEL_KEY, LABEL_VALUE } from '../../model/decode/validation.ts'
import { NAME_LABEL } from '../../model/labels.ts'
import type { LabelChange, WhatIf } from '../../report/facts/what-if.ts'
import { CannotAnswer, cannotAnswer } from '../../source/cannot-answer.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import type { Manifest } from '../../source/manifest.ts'
import { type Mapping, mappingAt, withValueAt } from '../../source/mapping.ts'
import { objectText } from '../../words/lists.ts'
import { decode } from '../decode-manifest.ts'
import {
  type Found,
  hasTemplate,
  type InForce,
  type Input,
  labelsPath,
  manifestsOf,
  readInput,
} from '../live-objects.ts'
import type { ObjectRef } from '../object-name.ts'
import { saysSame } from '../same.ts'
import type { World } from '../world.ts'
import { findInForce, findOwned, notInForce, objectRefOf, podOf, whatIf } from './find.ts'
import { released, replacementBy } from './workload-controllers.ts'

/** The labels to be set, by their keys; null removes a label. */
export type NewLabels = ReadonlyMap<string, string | null>

/** Reads `key=value` and `key-` as kubectl does: of two values for one key the last counts. Throws CannotAnswer. */
export function newLabels(words: readonly string[]): NewLabels {
  const changes = words.map((word): readonly [string, string | null] => {
    const end = word.indexOf('=')
    return end < 0 ? [word.slice(0, -1), null] : [word.slice(0, end), word.slice(end + 1)]
  })
  const removed = changes.filter(([, value]) => value === null).map(([key]) => key)
  const both = changes.find(([key, value]) => value !== null && removed.includes(key))
  if (both !== undefined)
    cannotAnswer(
      'BAD_LABEL',
      'can not both modify and remove a label in the same command',
      `leave out \`${both[0]}=${both[1]}\` or \`${both[0]}-\``,
    )
  return new Map(changes)
}

/** Labels an object; of a workload, its Pods: no policy sees the labels of the workload itself (S-300). */
export function labelObject(world: World, object: ObjectRef, changes: NewLabels): Input {
  const { input } = world
  if (object.kind === 'Namespace') keepNameLabel(object.name, changes)
  const found = objectsToLabel(world, object)
  const manifests = manifestsOf(found.map(([, one]) => one))
  const all = found.flatMap(([identity, before], index) => {
    const manifest = manifests[index]
    return manifest === undefined ? [] : [{ identity, before, ...relabel(before, manifest, changes) }]
  })
  const [first] = all
  if (first === undefined) return notInForce(world, object)
  const free = object.kind === 'Pod' ? released(input, first.after) : undefined
  const workload = podOf(world, object)?.workload
  const inForce = new Map(input.inForce)
  for (const { identity, after } of all) inForce.set(identity, after)
  if (free !== undefined) inForce.set(first.identity, free.pod)
  const ofPods = isOfPods(object, first.before)
  return {
    ...input,
    inForce,
    whatIf: whatIf(input, {
      edit: 'label',
      object: objectRefOf(ofPods ? object : first.before.object),
      ofPods,
      changes: reported(changes, first.labels),
      effect: effectOfLabels(all, changes),
      ...(free !== undefined && {
        releasedBy: objectRefOf(free.by),
        ...(workload !== undefined && { replacement: replacementBy(world, workload) }),
      }),
    }),
  }
}

/** The keys of the labels that an object has, or the Pods of a workload; none where there is no such object. */
export function labelKeys(world: World, object: ObjectRef): readonly string[] {
  const found = objectsToLabel(world, object).map(([, one]) => one)
  const manifests = manifestsOf(found)
  const keys = found.flatMap((one, index) =>
    Object.keys(mappingAt(manifests[index]?.value, ...labelsPath(one))),
  )
  return [...new Set(keys)]
}

/** S-022. */
function keepNameLabel(name: string, changes: NewLabels): void {
  if (changes.has(NAME_LABEL) && changes.get(NAME_LABEL) !== name)
    cannotAnswer(
      'BAD_LABEL',
      `the label ${NAME_LABEL} of Namespace ${name} cannot be changed`,
      `the API server sees to it that it is always \`${name}\`: use a label of your own`,
    )
}

/** A workload and its Pods; only the Pods for a workload without a manifest or of an unknown kind. */
function objectsToLabel(world: World, object: ObjectRef): readonly Found[] {
  const own = findInForce(world.input, object)
  const pods = findOwned(world.input, object).filter(([, one]) => one.object.kind === 'Pod')
  if (own !== undefined) return pods.length > 0 && !hasTemplate(own[1]) ? pods : [own, ...pods]
  const isImplied = object.kind === 'Namespace' && hasNamespace(world.cluster, object.name)
  return isImplied ? declared(object.name) : pods
}

const isOfPods = ({ kind }: ObjectRef, one: InForce): boolean => one.object.kind !== kind || hasTemplate(one)

/** A namespace that is used but not declared. */
function declared(name: string): readonly Found[] {
  const text = `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${JSON.stringify(name)}\n`
  return [...readInput([{ path: 'what-if', text }]).inForce]
}

interface Relabeled {
  readonly after: InForce
  /** The labels that it had before. */
  readonly labels: Mapping
}

/** The object decoded with other labels. Throws CannotAnswer where a cluster would refuse them. */
function relabel(before: InForce, manifest: Manifest, changes: NewLabels): Relabeled {
  const path = labelsPath(before)
  const labels = mappingAt(manifest.value, ...path)
  const edited = { ...manifest, value: withValueAt(manifest.value, path, changed(labels, changes)) }
  const errors: Diagnostic[] = []
  const decoded = decode(edited, diagnostic => {
    if (diagnostic.severity === 'error') errors.push(diagnostic)
  })
  if (decoded !== undefined) {
    refuseInvalid(changes)
    return { after: { ...before, decoded, edited, by: 'label' }, labels }
  }
  const ofObject = (message: string): string =>
    `${objectText(before.object)} cannot be labelled so: ${message}`
  // Without their locations, which are in a text that does not have these labels.
  throw new CannotAnswer(
    errors.map(({ at: _, related: __, message, brief, ...rest }) => ({
      ...rest,
      message: ofObject(message),
      ...(brief !== undefined && { brief: ofObject(brief) }),
    })),
  )
}

/** A kind that is known by its Pod template alone is decoded without complaints, and its Pods would be refused. */
function refuseInvalid(changes: NewLabels): void {
  for (const [key, value] of changes) {
    const rules = [[LABEL_KEY, key] as const, ...(value === null ? [] : [[LABEL_VALUE, value] as const])]
    for (const [rule, written] of rules)
      if (rule.faults(written).length > 0)
        cannotAnswer('BAD_LABEL', `\`${written}\` can be in no label`, rule.help(written))
  }
}

function changed(labels: Mapping, changes: NewLabels): Mapping {
  const out = new Map(Object.entries(labels))
  for (const [key, value] of changes) {
    if (value === null) out.delete(key)
    else out.set(key, value)
  }
  return Object.fromEntries(out)
}

/** A null in a manifest is the empty string, as in every map of strings; null where there is no such label. */
const labelOf = (labels: Mapping, key: string): string | null =>
  Object.hasOwn(labels, key) ? String(labels[key] ?? '') : null

const reported = (changes: NewLabels, labels: Mapping): readonly LabelChange[] =>
  [...changes].map(([key, value]) => ({ key, value, before: labelOf(labels, key) }))

function effectOfLabels(
  all: readonly (Relabeled & { readonly before: InForce })[],
  changes: NewLabels,
): Extract<WhatIf, { edit: 'label' }>['effect'] {
  if (all.some(({ before, after }) => !saysSame(before.decoded, after.decoded))) return 'changed'
  const isNew = all.some(({ labels }) => [...changes].some(([key, value]) => labelOf(labels, key) !== value))
  return isNew ? 'irrelevant' : 'none'
}
