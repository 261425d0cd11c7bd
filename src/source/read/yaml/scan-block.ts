import { BLANK, breakText, codeAt, isBlank, isBreak, isBreakOrEnd, TAB } from './characters.ts'
import type { Cursor } from './cursor.ts'
import { YamlError } from './yaml-error.ts'

const PIPE = 0x7c

/** The sign, then how deep the lines are and what becomes of the last breaks, in any order. */
const HEAD = /[|>](?:[+-](\d?)|(\d)[+-]?)?[ \t]*(?:#[^\n\r\u0085\u2028\u2029]*)?/y

/** Scans a scalar of whole lines, at whose `|` or `>` the cursor is, and gives its text; `indent` is that of the collection around it. */
export function scanBlock(cursor: Cursor, indent: number): string {
  const start = cursor.at
  const isLiteral = cursor.code === PIPE
  const [head = '', digitLast = '', digitFirst = ''] = cursor.match(HEAD)
  const digit = digitLast + digitFirst
  if (!isBreakOrEnd(cursor.code) || digit === '0')
    throw new YamlError('block-scalar-head', start, cursor.at + 1)
  if (cursor.code !== 0) cursor.skipBreak()
  const chomp = /^.\d?([+-])/.exec(head)?.[1]
  const given = digit === '' ? undefined : Math.max(indent, 0) + Number(digit)
  const { text, lastBreak, breaks } = scanLines(cursor, isLiteral, given, Math.max(indent + 1, 1))
  return text + (chomp === '-' ? '' : lastBreak) + (chomp === '+' ? breaks : '')
}

interface Lines {
  readonly text: string
  readonly lastBreak: string
  /** The empty lines behind the last one. */
  readonly breaks: string
}

/** The lines; if their column is not given, it is that of the first. */
function scanLines(cursor: Cursor, isLiteral: boolean, given: number | undefined, least: number): Lines {
  const first = scanBreaks(cursor, given)
  const column = given ?? Math.max(first.column, least)
  let text = ''
  let lastBreak = ''
  let { breaks } = first
  let wasDeeper = false
  while (cursor.column === column && cursor.code !== 0) {
    const isDeeper = isBlank(cursor.code)
    // A break between two lines of the same depth is a blank in a folded scalar.
    const isFolded = !isLiteral && lastBreak === '\n' && !wasDeeper && !isDeeper
    text += (isFolded ? (breaks === '' ? ' ' : '') : lastBreak) + breaks
    wasDeeper = isDeeper
    const from = cursor.at
    let at = from
    while (!isBreakOrEnd(codeAt(cursor.text, at))) at++
    cursor.at = at
    text += cursor.text.slice(from, at)
    lastBreak = cursor.code === 0 ? '' : breakText(cursor.code)
    if (cursor.code !== 0) cursor.skipBreak()
    ;({ breaks } = scanBreaks(cursor, column))
  }
  return { text, lastBreak, breaks }
}

/** Empty lines, and the indentation of the next line, up to its column; the deepest column of all of them. */
function scanBreaks(
  cursor: Cursor,
  column: number | undefined,
): { readonly breaks: string; readonly column: number } {
  let breaks = ''
  let deepest = 0
  for (;;) {
    const isIndent = (): boolean => column === undefined || cursor.column < column
    while (cursor.code === BLANK && isIndent()) cursor.at++
    deepest = Math.max(deepest, cursor.column)
    if (cursor.code === TAB && isIndent()) throw new YamlError('tab', cursor.at)
    if (!isBreak(cursor.code)) return { breaks, column: deepest }
    breaks += breakText(cursor.code)
    cursor.skipBreak()
  }
}
