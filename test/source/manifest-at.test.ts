import { expect, it } from 'vitest'
import type { SourceFile } from '../../src/source/file.ts'
import type { Manifest } from '../../src/source/manifest.ts'
import { manifestsAt } from '../../src/source/manifest-at.ts'
import { readManifests } from '../../src/source/read/read-manifests.ts'

const named = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })
const list = (...items: readonly object[]) => ({ apiVersion: 'v1', kind: 'List', items })
const yaml = (name: string, margin = ''): string =>
  `${margin}apiVersion: v1\n${margin}kind: Pod\n${margin}metadata: {name: ${name}}\n`
const item = (name: string): string => yaml(name, '  ').replace(' ', '-')

function read(file: SourceFile): readonly Manifest[] {
  const out: Manifest[] = []
  readManifests(file, { keep: one => out.push(one), passOver: () => undefined, complain: () => undefined })
  return out
}

const LARGE = Array.from({ length: 20_000 }, (_, index) => `p${index}`)

it.each<[string, string, number]>([
  ['documents', `${yaml('a')}---\n${yaml('b')}---\nnot: an object\n---\n${yaml('c')}`, 3],
  ['a List in YAML', `apiVersion: v1\nkind: List\nitems:\n${item('a')}${item('b')}`, 2],
  ['a List in JSON', JSON.stringify(list(named('a'), named('b'))), 2],
  [
    'JSON objects one after another',
    [named('a'), named('b'), named('c')].map(one => JSON.stringify(one)).join(' '),
    3,
  ],
  ['a List beside documents', `${yaml('a')}---\n${JSON.stringify(list(named('b'), named('c')))}`, 3],
  ['a large List in YAML', `apiVersion: v1\nkind: List\nitems:\n${LARGE.map(item).join('')}`, LARGE.length],
  ['a large List in JSON', JSON.stringify(list(...LARGE.map(named)), null, 1), LARGE.length],
])('each manifest is found again at its place: %s', (_, text, count) => {
  const file = { path: 'x', text }
  const all = read(file)
  expect(all).toHaveLength(count)
  const wanted = all.slice(-3)
  expect(manifestsAt(wanted.map(({ at }) => at))).toEqual(wanted)
})

it('finds those of several files, in the order in which they are asked for', () => {
  const files = ['b', 'a'].map(name => ({ path: 'same', text: yaml(name) }))
  const all = files.flatMap(read)
  expect(manifestsAt(all.map(({ at }) => at)).map(one => one?.value)).toEqual(all.map(({ value }) => value))
})

it('finds nothing where no manifest is', () => {
  expect(manifestsAt([{ file: { path: 'x', text: yaml('a') }, document: 1, path: [] }])).toEqual([undefined])
})
