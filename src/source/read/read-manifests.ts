import type { Document } from 'yaml'
import type { Complain } from '../diagnostic.ts'
import { below, type Location, type SourceFile } from '../file.ts'
import { headOfList, type Reader, readObjects, type TypeMeta } from '../manifest.ts'
import { carefulYaml } from './careful-yaml.ts'
import { type DocumentText, documentsOf } from './document-texts.ts'
import { complainOfKubectlText } from './kubectl-text.ts'
import { LARGEST_OBJECT, type ListText, listTextOf } from './list-items.ts'
import { quickValue, quickYaml } from './quick-yaml.ts'
import { readJson } from './read-json.ts'
import { isAllMade, mayMakePolicy, withoutActions } from './template.ts'
import { complainOfSyntax } from './yaml-messages.ts'
import { type Fault, syntaxFaults } from './yaml-syntax.ts'

/** Reads the manifests of a file. Broken documents are complained about, and the others are read anyway. */
export function readManifests(file: SourceFile, reader: Reader): void {
  if (file.isNamed && complainOfKubectlText(file, reader.complain)) return
  if (!readJson(file, reader)) readYaml(file, reader)
}

function readYaml(file: SourceFile, reader: Reader): void {
  const documents = documentsOf(file)
  for (const [index, document] of documents.entries()) {
    const at = { file, document: index, path: [] }
    const named = documents.length > 1 ? { object: `document ${index + 1}` } : {}
    const complain: Complain = diagnostic => reader.complain({ ...named, ...diagnostic })
    const list = listTextOf(document)
    const isRead = list !== undefined && readYamlList(list, at, { ...reader, complain })
    if (!isRead) readText(document, at, undefined, { ...reader, complain })
  }
}

/** The items of a large List, one by one: all of them parsed at once would need many times their size. */
function readYamlList({ head, items }: ListText, at: Location, reader: Reader): boolean {
  const list = headOfList(quickYaml(head.text)?.value)
  for (const [index, item] of list === undefined ? [] : items.entries())
    readText(item, below(at, 'items', index), list?.ofItems, reader)
  return list !== undefined
}

/** One document, or an item of a List as a list of one. */
function readText(text: DocumentText, at: Location, typeMeta: TypeMeta | undefined, reader: Reader): void {
  if (text.text.length > LARGEST_OBJECT) {
    if (!isNotForKubernetes(text, at)) complainOfSize(at, reader)
    else reader.passOver({ at, why: { kind: 'not-an-object' } })
    return
  }
  const keep = (value: unknown): void => {
    // The text of an item is a list of one.
    const values: readonly unknown[] = at.path.length > 0 && Array.isArray(value) ? value : [value]
    for (const one of values) readObjects(one, at, typeMeta, reader)
  }
  const quick = quickValue(text)
  if (quick !== undefined) keep(quick.value)
  else readCarefully(text, at, keep, reader)
}

function complainOfSize(at: Location, { complain }: Reader): void {
  complain({
    severity: 'error',
    code: 'YAML_TOO_LARGE',
    message: `the document is larger than ${LARGEST_OBJECT / 1024 / 1024} MiB`,
    at: { file: at.file, position: { line: 1, column: 1, length: 1 } },
    help: 'no cluster takes an object as large as this: put each object into a document of its own',
  })
}

/**
 * The lines that every Kubernetes object has, though their colons or capitals may be what is broken; a broken text without
 * any of them is not meant for Kubernetes.
 */
const IDENTITY_LINE = /^[\s{"'-]*(?:apiVersion|kind)(?:["']?\s*:|[ \t]+[\w./-]+[ \t]*\r?$)/im

/** UTF-16 without a byte order mark has a NUL in every other place. */
const isNotForKubernetes = ({ text }: DocumentText, { file }: Location): boolean =>
  !file.isNamed && !IDENTITY_LINE.test(text.replaceAll('\0', ''))

function readCarefully(
  text: DocumentText,
  at: Location,
  keep: (value: unknown) => void,
  reader: Reader,
): void {
  const document = carefulYaml(text)
  const written = text.text
  const faults = syntaxFaults(document, written)
  if (faults.length > 0) {
    if (isAllMade(written)) reader.passOver({ at, why: { kind: 'template', mayBePolicy: true } })
    else if (isNotForKubernetes(text, at)) reader.passOver({ at, why: { kind: 'not-an-object' } })
    else if (!isTemplate(text, at, reader)) complainOfFaults(document, faults, text, at, reader)
    return
  }
  try {
    keep(document.toJS({ maxAliasCount: ALIAS_EXPANSION }))
  } catch (error) {
    if (isNotForKubernetes(text, at)) {
      reader.passOver({ at, why: { kind: 'not-an-object' } })
      return
    }
    const isDeep = error instanceof RangeError
    reader.complain({
      severity: 'error',
      code: 'YAML_TOO_LARGE',
      message: `the document ${isDeep ? 'is nested too deeply' : 'grows beyond all measure by its aliases'}`,
      at,
      help: 'no manifest is made like this: look at what made the file',
    })
  }
}

/** Passes over a template that is YAML around its actions; complains of one that is not. */
function isTemplate(text: DocumentText, at: Location, reader: Reader): boolean {
  const filled = withoutActions(text.text)
  if (filled === undefined) return false
  const document = carefulYaml({ ...text, text: filled })
  // The branches of a condition follow each other, and may set the same fields.
  const faults = syntaxFaults(document, filled).filter(({ code }) => code !== 'DUPLICATE_KEY')
  if (faults.length === 0)
    reader.passOver({ at, why: { kind: 'template', mayBePolicy: mayMakePolicy(text.text) } })
  else complainOfFaults(document, faults, text, at, reader)
  return true
}

function complainOfFaults(
  document: Document.Parsed,
  faults: readonly Fault[],
  { start }: DocumentText,
  { file }: Location,
  { complain }: Reader,
): void {
  for (const fault of faults) complainOfSyntax(document, fault, { file, start }, complain)
}

/** How much one document may grow by its aliases. */
const ALIAS_EXPANSION = 1000
