import {
  constructFromEvents,
  defineScalarTag,
  EVENT_ID,
  type Event,
  FAILSAFE_SCHEMA,
  getScalarValue,
  NOT_RESOLVED,
  parseEvents,
  SCALAR_STYLE,
} from 'js-yaml/browser'
import { withoutBulk } from './bulk.ts'
import type { DocumentText } from './document-texts.ts'
import { NULL, scalarKindOf } from './yaml-scalars.ts'

/*
 * The quick reader: js-yaml, which needs a fifth of the time, for the YAML that nearly all manifests consist of. Its build
 * for browsers differs only in speed: V8 runs it more than twice as fast.
 */

const SCHEMA = FAILSAFE_SCHEMA.withTags(
  defineScalarTag('tag:yaml.org,2002:netpol', {
    implicit: true,
    resolve: written => {
      const kind = scalarKindOf(written)
      return kind === undefined ? NOT_RESOLVED : kind.resolve(written)
    },
    identify: () => false,
  }),
)

/** The value of a document; null for one without content. */
interface QuickValue {
  readonly value: unknown
}

/**
 * What the two readers are known to read differently: tabs, lone carriage returns, other control characters, Unicode's line
 * ends, and document markers that are not at the start of their line.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for
const DOUBTFUL = /\r(?!\n)|[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^ +(?:---|\.\.\.)/m

/**
 * The value of a document. Of a document in a large file, what no answer needs is left out, and is not checked either.
 */
export function quickValue(document: DocumentText): QuickValue | undefined {
  const json = document.isKept ? undefined : jsonIn(document.text)
  if (json !== undefined) return json
  const isBulky = !document.isKept && !DOUBTFUL.test(document.text)
  const short = isBulky ? withoutBulk(document.text) : undefined
  return (short === undefined ? undefined : quickYaml(short)) ?? quickYaml(document.text)
}

/** JSON is YAML, and much quicker to read as JSON. */
function jsonIn(text: string): QuickValue | undefined {
  const start = /^(?:---)?\s*(?=\{)/.exec(text)
  if (start === null) return undefined
  try {
    return { value: JSON.parse(text.slice(start[0].length)) }
  } catch {
    return undefined
  }
}

/**
 * Undefined where there is any doubt: for a text that js-yaml refuses, and for everything that the two readers, or kubectl,
 * may read differently (tags, directives, anchors and aliases). Then the careful reader is used (careful-yaml.ts).
 */
export function quickYaml(source: string): QuickValue | undefined {
  try {
    if (DOUBTFUL.test(source)) return undefined
    const events = parseEvents(source, {})
    if (events.some(isDoubtful) || hasOddKeyOrItem(source, events)) return undefined
    const values = constructFromEvents(events, { source, schema: SCHEMA })
    return values.length > 1 ? undefined : { value: values[0] ?? null }
  } catch {
    return undefined
  }
}

function isDoubtful(event: Event): boolean {
  switch (event.type) {
    case EVENT_ID.DOCUMENT:
      return event.directives.length > 0
    case EVENT_ID.ALIAS:
      return true
    case EVENT_ID.SCALAR:
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.anchorStart >= 0 || event.tagStart >= 0
    case EVENT_ID.POP:
      return false
  }
}

/**
 * Keys that are not read as they are written: an empty key, which one reader reads as `null`, the other as an empty string,
 * and kubectl as an error; `on`, which is true; `<<`, which merges. And empty items, for which js-yaml has no offset.
 */
function hasOddKeyOrItem(source: string, events: readonly Event[]): boolean {
  // For each collection around an event, the role of its next node.
  const around: NodeRole[] = []
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      around.pop()
      continue
    }
    const role = around.pop()
    if (role !== undefined) around.push(ROLE_AFTER[role])
    if (event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN) {
      const written = getScalarValue(source, event)
      if (role === 'key' ? isOddKey(written) : role === 'item' && NULL.test(written)) return true
    }
    if (event.type === EVENT_ID.MAPPING) around.push('key')
    if (event.type === EVENT_ID.SEQUENCE) around.push('item')
    if (event.type === EVENT_ID.DOCUMENT) around.push('root')
  }
  return false
}

/** The role of a node in the collection around it. */
type NodeRole = 'root' | 'item' | 'key' | 'value'

/** The role of the next node: in a mapping, keys and values alternate. */
const ROLE_AFTER: Readonly<Record<NodeRole, NodeRole>> = {
  root: 'root',
  item: 'item',
  key: 'value',
  value: 'key',
}

function isOddKey(written: string): boolean {
  const kind = scalarKindOf(written)
  return (
    written === '<<' ||
    (kind !== undefined && (kind.tag === 'null' || String(kind.resolve(written)) !== written))
  )
}
