import { memoized, memoizedBy } from '../sets/memoized.ts'
import type { FieldPath, Location, Place, Position, SourceFile } from './file.ts'
import { madeFrom } from './made-from.ts'
import type { Manifest } from './manifest.ts'
import { manifestsAt } from './manifest-at.ts'
import { isMapping, valueAt } from './mapping.ts'
import { valueWithin } from './placeholders.ts'
import { position } from './position.ts'
import { documentsOf } from './read/document-texts.ts'
import { readManifests } from './read/read-manifests.ts'

/** Where a value starts, as a report shows it. */
export function sourceOf(at: Place): Omit<MarkedSource, 'length'> {
  const { file, line, column } = markedSourceOf(at)
  return { file, line, column }
}

interface MarkedSource extends Position {
  readonly file: string
}

/**
 * Where a value is: of what a renderer made, in the file that it was made from, where that has the value too: a patch may have
 * added it, or changed it.
 */
export function markedSourceOf(at: Place): MarkedSource {
  const place = position(at)
  const origin = 'path' in at ? originOf(at) : undefined
  if (origin === undefined || !('path' in at)) return { file: at.file.path, ...place }
  const written = writtenAt(at, origin)
  if (written !== undefined) return { file: written.file.path, ...position(written) }
  const aligned = alignedPlace(at, origin, place.line)
  return aligned === undefined ? { file: at.file.path, ...place } : { file: origin.path, ...aligned }
}

/** All files that a place of a document may be shown in. */
export function filesBehind(at: Location): readonly SourceFile[] {
  const origin = originOf(at)
  return origin === undefined ? [at.file] : [at.file, ...patchesOf(at), origin]
}

const patchesOf = ({ file }: Location): readonly SourceFile[] => file.rendered?.patches?.() ?? []

/** The file that a renderer made a document from, where it tells. */
export function originOf({ file, document }: Location): SourceFile | undefined {
  const { rendered } = file
  const path = rendered?.mark.exec(documentsOf(file)[document]?.text ?? '')?.[1]
  return path === undefined ? undefined : rendered?.fileOf(path.trim())
}

/** Where a value was written: in the object that was rendered, or in the one patch of it that has the value. */
function writtenAt(at: Location, origin: SourceFile): Location | undefined {
  const same = sameObject(at, origin)
  if (same === undefined) return undefined
  const { written, rendered } = same
  const isPatch = (patch: Manifest): boolean =>
    patch.kind === written.kind &&
    nameOf(patch) === nameOf(written) &&
    valueWithin(patch.value, at.path) !== undefined &&
    isWrittenAt(at.path, { written: patch, rendered })
  const [only, ...others] = isWrittenAt(at.path, same)
    ? [written]
    : patchesOf(at).flatMap(manifestsIn).filter(isPatch)
  if (only === undefined || others.length > 0) return undefined
  return { ...at, ...only.at, path: [...only.at.path, ...at.path] }
}

interface SameObject {
  readonly written: Manifest
  readonly rendered: Manifest
}

/** kustomize writes its own YAML: a value is at the same path of the object from which it was made. */
function sameObject(at: Location, origin: SourceFile): SameObject | undefined {
  const [rendered] = manifestsAt([{ file: at.file, document: at.document, path: [] }])
  if (rendered === undefined) return undefined
  const found = manifestsIn(origin).filter(
    manifest => manifest.kind === rendered.kind && isNameWithin(manifest, rendered),
  )
  // Beside `db` and `db-2`, `dev-db-2` was the longer one.
  const longest = found.reduce((most, manifest) => Math.max(most, nameOf(manifest).length), 0)
  const [only, ...others] = found.filter(manifest => nameOf(manifest).length === longest)
  return only === undefined || others.length > 0 ? undefined : { written: only, rendered }
}

/**
 * Whether a value was written as it was rendered, and within the same items of lists, of which a patch may insert some. The object
 * itself is where it was written, whatever has changed in it.
 */
function isWrittenAt(path: FieldPath, { written, rendered }: SameObject): boolean {
  if (path.length === 0) return true
  const renamed = (name: string): string => nameOf(rendered).replace(nameOf(written), () => name)
  const items = path.flatMap((step, index) => (typeof step === 'number' ? index + 1 : []))
  return [...items, path.length].every(depth => {
    const [before, after] = [written, rendered].map(({ value }) => valueWithin(value, path.slice(0, depth)))
    const name = depth < path.length ? valueAt(before, 'name') : undefined
    return name === undefined ? isKeptIn(before, after, renamed) : name === valueAt(after, 'name')
  })
}

/** Whether all that was written is still there; beside it, something may have been added, such as common labels. */
function isKeptIn(written: unknown, rendered: unknown, renamed: (name: string) => string): boolean {
  if (Array.isArray(written))
    return (
      Array.isArray(rendered) &&
      written.length === rendered.length &&
      written.every((item, index) => isKeptIn(item, rendered[index], renamed))
    )
  if (isMapping(written))
    return (
      isMapping(rendered) &&
      Object.entries(written).every(([key, value]) => isKeptIn(value, valueAt(rendered, key), renamed))
    )
  return written === rendered || (typeof written === 'string' && renamed(written) === rendered)
}

function manifestsIn(file: SourceFile): readonly Manifest[] {
  const found: Manifest[] = []
  const keep = (manifest: Manifest): void => void found.push(manifest)
  readManifests(file, { keep, passOver: () => undefined, complain: () => undefined })
  return found
}

/** A name may get a prefix and a suffix. */
const isNameWithin = (written: Manifest, rendered: Manifest): boolean =>
  nameOf(written) !== '' && nameOf(rendered).includes(nameOf(written))

function nameOf({ value }: Manifest): string {
  const name = valueAt(value, 'metadata', 'name')
  return typeof name === 'string' ? name : ''
}

/** Of a template the line that made the value. */
function alignedPlace(at: Location, { text }: SourceFile, line: number): Position | undefined {
  if (!text.includes('{{')) return undefined
  const { start = 0 } = documentsOf(at.file)[at.document] ?? {}
  const before = at.file.text.slice(0, start).split('\n').length - 1
  const aligned = linesMadeFrom(at.file)(at)?.[line - before - 1]
  if (aligned === undefined) return undefined
  const written = text.split('\n')[aligned - 1] ?? ''
  const indent = written.length - written.trimStart().length
  return { line: aligned, column: indent + 1, length: Math.max(1, written.trim().length) }
}

const linesMadeFrom = memoized((_rendered: SourceFile) =>
  memoizedBy(
    ({ document }: Location) => document,
    at => madeFrom(documentsOf(at.file)[at.document]?.text ?? '', originOf(at)?.text ?? ''),
  ),
)
