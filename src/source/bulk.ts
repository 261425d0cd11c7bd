/*
 * Most of a dump is what no answer needs: who set which field, environment variables, probes, volumes. It is taken out
 * before a document is read, because reading it takes most of the time.
 */

/** A text without its bulk. */
export interface Trimmed {
  readonly text: string
  /** Where the keys are whose values were taken out; each stands there with nothing behind it. */
  readonly keys: ReadonlySet<number>
}

/** Fields of which no answer needs anything, in whatever object they are. */
export const BULK: readonly string[] = [
  'affinity',
  'allocatedResources',
  'args',
  'binaryData',
  'command',
  'containerStatuses',
  'data',
  'ephemeralContainerStatuses',
  'env',
  'envFrom',
  'initContainerStatuses',
  'lifecycle',
  'livenessProbe',
  'managedFields',
  'openAPIV3Schema',
  'readinessProbe',
  'resources',
  'securityContext',
  'startupProbe',
  'tolerations',
  'topologySpreadConstraints',
  'volumeClaimTemplates',
  'volumeDevices',
  'volumeMounts',
  'volumes',
]

/** A line that is one of these keys, with its value on the lines below; `dash` where it is the first of a list's item. */
const BULK_LINE = new RegExp(`\\n( *)(- )?(?:${BULK.join('|')}):\\r?\\n`, 'g')

/** Only a cluster gives an object this: what people write is read to the last line. */
const UID_LINE = /\n +uid: /

/**
 * Takes out what is indented below the keys of bulk; undefined for what no cluster has printed, and where there is none.
 * Whether these are keys and not the lines of some text is for the reader to say (quick-yaml.ts).
 */
export function withoutBulk(text: string): Trimmed | undefined {
  if (!UID_LINE.test(text)) return undefined
  const keys = new Set<number>()
  let kept = ''
  let from = 0
  BULK_LINE.lastIndex = 0
  for (let found = BULK_LINE.exec(text); found !== null; found = BULK_LINE.exec(text)) {
    const [line, indent = '', dash = ''] = found
    const column = indent.length + dash.length
    const below = found.index + line.length
    kept += text.slice(from, below)
    keys.add(kept.length - line.length + 1 + column)
    from = endOfValue(text, below, column)
    // The line break that the next line is found by may be the last one before it.
    BULK_LINE.lastIndex = from - 1
  }
  return keys.size === 0 ? undefined : { text: kept + text.slice(from), keys }
}

const [BLANK, LINE_FEED, CARRIAGE_RETURN, DASH] = [0x20, 0x0a, 0x0d, 0x2d]

/** Where the lines end that are further in than a key, or are items at its own column. */
function endOfValue(text: string, start: number, column: number): number {
  let line = start
  while (line < text.length) {
    let at = line
    while (text.charCodeAt(at) === BLANK) at++
    const sign = text.charCodeAt(at)
    const isEmpty = sign === LINE_FEED || sign === CARRIAGE_RETURN
    const isItem = at - line === column && sign === DASH && text.charCodeAt(at + 1) === BLANK
    if (!isEmpty && at - line <= column && !isItem) break
    const end = text.indexOf('\n', at)
    line = end < 0 ? text.length : end + 1
  }
  return line
}
