import type { Complain, DiagnosticCode } from '../diagnostic.ts'
import type { Location } from '../file.ts'
import { positionAt } from '../position.ts'
import { printable } from '../printable.ts'
import type { DocumentText } from './document-texts.ts'
import type { Problem, YamlError } from './yaml/yaml-error.ts'

/*
 * Why kubectl refuses a text as YAML, in words that need no knowledge of YAML's grammar, and what to do about it.
 */

/** Complains of what kubectl stops at; it reads no further. */
export function complainOfYaml(
  { text, start }: DocumentText,
  error: YamlError,
  { file }: Location,
  complain: Complain,
): void {
  const { code = 'YAML_SYNTAX', message, help, from = error.start, to = error.end } = wordsFor(text, error)
  const at = { file, position: positionAt(file, start + from, start + Math.max(from + 1, to)) }
  complain({ severity: 'error', code, message, help, at })
}

interface Words {
  readonly message: string
  readonly help: string
  readonly code?: DiagnosticCode
  /** Where the error's own place is not what has to be seen. */
  readonly from?: number
  readonly to?: number
}

function wordsFor(text: string, error: YamlError): Words {
  const conflict = /^(?:<{7}|>{7})(?= |\r?$)/m.exec(text)
  if (conflict === null) return WORDS[error.problem](text, error)
  return {
    message: 'unresolved merge conflict',
    help: 'keep one of the two sides, and remove the lines of `<<<<<<<`, `=======` and `>>>>>>>`',
    from: conflict.index,
    to: conflict.index + conflict[0].length,
  }
}

const ALIAS =
  'an alias repeats the value of an anchor above it; in quotes, `*` and `&` are ordinary characters'
const IN_QUOTES = 'quote the value'
const IF_TEXT = 'quote it if it is text'

const BEHIND_A_VALUE: Words = {
  message: 'unexpected text after the value',
  help: 'add the comma, quote, colon or line break that is missing before it',
}

const WORDS: Readonly<Record<Problem, (text: string, error: YamlError) => Words>> = {
  'alias-cycle': (text, error) => ({
    message: `\`${writtenAt(text, error)}\` is part of the value that it repeats`,
    help: ALIAS,
  }),
  'alias-name': (text, { start }) => ({
    message: `missing name after \`${text.charAt(start)}\``,
    help: ALIAS,
  }),
  'alias-unknown': (text, { start, end }) => ({
    message: `no anchor \`&${text.slice(start + 1, end)}\` above this alias`,
    help: ALIAS,
  }),
  'bad-binary': () => ({ message: 'not valid base64', help: IF_TEXT }),
  'bad-escape': (text, error) => ({
    message: `unknown escape sequence \`${writtenAt(text, error)}\``,
    help: 'double the backslash, or use single quotes',
  }),
  'bad-start': (text, { start }) => ({
    message: `a value cannot start with \`${text.charAt(start)}\``,
    help: IN_QUOTES,
  }),
  'bad-tag': () => ({ message: 'not a valid tag', help: IF_TEXT }),
  'block-scalar-head': (text, { start }) => ({
    message: `only a comment can follow \`${text.charAt(start)}\` on its line`,
    help: 'start the text on the next line, or quote it',
  }),
  'comma-or-end': (text, { context }) =>
    isClosed(text, context) ? BEHIND_A_VALUE : notClosed(text, context),
  'control-character': (text, { start }) => ({
    message: `YAML cannot contain the character \`${printable(text.charAt(start))}\``,
    help: 'remove it; a file full of them is not a text file',
  }),
  'dash-expected': misplaced,
  deep: () => ({
    code: 'YAML_TOO_LARGE',
    message: 'the document is nested too deeply',
    help: 'no manifest is nested this deeply: check what created the file',
  }),
  directive: () => ({
    message: 'a line that starts with `%` is a YAML directive',
    help: 'remove or indent it',
  }),
  'document-start': text => ({
    message: 'kubectl does not accept YAML directives before `---`',
    help: 'remove the lines that start with `%`',
    from: text.search(/^%/m),
  }),
  'entry-here': () => ({
    message: 'a list cannot start on the line of its key',
    help: 'put each item on its own line below the key, or quote the value',
  }),
  infinite: (text, error) => ({
    message: `a manifest cannot contain the number \`${writtenAt(text, error)}\``,
    help: IF_TEXT,
  }),
  'key-expected': misplaced,
  'key-here': () => ({ message: 'a value cannot start with `?`', help: IN_QUOTES }),
  'merge-of-no-map': () => ({
    message: '`<<` merges mappings, but this is not a mapping',
    help: 'use a mapping, or a list of mappings',
  }),
  'node-expected': (text, error) => ({
    message: `expected a value, found \`${writtenAt(text, error)}\``,
    help: 'add the value, quote or bracket that is missing before it',
  }),
  'not-closed': (text, { start }) => notClosed(text, start),
  'odd-key': oddKey,
  tab: () => ({
    message: 'tab used for indentation',
    help: 'indent YAML with spaces',
  }),
  'tag-mismatch': (text, error) => ({
    message: `\`${writtenAt(text, error)}\` does not have the type of its tag`,
    help: 'remove the tag',
  }),
  'too-many-aliases': () => ({
    code: 'YAML_TOO_LARGE',
    message: "the document's aliases expand to too many values",
    help: 'no manifest looks like this: check what created the file',
  }),
  'value-here': valueHere,
  'without-colon': (text, { start }) =>
    /^-[^\s-]/.test(text.slice(start))
      ? { message: 'missing space after `-`', help: 'write `- ` before each item of a list', to: start + 1 }
      : withoutColon(start, lineEnd(text, start)),
}

