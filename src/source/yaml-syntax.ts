import { type Document, isCollection, isMap, isScalar, isSeq, visit, type YAMLError } from 'yaml'
import { printable } from './printable.ts'
import { MERGE_CONFLICT } from './yaml-messages.ts'

/*
 * What is wrong with a document as YAML: what the parser says, and what kubectl's reader refuses beyond it.
 */

export type Fault = Pick<YAMLError, 'code' | 'message' | 'pos'>

/** What may be wrong in several places at once; of the rest only the first is no consequence of another. */
const INDEPENDENT: readonly Fault['code'][] = [
  'DUPLICATE_KEY',
  'TAB_AS_INDENT',
  'TAG_RESOLVE_FAILED',
  'BAD_DQ_ESCAPE',
]

/** Everything that keeps kubectl from reading a document; the offsets count from its start. */
export function syntaxFaults(document: Document.Parsed, written: string): readonly Fault[] {
  const conflict = mergeConflict(written)
  if (conflict !== undefined) return [conflict]
  const all: readonly Fault[] = [
    ...controlCharacters(written),
    ...document.errors,
    // Unknown tags are warnings to the parser; to kubectl they change what a value is.
    ...document.warnings,
    ...oddKeys(document),
    ...lostAliases(document),
    ...tabsAlone(document, written),
  ]
  const independent = all.filter(({ code }) => INDEPENDENT.includes(code))
  const [first, ...others] = all.filter(({ code }) => !INDEPENDENT.includes(code))
  if (first === undefined) return independent
  return [
    others.reduce((least, other) => (other.pos[0] < least.pos[0] ? other : least), first),
    ...independent,
  ]
}

/** What git leaves in a file where two changes meet. */
function mergeConflict(written: string): Fault | undefined {
  const found = /^(?:<{7}|>{7})(?= |\r?$)/m.exec(written)
  return found === null ? undefined : fault(MERGE_CONFLICT, found.index, found[0].length)
}

/** Aliases of anchors that nothing before them has. */
function lostAliases(document: Document.Parsed): readonly Fault[] {
  const faults: Fault[] = []
  visit(document, {
    Alias(_, alias) {
      const [start, end] = alias.range ?? [0, 0]
      if (alias.resolve(document) === undefined)
        faults.push({
          ...fault(`nothing before it is called \`&${alias.source}\``, start, end - start),
          code: 'BAD_ALIAS',
        })
    },
  })
  return faults
}

/** Everything that YAML calls unprintable; kubectl's reader takes it neither in values nor in comments. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for
const UNPRINTABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]/u

/** The first of them, if there is one: a file that is no text has them everywhere. */
function controlCharacters(written: string): readonly Fault[] {
  const found = UNPRINTABLE.exec(written)
  if (found === null) return []
  const name = printable(found[0])
  return [fault(`the character \`${name}\` cannot be in YAML`, found.index, 1)]
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
function tabsAlone(document: Document.Parsed, written: string): readonly Fault[] {
  const lines = [...written.matchAll(/^ *\t[ \t]*(?=#|\r?$)/gm)].map(({ index }) => index)
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
