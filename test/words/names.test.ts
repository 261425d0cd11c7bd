import { describe, expect, it } from 'vitest'
import { andMore, atMost, counted, firstFew, joined, listed, withCommas } from '../../src/words/lists.ts'

const letters = (count: number): readonly string[] => [...'abcdefghij'].slice(0, count)

describe('lists and numbers in a sentence', () => {
  it.each([
    [0, ''],
    [3, 'a, b, c'],
    [4, 'a, b, c and 1 more'],
    [9, 'a, b, c and 6 more'],
  ])('the first few of %i', (count, text) => expect(firstFew(letters(count), 3)).toBe(text))

  it.each([
    [4, 'a, b, c, d'],
    [5, 'a, b, c and 2 more'],
  ])('the first few of %i, where one more is no more to read', (count, text) => {
    const shown = atMost(letters(count), 3)
    expect(andMore(shown, count - shown.length)).toBe(text)
  })

  it('a large number of others has its commas', () => {
    expect(andMore(['n0'], 1502, withCommas)).toBe('n0 and 1,502 more')
  })

  it.each([
    [1, 'a'],
    [2, 'a and b'],
    [4, 'a, b, c and d'],
    [5, 'a, b, c and 2 others'],
  ])('%i listed', (count, text) => expect(listed(letters(count))).toBe(text))

  it('alternatives', () => expect(joined(['a', 'b', 'c'], 'or')).toBe('a, b or c'))

  it.each([
    [1, 'Pod', '1 Pod'],
    [2, 'Pod', '2 Pods'],
    [2, 'near miss', '2 near misses'],
  ])('%i %s', (count, noun, text) => expect(counted(count, noun)).toBe(text))
})
