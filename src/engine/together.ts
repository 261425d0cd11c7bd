import { countUpTo } from '../sets/address-classes.ts'
import { type Addresses, contains, unionOf as unionOfAddresses } from '../sets/addresses.ts'
import { type Connections, intersect, isEmpty, NONE, union, unionOf } from '../sets/connections.ts'
import { rangesOf } from '../sets/intervals.ts'

/*
 * Rules none of which surely matches an address that is not known, although together they do (S-051): `0.0.0.0/0` without
 * `10.0.0.0/8` in one of them, and `10.0.0.0/8` in another.
 */

/** What a rule matches at some addresses. */
export interface MatchesAt {
  readonly addresses: Addresses
  readonly opens: Connections
}

/** The connections that some rule or other matches, whichever address of a set is the one; for one of several sets. */
export function matchedTogether(rules: readonly MatchesAt[], possible: readonly Addresses[]): Connections {
  if (rules.length < 2) return NONE
  const covered = unionOfAddresses(rules.map(({ addresses }) => addresses))
  return unionOf(possible.filter(set => contains(covered, set)).map(set => matchedAtEach(rules, set)))
}

/** What is matched at each address of a set. */
const matchedAtEach = (rules: readonly MatchesAt[], set: Addresses): Connections =>
  rangesOf(set)
    .map(([start, end]) => {
      const within = (point: bigint): boolean => start < point && point < end
      const points = new Set(rules.flatMap(({ addresses }) => addresses.filter(within)))
      return matchedInRange(rules, [start, ...[...points].sort(ascending), end])
    })
    .reduce(intersect)

/**
 * By halves, each with the rules that hold only a part of it, so that the work grows little faster than their blocks.
 * `points` are those between which no rule tells addresses apart.
 */
function matchedInRange(rules: readonly MatchesAt[], points: readonly bigint[]): Connections {
  const [start = 0n, end = 0n] = [points[0], points.at(-1)]
  const parts = rules.map(rule => ({ rule, ...partOf(rule.addresses, start, end) }))
  const whole = unionOf(parts.filter(({ isWhole }) => isWhole).map(({ rule }) => rule.opens))
  if (points.length <= 2) return whole
  const partial = parts.filter(({ isWhole, isNone }) => !isWhole && !isNone).map(({ rule }) => rule)
  const middle = points.length >>> 1
  const below = matchedInRange(partial, points.slice(0, middle + 1))
  return isEmpty(below)
    ? whole
    : union(whole, intersect(below, matchedInRange(partial, points.slice(middle))))
}

/** Whether a set holds all addresses of a range, or none. */
function partOf(addresses: Addresses, start: bigint, end: bigint) {
  const before = countUpTo(addresses, start)
  const isUniform = countUpTo(addresses, end - 1n) === before
  return { isWhole: isUniform && before % 2 === 1, isNone: isUniform && before % 2 === 0 }
}

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
