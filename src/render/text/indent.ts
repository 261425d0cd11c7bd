import type { Paper } from '../paper.ts'
import { wrapText } from './wrap.ts'

/** The same text, moved to the right. */
export function* indented(lines: Iterable<string>, indent: number): Iterable<string> {
  for (const line of lines) yield line === '' ? '' : `${' '.repeat(indent)}${line}`
}

/** The paper of what is moved to the right. */
export const narrower = (paper: Paper, indent: number): Paper => ({ ...paper, width: paper.width - indent })

/** A sentence, wrapped, all of it moved to the right. */
export function* paragraph(text: string, indent: number, { width }: Paper): Iterable<string> {
  yield* wrapText(text, width, indent)
}

/** A sentence behind a word of its own (`help:`, `1.`) of so many columns, the following lines below its beginning. */
export function* hanging(
  head: string,
  text: string,
  { width }: Paper,
  columns = head.length,
): Iterable<string> {
  const [first = '', ...more] = wrapText(text, width - columns)
  yield head + first
  yield* indented(more, columns)
}

/** What need not be read; nothing of an empty text. */
export function* faintly(text: string, paper: Paper): Iterable<string> {
  if (text !== '') for (const line of paragraph(text, 0, paper)) yield paper.style.faint(line)
}
