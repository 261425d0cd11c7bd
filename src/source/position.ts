import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml'
import type { Location, Position, SourceFile } from './file.ts'
import { quickSpan, type Span } from './quick-position.ts'
import { carefulYaml } from './read/careful-yaml.ts'
import { type DocumentText, documentsOf } from './read/documents.ts'
import { listTextOf } from './read/list-items.ts'
import { type QuickYaml, quickYaml } from './read/quick-yaml.ts'

/**
 * Where a value is written: the value itself where it is a scalar or an item of a list, else the key that it stands
 * under. What is not written stands where the nearest thing above it does.
 */
export function position(at: Location): Position {
  const { start, end } = spanOf(at)
  return positionAt(at.file, start, end)
}

/** The text of a place, up to the end of its line. */
export function writtenAt(at: Location): string {
  const { start, end } = spanOf(at)
  return firstLine(at.file, start, end)
}

function spanOf(at: Location): Span {
  const { text, place } = textOf(at) ?? {}
  if (text === undefined || place === undefined) return { start: 0, end: 0 }
  const span = find(text, place)
  return { start: text.start + (span?.start ?? 0), end: text.start + (span?.end ?? 0) }
}

function find(text: DocumentText, place: PathInText): Span | undefined {
  const quick = readAgain(text)
  return quick === undefined ? carefulSpan(text, place) : quickSpan(text.text, quick, place)
}

type PathInText = Pick<Location, 'path' | 'part'>

/** The text that a place is in, and its path there: a document, or an item of a large List. */
function textOf({
  file,
  document: index,
  path,
  part,
}: Location): { readonly text: DocumentText; readonly place: PathInText } | undefined {
  const document = documentsOf(file)[index]
  if (document === undefined) return undefined
  const marked = part === undefined ? {} : { part }
  const [, number, ...rest] = path
  const list = listTextOf(document)
  const item = path[0] === 'items' ? list?.items[Number(number)] : undefined
  if (item !== undefined && list !== undefined)
    return { text: item, place: { path: [...list.toItem, ...rest], ...marked } }
  return { text: list?.head ?? document, place: { path, ...marked } }
}

/** Of large files nothing is kept, and their places are mostly asked for one after the other. */
let lastRead: { readonly document: DocumentText; readonly quick: QuickYaml | undefined } | undefined

function readAgain(document: DocumentText): QuickYaml | undefined {
  if (lastRead?.document !== document) lastRead = { document, quick: quickYaml(document) }
  return lastRead.quick
}

export function carefulSpan(document: DocumentText, at: Pick<Location, 'path' | 'part'>): Span | undefined {
  const range = nodeAt(carefulYaml(document), at)?.range
  return range ? { start: range[0], end: range[1] } : undefined
}

/** The position of a stretch of the text. */
export function positionAt(file: SourceFile, start: number, end: number): Position {
  const starts = lineStartsOf(file)
  // The last line that starts no later: its number is how many do.
  let line = 0
  for (let step = 1 << 30; step > 0; step >>= 1) {
    const lineStart = starts[line + step - 1]
    if (lineStart !== undefined && lineStart <= start) line += step
  }
  return {
    line,
    column: start - (starts[line - 1] ?? 0) + 1,
    length: Math.max(1, firstLine(file, start, end).length),
  }
}

/** The line of that number, counted from 1, without what ends it. */
export function lineOf(file: SourceFile, line: number): string {
  const starts = lineStartsOf(file)
  return file.text.slice(starts[line - 1] ?? 0, starts[line]).replace(/\r?\n?$/, '')
}

const lineStarts = new WeakMap<SourceFile, readonly number[]>()

function lineStartsOf(file: SourceFile): readonly number[] {
  const known = lineStarts.get(file)
  if (known !== undefined) return known
  const starts = [0]
  for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1)
  lineStarts.set(file, starts)
  return starts
}

/** What is marked ends with its line. */
function firstLine({ text }: SourceFile, start: number, end = start): string {
  const line = /^[^\r\n]*/.exec(text.slice(start, Math.min(end, start + 1000)))?.[0] ?? ''
  return line.trimEnd()
}

function nodeAt(document: Document.Parsed, { path, part }: PathInText): Node | undefined {
  let marked: Node | undefined = firstKey(document.contents ?? undefined) ?? document.contents ?? undefined
  let here: Node | undefined = document.contents ?? undefined
  for (const step of path) {
    const container: Node | undefined = isAlias(here) ? here.resolve(document) : here
    const pair = isMap(container) ? entry(document, container.items, String(step)) : undefined
    const key = pair === undefined ? undefined : nodeOf(pair.key)
    const value =
      pair === undefined && isSeq(container) ? nodeOf(container.items[Number(step)]) : nodeOf(pair?.value)
    if (pair === undefined && value === undefined) return marked
    const isLast = step === path.at(-1)
    marked =
      key === undefined ? value : isLast && part !== 'key' && isScalar(value) && hasText(value) ? value : key
    here = value
  }
  return marked
}

/** An entry of a mapping, or of what is merged into it. */
function entry(
  document: Document.Parsed,
  items: readonly Pair<unknown, unknown>[],
  key: string,
): Pair | undefined {
  const own = items.findLast(pair => isScalar(pair.key) && String(pair.key.value) === key)
  if (own !== undefined) return own
  const merged = items.find(pair => isScalar(pair.key) && pair.key.value === '<<')?.value
  for (const source of isSeq(merged) ? merged.items : [merged]) {
    const map = isAlias(source) ? source.resolve(document) : source
    const found = isMap(map) ? entry(document, map.items, key) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

const hasText = (node: Node): boolean => node.range != null && node.range[1] > node.range[0]

function nodeOf(value: unknown): Node | undefined {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined
}

function firstKey(node: Node | undefined): Node | undefined {
  const first = isMap(node) ? node.items[0] : undefined
  return isPair(first) ? nodeOf(first.key) : undefined
}
