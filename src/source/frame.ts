import type { Diagnostic } from './diagnostic.ts'
import type { Position, SourceFile } from './file.ts'
import { position } from './position.ts'
import { printable } from './printable.ts'

/** How much of a long line is shown around the marked place. */
const SHOWN = 100

/** The message, the line that it is about with the place marked, and what to do. */
export function frame({ severity, code, message, at, help }: Diagnostic): readonly string[] {
  const head = `${severity}[${code}]: ${printable(message)}`
  const tail = help === undefined ? [] : [printable(help)]
  if (at === undefined) return [head, ...tail.map(text => `  = help: ${text}`)]
  const place = 'position' in at ? at.position : position(at)
  const gutter = ' '.repeat(String(place.line).length)
  return [
    head,
    `${gutter}--> ${printable(at.file.path)}:${place.line}:${place.column}`,
    ...excerpt(at.file, place, gutter),
    ...tail.map(text => `${gutter} = help: ${text}`),
  ]
}

function excerpt(file: SourceFile, place: Position, gutter: string): readonly string[] {
  const { before, marked, after } = cut(lineOf(file, place.line), place)
  // Tabs and what is made visible take as many columns as are shown, so that the marks stay below their place.
  const [start, middle, end] = [before, marked, after].map(text => printable(text.replaceAll('\t', ' ')))
  const marks = ' '.repeat(start?.length ?? 0) + '^'.repeat(Math.max(1, middle?.length ?? 0))
  return [`${gutter} |`, `${place.line} | ${start}${middle}${end}`, `${gutter} | ${marks}`]
}

function lineOf({ text }: SourceFile, number: number): string {
  let start = 0
  for (let line = 1; line < number; line++) {
    const end = text.indexOf('\n', start)
    if (end < 0) return ''
    start = end + 1
  }
  const end = text.indexOf('\n', start)
  return text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '')
}

function cut(line: string, { column, length }: Position): { before: string; marked: string; after: string } {
  const start = column - 1
  const before = line.slice(0, start)
  const marked = line.slice(start, start + Math.min(length, SHOWN))
  const after = line.slice(start + marked.length)
  const room = Math.max(20, SHOWN - marked.length)
  return {
    before: before.length > room ? `…${before.slice(-room / 2)}` : before,
    marked,
    after: after.length > room ? `${after.slice(0, room / 2)}…` : after,
  }
}
