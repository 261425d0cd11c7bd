import { openOf } from '../explain/phrases.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { openText } from '../report/open.ts'
import { type Addresses, EVERY_ADDRESS, equal, toCidrs, union as withAddresses } from '../sets/addresses.ts'
import { type Connections, isEmpty, subtract, union } from '../sets/connections.ts'

/** What is otherwise in one world than in another. */
export interface WorldChanges {
  /** `app/frontend -> app/database TCP 5432`, sorted. */
  readonly opens: readonly string[]
  readonly closes: readonly string[]
  /** What else: Services that get or lose endpoints. */
  readonly also: readonly string[]
  /** How much is opened: pairs of ends first, the more the more addresses there are, then ports. */
  readonly breadth: readonly [pairs: number, ports: number]
}

/** One end in both worlds, under the id of its workload. */
export interface ChangedEnd {
  readonly id: string
  readonly before: Endpoint | undefined
  readonly after: Endpoint | undefined
}

interface Between {
  readonly open: Connections
  readonly undetermined: Connections
}

/** What was and what is from each of some ends to each of others. */
export interface PairChange {
  readonly from: readonly ChangedEnd[]
  readonly to: readonly ChangedEnd[]
  readonly before: Between
  readonly after: Between
}

/** The changes workload by workload, the addresses outside of which the same is said together. */
export function changesTold(changes: readonly PairChange[]): Omit<WorldChanges, 'also'> {
  const opened = linesOf(changes, ({ before, after }) => subtract(after.open, before.open))
  // What cannot be told after is not known to be closed.
  const closed = linesOf(changes, ({ before, after }) =>
    subtract(before.open, union(after.open, after.undetermined)),
  )
  return {
    opens: opened.map(textOfLine).sort(),
    closes: closed.map(textOfLine).sort(),
    breadth: breadthOf(opened),
  }
}

function breadthOf(lines: readonly ChangedLine[]): WorldChanges['breadth'] {
  const bitsOf = ({ addresses }: Named): number =>
    addresses === undefined ? 0 : countOf(addresses).toString(2).length - 1
  const portsOf = (set: Connections): number =>
    set.reduce((sum, point, index) => sum + (index % 2 === 0 ? -point : point), 0)
  return [
    lines.reduce((sum, { from, to }) => sum + 1 + bitsOf(from) + bitsOf(to), 0),
    lines.reduce((sum, { set }) => sum + portsOf(set), 0),
  ]
}

/** How many addresses there are. */
const countOf = (addresses: Addresses): bigint =>
  addresses.reduce<bigint>((sum, point, index) => sum + (index % 2 === 0 ? -point : point), 0n)

/** Either a workload, or some addresses outside. */
interface Named {
  readonly id: string
  readonly addresses: Addresses | undefined
}

interface ChangedLine {
  readonly from: Named
  readonly to: Named
  readonly set: Connections
}

const textOfLine = ({ from, to, set }: ChangedLine): string =>
  `${textOf(from)} -> ${textOf(to)} ${openText(openOf(set))}`

function linesOf(
  changes: readonly PairChange[],
  setOf: (change: PairChange) => Connections,
): readonly ChangedLine[] {
  const pairs = new Map<string, ChangedLine>()
  for (const change of changes) {
    const set = setOf(change)
    if (isEmpty(set)) continue
    for (const from of namesOf(change.from))
      for (const to of namesOf(change.to)) {
        if (isItself(change, from, to)) continue
        const key = JSON.stringify([from.id, from.addresses?.map(String), to.id, to.addresses?.map(String)])
        const before = pairs.get(key)
        pairs.set(key, { from, to, set: before === undefined ? set : union(before.set, set) })
      }
  }
  const lines = new Map<string, ChangedLine>()
  for (const { from, to, set } of pairs.values()) {
    const key = JSON.stringify([from.id, to.id, set.join()])
    const before = lines.get(key)
    lines.set(key, { from: joined(before?.from, from), to: joined(before?.to, to), set })
  }
  return [...lines.values()]
}

/** A Pod that has a name of its own among the ends is not told about itself. */
function isItself({ from, to }: PairChange, one: Named, other: Named): boolean {
  return from === to && one.id === other.id && from.filter(({ id }) => id === one.id).length === 1
}

function namesOf(ends: readonly ChangedEnd[]): readonly Named[] {
  const names = new Map<string, Named>()
  for (const { id, before, after } of ends) {
    const endpoint = after ?? before
    const addresses = endpoint?.kind === 'external' ? endpoint.addresses : undefined
    names.set(JSON.stringify([id, addresses?.map(String)]), { id, addresses })
  }
  return [...names.values()]
}

function joined(one: Named | undefined, other: Named): Named {
  if (one?.addresses === undefined || other.addresses === undefined) return other
  return { id: other.id, addresses: withAddresses(one.addresses, other.addresses) }
}

/** The first few of many blocks. */
const FEW = 3

function textOf({ id, addresses }: Named): string {
  if (addresses === undefined || equal(addresses, EVERY_ADDRESS)) return id
  const cidrs = toCidrs(addresses)
  const more = cidrs.length > FEW ? ` and ${cidrs.length - FEW} more` : ''
  return `${cidrs.slice(0, FEW).join(', ')}${more}`
}
