import type { Complain, DiagnosticCode } from '../diagnostic.ts'
import { type FieldPath, type Location, pathText } from '../file.ts'
import { positionAt } from '../position.ts'
import { printable } from '../printable.ts'
import type { DocumentText } from './document-texts.ts'
import type { YamlNode } from './yaml/nodes.ts'
import { keyText } from './yaml/scalars.ts'
import type { Problem, YamlError } from './yaml/yaml-error.ts'
import { readYamlText } from './yaml-text.ts'

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
    message: 'a merge conflict is left in the file',
    help: 'keep one of the two sides, and remove the lines of `<<<<<<<`, `=======` and `>>>>>>>`',
    from: conflict.index,
    to: conflict.index + conflict[0].length,
  }
}

const ALIAS = 'an alias repeats what an anchor before it is written at; in quotes `*` is a plain character'
const IN_QUOTES = 'put the value in quotes'
const IF_TEXT = 'put it in quotes if it is a text'

const BEHIND_A_VALUE: Words = {
  message: 'this stands behind a value that has ended',
  help: 'is a comma, a quote, a colon or a line end missing before it?',
}

const WORDS: Readonly<Record<Problem, (text: string, error: YamlError) => Words>> = {
  'alias-cycle': (text, error) => ({
    message: `\`${writtenAt(text, error)}\` stands for a value that contains it`,
    help: ALIAS,
  }),
  'alias-name': (text, { start }) => ({
    message: `a name has to follow \`${text.charAt(start)}\``,
    help: ALIAS,
  }),
  'alias-unknown': (text, { start, end }) => ({
    message: `nothing before it is called \`&${text.slice(start + 1, end)}\``,
    help: ALIAS,
  }),
  'bad-binary': () => ({ message: 'this is no base64', help: IF_TEXT }),
  'bad-escape': (text, error) => ({
    message: `\`${writtenAt(text, error)}\` is no escape sequence`,
    help: 'in double quotes a backslash is written twice; single quotes leave it alone',
  }),
  'bad-start': (text, { start }) => ({
    message: `a value cannot start with \`${text.charAt(start)}\``,
    help: IN_QUOTES,
  }),
  'bad-tag': () => ({ message: 'this is no tag', help: IF_TEXT }),
  'block-scalar-head': (text, { start }) => ({
    message: `only a comment can follow \`${text.charAt(start)}\` on its line`,
    help: 'start the text on the next line, or put it in quotes',
  }),
  'comma-or-end': (text, { context }) =>
    isClosed(text, context) ? BEHIND_A_VALUE : notClosed(text, context),
  'control-character': (text, { start }) => ({
    message: `the character \`${printable(text.charAt(start))}\` cannot be in YAML`,
    help: 'remove it; a file that is full of them is no text',
  }),
  'dash-expected': misplaced,
  deep: () => ({
    code: 'YAML_TOO_LARGE',
    message: 'the document is nested too deeply',
    help: 'no manifest is nested this deeply: look at what made the file',
  }),
  directive: () => ({
    message: 'a line that begins with `%` is an instruction to YAML',
    help: 'remove or indent it',
  }),
  'document-start': text => ({
    message: 'kubectl takes the line of `---` for the end of these instructions',
    help: 'remove the lines that begin with `%`: kubectl needs none of them',
    from: text.search(/^%/m),
  }),
  'entry-here': () => ({
    message: 'a list cannot begin on the line of its key',
    help: 'write each item on a line of its own below the key, or put the value in quotes',
  }),
  infinite: (text, error) => ({
    message: `\`${writtenAt(text, error)}\` is no number that a manifest can hold`,
    help: IF_TEXT,
  }),
  'key-expected': misplaced,
  'key-here': () => ({ message: 'a value cannot start with `?`', help: IN_QUOTES }),
  'merge-of-no-map': () => ({
    message: '`<<` joins mappings, and this is none',
    help: 'name a mapping, or a list of them',
  }),
  'node-expected': (text, error) => ({
    message: `a value is expected here, not \`${writtenAt(text, error)}\``,
    help: 'is a value, a quote or a bracket missing before it?',
  }),
  'not-closed': (text, { start }) => notClosed(text, start),
  'odd-key': oddKey,
  tab: () => ({
    message: 'a tab stands where a line is indented',
    help: 'YAML is indented with blanks, never with tabs',
  }),
  'tag-mismatch': (text, error) => ({
    message: `\`${writtenAt(text, error)}\` is not of the type that its tag says`,
    help: 'remove the tag',
  }),
  'too-many-aliases': () => ({
    code: 'YAML_TOO_LARGE',
    message: 'the document grows beyond all measure by its aliases',
    help: 'no manifest is made like this: look at what made the file',
  }),
  'value-here': valueHere,
  'without-colon': (text, { start }) => withoutColon(start, lineEnd(text, start)),
}

