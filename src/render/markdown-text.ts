import { printableLines } from '../source/printable.ts'

/*
 * Text that others wrote (names, paths of files, URLs) as Markdown that says just that: as CommonMark and GitHub read it.
 */

/** A sentence; what it has between backticks becomes code. */
export function prose(sentence: string): string {
  const parts = oneLine(sentence).split(/(`[^`]*[^`\s][^`]*`)/)
  const inline = parts.map((part, index) => {
    if (index % 2 === 1) return code(part.slice(1, -1))
    // Two that touch would be one.
    return part === '' && index > 0 && index < parts.length - 1 ? ' ' : escaped(part)
  })
  return atStart(inline.join(''))
}

/** A name, or whatever else is to be read letter by letter. */
export function code(text: string): string {
  const line = oneLine(text)
  const ticks = '`'.repeat(longestRun(line) === 1 ? 2 : 1)
  const fence = longestRun(line) > 1 ? '`'.repeat(longestRun(line) + 1) : ticks
  // A blank at each end is taken away by the reader, and keeps a backtick there apart from the fence.
  const room = /^[` ]|[` ]$/.test(line) ? ' ' : ''
  return `${fence}${room}${line}${room}${fence}`
}

/** Lines as they are. */
export function fenced(lines: Iterable<string>, language: string): readonly string[] {
  const body = Array.from(lines, printableLines)
  const fence = '`'.repeat(Math.max(3, longestRun(body.join('\n')) + 1))
  return [`${fence}${language}`, ...body, fence]
}

/** What is folded until somebody looks; the summary is a text and no Markdown. */
export function details(summary: string, lines: Iterable<string>): readonly string[] {
  const text = oneLine(summary).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return ['<details>', `<summary>${text}</summary>`, '', ...lines, '', '</details>']
}

/** The lines of one item of a list, behind its mark. */
export function* item(mark: string, lines: Iterable<string>): Iterable<string> {
  let isFirst = true
  for (const line of lines) {
    yield line === '' ? '' : `${isFirst ? mark : ' '.repeat(mark.length)}${line}`
    isFirst = false
  }
}

const oneLine = (text: string): string => printableLines(text.replaceAll(/\s+/g, ' ').trim())

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))

/** What would be emphasis, code, HTML, a cell of a table, a formula, a link or an entity. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*~<|$]/g, String.raw`\$&`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replaceAll(/\](?=[([:])/g, String.raw`\]`)
    .replaceAll(/&(?=#?\w+;)/g, String.raw`\&`)
    // An address that becomes a link is taken letter by letter, backslashes and all.
    .replaceAll(/:(?=\/\/)|(?<=www)\.|(?<=\w)@/gi, String.raw`\$&`)

/** What would be a heading, a quotation, an item or a task. */
const atStart = (line: string): string =>
  line.replace(/^(\d+)([.)])/, String.raw`$1\$2`).replace(/^[-#+=>[:]/, String.raw`\$&`)
