import { Document, isCollection, isScalar, parseDocument, Scalar, visit } from 'yaml'
import type { FieldPath } from './file.ts'
import { isMapping } from './mapping.ts'
import { plainValue } from './read/yaml/scalars.ts'

/*
 * Manifests as text, in the style of those that are there.
 */

/** One change of what a document says, at a path, or at a place of which a path is a part. */
export type ValueChange<Place = FieldPath> =
  /** The value there; undefined removes it. */
  | { readonly kind: 'write'; readonly at: Place; readonly value: unknown }
  /** One more item for the list there, which need not exist yet. */
  | { readonly kind: 'append'; readonly at: Place; readonly item: unknown }

/** The style that a file is written in. */
export interface YamlStyle {
  /** Spaces per level. */
  readonly indent: number
  /** Whether the items of a list are indented below their key. */
  readonly indentSeq: boolean
  /** Whether there are spaces inside brackets: `[ 80 ]`. */
  readonly flowCollectionPadding: boolean
}

/** The style of a text; kubectl's where the text does not show one. */
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

/**
 * Quotes the strings that kubectl's reader would take for a number, a boolean or null (S-142), and those that begin with a colon,
 * such as `::/0`, which it does not read between braces.
 */
function quoteWords(document: Document): void {
  visit(document, {
    Scalar: (_, node) => {
      if (
        typeof node.value === 'string' &&
        (typeof plainValue(node.value) !== 'string' || node.value.startsWith(':')) &&
        !isQuoted(node.type)
      )
        node.type = Scalar.QUOTE_DOUBLE
    },
  })
}

const isQuoted = (type: unknown): boolean => type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE

/** A value with some changes made, in order. */
export const changedValue = (value: unknown, changes: readonly ValueChange[]): unknown =>
  changes.reduce<unknown>(
    (before, one) =>
      one.kind === 'write'
        ? withValue(before, one.at, () => one.value)
        : withValue(before, one.at, list => [...(Array.isArray(list) ? list : []), one.item]),
    value,
  )

function withValue(
  value: unknown,
  [step, ...rest]: FieldPath,
  change: (before: unknown) => unknown,
): unknown {
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
 * The text of a document with some changes made, its comments and its order kept. `value` is its current value. Where a
 * change cannot be made in the text, for example inside an alias, the whole value is written again.
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
    // The change is inside an alias, or it removes the anchor of one.
  }
  return yamlText(wanted, style)
}

const isScalarValue = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number'

function make(document: Document, change: ValueChange): void {
  const path = [...change.at]
  if (change.kind === 'append') {
    if (isCollection(document.getIn(path))) document.addIn(path, document.createNode(change.item))
    else document.setIn(path, document.createNode([change.item]))
    return
  }
  const node = document.getIn(path, true)
  if (change.value === undefined) document.deleteIn(path)
  // The comment beside a scalar stays.
  else if (isScalar(node) && isScalarValue(change.value)) node.value = change.value
  else document.setIn(path, document.createNode(change.value))
}

/** The markers between documents are added by whoever joins them. */
const withoutMarkers = (text: string): string =>
  text.replace(/^(?:%[^\n]*\n)*---[^\S\n]*\n/, '').replace(/\n\.\.\.\s*$/, '\n')

/** A text that is the same for equal values, whatever the order of their fields. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isMapping(value)) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).map(([key, own]) => `${JSON.stringify(key)}:${canonical(own)}`)
  return `{${fields.sort().join()}}`
}