const writtenAt = (text: string, { start, end }: YamlError): string => printable(text.slice(start, end))

function withoutColon(from: number, to: number): Words {
  const help = 'put a `:` behind the key, or indent the line if it goes on the one above'
  return { message: 'a key without a value', help, from, to }
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}' }

function notClosed(text: string, open: number): Words {
  const sign = text.charAt(open)
  const closing = CLOSING[sign]
  return {
    message: `this ${closing === undefined ? 'quote' : 'bracket'} is not closed`,
    help: `write the \`${closing ?? sign}\` that closes it`,
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
  if (!isFirstOnLine(text, start)) return { ...BEHIND_A_VALUE, to: Math.max(end, start + 1) }
  const to = lineEnd(text, start)
  if (problem === 'dash-expected')
    return {
      message: 'this line is in the column of a list and does not start with a `-`',
      help: 'put a `-` before it, or start it in the column of the line that it belongs with',
      to,
    }
  return /^-\s/.test(text.slice(start))
    ? {
        message: 'an item of a list is among the keys of a mapping',
        help: 'start it in the column of its list, below a key',
        to,
      }
    : {
        message: 'this line is indented like none of those above it',
        help: 'start it in the same column as the line that it belongs with',
        to,
      }
}

/** A colon behind what cannot be a key, because it began on a line before or is a value already. */
function valueHere(text: string, { start: colon }: YamlError): Words {
  const line = text.lastIndexOf('\n', colon - 1) + 1
  const [, indent = '', key = ''] = /^( *)([\w./-]+)$/.exec(text.slice(line, colon)) ?? []
  if (key === '')
    return {
      message: 'a value cannot go on as a mapping',
      help: 'put the value in quotes if the colon belongs to it; else begin the mapping on a line of its own',
    }
  const first = firstAbove(text, line, indent)
  if (first < line) return withoutColon(first + indent.length, lineEnd(text, first))
  return {
    message: 'this line is indented too far: it goes on with the value of the line above',
    help: 'start it in the same column as the line that it belongs with',
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
    message: `${what} stands where a key should be`,
    help: isPlaceholder
      ? 'put what is in double braces in quotes, or fill in the template first'
      : 'write `name: value`; a key is a word',
  }
}

/** Warns of keys that a mapping has more than once, of which kubectl silently keeps the last. */
export function complainOfRepeated(document: DocumentText, at: Location, complain: Complain): void {
  const read = readYamlText(document)
  if ('error' in read || read.root === undefined) return
  const wanted = new Set(read.repeated)
  // The last of each: it is the one that counts.
  const found = new Map<string, YamlNode>()
  visitKeys(read.root, [], (path, key) => {
    if (wanted.has(key)) found.set(fieldIn(path, at), key)
  })
  for (const [field, { start, end }] of found)
    complain({
      severity: 'warning',
      code: 'DUPLICATE_FIELD',
      message: `duplicate field "${field}"`,
      field,
      at: { file: at.file, position: positionAt(at.file, document.start + start, document.start + end) },
      help: 'kubectl silently takes the last one: join the two, or remove one',
    })
}

/** A path from the root of its object (S-136): the text of an item is a list of one. */
function fieldIn(path: FieldPath, at: Location): string {
  const inText = at.path.length > 0 && typeof path[0] === 'number' ? path.slice(1) : path
  return pathText(inText[0] === 'items' && typeof inText[1] === 'number' ? inText.slice(2) : inText)
}

function visitKeys(node: YamlNode, path: FieldPath, visit: (path: FieldPath, key: YamlNode) => void): void {
  if (node.kind === 'sequence')
    for (const [index, child] of node.children.entries()) visitKeys(child, [...path, index], visit)
  if (node.kind !== 'mapping') return
  for (let index = 0; index + 1 < node.children.length; index += 2) {
    const [key, value] = [node.children[index], node.children[index + 1]]
    const name = key?.kind === 'scalar' ? keyText(key) : undefined
    if (key === undefined || value === undefined || name === undefined) continue
    visit([...path, name], key)
    visitKeys(value, [...path, name], visit)
  }
}
