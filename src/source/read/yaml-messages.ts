import { type Document, isCollection, isPair, isScalar, isSeq, visit } from 'yaml'
import type { Complain } from '../diagnostic.ts'
import { type FieldPath, pathText, type SourceFile } from '../file.ts'
import { positionAt } from '../position.ts'
import type { Fault } from './yaml-syntax.ts'

/*
 * The YAML parser's errors in words that need no knowledge of its grammar, and what to do about them.
 */

/** Where a document is: its file, and its offset there. */
interface DocumentPlace {
  readonly file: SourceFile
  readonly start: number
}

/** Complains of one fault of the syntax. */
export function complainOfSyntax(
  document: Document.Parsed,
  fault: Fault,
  { file, start }: DocumentPlace,
  complain: Complain,
): void {
  const { from, to, field, ...words } = messageFor(document, fault, file.text.slice(start))
  const at = { file, position: positionAt(file, start + from, start + to) }
  const code = fault.code === 'DUPLICATE_KEY' ? 'DUPLICATE_FIELD' : 'YAML_SYNTAX'
  complain({ severity: 'error', code, ...words, at, ...(field !== undefined && { field }) })
}

interface FaultMessage {
  readonly message: string
  readonly help: string
  readonly from: number
  readonly to: number
  readonly field?: string
}

/** Faults that are described without looking at the text; without a message here, the parser's own is used. */
const MESSAGES: Readonly<
  Partial<Record<Fault['code'], { readonly message?: string; readonly help: string }>>
> = {
  MERGE_CONFLICT: {
    help: 'keep one of the two sides, and remove the lines of `<<<<<<<`, `=======` and `>>>>>>>`',
  },
  CONTROL_CHARACTER: { help: 'remove it; a file that is full of them is no text' },
  ODD_KEY: { help: 'write `name: value`; a key is a word' },
  TAB_AS_INDENT: {
    message: 'a tab stands where a line is indented',
    help: 'YAML is indented with blanks, never with tabs',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a value cannot go on as a mapping',
    help: 'put the value in quotes if the colon belongs to it; else begin the mapping on a line of its own',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key without a value',
    help: 'put a `:` behind the key, or indent the line if it goes on the one above',
  },
  BAD_ALIAS: {
    help: 'an alias repeats what an anchor before it is written at; in quotes `*` is a plain character',
  },
  BAD_DQ_ESCAPE: { help: 'in double quotes a backslash is written twice; single quotes leave it alone' },
  RESOURCE_EXHAUSTION: {
    message: 'the document is nested too deeply',
    help: 'no manifest is nested this deeply: look at what made the file',
  },
}

function messageFor(document: Document.Parsed, fault: Fault, text: string): FaultMessage {
  const [from, to] = fault.pos
  switch (fault.code) {
    case 'DUPLICATE_KEY':
      return duplicateKey(document, fault)
    case 'BAD_INDENT':
    case 'MISSING_CHAR':
      return unclosed(document, fault, text) ?? misplaced(fault, text)
    case 'UNEXPECTED_TOKEN':
      return unexpected(fault)
    case 'TAG_RESOLVE_FAILED':
      return { ...tag(fault.message), from, to }
    case 'BAD_SCALAR_START':
      return {
        message: `a value cannot start with \`${text[from]}\``,
        help: 'put the value in quotes',
        from,
        to,
      }
    default: {
      const { message = lowered(fault.message), help } = MESSAGES[fault.code] ?? { help: CHECK_LINE }
      return { message, help, from, to }
    }
  }
}

const CHECK_LINE = 'compare this line and the one above with the form of the others'

function duplicateKey(document: Document.Parsed, { pos: [from] }: Fault): FaultMessage {
  const { path, length } = fieldAtOffset(document, from)
  return {
    message: `duplicate field "${path}"`,
    help: 'kubectl would silently take the last one: join the two, or remove one',
    from,
    to: from + length,
    field: path,
  }
}

