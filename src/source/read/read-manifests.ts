import type { Complain } from '../diagnostic.ts'
import { below, type Location, type SourceFile } from '../file.ts'
import { CUT_LIST, headOfList, isAbsent, type Reader, readObjects, type TypeMeta } from '../manifest.ts'
import { valueAt } from '../mapping.ts'
import { positionAt } from '../position.ts'
import { type DocumentText, documentsOf } from './document-texts.ts'
import { complainOfKubectlText } from './kubectl-text.ts'
import { LARGEST_OBJECT, type ListText, listTextOf } from './list-items.ts'
import { complainOfStop, hasKeyTwice, readJson } from './read-json.ts'
import { complainOfRepeated, type JoinedObjects, joinedObjects } from './repeated-keys.ts'
import { hasActions, isAllMade, mayMakePolicy, substitutedIn, withoutActions } from './template.ts'
import type { YamlError } from './yaml/yaml-error.ts'
import { complainOfYaml } from './yaml-messages.ts'
import { readDocument, readYamlText } from './yaml-text.ts'

/** Reads the manifests of a file. Broken documents are complained about, and the others are read anyway. */
export function readManifests(file: SourceFile, reader: Reader): void {
  if (file.isNamed && complainOfKubectlText(file, reader.complain)) return
  if (!readJson(file, reader)) readDocuments(file, reader)
}

function readDocuments(file: SourceFile, reader: Reader): void {
  const documents = documentsOf(file)
  for (const [index, document] of documents.entries()) {
    const at = { file, document: index, path: [] }
    const named = documents.length > 1 ? { object: `document ${index + 1}` } : {}
    const complain: Complain = diagnostic => reader.complain({ ...named, ...diagnostic })
    if (document.stop !== undefined) {
      complainOfStop(document, at, { ...reader, complain })
      continue
    }
    const list = listTextOf(document)
    const isRead = list !== undefined && readYamlList(list, at, { ...reader, complain })
    if (!isRead) readText(document, at, undefined, { ...reader, complain })
  }
}

/** The items of a large List, one by one: all of them parsed at once would need many times their size. */
function readYamlList({ head, items }: ListText, at: Location, reader: Reader): boolean {
  const list = headOfList(valueIn(readDocument(head)))
  for (const [index, item] of list === undefined ? [] : items.entries())
    readText(item, below(at, 'items', index), list?.ofItems, reader)
  return list !== undefined
}

/** One document, or an item of a List as a list of one. */
function readText(text: DocumentText, at: Location, typeMeta: TypeMeta | undefined, reader: Reader): void {
  if (text.text.length > LARGEST_OBJECT) {
    if (!isNotForKubernetes(text, at)) complainOfSize(text, at, reader)
    else reader.passOver({ at, why: { kind: 'not-an-object' } })
    return
  }
  const keep = (value: unknown): void => {
    // The text of an item is a list of one.
    const values: readonly unknown[] = at.path.length > 0 && Array.isArray(value) ? value : [value]
    for (const one of values) readObjects(one, at, typeMeta, reader)
  }
  const read = readDocument(text)
  if ('error' in read) {
    refuse(text, read.error, at, reader)
    return
  }
  const hasRepeated = text.isJson
    ? hasKeyTwice(text.text, read.value)
    : 'root' in read && read.repeated.length > 0
  const joined = hasRepeated && !text.isJson ? joinedObjects(text) : undefined
  if (joined?.kinds.some(kind => isUsed(kind, reader))) complainOfJoined(joined, at, reader)
  else if (hasRepeated && isUsed(kindOf(read.value, typeMeta), reader))
    complainOfRepeated(text, at, reader.complain)
  if ('root' in read && read.dropped !== undefined && !isNotForKubernetes(text, at))
    complainOfDropped(text.start + read.dropped, at, reader)
  keep(read.value)
}

const kindOf = (value: unknown, typeMeta: TypeMeta | undefined): unknown =>
  valueAt(Array.isArray(value) ? value[0] : value, 'kind') ?? typeMeta?.kind

/** Whether an answer may depend on objects of a kind: which of two keys counts in others is not worth a warning. */
const isUsed = (kind: unknown, { servedAs }: Reader): boolean =>
  typeof kind === 'string' &&
  (servedAs === undefined || /List$|Policy$/.test(kind) || servedAs(kind) !== undefined)

function complainOfJoined({ start, end }: JoinedObjects, { file }: Location, { complain }: Reader): void {
  complain({
    severity: 'error',
    code: 'YAML_SYNTAX',
    message: 'kubectl silently ignores the object above: another one starts here without a line of `---`',
    at: { file, position: positionAt(file, start, end) },
    help: 'write a line of `---` above it',
  })
}

function complainOfDropped(start: number, { file }: Location, { complain }: Reader): void {
  complain({
    severity: 'error',
    code: 'YAML_SYNTAX',
    message: 'kubectl silently ignores this: it comes after the end of the document',
    at: { file, position: positionAt(file, start, file.text.length) },
    help: 'start another document with `---`, or remove it',
  })
}

/** A List that large is read item by item, unless its end is missing. */
function complainOfSize(text: DocumentText, at: Location, { complain }: Reader): void {
  const message = `the document is larger than ${LARGEST_OBJECT / 1024 / 1024} MiB`
  const list = listTextOf(text)
  const isCut = list !== undefined && isAbsent(valueAt(valueIn(readDocument(list.head)), 'kind'))
  complain({
    severity: 'error',
    code: 'YAML_TOO_LARGE',
    message: isCut ? `${message}, and is not a List: kind not set` : message,
    at: { file: at.file, position: { line: 1, column: 1, length: 1 } },
    help: isCut
      ? CUT_LIST
      : 'no cluster takes an object as large as this: put each object into a document of its own',
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

function refuse(text: DocumentText, error: YamlError, at: Location, reader: Reader): void {
  if (isAllMade(text.text)) reader.passOver({ at, why: { kind: 'template', mayBePolicy: true } })
  else if (isNotForKubernetes(text, at)) reader.passOver({ at, why: { kind: 'not-an-object' } })
  else if (!isTemplate(text, at, reader)) complainOfYaml(text, error, at, reader.complain)
}

/** Passes over a template that is YAML around its actions, and one of a folder in any case; complains of others. */
function isTemplate(text: DocumentText, at: Location, reader: Reader): boolean {
  const filled = withoutActions(text.text)
  if (filled === undefined) return false
  const document = { ...text, text: filled }
  const read = readYamlText(document)
  if ('error' in read && (at.file.isNamed || !hasActions(text.text)))
    complainOfYaml(document, read.error, at, reader.complain)
  else {
    const placeholder = substitutedIn(text.text)
    const mayBePolicy = mayMakePolicy(text.text)
    reader.passOver({
      at,
      why: { kind: 'template', mayBePolicy, ...(placeholder !== undefined && { placeholder }) },
    })
  }
  return true
}

const valueIn = (read: ReturnType<typeof readDocument>): unknown => ('error' in read ? undefined : read.value)
