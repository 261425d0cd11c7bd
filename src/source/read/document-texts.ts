import type { SourceFile } from '../file.ts'
import { cutJsonValues, GO_SPACE } from './json-values.ts'

/** One document of a file. Documents are read one by one, so memory is needed only for the largest of them. */
export interface DocumentText {
  readonly text: string
  /** Where it starts in the file. */
  readonly start: number
  /** Whether its parsed form may be kept in memory: that is many times as large as the text. */
  readonly isKept: boolean
  readonly isJson?: true
  /** Why kubectl stops here: something behind a marker; a text behind several JSON objects that is no further one. */
  readonly stop?: 'marker' | 'not-json'
}

/** The parsed forms of longer files are not kept, and their Lists are read item by item. */
export const KEPT_UP_TO = 1_000_000

/** The documents of a file as kubectl cuts them, those without content left out; at least one. */
export function documentsOf(file: SourceFile): readonly DocumentText[] {
  const known = cutFiles.get(file)
  if (known !== undefined) return known
  const cut = cutDocuments(file.text)
  cutFiles.set(file, cut)
  return cut
}

const cutFiles = new WeakMap<SourceFile, readonly DocumentText[]>()

/** Declares that a file is one document, so that it is not searched for markers. */
export const knowAsOne = (file: SourceFile, document: DocumentText): void =>
  void cutFiles.set(file, [document])

function cutDocuments(text: string): readonly DocumentText[] {
  const isKept = text.length <= KEPT_UP_TO
  const { values, rest, isJson } = cutJsonValues(text)
  const documents = values.map(
    ({ start, end }): DocumentText => ({
      text: text.slice(start, end),
      start,
      isKept,
      isJson: true,
    }),
  )
  const out = [...documents, ...cutRest(text.slice(rest), rest, isKept, isJson)]
  return out.length > 0 ? out : [{ text, start: 0, isKept }]
}

/** What follows the JSON values of a text. */
function cutRest(text: string, offset: number, isKept: boolean, isJson: boolean): readonly DocumentText[] {
  if (!isJson) return cutAtMarkers(text, offset, isKept)
  return text === '' ? [] : [{ text, start: offset, isKept, stop: 'not-json' }]
}

/** A line that begins with dashes ends a document, whatever it is in: texts are cut before they are read as YAML. */
const MARKER = /(?<![^\n])---([^\n]*)\n?/g
const NOTHING_BEHIND_MARKER = new RegExp(`^${GO_SPACE}*(?:#|$)`)

/** A text in which there is nothing to read. */
const EMPTY = /^(?:---[ \t]*\r?(?:\n|$))?[ \r\n]*$/

function cutAtMarkers(text: string, offset: number, isKept: boolean): readonly DocumentText[] {
  const out: DocumentText[] = []
  let start = 0
  const endAt = (end: number): void => {
    const part = text.slice(start, end)
    if (!EMPTY.test(part)) out.push({ text: part, start: offset + start, isKept })
  }
  for (const { 0: marker, 1: rest = '', index } of text.matchAll(MARKER)) {
    const end = index + marker.length
    const isStop = !NOTHING_BEHIND_MARKER.test(rest)
    // A marker before which there is nothing belongs to the document.
    if (index === start && !isStop) continue
    endAt(index)
    if (isStop) out.push({ text: marker, start: offset + index, isKept, stop: 'marker' })
    start = end
  }
  endAt(text.length)
  return out
}
