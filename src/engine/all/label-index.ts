import { type Labels, UNKNOWABLE } from '../../model/labels.ts'
import { type Match, meets, type Requirement } from '../../model/selector.ts'
import { type Bits, bitsOf, subtractBits, unionBits } from '../../sets/bits.ts'
import { groupBy } from '../../sets/group-by.ts'
import { memoizedBy } from '../../sets/memoized.ts'
import type { Matches } from './bounds.ts'

/** Which of many meet a requirement: those with the same value of its label are asked together. */
export function labelIndex(
  all: readonly (readonly [index: number, labels: Labels])[],
): (requirement: Requirement) => Matches {
  const everything = bitsOf(all.map(([index]) => index))
  const byKey = groupBy(
    all.flatMap(([index, labels]) => [...labels].map(([key, value]): Labeled => ({ key, value, index }))),
    ({ key }) => key,
  )
  const byValue = memoizedBy(
    (key: string) => key,
    key => groupBy(byKey.get(key) ?? [], ({ value }) => value),
  )
  return requirement => {
    const labeled = byValue(requirement.key)
    const withValue = (value: Value): Bits => membersOf(labeled.get(value))
    const withKey = (): Bits => membersOf(byKey.get(requirement.key))
    const listed = [...new Set<Value>([...requirement.values, UNKNOWABLE])].filter(value =>
      labeled.has(value),
    )
    // A requirement treats all values alike that it does not list (`meets`), so that one of them represents all.
    const other = firstOther(labeled.keys(), listed)
    const parts: ValueMembers[] = listed.map(value => ({ value, members: () => withValue(value) }))
    if (other !== undefined)
      parts.push({ value: other, members: () => listed.map(withValue).reduce(subtractBits, withKey()) })
    parts.push({ value: undefined, members: () => subtractBits(everything, withKey()) })
    const matched = parts.map(part => ({ ...part, match: matchOf(requirement, part.value) }))
    const union = (...how: readonly Match[]): Bits =>
      unionBits(matched.filter(({ match }) => how.includes(match)).map(({ members }) => members()))
    const yes = union('yes')
    return { yes, maybe: matched.some(({ match }) => match === 'unknown') ? union('yes', 'unknown') : yes }
  }
}

type Value = string | typeof UNKNOWABLE

interface Labeled {
  readonly key: string
  readonly value: Value
  readonly index: number
}

/** Those with one value of a label; undefined where it is absent. */
interface ValueMembers {
  readonly value: Value | undefined
  readonly members: () => Bits
}

const membersOf = (labeled: readonly Labeled[] = []): Bits => bitsOf(labeled.map(({ index }) => index))

const matchOf = (requirement: Requirement, value: Value | undefined): Match =>
  meets(requirement, value === undefined ? new Map() : new Map([[requirement.key, value]]))

function firstOther(values: Iterable<Value>, listed: readonly Value[]): Value | undefined {
  for (const value of values) if (!listed.includes(value)) return value
  return undefined
}
