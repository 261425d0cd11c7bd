import fc from 'fast-check'
import { expect, it } from 'vitest'
import { enoughOf } from '../../src/compare/enough.ts'

it('each part that is told alone is enough, or with any one less they are not enough, whatever is enough', () => {
  fc.assert(
    fc.property(fc.func(fc.boolean()), fc.uniqueArray(fc.nat({ max: 20 }), { maxLength: 6 }), (isIt, all) => {
      const isEnough = (some: readonly number[]): boolean => isIt(some.toSorted((a, b) => a - b).join())
      const alone = all.filter(one => isEnough([one]))
      const enough = enoughOf(all, isEnough)
      if (alone.length > 0) {
        expect(enough).toEqual({ how: 'each', parts: alone })
        return
      }
      expect(enough !== undefined).toBe(isEnough(all))
      if (enough === undefined) return
      expect(enough.how).toBe('together')
      expect(isEnough(enough.parts)).toBe(true)
      for (const one of enough.parts)
        expect(isEnough(enough.parts.filter(other => other !== one))).toBe(false)
    }),
  )
})
