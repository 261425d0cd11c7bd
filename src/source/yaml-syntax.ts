import { type Document, isCollection, isMap, isPair, isScalar, isSeq, visit, type YAMLError } from 'yaml'
import type { Complain } from './diagnostic.ts'
import type { Path, SourceFile } from './file.ts'
import { positionAt } from './position.ts'
import { printable } from './printable.ts'

/*
 * What is wrong with a document as YAML: what the parser says, and what kubectl's reader refuses beyond it.
 */

export type Fault = Pick<YAMLError, 'code' | 'message' | 'pos'>

/** Everything that keeps kubectl from reading a document, which is written from `start` of its file on. */
export function syntaxFaults(document: Document.Parsed, written: string, start: number): readonly Fault[] {
  return [
    ...document.errors,
    // Unknown tags are warnings to the parser; to kubectl they change what a value is.
    ...document.warnings,
    ...controlCharacters(written, start),
    ...oddKeys(document),
    ...tabsAlone(document, written, start),
  ]
}

/** Everything that YAML calls unprintable; kubectl's reader takes it neither in values nor in comments. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for
const UNPRINTABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]/u

/** The first of them, if there is one: a file that is no text has them everywhere. */
function controlCharacters(written: string, start: number): readonly Fault[] {
  const found = UNPRINTABLE.exec(written)
  if (found === null) return []
  const name = printable(found[0])
  return [fault(`the character \`${name}\` cannot be in YAML`, start + found.index, 1)]
}

/** A key that is nothing, a list or a mapping: JSON, and so Kubernetes, has none of them. */
function oddKeys(document: Document.Parsed): readonly Fault[] {
  const faults: Fault[] = []
  visit(document, {
    Pair(_, { key }) {
      if (isScalar(key) && key.value !== null) return
      const [start, end] = (isScalar(key) || isCollection(key) ? key.range : undefined) ?? [0, 0]
      const what = isMap(key) ? 'a mapping' : isSeq(key) ? 'a list' : 'nothing'
      if (isScalar(key) || isCollection(key))
        faults.push(fault(`${what} stands where a key should be`, start, end - start))
    },
  })
  return faults
}

/** A line of blanks and a tab: no indentation to the parser, but to kubectl, unless it is inside a longer value. */
function tabsAlone(document: Document.Parsed, written: string, start: number): readonly Fault[] {
  const lines = [...written.matchAll(/^ *\t[ \t]*(?=#|\r?$)/gm)].map(({ index }) => start + index)
  if (lines.length === 0) return []
  const inside: (readonly [number, number])[] = []
  visit(document, {
    Node(_, node) {
      if ((isScalar(node) || (isCollection(node) && node.flow)) && node.range)
        inside.push([node.range[0], node.range[1]])
    },
  })
  return lines
    .filter(line => !inside.some(([from, to]) => from < line && line < to))
    .map(line => ({ ...fault('a tab stands where a line is indented', line, 1), code: 'TAB_AS_INDENT' }))
}

function fault(message: string, start: number, length: number): Fault {
  return { code: 'UNEXPECTED_TOKEN', message, pos: [start, start + length] }
}

/** Says what is wrong with the syntax, and what to do about it. */
export function complainOfSyntax(
  document: Document.Parsed,
  fault: Fault,
  file: SourceFile,
  complain: Complain,
): void {
  const place = { file, position: positionAt(file, ...fault.pos) }
  if (fault.code === 'DUPLICATE_KEY') {
    const message = `duplicate field "${fieldAt(document, fault.pos[0])}"`
    const help = 'kubectl would silently take the last one: join the two, or remove one'
    complain({ severity: 'error', code: 'DUPLICATE_FIELD', message, at: place, help })
    return
  }
  const message = syntaxText(fault.message)
  const help = fault.code === 'TAB_AS_INDENT' ? { help: 'YAML is indented with blanks, never with tabs' } : {}
  complain({ severity: 'error', code: 'YAML_SYNTAX', message, at: place, ...help })
}

/** The parser's sentence, in words that do not need its grammar. */
function syntaxText(message: string): string {
  if (/call stack/i.test(message)) return 'the document is nested too deeply'
  const unclosed = /must be sufficiently indented and end with an? (.)/.exec(message)?.[1]
  if (unclosed !== undefined) return `no \`${unclosed}\` closes this, or a line of it is not indented enough`
  return message.replace(/\s+/g, ' ').replace(/^[A-Z](?=[a-z])/, first => first.toLowerCase())
}

/** The path of the field whose key stands at an offset, from the root of its object (S-136). */
function fieldAt(document: Document.Parsed, offset: number): string {
  let found: Path = []
  visit(document, {
    Pair(_, pair, ancestors) {
      if (!isScalar(pair.key) || pair.key.range?.[0] !== offset) return undefined
      found = [...ancestors, pair].flatMap((node, index, all) => stepInto(node, all[index + 1]))
      return visit.BREAK
    },
  })
  const inList = found[0] === 'items' ? found.slice(2) : found
  return inList.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )
}

function stepInto(node: unknown, next: unknown): Path {
  if (isPair(node) && isScalar(node.key)) return [String(node.key.value)]
  return isSeq(node) ? [node.items.indexOf(next)] : []
}
