import type { Labels } from '../../model/labels.ts'
import { UNKNOWABLE } from '../../model/labels.ts'
import { type Match, meets, type Requirement } from '../../model/selector.ts'
import { type Bits, bitsOf, subtractBits, unionBits } from '../../sets/bits.ts'
import type { Matches } from '../matches.ts'

/** Which of many meet a requirement, without asking each: those with the same value of its label are asked together. */
export function labelIndex(all: ReadonlyMap<number, Labels>): (requirement: Requirement) => Matches {
  const everyone = bitsOf([...all.keys()])
  const byKey = new Map<string, Map<Value, number[]>>()
  for (const [index, labels] of all)
    for (const [key, value] of labels) {
      const values = byKey.get(key) ?? new Map<Value, number[]>()
      byKey.set(key, values)
      const members = values.get(value)
      if (members === undefined) values.set(value, [index])
      else members.push(index)
    }
  return requirement => {
    const values = byKey.get(requirement.key) ?? new Map<Value, number[]>()
    const groups = groupsTold(requirement, values, everyone).map(({ value, members }) => ({
      match: matchOf(requirement, value),
      members,
    }))
    const union = (...how: readonly Match[]): Bits =>
      unionBits(...groups.filter(({ match }) => how.includes(match)).map(({ members }) => members()))
    const yes = union('yes')
    return { yes, maybe: groups.some(({ match }) => match === 'unknown') ? union('yes', 'unknown') : yes }
  }
}

type Value = string | typeof UNKNOWABLE

interface Group {
  /** The value of the label; undefined where it is absent. */
  readonly value: Value | undefined
  readonly members: () => Bits
}

const matchOf = (requirement: Requirement, value: Value | undefined): Match =>
  meets(requirement, value === undefined ? new Map() : new Map([[requirement.key, value]]))

/** The groups that a requirement can tell apart: all values that it does not list are one to it (`meets`). */
function groupsTold(
  { values: listed }: Requirement,
  values: ReadonlyMap<Value, readonly number[]>,
  everyone: Bits,
): readonly Group[] {
  const having = (): Bits => bitsOf([...values.values()].flat())
  const listedHere: readonly Value[] = [...new Set<Value>([...listed, UNKNOWABLE])].filter(value =>
    values.has(value),
  )
  const withValue = (value: Value): Bits => bitsOf(values.get(value) ?? [])
  const other = firstOther(values, listedHere)
  const groups: Group[] = listedHere.map(value => ({ value, members: () => withValue(value) }))
  if (other !== undefined)
    groups.push({ value: other, members: () => listedHere.map(withValue).reduce(subtractBits, having()) })
  groups.push({ value: undefined, members: () => subtractBits(everyone, having()) })
  return groups
}

/** One of the values that are not listed, to stand for all of them. */
function firstOther(values: ReadonlyMap<Value, unknown>, listed: readonly Value[]): Value | undefined {
  for (const value of values.keys()) if (!listed.includes(value)) return value
  return undefined
}
