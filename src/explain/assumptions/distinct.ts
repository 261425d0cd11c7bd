import type { Assumption } from '../../report/common.ts'

/** The same thing is said once. */
export function distinct<T extends Assumption>(said: readonly T[]): readonly T[] {
  return [...new Map(said.map(one => [one.code + one.message, one])).values()]
}
