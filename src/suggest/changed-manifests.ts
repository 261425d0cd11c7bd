import { groupBy, type NonEmpty } from '../sets/group-by.ts'
import { lazily, memoizedBy } from '../sets/memoized.ts'
import type { FieldPath } from '../source/file.ts'
import type { Manifest } from '../source/manifest.ts'
import { documentsOf } from '../source/read/document-texts.ts'
import {
  changedText,
  changedValue,
  styleOf,
  type ValueChange,
  type YamlStyle,
  yamlText,
} from '../source/write-yaml.ts'
import { objectText } from '../words/lists.ts'
import { findInForce } from '../world/edit/find.ts'
import { type InForce, labelsPath, manifestsOf } from '../world/live-objects.ts'
import { comesFromCluster } from '../world/manifest-identity.ts'
import type { World } from '../world/world.ts'
import type { ManifestEdit } from './candidate.ts'

/** An object as it would be applied. */
export interface ChangedObject {
  readonly value: unknown
  /** The same in YAML, with the comments of the manifest that it is made from: made when somebody looks. */
  readonly text: () => string
}

/** The objects of some edits as they would be applied; undefined where one of them has no manifest. */
export type ObjectChanges = (edits: readonly ManifestEdit[]) => readonly ChangedObject[] | undefined

/** Each manifest is read but once, because to find it a large file has to be read again. */
export function objectChanges(world: World): ObjectChanges {
  const writing: Writing = {
    world,
    style: lazily(() => styleOfWorld(world)),
    manifestOf: memoizedBy(
      ({ at, name }: InForce) => `${at.file.path} ${at.document} ${at.path.join('.')} ${name}`,
      one => manifestsOf([one])[0],
    ),
  }
  return edits => changedObjects(writing, edits)
}

/** The documents of a file to apply. */
export const textOf = (objects: readonly ChangedObject[]): string =>
  objects
    .map(({ text }) => text())
    .map(text => (text.endsWith('\n') ? text : `${text}\n`))
    .join('---\n')

interface Writing {
  readonly world: World
  readonly style: () => YamlStyle
  readonly manifestOf: (one: InForce) => Manifest | undefined
}

function changedObjects(
  writing: Writing,
  edits: readonly ManifestEdit[],
): readonly ChangedObject[] | undefined {
  const created = edits.flatMap(edit => (edit.kind === 'create' ? [written(writing, edit.value)] : []))
  const others = edits.filter(edit => edit.kind !== 'create')
  const changed = [...groupBy(others, ({ object }) => objectText(object)).values()].map(of =>
    changedObject(writing, of),
  )
  const known = changed.filter(one => one !== undefined)
  return known.length < changed.length ? undefined : [...created, ...known]
}

const written = ({ style }: Writing, value: unknown): ChangedObject => ({
  value,
  text: () => yamlText(value, style()),
})

/** An object with all edits of it. */
function changedObject(
  writing: Writing,
  edits: NonEmpty<Exclude<ManifestEdit, { kind: 'create' }>>,
): ChangedObject | undefined {
  const [{ object }] = edits
  const one = findInForce(writing.world.input, object)?.[1]
  const labels: FieldPath = one === undefined ? ['metadata', 'labels'] : labelsPath(one)
  const changes = edits.flatMap((edit): readonly ValueChange[] =>
    edit.kind === 'change' ? edit.changes : [{ kind: 'write', at: [...labels, edit.key], value: edit.value }],
  )
  if (one === undefined)
    return object.kind === 'Namespace'
      ? written(writing, changedValue(namespaceNamed(object.name), changes))
      : undefined
  const manifest = writing.manifestOf(one)
  if (manifest === undefined) return undefined
  const own = ownText(one)
  if (own === undefined || comesFromCluster(manifest))
    return written(writing, changedValue(withoutStatus(manifest), changes))
  return {
    value: changedValue(manifest.value, changes),
    text: () => changedText(own, manifest.value, changes),
  }
}

const namespaceNamed = (name: string): unknown => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
})

/** The text of an object that is a YAML document of its own, as it is in force. */
function ownText({ at, edited }: InForce): string | undefined {
  if (edited !== undefined || at.path.length > 0) return undefined
  const text = documentsOf(at.file)[at.document]?.text
  return text === undefined || isJson(text) ? undefined : text
}

/** JSON has no style of its own to keep; YAML may begin with a brace, too. */
function isJson(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What only a cluster writes. */
const OF_SERVER: readonly string[] = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'ownerReferences',
  'selfLink',
]
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

function withoutStatus({ value }: Manifest): unknown {
  const gone = [
    ['status'],
    ...OF_SERVER.map(field => ['metadata', field]),
    ['metadata', 'annotations', LAST_APPLIED],
  ] as const
  return changedValue(
    value,
    gone
      .filter(path => hasPath(value, path))
      .map(path => ({ kind: 'write', at: [...path], value: undefined }) as const),
  )
}

function hasPath(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false
  return hasPath(Object.entries(value).find(([key]) => key === step)?.[1], rest)
}

/** That of the first policy that is YAML, else of the first object. */
function styleOfWorld({ input }: World): YamlStyle {
  const all = [...input.inForce.values()]
  const first =
    all.find(one => one.decoded.as === 'policy' && ownText(one) !== undefined) ?? all.find(ownText)
  return styleOf(first === undefined ? '' : (ownText(first) ?? ''))
}
