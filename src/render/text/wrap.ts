import type { Paper } from '../paper.ts'

/**
 * Wraps words into lines no wider than `width`, unless a single word is; the first line starts with `heading`, the others
 * with `indent` spaces.
 */
export function wrap(
  heading: string,
  words: readonly string[],
  { width, indent }: { readonly width: number; readonly indent: number },
): readonly string[] {
  const lines: string[] = []
  let line = heading
  for (const word of words) {
    if (line.length + word.length > width && line.trim() !== '') {
      lines.push(line.trimEnd())
      line = ' '.repeat(indent)
    }
    line += `${word} `
  }
  return [...lines, line.trimEnd()]
}

/** A sentence after a heading, wrapped. */
export const wrapAfter = (heading: string, text: string, indent: number, width: number): readonly string[] =>
  wrap(heading, text.split(' '), { width, indent })

/** A sentence, wrapped. */
export const wrapText = (text: string, width: number, indent = 0): readonly string[] =>
  wrapAfter(' '.repeat(indent), text, indent, width)

/** Names as the words of a sentence, with commas between them. */
export const withCommasBetween = (names: readonly string[]): readonly string[] =>
  names.map((name, index) => (index < names.length - 1 ? `${name},` : name))

/** How many columns the widest of some texts takes. */
export const widthOf = (texts: readonly string[]): number =>
  texts.reduce((most, { length }) => Math.max(most, length), 0)

/** A heading, wrapped. */
export const heading = (text: string, { width, style }: Paper): readonly string[] =>
  wrapText(text, width).map(line => style.heading(line))

/** The columns that lines may have: with `-o wide` any number. */
export const columnsOf = ({ wide, width }: Pick<Paper, 'wide' | 'width'>): number =>
  wide ? Number.POSITIVE_INFINITY : width

/** Lines, indented. */
export function* indented(lines: Iterable<string>, indent: number): Iterable<string> {
  for (const line of lines) yield line === '' ? '' : `${' '.repeat(indent)}${line}`
}

/** The paper for indented lines. */
export const narrower = (paper: Paper, indent: number): Paper => ({ ...paper, width: paper.width - indent })

/** A sentence, wrapped and indented. */
export function* paragraph(text: string, indent: number, { width }: Paper): Iterable<string> {
  yield* wrapText(text, width, indent)
}

/** A sentence after a head (`help:`, `1.`) of so many columns, its further lines below its beginning. */
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

/** A sentence in faint letters; no line for an empty one. */
export function* faintly(text: string, paper: Paper): Iterable<string> {
  if (text !== '') for (const line of paragraph(text, 0, paper)) yield paper.style.faint(line)
}
