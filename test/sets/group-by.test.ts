import { expect, it } from 'vitest'
import { groupBy } from '../../src/sets/group-by.ts'

it('keeps the order of the first items and that within each group', () => {
  const groups = groupBy(['web', 'db', 'worker', 'dns'], word => word[0])
  expect([...groups]).toEqual([
    ['w', ['web', 'worker']],
    ['d', ['db', 'dns']],
  ])
})
