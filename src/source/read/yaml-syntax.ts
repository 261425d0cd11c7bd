import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml'
import { printable } from '../printable.ts'

/*
 * What is wrong with a document as YAML: the parser's errors, and what kubectl's reader refuses besides.
 */

/** An error of the parser, or one of ours where kubectl's reader is stricter. */
export interface Fault {
  readonly code: YAMLError['code'] | 'MERGE_CONFLICT' | 'CONTROL_CHARACTER' | 'ODD_KEY'
  readonly message: string
  /** Start and end, as offsets in the document. */
  readonly pos: readonly [number, number]
}

/** Faults that are independent of each other; of all others, the later ones may be consequences of the first. */
const INDEPENDENT: readonly Fault['code'][] = [
  'DUPLICATE_KEY',
  'TAB_AS_INDENT',
  'TAG_RESOLVE_FAILED',
  'BAD_DQ_ESCAPE',
]

/** The most that are reported at once. */
const MOST_FAULTS = 20

/** Everything that keeps kubectl from reading a document. */
export function syntaxFaults(document: Document.Parsed, written: string): readonly Fault[] {
  const conflict = mergeConflict(written)
  if (conflict !== undefined) return [conflict]
  const all: readonly Fault[] = [
    ...controlCharacters(written),
    ...document.errors,
    // Unknown tags are warnings to the parser; to kubectl they change what a value is.
    ...document.warnings,
    ...faultsOfNodes(document),
    ...tabsAlone(document, written),
  ]
  const independent = all.filter(({ code }) => INDEPENDENT.includes(code)).slice(0, MOST_FAULTS)
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
  if (found === null) return undefined
  const pos: Fault['pos'] = [found.index, found.index + found[0].length]
  return { code: 'MERGE_CONFLICT', message: 'a merge conflict is left in the file', pos }
}

/** What YAML calls unprintable; kubectl's reader accepts it neither in values nor in comments. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]/u

/** The first of them only: a binary file has them everywhere. */
function controlCharacters(written: string): readonly Fault[] {
  const found = CONTROL.exec(written)
  if (found === null) return []
  const message = `the character \`${printable(found[0])}\` cannot be in YAML`
  return [{ code: 'CONTROL_CHARACTER', message, pos: [found.index, found.index + 1] }]
}

/** Keys that JSON, and so Kubernetes, cannot have; duplicate keys; aliases without an anchor. */
function faultsOfNodes(document: Document.Parsed): readonly Fault[] {
  const faults: Fault[] = []
  const anchors = new Set<string>()
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) {
        if (!anchors.has(node.source))
          faults.push({
            code: 'BAD_ALIAS',
            message: `nothing before it is called \`&${node.source}\``,
            pos: rangeOf(node),
          })
      } else if (node.anchor) anchors.add(node.anchor)
      if (isMap(node)) for (const fault of faultsOfKeys(node)) faults.push(fault)
    },
  })
  return faults
}

function faultsOfKeys(map: YAMLMap): readonly Fault[] {
  const faults: Fault[] = []
  const seen = new Set<string>()
  for (const { key } of map.items.filter(isPair)) {
    if (isScalar(key) && key.value !== null) {
      const name = String(key.value)
      if (seen.has(name) && name !== '<<')
        faults.push({ code: 'DUPLICATE_KEY', message: 'a key twice', pos: rangeOf(key) })
      seen.add(name)
    } else if (isScalar(key) || isCollection(key)) {
      const what = isMap(key) ? 'a mapping' : isSeq(key) ? 'a list' : 'nothing'
      faults.push({ code: 'ODD_KEY', message: `${what} stands where a key should be`, pos: rangeOf(key) })
    }
  }
  return faults
}

const rangeOf = ({ range }: Node): Fault['pos'] => [range?.[0] ?? 0, range?.[1] ?? 0]

/** Lines of white space with a tab: kubectl takes them for indentation, unless they are inside a longer value; this parser does not. */
function tabsAlone(document: Document.Parsed, written: string): readonly Fault[] {
  const lines = [...written.matchAll(/^ *\t[ \t]*(?=#|\r?$)/gm)].map(({ index }) => index)
  if (lines.length === 0) return []
  const values: (readonly [number, number])[] = []
  visit(document, {
    Node(_, node) {
      // In the order of the text; nested values add nothing.
      const [from, to] = rangeOf(node)
      const isLong = isScalar(node) || (isCollection(node) && node.flow)
      if (isLong && from >= (values.at(-1)?.[1] ?? 0)) values.push([from, to])
    },
  })
  let next = 0
  return lines.flatMap(line => {
    while ((values[next]?.[1] ?? Number.POSITIVE_INFINITY) <= line) next++
    const isInside = (values[next]?.[0] ?? Number.POSITIVE_INFINITY) < line
    const fault: Fault = { code: 'TAB_AS_INDENT', message: 'a tab alone', pos: [line, line + 1] }
    return isInside ? [] : [fault]
  })
}