const writtenAt = (text: string, { start, end }: YamlError): string => printable(text.slice(start, end))

function withoutColon(from: number, to: number): Words {
  const help = 'add `:` after the key, or indent the line if it continues the one above'
  return { message: 'key without a value', help, from, to }
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}' }

function notClosed(text: string, open: number): Words {
  const sign = text.charAt(open)
  const closing = CLOSING[sign]
  return {
    message: `this ${closing === undefined ? 'quote' : 'bracket'} is not closed`,
    help: `add the closing \`${closing ?? sign}\``,
    from: open,
    to: open + 1,
  }
}

/** Whether the bracket at an offset has one that closes it, as far as one can see without knowing what is wrong. */
function isClosed(text: string, open: number): boolean {
  if (CLOSING[text.charAt(open)] === undefined) return true
  let depth = 0
  for (const [sign] of text.slice(open).matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|[[\]{}]/g)) {
    if (sign === '[' || sign === '{') depth++
    else if (sign === ']' || sign === '}') depth--
    if (depth === 0) return true
  }
  return false
}

const lineEnd = (text: string, at: number): number => at + (/^[^\r\n]*/.exec(text.slice(at))?.[0].length ?? 0)

/** Whether only blanks are before an offset on its line, dashes of list items included. */
const isFirstOnLine = (text: string, at: number): boolean =>
  /^[ -]*$/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))

/** What is in a collection and belongs to another one. */
function misplaced(text: string, { start, end, problem }: YamlError): Words {
  if (/[\]}]/.test(text.charAt(start)))
    return {
      message: `no open bracket for \`${text.charAt(start)}\``,
      help: 'remove it, or add the bracket that opens it',
    }
  if (!isFirstOnLine(text, start)) return { ...BEHIND_A_VALUE, to: Math.max(end, start + 1) }
  const to = lineEnd(text, start)
  if (problem === 'dash-expected')
    return {
      message: 'this line is in the column of a list, but does not start with `-`',
      help: 'add `-`, or align it with the line that it belongs to',
      to,
    }
  return /^-\s/.test(text.slice(start))
    ? {
        message: 'list item among the keys of a mapping',
        help: 'align it with the other items of its list, below a key',
        to,
      }
    : {
        message: 'this line is indented like no line above it',
        help: 'align it with the line that it belongs to',
        to,
      }
}

/** A colon behind what cannot be a key, because it began on a line before or is a value already. */
function valueHere(text: string, { start: colon }: YamlError): Words {
  const line = text.lastIndexOf('\n', colon - 1) + 1
  const [, indent = '', key = ''] = /^( *)([\w./-]+)$/.exec(text.slice(line, colon)) ?? []
  if (key === '')
    return {
      message: 'unexpected `:` in a value',
      help: 'quote the value if the colon belongs to it; otherwise start the mapping on its own line',
    }
  const first = firstAbove(text, line, indent)
  if (first < line) return withoutColon(first + indent.length, lineEnd(text, first))
  return {
    message: 'this line is indented too far: it continues the value above',
    help: 'align it with the line that it belongs to',
    from: line + indent.length,
    to: lineEnd(text, colon),
  }
}

/** The first of the lines directly above one that have its indentation and no colon. */
function firstAbove(text: string, line: number, indent: string): number {
  const above = text.lastIndexOf('\n', line - 2) + 1
  const written = text.slice(above, line)
  const isAlike =
    line > 0 &&
    written.startsWith(indent) &&
    /^[^\s#:-]+(?: [^\n:]*)?\r?\n$/.test(written.slice(indent.length))
  return isAlike ? firstAbove(text, above, indent) : line
}

function oddKey(text: string, { start, end }: YamlError): Words {
  const sign = text.charAt(start)
  const isNull = end === start || /^(?:~|null)$/i.test(text.slice(start, end))
  const what = isNull ? 'nothing' : sign === '[' || sign === '-' ? 'a list' : 'a mapping'
  const isPlaceholder = sign === '{' && text.charAt(start - 1) === '{'
  return {
    message: `expected a key, found ${what}`,
    help: isPlaceholder
      ? 'quote what is in double braces, or render the template first'
      : 'write `name: value`; a key is text',
  }
}
