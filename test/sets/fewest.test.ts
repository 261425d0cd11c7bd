import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fewest } from '../../src/sets/fewest.ts'

it('with any one less they are not enough, whatever is enough', () => {
  fc.assert(
    fc.property(fc.func(fc.boolean()), fc.uniqueArray(fc.nat({ max: 20 }), { maxLength: 6 }), (isIt, all) => {
      const isEnough = (some: readonly number[]): boolean => isIt(some.toSorted((a, b) => a - b).join())
      const few = fewest(all, isEnough)
      expect(few !== undefined).toBe(isEnough(all))
      if (few === undefined) return
      expect(isEnough(few)).toBe(true)
      for (const one of few) expect(isEnough(few.filter(other => other !== one))).toBe(false)
    }),
  )
})
