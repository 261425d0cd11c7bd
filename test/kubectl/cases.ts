/*
 * Texts of manifest files in every form that a file can have: where documents end, what is around them, how their values are
 * written. Some are named, most are drawn.
 */

import { BODIES, HEADS, json, OTHERS, object, PIECES, SEPARATORS, TAILS } from './texts.ts'

export interface Case {
  readonly id: string
  readonly text: string
}

const NAMED: readonly Case[] = [
  { id: 'two JSON objects on one line', text: json('a') + json('b') },
  { id: 'two JSON objects, a line each', text: `${json('a')}\n${json('b')}\n` },
  { id: 'JSON, then YAML', text: `${json('a')}\n---\n${object('b')}` },
  { id: 'YAML, then JSON', text: `${object('a')}---\n${json('b')}\n` },
  { id: 'JSON with a comma too many', text: `${json('a').slice(0, -1)},}` },
  { id: 'JSON with a comment', text: `# c\n${json('a')}` },
  { id: 'JSON with a key twice', text: json('a').replace('"kind"', '"kind": "Service", "kind"') },
  { id: 'JSON that is cut off', text: json('a').slice(0, -2) },
  { id: 'JSON, then a word', text: `${json('a')}\nword\n` },
  { id: 'a list of JSON objects', text: `[${json('a')}, ${json('b')}]` },
  { id: 'a JSON List', text: `{"apiVersion": "v1", "kind": "List", "items": [${json('a')}, ${json('b')}]}` },
  {
    id: 'a List in a List',
    text: `{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "List", "items": [${json('a')}]}]}`,
  },
  { id: 'a control character', text: `${object('a')}# \0\n` },
  { id: 'an escape in a comment', text: `# \u001b[31m\n${object('a')}` },
  { id: 'an empty file', text: '' },
  { id: 'a lone marker', text: '---\n' },
  { id: 'a broken document before a right one', text: `{a: \n---\n${object('a')}` },
]

export const CASES: readonly Case[] = [...NAMED, ...drawn(700, 20261130), ...scraps(600, 20261201)]

/** Objects with something at random in a field. */
export function scraps(count: number, seed: number): readonly Case[] {
  const next = numbers(seed)
  return Array.from({ length: count }, (_, index) => {
    let text = object('a') + (next() % 2 === 0 ? 'spec: ' : '')
    for (let pieces = 1 + (next() % 8); pieces > 0; pieces--) text += PIECES[next() % PIECES.length]
    return { id: `scrap ${index + 1}`, text: `${text}\n` }
  })
}

/** Cases at random, the same for the same seed. */
export function drawn(count: number, seed: number): readonly Case[] {
  const next = numbers(seed)
  const one = <T>(list: readonly T[]): T => {
    const item = list[next() % list.length]
    if (item === undefined) throw new Error('an empty list')
    return item
  }
  const part = (name: string): string => (next() % 6 === 0 ? one(OTHERS) : one(BODIES)(name))
  return Array.from({ length: count }, (_, index) => {
    let text = one(HEADS) + part('a')
    for (const name of ['b', 'c'].slice(0, next() % 3)) text += one(SEPARATORS) + part(name)
    return { id: `drawn ${index + 1}`, text: text + one(TAILS) }
  })
}

/** Numbers that look random and are the same each time (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 8
  }
}
