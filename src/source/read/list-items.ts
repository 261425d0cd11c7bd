import { type DocumentText, KEPT_UP_TO } from './document-texts.ts'
import { endOfString } from './json-values.ts'

/**
 * The size limit of one object: no cluster accepts one that is a fifth as large (etcd's limit is 1.5 MiB), and parsing
 * needs a hundred times as much memory.
 */
export const LARGEST_OBJECT = 8 * 1024 * 1024

/** A List of many objects, cut into texts that are read one by one. */
export interface ListText {
  /** The document without its items. */
  readonly head: DocumentText
  readonly items: readonly DocumentText[]
  /** The path from an item's text to the item: in YAML each is a list of one. */
  readonly toItem: readonly number[]
}

const lists = new WeakMap<DocumentText, ListText | 'no list'>()

/** Undefined for what is small enough to be parsed at once, and for anything but a List in kubectl's own form. */
export function listTextOf(document: DocumentText): ListText | undefined {
  if (document.text.length <= KEPT_UP_TO) return undefined
  const known = lists.get(document)
  if (known !== undefined) return known === 'no list' ? undefined : known
  const cut = /^(?:---)?\s*\{/.test(document.text) ? cutJson(document, cutsByIndent) : cutAtItems(document)
  lists.set(document, cut ?? 'no list')
  return cut
}

/** The List of a JSON document whose indentation does not show where its items are. */
export function listTextByBrackets(document: DocumentText): ListText | undefined {
  const cut = cutJson(document, cutsByBrackets)
  lists.set(document, cut ?? 'no list')
  return cut
}

/** Anchors and aliases: items with them may refer to each other, and cannot be parsed separately. */
const REFERENCE = /(?:^|[\s,[{:])[&*]\w/m

/** The items of `items:` start with a dash in the first column; after the last one, another key may follow. */
function cutAtItems({ text, start }: DocumentText): ListText | undefined {
  const opening = /^items:[^\S\n]*\r?\n(?=-\s)/m.exec(text)
  if (opening === null || (text.length <= LARGEST_OBJECT && REFERENCE.test(text))) return undefined
  const first = opening.index + opening[0].length
  // With two lists of items, neither may be lost.
  if (text.includes('\nitems:', first - 1)) return undefined
  const starts = [first]
  for (let at = text.indexOf('\n-', first); at >= 0; at = text.indexOf('\n-', at + 1))
    if (/\s|^$/.test(text.charAt(at + 2))) starts.push(at + 1)
  // Another key can only follow the last item; a text in another form is not cut.
  const last = starts.at(-1) ?? first
  const next = /^[^\s#-]/m.exec(text.slice(last))
  const end = next === null ? text.length : last + next.index
  const items = starts.map((from, index) => ({ from, to: starts[index + 1] ?? end }))
  return { ...cutOut({ text, start }, { from: opening.index, to: end }, items), toItem: [0] }
}

/** The values of the outermost `items` of a text that is known to be JSON. */
function cutJson({ text, start }: DocumentText, cutsIn: typeof cutsByBrackets): ListText | undefined {
  const opening = /"items"\s*:\s*\[/g
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const first = found.index + found[0].length
    if (depthAt(text, found.index) !== 1) continue
    const cuts = cutsIn(text, first)
    const end = cuts.at(-1)
    if (end === undefined) return undefined
    const isEmpty = cuts.length === 1 && text.slice(first, end).trim() === ''
    const items = (isEmpty ? [] : cuts).map((to, index) => ({
      from: index === 0 ? first : (cuts[index - 1] ?? 0) + 1,
      to,
    }))
    return { ...cutOut({ text, start }, { from: first, to: end }, items), toItem: [] }
  }
  return undefined
}

interface TextRange {
  readonly from: number
  readonly to: number
}

/** A text without a range of it, and the texts of the items in that range. */
function cutOut(
  { text, start }: Pick<DocumentText, 'text' | 'start'>,
  { from, to }: TextRange,
  items: readonly TextRange[],
): Omit<ListText, 'toItem'> {
  return {
    head: { text: text.slice(0, from) + text.slice(to), start, isKept: false },
    items: items.map(item => ({
      text: text.slice(item.from, item.to),
      start: start + item.from,
      isKept: false,
    })),
  }
}

const [BLANK, QUOTE, COMMA] = [0x20, 0x22, 0x2c]
const [BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x5b, 0x5d, 0x7b, 0x7d]

/** How many brackets are open at an offset. */
function depthAt(text: string, place: number): number {
  let depth = 0
  for (let at = 0; at < place; at++) {
    const sign = text.charCodeAt(at)
    if (sign === QUOTE) at = endOfString(text, at)
    else if (sign === BRACE || sign === BRACKET) depth++
    else if (sign === BRACE_END || sign === BRACKET_END) depth--
  }
  return depth
}

/**
 * The offsets of the commas of a list and of its end, by its indentation: in indented JSON an item ends at the column
 * where it begins. Parsing an item shows whether it is complete.
 */
function cutsByIndent(text: string, start: number): readonly number[] {
  const [, opening] = /^(\s*)\{/.exec(text.slice(start, start + 1000)) ?? []
  const indent = opening?.slice(opening.lastIndexOf('\n'))
  if (indent === undefined || !indent.startsWith('\n')) return cutsByBrackets(text, start)
  const closing = `${indent}}`
  const cuts: number[] = []
  // Searching for the bracket and then checking what precedes it takes a tenth of the time of searching for both.
  for (let at = text.indexOf('}', start); at >= 0; at = text.indexOf('}', at + 1)) {
    const end = at + 1
    if (!text.startsWith(closing, end - closing.length)) continue
    if (text.charCodeAt(end) !== COMMA) {
      const [rest] = /^\s*(?=\])/.exec(text.slice(end, end + 1000)) ?? []
      return rest === undefined ? cutsByBrackets(text, start) : [...cuts, end + rest.length]
    }
    cuts.push(end)
  }
  return cutsByBrackets(text, start)
}

/** The same by counting brackets. */
function cutsByBrackets(text: string, start: number): readonly number[] {
  const cuts: number[] = []
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    // Half of an indented text is white space.
    if (sign <= BLANK) continue
    if (sign === QUOTE) at = endOfString(text, at)
    else if (sign === COMMA && depth === 0) cuts.push(at)
    else if (sign === BRACE || sign === BRACKET) depth++
    else if (sign === BRACE_END || sign === BRACKET_END) {
      if (depth === 0) return [...cuts, at]
      depth--
    }
  }
  return []
}
