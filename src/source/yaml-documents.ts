import { type Document, isScalar, LineCounter, parseAllDocuments, type ScalarTag } from 'yaml'
import type { SourceFile } from './file.ts'

/*
 * YAML as kubectl's reader takes it, which is neither YAML 1.1 nor 1.2 (S-142). The only users of the `yaml` package
 * that read are in this folder.
 */

const TAG = 'tag:yaml.org,2002:'
const NULLS = /^(?:~|null|Null|NULL|)$/
const TRUES = /^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE)$/
const FALSES = /^(?:n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+|[1-9][0-9_]*|0)$/
const FLOAT = /^[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/

/** Booleans are what YAML 1.1 calls so; numbers are Go's, with `010` as octal and no base 60; dates stay strings. */
const SCALARS: readonly ScalarTag[] = [
  { tag: `${TAG}null`, default: true, test: NULLS, resolve: () => null },
  { tag: `${TAG}bool`, default: true, test: TRUES, resolve: () => true },
  { tag: `${TAG}bool`, default: true, test: FALSES, resolve: () => false },
  { tag: `${TAG}int`, default: true, test: INTEGER, resolve: toInteger },
  { tag: `${TAG}float`, default: true, test: FLOAT, resolve: text => Number(text.replaceAll('_', '')) },
]

/** `0x50`, `0o10` and `010` are 80, 8 and 8. */
function toInteger(written: string): number {
  const text = written.replaceAll('_', '')
  const digits = text.replace(/^[-+]/, '')
  const value = /^0[0-7]+$/.test(digits) ? Number(`0o${digits}`) : Number(digits)
  return text.startsWith('-') ? -value : value
}

/** The documents of a file, and where its lines start. */
export interface YamlDocuments {
  readonly documents: readonly Document.Parsed[]
  readonly lines: LineCounter
}

/** Syntax trees are many times as large as their text: those of large files are made again when somebody looks. */
const KEPT_UP_TO = 1_000_000
const kept = new WeakMap<SourceFile, YamlDocuments>()

/** The only parse of YAML there is; documents carry their errors. */
export function yamlDocuments(file: SourceFile): YamlDocuments {
  const known = kept.get(file)
  if (known !== undefined) return known
  const lines = new LineCounter()
  const parsed = parseAllDocuments(file.text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'failsafe',
    customTags: [...SCALARS],
    merge: true,
    logLevel: 'silent',
    stringKeys: false,
    uniqueKeys: (a, b) =>
      a === b || (isScalar(a) && isScalar(b) && String(a.value) === String(b.value) && a.value !== '<<'),
  })
  const result = { documents: Array.isArray(parsed) ? parsed : [], lines }
  if (file.text.length <= KEPT_UP_TO) kept.set(file, result)
  return result
}
