import { memoized, memoizedBy } from '../sets/memoized.ts'
import type { Location, Place, Position, SourceFile } from './file.ts'
import { madeFrom } from './made-from.ts'
import type { Manifest } from './manifest.ts'
import { manifestsAt } from './manifest-at.ts'
import { valueAt } from './mapping.ts'
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

/** Where a value is: of what a renderer made, as nearly as it can be told, in the file that it was made from. */
export function markedSourceOf(at: Place): MarkedSource {
  const place = position(at)
  const origin = 'path' in at ? originOf(at) : undefined
  if (origin === undefined || !('path' in at)) return { file: at.file.path, ...place }
  const known = sameObject(at, origin)
  const found = known === undefined ? alignedPlace(at, origin, place.line) : position(known)
  return found === undefined ? { file: at.file.path, ...place } : { file: origin.path, ...found }
}

/** The file that a renderer made a document from, where it tells. */
export function originOf({ file, document }: Location): SourceFile | undefined {
  const { rendered } = file
  const path = rendered?.mark.exec(documentsOf(file)[document]?.text ?? '')?.[1]
  return path === undefined ? undefined : rendered?.fileOf(path.trim())
}

/** kustomize writes its own YAML: a value is at the same path of the object from which it was made. */
function sameObject(at: Location, origin: SourceFile): Location | undefined {
  const [rendered] = manifestsAt([{ file: at.file, document: at.document, path: [] }])
  if (rendered === undefined) return undefined
  const found: Manifest[] = []
  const keep = (manifest: Manifest): void => {
    if (manifest.kind === rendered.kind && isNameWithin(manifest, rendered)) found.push(manifest)
  }
  readManifests(origin, { keep, passOver: () => undefined, complain: () => undefined })
  // Beside `db` and `db-2`, `dev-db-2` was the longer one.
  const longest = found.reduce((most, manifest) => Math.max(most, nameOf(manifest).length), 0)
  const [only, ...others] = found.filter(manifest => nameOf(manifest).length === longest)
  return only === undefined || others.length > 0
    ? undefined
    : { ...at, file: origin, document: only.at.document, path: [...only.at.path, ...at.path] }
}

/** A name may get a prefix and a suffix. */
const isNameWithin = (written: Manifest, rendered: Manifest): boolean =>
  nameOf(written) !== '' && nameOf(rendered).includes(nameOf(written))

function nameOf({ value }: Manifest): string {
  const name = valueAt(value, 'metadata', 'name')
  return typeof name === 'string' ? name : ''
}

/** Of a template the line that made the value; of what kustomize has put in another order, the line that looks like it. */
function alignedPlace(at: Location, { text }: SourceFile, line: number): Position | undefined {
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
