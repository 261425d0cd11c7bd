import { openText } from '../report/open.ts'
import { type Addresses, EVERY_ADDRESS, equal, toCidrs, union as withAddresses } from '../sets/addresses.ts'
import { type Connections, isEmpty, subtract, union } from '../sets/connections.ts'
import type { Party } from './party.ts'
import { openOf } from './phrases.ts'

/** What of the connections is open in one world and not in the other: `app/frontend -> app/database TCP 5432`, sorted. */
export interface WorldChanges {
  readonly opens: readonly string[]
  readonly closes: readonly string[]
}

interface ChangedEnd {
  readonly id: string
  readonly before: Party | undefined
  readonly after: Party | undefined
}

/** What was and what is open from each of some ends to each of others. */
export interface PairChange {
  readonly from: readonly ChangedEnd[]
  readonly to: readonly ChangedEnd[]
  readonly before: Connections
  readonly after: Connections
}

/** The changes workload by workload, the addresses outside of which the same is said together. */
export const changesTold = (changes: readonly PairChange[]): WorldChanges => ({
  opens: told(changes, ({ before, after }) => subtract(after, before)),
  closes: told(changes, ({ before, after }) => subtract(before, after)),
})

/** Either a workload, or some addresses outside. */
interface Named {
  readonly id: string
  readonly addresses: Addresses | undefined
}

function told(changes: readonly PairChange[], setOf: (change: PairChange) => Connections): readonly string[] {
  const pairs = new Map<string, { readonly from: Named; readonly to: Named; readonly set: Connections }>()
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
  const lines = new Map<string, { from: Named; to: Named; readonly what: string }>()
  for (const { from, to, set } of pairs.values()) {
    const what = openText(openOf(set))
    const key = JSON.stringify([from.id, to.id, what])
    const before = lines.get(key)
    lines.set(key, { from: joined(before?.from, from), to: joined(before?.to, to), what })
  }
  return [...lines.values()].map(({ from, to, what }) => `${textOf(from)} -> ${textOf(to)} ${what}`).sort()
}

/** A Pod that has a name of its own among the ends is not told about itself. */
function isItself({ from, to }: PairChange, one: Named, other: Named): boolean {
  return from === to && one.id === other.id && from.filter(({ id }) => id === one.id).length === 1
}

function namesOf(ends: readonly ChangedEnd[]): readonly Named[] {
  const names = new Map<string, Named>()
  for (const { id, before, after } of ends) {
    const party = after ?? before
    const addresses = party?.kind === 'external' ? party.addresses : undefined
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