function tag(message: string): Pick<FaultMessage, 'message' | 'help'> {
  const [, unknown] = /^Unresolved tag: (.*)/s.exec(message) ?? []
  return unknown === undefined
    ? { message, help: 'put it in quotes if it is a text' }
    : { message: `unknown tag: ${unknown}`, help: 'remove the tag: Kubernetes knows none of its own' }
}

/** The parser begins its sentences with a capital. */
const lowered = (message: string): string =>
  message.replace(/\s+/g, ' ').replace(/^[A-Z](?=[a-z ])/, first => first.toLowerCase())

/** The parser reports an unclosed bracket or quote at the end of the file; the place where it opens is more useful. */
function unclosed(
  document: Document.Parsed,
  { message, pos: [end] }: Fault,
  text: string,
): FaultMessage | undefined {
  const sign = /(?:must (?:be sufficiently indented and )?end with an? |[Mm]issing closing )(.)/.exec(
    message,
  )?.[1]
  if (sign === undefined) return undefined
  const open = sign === ']' ? '[' : sign === '}' ? '{' : sign
  let from = -1
  visit(document, {
    Node(_, node) {
      const [start, valueEnd] = node.range ?? [-1, -1]
      const isOpen = text[start] === open && (valueEnd === start + 1 || text[valueEnd - 1] !== sign)
      if (isOpen && start <= end && start > from && (isCollection(node) || isScalar(node))) from = start
    },
  })
  if (from < 0) return undefined
  const name = sign === '"' || sign === "'" ? 'quote' : 'bracket'
  return {
    // kubectl accepts less indentation, so it may be closed after a line that this parser does not accept.
    message: `this ${name} is not closed${text.includes(sign, end) ? ', or a line inside it is not indented enough' : ''}`,
    help: `write the \`${sign}\` that closes it, and indent every line between the two`,
    from,
    to: from + 1,
  }
}

function misplaced({ message, pos: [from] }: Fault, text: string): FaultMessage {
  // The fault is reported at the start of the line; the text of the line is what is in the wrong column.
  const start = from + (/^[ \n\r]*/.exec(text.slice(from))?.[0].length ?? 0)
  const end = start + (/^[^\r\n]*/.exec(text.slice(start))?.[0].length ?? 0)
  const place = { from: start, to: end }
  if (message.includes('must start at the same column'))
    return {
      message: 'this line is indented like none of those above it',
      help: 'start it in the same column as the line that it belongs with',
      ...place,
    }
  if (message.includes('need to be followed by map values') || message.includes('must be followed by'))
    return { message: 'a key without a value', help: 'put a `:` and a value behind the key', ...place }
  if (message.startsWith('Comments must'))
    return { message: 'a comment starts right behind a value', help: 'put a blank before the `#`', ...place }
  return { message: lowered(message), help: CHECK_LINE, ...place }
}

function unexpected({ message, pos: [from, to] }: Fault): FaultMessage {
  return /at node end|Missing , /.test(message)
    ? {
        message: 'this stands behind a value that has ended',
        help: 'is a comma, a quote, a colon or a line end missing before it?',
        from,
        to,
      }
    : { message: lowered(message), help: CHECK_LINE, from, to }
}

/** The path of the field whose key is at an offset, from the root of its object (S-136). */
function fieldAtOffset(
  document: Document.Parsed,
  offset: number,
): { readonly path: string; readonly length: number } {
  let found: FieldPath = []
  let length = 1
  visit(document, {
    Pair(_, pair, ancestors) {
      if (!isScalar(pair.key) || pair.key.range?.[0] !== offset) return undefined
      length = pair.key.range[1] - offset
      found = [...ancestors, pair].flatMap((node, index, all) => stepInto(node, all[index + 1]))
      return visit.BREAK
    },
  })
  const inList = found[0] === 'items' ? found.slice(2) : found
  return { path: pathText(inList), length }
}

function stepInto(node: unknown, next: unknown): FieldPath {
  if (isPair(node) && isScalar(node.key)) return [String(node.key.value)]
  return isSeq(node) ? [node.items.indexOf(next)] : []
}
