import { Document, isCollection, isScalar, parseDocument, Scalar, visit } from 'yaml'
import type { Path } from './file.ts'
import { isMapping } from './mapping.ts'
import { kindOf } from './read/yaml-scalars.ts'

/*
 * Manifests as text, in the style of those that are there.
 */

/** One change of what a document says. */
export type ValueChange =
  /** What stands at a path; undefined takes it away. */
  | { readonly kind: 'write'; readonly path: Path; readonly value: unknown }
  /** One more item of the list at a path, which need not be there yet. */
  | { readonly kind: 'append'; readonly path: Path; readonly item: unknown }

/** How somebody writes YAML. */
export interface YamlStyle {
  /** Blanks to a level. */
  readonly indent: number
  /** Whether the items of a list stand to the right of their key. */
  readonly indentSeq: boolean
  /** Whether there are blanks inside brackets: `[ 80 ]`. */
  readonly flowCollectionPadding: boolean
}

/** The style of a text, as far as it shows one; else kubectl's. */
export function styleOf(text: string): YamlStyle {
  const level = /^[\w-]+:[^\S\n]*\n( +)[\w-]+:/m.exec(text)?.[1]?.length
  const list = /^( *)[\w-]+:[^\S\n]*\n( *)- /m.exec(text)
  const indentSeq = list === null ? false : (list[2]?.length ?? 0) > (list[1]?.length ?? 0)
  const indent = level === undefined ? 2 : Math.min(level, 8)
  return { indent, indentSeq, flowCollectionPadding: /[[{] \S/.test(text) }
}

export const yamlText = (value: unknown, style: YamlStyle): string => {
  const document = new Document(value, { version: '1.1', aliasDuplicateObjects: false })
  quoteWords(document)
  return document.toString({ lineWidth: 0, ...style })
}

/** What kubectl's reader would take for a number, a boolean or nothing, though it is a string, stands in quotes (S-142). */
function quoteWords(document: Document): void {
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && kindOf(node.value) !== undefined && !isQuoted(node.type))
        node.type = Scalar.QUOTE_DOUBLE
    },
  })
}

const isQuoted = (type: unknown): boolean => type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE

/** A value with some changes, one after the other. */
export const changedValue = (value: unknown, changes: readonly ValueChange[]): unknown =>
  changes.reduce<unknown>(
    (before, one) =>
      one.kind === 'write'
        ? withValue(before, one.path, () => one.value)
        : withValue(before, one.path, list => [...(Array.isArray(list) ? list : []), one.item]),
    value,
  )

function withValue(value: unknown, [step, ...rest]: Path, change: (before: unknown) => unknown): unknown {
  if (step === undefined) return change(value)
  if (typeof step === 'number') {
    const list: readonly unknown[] = Array.isArray(value) ? value : []
    const changed = withValue(list[step], rest, change)
    return list.flatMap((item, index) => (index !== step ? [item] : changed === undefined ? [] : [changed]))
  }
  const fields = new Map(Object.entries(isMapping(value) ? value : {}))
  const changed = withValue(fields.get(step), rest, change)
  if (changed === undefined) fields.delete(step)
  else fields.set(step, changed)
  return Object.fromEntries(fields)
}

/**
 * The text of a document with some changes, its comments and its order kept. `value` is what it says now. Where the text
 * cannot take a change, as behind an alias, it is written again.
 */
export function changedText(text: string, value: unknown, changes: readonly ValueChange[]): string {
  const style = styleOf(text)
  const wanted = changedValue(value, changes)
  try {
    const document = parseDocument(text, { version: '1.1', merge: true, logLevel: 'silent' })
    for (const change of changes) make(document, change)
    const isSame = document.errors.length === 0 && canonical(document.toJS()) === canonical(wanted)
    quoteWords(document)
    if (isSame) return withoutMarkers(document.toString({ ...style, lineWidth: 0 }))
  } catch {
    // The change is behind an alias, or it takes away what an alias stands for.
  }
  return yamlText(wanted, style)
}

const isScalarValue = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number'

function make(document: Document, change: ValueChange): void {
  const path = [...change.path]
  if (change.kind === 'append') {
    if (isCollection(document.getIn(path))) document.addIn(path, document.createNode(change.item))
    else document.setIn(path, document.createNode([change.item]))
    return
  }
  const node = document.getIn(path, true)
  if (change.value === undefined) document.deleteIn(path)
  // What is said of a scalar beside it stays.
  else if (isScalar(node) && isScalarValue(change.value)) node.value = change.value
  else document.setIn(path, document.createNode(change.value))
}

/** The markers between documents are those of whoever puts them together. */
const withoutMarkers = (text: string): string =>
  text.replace(/^(?:%[^\n]*\n)*---[^\S\n]*\n/, '').replace(/\n\.\.\.\s*$/, '\n')

/** Values as a text that is the same for the same values, in whatever order their fields are. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isMapping(value)) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).map(([key, own]) => `${JSON.stringify(key)}:${canonical(own)}`)
  return `{${fields.sort().join()}}`
}
