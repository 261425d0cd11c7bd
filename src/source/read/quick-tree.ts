import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml/browser'
import { memoizedBy } from '../../sets/memoized.ts'
import type { NodeTree, Span, TreeEntry } from '../node-tree.ts'
import type { QuickYaml } from './quick-yaml.ts'

/** A document of the quick reader; a node is the index of its first event. */
export function quickTree(source: string, { events }: QuickYaml): NodeTree<number> {
  // A node may have as many children as the file has lines.
  const childrenOf = memoizedBy(
    (node: number) => node,
    node => findChildren(events, node),
  )
  const spanOf = (node: number): Span | undefined => {
    const event = events[node]
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return spanOfScalar(source, event)
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        const last = childrenOf(node).findLast(child => spanOf(child) !== undefined)
        const end = (last === undefined ? undefined : spanOf(last)?.end) ?? event.start + 1
        // A flow collection ends with its bracket, a block collection with its last part.
        const close = source.indexOf(event.type === EVENT_ID.MAPPING ? '}' : ']', end)
        const isInBrackets = event.style === COLLECTION_STYLE.FLOW && close >= 0
        return { start: event.start, end: isInBrackets ? close + 1 : end }
      }
    }
    return undefined
  }
  const childOf = (node: number, step: string | number): TreeEntry<number> | undefined => {
    const children = childrenOf(node)
    if (events[node]?.type === EVENT_ID.SEQUENCE) {
      const value = children[Number(step)]
      return value === undefined ? undefined : { key: undefined, value }
    }
    const place = children.findIndex((child, index) => {
      const key = index % 2 === 0 ? events[child] : undefined
      return key?.type === EVENT_ID.SCALAR && getScalarValue(source, key) === String(step)
    })
    return place < 0 ? undefined : { key: children[place], value: children[place + 1] }
  }
  return {
    // The first event is that of the document itself.
    root: events[1] === undefined ? undefined : 1,
    firstKeyOf: node => (events[node]?.type === EVENT_ID.MAPPING ? childrenOf(node)[0] : undefined),
    childOf,
    hasText: node => {
      const event = events[node]
      return event?.type === EVENT_ID.SCALAR && event.valueStart >= 0
    },
    spanOf,
  }
}

/** The nodes in a list or a mapping: keys and values in turn. */
function findChildren(events: readonly Event[], node: number): readonly number[] {
  const type = events[node]?.type
  if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) return []
  const children: number[] = []
  let depth = 0
  for (let index = node + 1; depth >= 0 && index < events.length; index++) {
    const opens = events[index]?.type
    if (depth === 0 && opens !== EVENT_ID.POP) children.push(index)
    if (opens === EVENT_ID.POP) depth--
    else if (opens === EVENT_ID.MAPPING || opens === EVENT_ID.SEQUENCE) depth++
  }
  return children
}

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>

function spanOfScalar(source: string, { style, valueStart, valueEnd }: ScalarEvent): Span | undefined {
  if (valueStart < 0) return undefined
  switch (style) {
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK: {
      // The indicator of a block, which comes before its text, is shown for it.
      const start = source.lastIndexOf(style === SCALAR_STYLE.LITERAL_BLOCK ? '|' : '>', valueStart - 1)
      return { start, end: start + 1 }
    }
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return { start: valueStart - 1, end: valueEnd + 1 }
    case SCALAR_STYLE.PLAIN:
      return { start: valueStart, end: valueEnd }
  }
  return undefined
}
