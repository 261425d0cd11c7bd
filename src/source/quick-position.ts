import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type SequenceEvent,
} from 'js-yaml/browser'
import type { Location } from './file.ts'
import type { QuickYaml } from './read/quick-yaml.ts'

/** A stretch of the text, by offsets. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Where a path leads in a document, by the same rules as `position`; undefined for one that is empty. */
export function quickSpan(
  source: string,
  { events }: QuickYaml,
  { path, part }: Pick<Location, 'path' | 'part'>,
): Span | undefined {
  // The first event is that of the document itself.
  let node = 1
  if (events[node] === undefined) return undefined
  let marked = spanOf(source, events, firstKey(events, node) ?? node)
  for (const [depth, step] of path.entries()) {
    const entry = child(source, events, node, step)
    if (entry === undefined) return marked
    const isLast = depth === path.length - 1
    const usesValue = entry.key === undefined || (isLast && part !== 'key' && hasText(events[entry.value]))
    marked = spanOf(source, events, usesValue ? entry.value : entry.key) ?? marked
    node = entry.value
  }
  return marked
}

/** The items of the lists of a document, once they have been looked for: lists can be as long as the file. */
const lists = new WeakMap<readonly Event[], Map<number, readonly number[]>>()

/** The indices of the events that the items of a list start with. */
function itemsOf(events: readonly Event[], list: number): readonly number[] {
  const items = lists.get(events) ?? new Map<number, readonly number[]>()
  lists.set(events, items)
  const known = items.get(list)
  if (known !== undefined) return known
  const found: number[] = []
  for (let index = list + 1; events[index]?.type !== EVENT_ID.POP; index = behind(events, index))
    found.push(index)
  items.set(list, found)
  return found
}

/** The index behind a node and everything in it. */
function behind(events: readonly Event[], node: number): number {
  let depth = 0
  let index = node
  do {
    const type = events[index]?.type
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++
    else if (type === EVENT_ID.POP) depth--
    index++
  } while (depth > 0)
  return index
}

interface Entry {
  /** Undefined for an item of a list. */
  readonly key: number | undefined
  readonly value: number
}

function child(
  source: string,
  events: readonly Event[],
  node: number,
  step: string | number,
): Entry | undefined {
  const type = events[node]?.type
  let index = node + 1
  if (type === EVENT_ID.SEQUENCE) {
    const value = itemsOf(events, node)[Number(step)]
    return value === undefined ? undefined : { key: undefined, value }
  }
  if (type === EVENT_ID.MAPPING)
    while (events[index]?.type !== EVENT_ID.POP) {
      const key = events[index]
      const value = behind(events, index)
      if (key?.type === EVENT_ID.SCALAR && getScalarValue(source, key) === String(step))
        return { key: index, value }
      index = behind(events, value)
    }
  return undefined
}

function firstKey(events: readonly Event[], node: number): number | undefined {
  const isFilled = events[node]?.type === EVENT_ID.MAPPING && events[node + 1]?.type === EVENT_ID.SCALAR
  return isFilled ? node + 1 : undefined
}

function hasText(event: Event | undefined): boolean {
  return event?.type === EVENT_ID.SCALAR && event.valueStart >= 0
}

const isBlock = (style: number): boolean =>
  style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK

function spanOf(source: string, events: readonly Event[], node: number | undefined): Span | undefined {
  const event = node === undefined ? undefined : events[node]
  if (node === undefined || event === undefined) return undefined
  if (event.type === EVENT_ID.SCALAR) {
    if (event.valueStart < 0) return undefined
    if (isBlock(event.style)) {
      // A block starts with its sign, which stands before its text.
      const start = source.lastIndexOf(
        event.style === SCALAR_STYLE.LITERAL_BLOCK ? '|' : '>',
        event.valueStart - 1,
      )
      return { start, end: start + 1 }
    }
    const quotes =
      event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0
    return { start: event.valueStart - quotes, end: event.valueEnd + quotes }
  }
  if (event.type !== EVENT_ID.MAPPING && event.type !== EVENT_ID.SEQUENCE) return undefined
  return { start: event.start, end: endOf(source, events, node, event) }
}

/** What is in brackets ends with its bracket, anything else with its last part. */
function endOf(
  source: string,
  events: readonly Event[],
  node: number,
  event: MappingEvent | SequenceEvent,
): number {
  let end = event.start + 1
  for (let index = node + 1; events[index]?.type !== EVENT_ID.POP; index = behind(events, index))
    end = Math.max(end, spanOf(source, events, index)?.end ?? end)
  if (event.style !== COLLECTION_STYLE.FLOW) return end
  const close = source.indexOf(event.type === EVENT_ID.MAPPING ? '}' : ']', end)
  return close < 0 ? end : close + 1
}
