/*
 * Most of a dump is data that no answer needs: managed fields, environment variables, probes, volumes. It is removed before
 * a document is parsed, because parsing is most of the work. In a block mapping, every line at the mapping's own column is a
 * key, and all deeper lines belong to it: so entries can be separated without being parsed.
 */

/** What is removed from a mapping and from the mappings in it. */
interface Bulk {
  readonly drop: ReadonlySet<string>
  /** All that is not removed, where that is known. */
  readonly keep?: ReadonlySet<string>
  readonly inside?: Readonly<Record<string, Bulk>>
  /** For lists of mappings, what is removed from each. */
  readonly items?: Readonly<Record<string, Bulk>>
  /** For lists of conditions, the one type that is kept. */
  readonly only?: Readonly<Record<string, string>>
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

const DROP_NOTHING: ReadonlySet<string> = new Set()

const METADATA_BULK: Bulk = {
  drop: words('managedFields creationTimestamp generation resourceVersion selfLink'),
}

const CONTAINER_BULK: Bulk = {
  drop: words(`command env envFrom imagePullPolicy lifecycle livenessProbe readinessProbe resizePolicy
    resources securityContext startupProbe stdin stdinOnce terminationMessagePath terminationMessagePolicy tty
    volumeDevices volumeMounts workingDir`),
}

const POD_BULK: Bulk = {
  drop: DROP_NOTHING,
  inside: {
    metadata: METADATA_BULK,
    spec: {
      drop: words(`activeDeadlineSeconds affinity automountServiceAccountToken enableServiceLinks ephemeralContainers
        imagePullSecrets nodeSelector overhead preemptionPolicy priority priorityClassName readinessGates resourceClaims
        restartPolicy runtimeClassName schedulerName schedulingGates securityContext serviceAccount serviceAccountName
        terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes`),
      items: { containers: CONTAINER_BULK, initContainers: CONTAINER_BULK },
    },
    status: {
      drop: words(`containerStatuses ephemeralContainerStatuses initContainerStatuses message observedGeneration qosClass
        reason resize resourceClaimStatuses startTime`),
      only: { conditions: 'Ready' },
    },
  },
}

const METADATA_ALONE: Bulk = { drop: DROP_NOTHING, inside: { metadata: METADATA_BULK } }

/**
 * What is read of ConfigMaps: the settings of ingress controllers that decide which clients they admit
 * (`path/http/known-controllers.ts`).
 */
export const CONTROLLER_SETTINGS = [
  'allow-list',
  'allowlist-source-range',
  'backend-config-snippet',
  'blacklist',
  'block-cidrs',
  'config-backend',
  'config-frontend',
  'config-frontend-early',
  'config-frontend-late',
  'deny-list',
  'denylist-source-range',
  'global-auth-url',
  'frontend-config-snippet',
  'http-snippet',
  'http-snippets',
  'location-snippet',
  'location-snippets',
  'server-snippet',
  'server-snippets',
  'whitelist',
  'whitelist-source-range',
] as const

export type ControllerSetting = (typeof CONTROLLER_SETTINGS)[number]

/** By kind; for other kinds it is METADATA_ALONE. */
const BULK: ReadonlyMap<string, Bulk> = new Map([
  ['Pod', POD_BULK],
  [
    'ConfigMap',
    {
      drop: words('binaryData'),
      inside: {
        metadata: METADATA_BULK,
        data: { drop: DROP_NOTHING, keep: new Set<string>(CONTROLLER_SETTINGS) },
      },
    },
  ],
  ['Secret', { ...METADATA_ALONE, drop: words('data stringData') }],
  ['CustomResourceDefinition', { ...METADATA_ALONE, drop: words('spec status') }],
])

/**
 * A document, or an item of a List as a list of one, without its bulk. Undefined where it has none, and for objects without
 * a `uid`: these are written by people, and read in full.
 */
export function withoutBulk(text: string): string | undefined {
  const start = /^(?:---\r?\n|- )?/.exec(text)?.[0].length ?? 0
  const entries = entriesIn(text, { start, end: text.length }, text.startsWith('- ') ? 2 : 0)
  const kind = entries?.find(({ key }) => key === 'kind')
  if (entries === undefined || kind === undefined || !hasUid(text, entries)) return undefined
  if (hasOutdentedQuote(text)) return undefined
  const [, name = ''] = /kind: (\w+)\s*$/.exec(text.slice(kind.start, kind.end)) ?? []
  const short = text.slice(0, start) + entriesWithout(text, entries, BULK.get(name) ?? METADATA_ALONE)
  return short.length < text.length ? short : undefined
}

/** A line whose value begins with a quote and does not end with one. */
const OPEN_QUOTE = /^( *)(?:- )*(?:[^\s:'"#][^\n:]*: +)?(['"])(?!.*\2[ \r]*$)(.*)$/gm

/**
 * Whether a text in quotes goes on in a line that is not indented deeper than it began. kubectl accepts that, and such a line may look
 * like a key.
 */
function hasOutdentedQuote(text: string): boolean {
  for (const { 1: indent = '', 2: quote = '', 3: rest = '', index, 0: line } of text.matchAll(OPEN_QUOTE)) {
    let isOpen = !endsIn(rest, quote)
    for (let at = index + line.length + 1; isOpen && at < text.length; ) {
      const next = afterLine(text, at, text.length)
      const column = columnOf(text, at)
      if (column <= indent.length && !isEndOfLine(text, at + column)) return true
      isOpen = !endsIn(text.slice(at, next), quote)
      at = next
    }
  }
  return false
}

/** Whether a quoted text ends in a part of it: quotes in it are doubled, or escaped. */
function endsIn(part: string, quote: string): boolean {
  const quotes = quote === "'" ? part.match(/'/g) : part.replaceAll(/\\./g, '').match(/"/g)
  return (quotes?.length ?? 0) % 2 === 1
}

function hasUid(text: string, entries: readonly MappingEntry[]): boolean {
  const metadata = entries.find(({ key }) => key === 'metadata')
  if (metadata?.below === undefined) return false
  const lines = { start: metadata.below, end: metadata.end }
  const inside = entriesIn(text, lines, columnOf(text, lines.start)) ?? []
  return inside.some(({ key }) => key === 'uid')
}

/** A range of whole lines; but the first entry of a list item starts after the dash. */
interface LineRange {
  readonly start: number
  readonly end: number
}

interface MappingEntry extends LineRange {
  readonly key: string
  /** Where the lines below the key start; undefined where the value starts on the key's line. */
  readonly below: number | undefined
}

/** The entries that are kept, each as written or without its own bulk. */
function entriesWithout(text: string, entries: readonly MappingEntry[], bulk: Bulk): string {
  const { drop, keep } = bulk
  let kept = ''
  // Unchanged entries are copied together, up to the next change.
  let from = entries[0]?.start ?? 0
  for (const { key, start, end, below } of entries) {
    const isDropped = drop.has(key) || keep?.has(key) === false
    const short =
      isDropped || below === undefined ? undefined : valueWithout(text, key, { start: below, end }, bulk)
    if (!isDropped && short === undefined) continue
    kept += text.slice(from, isDropped ? start : below) + (short ?? '')
    from = end
  }
  return kept + text.slice(from, entries.at(-1)?.end)
}

/** A value without its bulk; undefined where it has none that is known. */
function valueWithout(
  text: string,
  key: string,
  lines: LineRange,
  { inside, items, only }: Bulk,
): string | undefined {
  const [mapping, ofItems, wanted] = [inside?.[key], items?.[key], only?.[key]]
  if (mapping !== undefined) return mappingWithout(text, lines, mapping)
  if (ofItems !== undefined) return itemsWithout(text, lines, ofItems)
  return wanted && conditionsOf(text, lines, wanted)
}

function mappingWithout(text: string, lines: LineRange, bulk: Bulk): string | undefined {
  const column = columnOf(text, lines.start)
  const entries = entriesIn(text, lines, column)
  const kept = entries && entriesWithout(text, entries, bulk)
  return kept === '' ? `${' '.repeat(column)}{}\n` : kept
}

/** A list of mappings, each without its bulk. */
function itemsWithout(text: string, lines: LineRange, bulk: Bulk): string | undefined {
  const column = columnOf(text, lines.start)
  const dash = `${' '.repeat(column)}- `
  let kept = ''
  for (const item of itemsIn(text, lines, column) ?? []) {
    const entries = entriesIn(text, { start: item.start + dash.length, end: item.end }, dash.length)
    if (entries === undefined) return undefined
    kept += dash + (entriesWithout(text, entries, bulk).trimStart() || '{}\n')
  }
  return kept === '' ? undefined : kept
}

/** The one condition of a list that is needed; undefined where the type of an item is not plain. */
function conditionsOf(text: string, lines: LineRange, wanted: string): string | undefined {
  const column = columnOf(text, lines.start)
  let kept = ''
  for (const item of itemsIn(text, lines, column) ?? []) {
    const entries = entriesIn(text, { start: item.start + column + 2, end: item.end }, column + 2)
    const type = entries?.find(({ key }) => key === 'type')
    const [, name] = /^ *type: ([A-Za-z]+)\s*$/.exec(type ? text.slice(type.start, type.end) : '') ?? []
    if (name === undefined) return undefined
    if (name === wanted) kept += text.slice(item.start, item.end)
  }
  return kept === '' ? undefined : kept
}

const [BLANK, LINE_FEED, CARRIAGE_RETURN, DASH] = [0x20, 0x0a, 0x0d, 0x2d]

/** Keys of a ConfigMap may begin with a digit or a dot. */
const KEY_AT = /([\w.][\w.-]*):(?=[ \r\n])/y

/** The entries of a block mapping whose keys are at a column; undefined for anything else, or where it is not plain. */
function entriesIn(text: string, lines: LineRange, column: number): readonly MappingEntry[] | undefined {
  const entries: { key: string; start: number; end: number; below: number | undefined }[] = []
  for (let line = lines.start; line < lines.end; ) {
    const indent = columnOf(text, line)
    const at = line + indent
    const next = afterLine(text, at, lines.end)
    const isKey = indent === column || line === lines.start
    if (isKey && !isItem(text, at)) {
      KEY_AT.lastIndex = at
      const [found, key = ''] = KEY_AT.exec(text) ?? []
      if (found === undefined) return undefined
      const last = entries.at(-1)
      if (last !== undefined) last.end = line
      const below = isEndOfLine(text, at + found.length) ? next : undefined
      entries.push({ key, start: line, end: lines.end, below })
    } else if (indent < column && !isEndOfLine(text, at)) return undefined
    line = next
  }
  return entries
}

/** The items of a list whose dashes are at a column; undefined for anything else. */
function itemsIn(text: string, lines: LineRange, column: number): readonly LineRange[] | undefined {
  const items: { start: number; end: number }[] = []
  for (let line = lines.start; line < lines.end; ) {
    const indent = columnOf(text, line)
    if (indent === column) {
      if (!isItem(text, line + indent)) return undefined
      const last = items.at(-1)
      if (last !== undefined) last.end = line
      items.push({ start: line, end: lines.end })
    } else if (indent < column && !isEndOfLine(text, line + indent)) return undefined
    line = afterLine(text, line + indent, lines.end)
  }
  return items
}

function columnOf(text: string, line: number): number {
  let at = line
  while (text.charCodeAt(at) === BLANK) at++
  return at - line
}

const isItem = (text: string, at: number): boolean =>
  text.charCodeAt(at) === DASH && text.charCodeAt(at + 1) === BLANK

function isEndOfLine(text: string, at: number): boolean {
  const sign = text.charCodeAt(at)
  return at >= text.length || sign === LINE_FEED || sign === CARRIAGE_RETURN
}

function afterLine(text: string, at: number, end: number): number {
  const next = text.indexOf('\n', at) + 1
  return next === 0 || next > end ? end : next
}
