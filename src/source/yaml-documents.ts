import { type Document, isScalar, parseAllDocuments, type ScalarTag } from 'yaml'
import type { SourceFile } from './file.ts'
import { SCALARS } from './yaml-scalars.ts'

/*
 * The careful reader: yaml, which knows every corner of the language and says what is wrong and where.
 */

/** The same scalars as the quick reader's. */
const TAGS: readonly ScalarTag[] = SCALARS.map(({ tag, test, resolve }) => ({
  tag: `tag:yaml.org,2002:${tag}`,
  default: true,
  test,
  resolve,
}))

/** What ends a line for kubectl's reader too; each is one character, so that every place stays where it is. */
const OTHER_LINE_ENDS = /\r(?!\n)|[\u0085\u2028\u2029]/g

/** Syntax trees are many times as large as their text: those of large files are made again when somebody looks. */
const KEPT_UP_TO = 1_000_000
const kept = new WeakMap<SourceFile, readonly Document.Parsed[]>()

/** The documents of a file, with their errors. */
export function yamlDocuments(file: SourceFile): readonly Document.Parsed[] {
  const known = kept.get(file)
  if (known !== undefined) return known
  const parsed = parseAllDocuments(file.text.replace(OTHER_LINE_ENDS, '\n'), {
    prettyErrors: false,
    schema: 'failsafe',
    customTags: [...TAGS],
    merge: true,
    logLevel: 'silent',
    stringKeys: false,
    uniqueKeys: (a, b) =>
      a === b || (isScalar(a) && isScalar(b) && String(a.value) === String(b.value) && a.value !== '<<'),
  })
  const result = Array.isArray(parsed) ? parsed : []
  if (file.text.length <= KEPT_UP_TO) kept.set(file, result)
  return result
}
