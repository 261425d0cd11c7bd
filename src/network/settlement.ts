import { hasNetwork } from '../model/cluster.ts'
import type { Match } from '../model/selector.ts'
import type { Algebra } from '../sets/algebra.ts'
import { type Bits, bitsOf, NO_BITS, unionBits } from '../sets/bits.ts'
import { groupBy, type NonEmpty } from '../sets/group-by.ts'
import { memoizedBy } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { type Endpoint, isBetweenNodeAndPod, isSame, isSubject, nodeOf } from './endpoint.ts'
import { addressPairs, familiesKey } from './ip-families.ts'

/*
 * What settles a pair of endpoints before any policy is asked, for one pair and for all pairs.
 */

type Settler = {
  readonly by: string
  /** Whether endpoints have it; where none has, it settles nothing. */
  readonly concerns: (endpoint: Endpoint) => boolean
  /** All that it sees of an endpoint: those with the same key are settled alike. */
  readonly keyOf: (world: World, endpoint: Endpoint) => string
} & (
  | { readonly opens: true; readonly settles: (world: World, from: Endpoint, to: Endpoint) => Match }
  /** What closes a pair is known. */
  | { readonly opens: false; readonly settles: (world: World, from: Endpoint, to: Endpoint) => 'yes' | 'no' }
)

const isWithoutNetwork = (endpoint: Endpoint): boolean => endpoint.kind === 'pod' && !hasNetwork(endpoint.pod)

/** In their order, of which the first settles a pair; those that close come before those that open. */
const SETTLERS = [
  {
    by: 'finished',
    opens: false,
    concerns: isWithoutNetwork,
    keyOf: (_, endpoint) => `${isWithoutNetwork(endpoint)}`,
    settles: (_, from, to) => (isWithoutNetwork(from) || isWithoutNetwork(to) ? 'yes' : 'no'),
  },
  /** S-035. */
  {
    by: 'no-shared-family',
    opens: false,
    concerns: () => true,
    keyOf: familiesKey,
    settles: (world, from, to) => (addressPairs(world, from, to).length === 0 ? 'yes' : 'no'),
  },
  /** One end is the node of the other: then all passes, whatever policies say (S-040, S-042). */
  {
    by: 'own-node',
    opens: true,
    concerns: endpoint => !isSubject(endpoint) && endpoint.kind !== 'external',
    keyOf: (_, endpoint) =>
      JSON.stringify([endpoint.kind === 'external', isSubject(endpoint), nodeOf(endpoint) ?? null]),
    settles: isBetweenNodeAndPod,
  },
] as const satisfies readonly Settler[]

export type SettledBy = (typeof SETTLERS)[number]['by']

/** What settles a pair of different endpoints, or may do so. */
interface Settlement {
  readonly by: SettledBy
  readonly opens: boolean
  readonly isSure: boolean
}

/** Undefined where policies decide. */
export function settlementOf(world: World, from: Endpoint, to: Endpoint): Settlement | undefined {
  for (const { by, opens, settles } of SETTLERS) {
    const match: Match = settles(world, from, to)
    if (match !== 'no') return { by, opens, isSure: match === 'yes' }
  }
  return undefined
}

/** Where pairs are settled so that everything passes, surely or perhaps. */
export interface Opened<W> {
  readonly yes: W
  readonly unknown: W
}

/** What passes by what opens a pair and by what the policies say. */
export function withOpened<S, W>(
  { none, all, subtract, choose }: Algebra<S, W>,
  opened: Opened<W>,
  { allowed, undetermined }: { readonly allowed: S; readonly undetermined: S },
): { readonly allowed: S; readonly undetermined: S } {
  const perhaps = choose(opened.unknown, subtract(all, allowed), undetermined)
  return { allowed: choose(opened.yes, all, allowed), undetermined: choose(opened.yes, none, perhaps) }
}

const settlersAmong = (endpoints: readonly Endpoint[]): readonly Settler[] =>
  SETTLERS.filter(({ concerns }) => endpoints.some(concerns))

/** What can settle pairs of an endpoint with others: those with the same key are settled alike. */
export function settlementKey(world: World, endpoints: readonly Endpoint[]): (endpoint: Endpoint) => string {
  const settlers = settlersAmong(endpoints)
  return endpoint => settlers.map(({ keyOf }) => keyOf(world, endpoint)).join(' ')
}

/** Whether connections from a class are asked for, or those to it. */
export type Way = 'from' | 'to'

/** `settlementOf` for all pairs: the classes with which one of them is settled, where the two are not the same endpoint. */
interface SettledPairs {
  readonly closed: (way: Way, index: number) => Bits
  /** Undefined where nothing opens any pair. */
  readonly opened: ((way: Way, index: number) => Opened<Bits>) | undefined
}

export function settledPairs(world: World, classes: readonly NonEmpty<Endpoint>[]): SettledPairs {
  const all = settlersAmong(classes.map(([endpoint]) => endpoint))
  const among = (settlers: readonly Settler[]) => {
    const found = settlers.map(settler => settledClasses(world, classes, settler))
    return (match: Match, way: Way, index: number): Bits =>
      unionBits(found.map(matchesOf => matchesOf({ way, index })[match]))
  }
  const openers = all.filter(({ opens }) => opens)
  const closed = among(all.filter(({ opens }) => !opens))
  const open = among(openers)
  return {
    closed: (way, index) => closed('yes', way, index),
    opened:
      openers.length === 0
        ? undefined
        : (way, index) => ({ yes: open('yes', way, index), unknown: open('unknown', way, index) }),
  }
}

/** The classes that something settles with one of them, found once for each key. */
function settledClasses(
  world: World,
  classes: readonly NonEmpty<Endpoint>[],
  { keyOf, settles }: Settler,
): (asked: { readonly way: Way; readonly index: number }) => Readonly<Record<Match, Bits>> {
  const keys = classes.map(([endpoint]) => keyOf(world, endpoint))
  const alike = [...groupBy(classes.entries(), ([index]) => keys[index]).values()]
  return memoizedBy(
    ({ way, index }) => `${way} ${keys[index]}`,
    ({ way, index }) => {
      const here = classes[index]?.[0]
      const matchWith = (there: Endpoint | undefined): Match => {
        if (here === undefined || there === undefined) return 'no'
        return way === 'from' ? settles(world, here, there) : settles(world, there, here)
      }
      const byMatch = groupBy(alike, group => matchWith(here && otherAmong(group, here)))
      const bits = (match: Match): Bits =>
        bitsOf((byMatch.get(match) ?? []).flatMap(group => group.map(([other]) => other)))
      return { yes: bits('yes'), unknown: bits('unknown'), no: NO_BITS }
    },
  )
}

function otherAmong(
  group: readonly (readonly [number, NonEmpty<Endpoint>])[],
  here: Endpoint,
): Endpoint | undefined {
  for (const [, members] of group) {
    const other = members.find(member => !isSame(member, here))
    if (other !== undefined) return other
  }
  return undefined
}
