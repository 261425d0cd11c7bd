import { memoized } from '../sets/memoized.ts'
import type { Location, Place, Position, SourceFile } from './file.ts'
import { documentsOf } from './read/document-texts.ts'
import { listTextOf } from './read/list-items.ts'
import { type Span, spanIn } from './read/yaml/places.ts'
import { readYamlText } from './read/yaml-text.ts'

/**
 * The position of a value: of the value itself if it is a scalar or an item of a list, else of its key; for a value that is
 * not there, of its nearest ancestor.
 */
export function position(at: Place): Position {
  if ('position' in at) return at.position
  const { start, end } = spanOf(at)
  return positionAt(at.file, start, end)
}

/** The text of a place, up to the end of its line. */
export function writtenAt(at: Location): string {
  const { start, end } = spanOf(at)
  return firstLine(at.file, start, end)
}

function spanOf({ file, document: index, path, part }: Location): Span {
  const document = documentsOf(file)[index]
  if (document === undefined) return { start: 0, end: 0 }
  const list = listTextOf(document)
  const [key, number, ...rest] = path
  const item = key === 'items' ? list?.items[Number(number)] : undefined
  // The items of a large List are texts of their own.
  const text = item ?? list?.head ?? document
  const within = item === undefined || list === undefined ? path : [...list.toItem, ...rest]
  const read = readYamlText(text)
  const span = 'error' in read ? undefined : spanIn(read, within, part)
  return { start: text.start + (span?.start ?? 0), end: text.start + (span?.end ?? 0) }
}

/** The position of a span of the text. */
export function positionAt(file: SourceFile, start: number, end: number): Position {
  const starts = lineStartsOf(file)
  // Binary search for the last line that starts at or before the offset.
  let line = 0
  for (let step = 1 << 30; step > 0; step >>= 1) {
    const lineStart = starts[line + step - 1]
    if (lineStart !== undefined && lineStart <= start) line += step
  }
  return {
    line,
    column: start - (starts[line - 1] ?? 0) + 1,
    length: Math.max(1, firstLine(file, start, end).length),
  }
}

/** The line with that number, from 1, without its line end. */
export function lineOf(file: SourceFile, line: number): string {
  const starts = lineStartsOf(file)
  return file.text.slice(starts[line - 1] ?? 0, starts[line]).replace(/\r?\n?$/, '')
}

const lineStartsOf = memoized(({ text }: SourceFile): readonly number[] => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
})

/** The part of a span on its first line. */
function firstLine({ text }: SourceFile, start: number, end = start): string {
  const line = /^[^\r\n]*/.exec(text.slice(start, Math.min(end, start + 1000)))?.[0] ?? ''
  return line.trimEnd()
}
