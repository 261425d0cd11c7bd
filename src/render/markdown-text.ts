import { printableLines } from '../source/printable.ts'

/*
 * Escapes foreign text (names, paths of files, URLs) for Markdown as CommonMark and GitHub read it.
 */

/** A sentence; text between backticks becomes code. */
export function prose(sentence: string): string {
  const parts = oneLine(sentence).split(/(`[^`]*[^`\s][^`]*`)/)
  const inline = parts.map((part, index) => {
    if (index % 2 === 1) return code(part.slice(1, -1))
    const text = escaped(part)
    // Two adjacent code spans would be one.
    const isBetween = index > 0 && (text.startsWith('`') || (text === '' && index < parts.length - 1))
    return isBetween ? ` ${text}` : text
  })
  return atStart(inline.join(''))
}

/** A code span, for names and other literal text. */
export function code(text: string): string {
  const line = oneLine(text)
  const ticks = '`'.repeat(longestRun(line) === 1 ? 2 : 1)
  const fence = longestRun(line) > 1 ? '`'.repeat(longestRun(line) + 1) : ticks
  // Readers strip a space at each end; it separates a backtick from the fence.
  const room = /^[` ]|[` ]$/.test(line) ? ' ' : ''
  return `${fence}${room}${line}${room}${fence}`
}

/** A fenced code block. */
export function fenced(lines: Iterable<string>, language: string): readonly string[] {
  const body = Array.from(lines, printableLines)
  const fence = '`'.repeat(Math.max(3, longestRun(body.join('\n')) + 1))
  return [`${fence}${language}`, ...body, fence]
}

/** A collapsed section; the summary is plain text. */
export function details(summary: string, lines: Iterable<string>): readonly string[] {
  const text = oneLine(summary).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return ['<details>', `<summary>${text}</summary>`, '', ...lines, '', '</details>']
}

/** The lines of a list item after its marker. */
export function* item(mark: string, lines: Iterable<string>): Iterable<string> {
  let isFirst = true
  for (const line of lines) {
    yield line === '' ? '' : `${isFirst ? mark : ' '.repeat(mark.length)}${line}`
    isFirst = false
  }
}

const oneLine = (text: string): string => printableLines(text.replaceAll(/\s+/g, ' ').trim())

const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0)

/** Escapes emphasis, code, HTML, table cells, formulas, links and entities. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*~<|$]/g, String.raw`\$&`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replaceAll(/\](?=[([:])/g, String.raw`\]`)
    .replaceAll(/&(?=#?\w+;)/g, String.raw`\&`)
    // GitHub turns bare addresses into links, in which backslashes do not escape.
    .replaceAll(/:(?=\/\/)|(?<=www)\.|(?<=[\w.+-])@/gi, String.raw`\$&`)
    // It would tell a team, and link an issue.
    .replaceAll(/(?<![\w.+\\-])@(?=\w)|#(?=\d)/g, '`$&`')

/** Escapes what would start a heading, a quotation, a list item or a task. */
const atStart = (line: string): string =>
  line.replace(/^(\d+)([.)])/, String.raw`$1\$2`).replace(/^[-#+=>[:]/, String.raw`\$&`)
