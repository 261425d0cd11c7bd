import { diffArrays } from 'diff'
import type { Location, Place, Position, SourceFile } from './file.ts'
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
  return { file: origin.path, ...(known ? position(known) : alignedPlace(at, origin, place.line)) }
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
  const [only, ...others] = found
  return only === undefined || others.length > 0
    ? undefined
    : { ...at, file: origin, document: only.at.document, path: [...only.at.path, ...at.path] }
}

/** A name may get a prefix and a suffix. */
function isNameWithin(written: Manifest, rendered: Manifest): boolean {
  const [inner, outer] = [written, rendered].map(({ value }) => valueAt(value, 'metadata', 'name'))
  return typeof inner === 'string' && typeof outer === 'string' && outer.includes(inner)
}

function alignedPlace({ file, document }: Location, { text }: SourceFile, line: number): Position {
  const { text: rendered = '', start = 0 } = documentsOf(file)[document] ?? {}
  const before = file.text.slice(0, start).split('\n').length - 1
  const aligned = alignedLine(rendered, text, line - before)
  const written = text.split('\n')[aligned - 1] ?? ''
  const indent = written.length - written.trimStart().length
  return { line: aligned, column: indent + 1, length: Math.max(1, written.trim().length) }
}

/**
 * The line of a template that a rendered line was made from. Lines that rendering leaves alone are in both, in the same order;
 * between two of them, what was made takes the place of what made it, line by line.
 */
function alignedLine(rendered: string, template: string, line: number): number {
  const [ours, theirs] = [linesOf(rendered), linesOf(template)]
  // The lines before those that are compared next, and the template's lines that were replaced just before.
  let [ourLines, theirLines, replaced] = [0, 0, 0]
  for (const { count, added, removed } of diffArrays(theirs, ours, { maxEditLength: MOST_EDITS }) ?? []) {
    if (removed) {
      theirLines += count
      replaced = count
      continue
    }
    if (line <= ourLines + count) {
      const within = line - ourLines
      return added ? Math.max(1, theirLines - replaced + Math.min(within, replaced)) : theirLines + within
    }
    ourLines += count
    if (!added) theirLines += count
    replaced = 0
  }
  return 1
}

/** An action may indent what it makes. */
const linesOf = (text: string): string[] => text.split('\n').map(line => line.trim())

/** Comparing takes the product of it and the number of lines. */
const MOST_EDITS = 2_000
