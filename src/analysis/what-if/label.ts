import { hasNamespace } from '../../model/cluster.ts'
import { NAME_LABEL } from '../../model/kinds/namespace.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import type { Path } from '../../source/file.ts'
import type { Manifest } from '../../source/manifest.ts'
import { manifestsAt } from '../../source/manifest-at.ts'
import { CannotAnswer, cannotAnswer } from '../cannot-answer.ts'
import { decode, type InForce, type ObjectRef, readInput } from '../in-force.ts'
import type { World } from '../world.ts'
import type { Edited } from './edit.ts'
import { type Found, findInForce, findMade, nameOf, notInForce } from './find.ts'
import { saysSame } from './same.ts'

/** A label as it is to be; without a value it is taken away. */
export interface LabelChange {
  readonly key: string
  readonly value: string | undefined
}

/** Labels an object; of a workload, its Pods: no policy sees the labels of the workload itself (S-300). */
export function labelObject(world: World, object: ObjectRef, changes: readonly LabelChange[]): Edited {
  const { input } = world
  if (object.kind === 'Namespace') keepNameLabel(object.name, changes)
  const found = objectsToLabel(world, object)
  const manifests = manifestsOf(found.map(([, one]) => one))
  const [first] = manifests
  if (first === undefined) return notInForce(world, object)
  const after = found.map(
    ([identity, one], index): Found => [identity, relabel(one, manifests[index] ?? first, changes)],
  )
  const before = labelsAt(first.value, labelsPath(found[0]?.[1]))
  const isNew = changes.some(({ key, value }) => before.get(key) !== value)
  const isSeen = after.some(([, { decoded }], index) => !saysSame(decoded, found[index]?.[1].decoded))
  const told = changes.map(change => changeText(change, before.get(change.key))).join(', ')
  const known = found.find(([, one]) => one.object.kind === object.kind)?.[1].object ?? object
  const ofPods = found.some(([, one]) => labelsPath(one) !== OWN) || found.length > 1
  const end = isSeen ? '' : isNew ? '; no answer depends on that' : '; that changes nothing'
  return {
    input: { ...input, inForce: new Map([...input.inForce, ...after]) },
    message: `what if ${ofPods ? 'the Pods of ' : ''}${nameOf(known)} were labelled ${told}${end}`,
  }
}

/** S-022. */
function keepNameLabel(name: string, changes: readonly LabelChange[]): void {
  if (changes.some(({ key, value }) => key === NAME_LABEL && value !== name))
    cannotAnswer(
      'BAD_LABEL',
      `the label ${NAME_LABEL} of Namespace ${name} cannot be changed`,
      `the API server sees to it that it is always \`${name}\`: use a label of your own`,
    )
}

function objectsToLabel(world: World, object: ObjectRef): readonly Found[] {
  const own = findInForce(world.input, object)
  const pods = findMade(world.input, object).filter(([, one]) => one.object.kind === 'Pod')
  if (own !== undefined) return [own, ...pods]
  const isImplied = object.kind === 'Namespace' && hasNamespace(world.cluster, object.name)
  return isImplied ? declared(object.name) : pods
}

/** A namespace that is used and that no manifest declares. */
function declared(name: string): readonly Found[] {
  const text = `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${JSON.stringify(name)}\n`
  return [...readInput([{ path: 'what-if', text }]).inForce]
}

/** The manifests as they are in force. */
export function manifestsOf(all: readonly InForce[]): readonly (Manifest | undefined)[] {
  const written = manifestsAt(all.map(({ at }) => at))
  return all.map(({ edited }, index) => edited ?? written[index])
}

const OWN: Path = ['metadata', 'labels']
const OF_TEMPLATE: Path = ['spec', 'template', ...OWN]
const OF_JOB_TEMPLATE: Path = ['spec', 'jobTemplate', ...OF_TEMPLATE]

/** Where the labels stand that selectors look at: of what makes Pods, in its template. */
export function labelsPath(one: InForce | undefined): Path {
  const object = one?.decoded.as === 'object' ? one.decoded.object : undefined
  if (object === undefined || !('template' in object)) return OWN
  return object.kind === 'CronJob' ? OF_JOB_TEMPLATE : OF_TEMPLATE
}

/** The object with other labels, read as if they were written so. Throws CannotAnswer where a cluster would refuse it. */
function relabel(one: InForce, manifest: Manifest, changes: readonly LabelChange[]): InForce {
  const edited = { ...manifest, value: withLabels(manifest.value, labelsPath(one), changes) }
  const errors: Diagnostic[] = []
  const decoded = decode(edited, diagnostic => {
    if (diagnostic.severity === 'error') errors.push(diagnostic)
  })
  if (decoded !== undefined) return { ...one, decoded, edited, by: 'label' }
  // Their places are in a text that does not have these labels.
  throw new CannotAnswer(
    errors.map(({ at: _, related: __, message, ...rest }) => ({
      ...rest,
      message: `${nameOf(one.object)} cannot be labelled so: ${message}`,
    })),
  )
}

type Mapping = Readonly<Record<string, unknown>>

function withLabels(value: Mapping, [step, ...rest]: Path, changes: readonly LabelChange[]): Mapping {
  if (step === undefined) {
    const labels = new Map(Object.entries(value))
    for (const { key, value: to } of changes) {
      if (to === undefined) labels.delete(key)
      else labels.set(key, to)
    }
    return Object.fromEntries(labels)
  }
  return { ...value, [step]: withLabels(mappingIn(value, String(step)), rest, changes) }
}

function labelsAt(value: Mapping, path: Path): ReadonlyMap<string, unknown> {
  const labels = path.reduce((within: Mapping, step) => mappingIn(within, String(step)), value)
  return new Map(Object.entries(labels).map(([key, label]) => [key, label ?? '']))
}

/** What is absent is empty. */
function mappingIn(value: Mapping, key: string): Mapping {
  const found = Object.hasOwn(value, key) ? value[key] : undefined
  return isMapping(found) ? found : {}
}

const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null

/** `access=true (was no)`. */
function changeText({ key, value }: LabelChange, before: unknown): string {
  const change = value === undefined ? `${key}-` : `${key}=${value}`
  if (before === value) return `${change} (${value === undefined ? 'not there' : 'as it is'})`
  return `${change} (${before === undefined ? 'new' : `was ${before === '' ? '""' : before}`})`
}
