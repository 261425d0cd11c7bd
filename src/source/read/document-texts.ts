import type { SourceFile } from '../file.ts'

/** One document of a YAML file. Documents are read one by one, so memory is needed only for the largest of them. */
export interface DocumentText {
  readonly text: string
  /** Where it starts in the file. */
  readonly start: number
  /** Whether its parsed form may be kept in memory: that is many times as large as the text. */
  readonly isKept: boolean
}

/** The parsed forms of longer files are not kept, and their Lists are read item by item. */
export const KEPT_UP_TO = 1_000_000

/** The documents of a file, with the markers and the directives that they start with; at least one. */
export function documentsOf(file: SourceFile): readonly DocumentText[] {
  const known = cutFiles.get(file)
  if (known !== undefined) return known
  const cut = cutAtMarkers(file.text)
  cutFiles.set(file, cut)
  return cut
}

const cutFiles = new WeakMap<SourceFile, readonly DocumentText[]>()

/** Declares that a file is one document, so that it is not searched for markers. */
export const knowAsOne = (file: SourceFile, document: DocumentText): void =>
  void cutFiles.set(file, [document])

/** The markers that start and end documents; nothing inside a document can look like them. */
const MARKER = /^(?:%[^\n]*\n)*(?:---(?=\s|$)|\.\.\.[^\S\n]*(?:#[^\n]*)?(?:\n|$))/gm

function cutAtMarkers(text: string): readonly DocumentText[] {
  const isKept = text.length <= KEPT_UP_TO
  const out: DocumentText[] = []
  let start = 0
  for (const { 0: marker, index } of text.matchAll(MARKER)) {
    const isEnd = marker.startsWith('...')
    if (isEnd || text.slice(start, index).trim() !== '') {
      out.push({ text: text.slice(start, index), start, isKept })
      start = isEnd ? index + marker.length : index
    } else start = index
  }
  const rest = text.slice(start)
  return out.length === 0 || rest.trim() !== '' ? [...out, { text: rest, start, isKept }] : out
}
