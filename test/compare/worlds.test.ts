import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workloadEndOf } from '../../src/compare/by-workload.ts'
import type { Change } from '../../src/compare/change.ts'
import type { EndpointSides } from '../../src/compare/endpoint-sides.ts'
import { serviceChanges } from '../../src/compare/service-changes.ts'
import { compareWorlds, comparisonsWith } from '../../src/compare/worlds.ts'
import { equal } from '../../src/sets/connections.ts'
import { editWorld } from '../../src/world/edit/edit.ts'
import type { Manifest } from '../oracle/oracle.ts'
import { unsureWorlds } from '../oracle/unsure-worlds.ts'
import { type Json, load, namespace, pod, service } from '../semantics/ask.ts'
import { type Answer, asFolder, everyPair, NOTHING, pairsOf, twoWorlds } from './any-two-worlds.ts'

const RUNS = { numRuns: 300 }

const same = (a: Answer, b: Answer): boolean => equal(a.open, b.open) && equal(a.undetermined, b.undetermined)

const told = (changes: Iterable<Change>): ReadonlyMap<string, Change> =>
  new Map([...changes].flatMap(change => pairsOf(change).map(pair => [pair, change] as const)))

const withNames = (changes: Iterable<Change>): readonly string[] =>
  [...changes]
    .flatMap(({ from, to, opened, closed }) =>
      pairsOf({ from, to }).map(pair => `${pair}: ${opened} | ${closed}`),
    )
    .sort()

describe('two worlds that are read apart', { timeout: 120_000 }, () => {
  it.each([
    ['few pairs are judged one by one', 1000],
    ['all pairs are evaluated', -1],
  ])('differ in just the pairs for which not the same is open, where %s', (_, fewPairs) => {
    fc.assert(
      fc.property(twoWorlds, ([one, other]) => {
        const [before, after] = [asFolder(one, 'before'), asFolder(other, 'after')]
        const [was, is] = [everyPair(before), everyPair(after)]
        const changes = told(comparisonsWith(before, { fewPairs })(after).changes)
        const really = [...new Set([...was.keys(), ...is.keys()])].filter(
          pair => !same(was.get(pair) ?? NOTHING, is.get(pair) ?? NOTHING),
        )
        expect([...changes.keys()].sort()).toEqual(really.sort())
        for (const [pair, change] of changes)
          expect([change.before, change.after]).toEqual([was.get(pair) ?? NOTHING, is.get(pair) ?? NOTHING])
      }),
      RUNS,
    )
  })

  it('have opened from the one to the other what is closed from the other to the one', () => {
    fc.assert(
      fc.property(twoWorlds, ([one, other]) => {
        const [before, after] = [asFolder(one, 'before'), asFolder(other, 'after')]
        const back = [...compareWorlds(after, before).changes].map(change => ({
          ...change,
          opened: change.closed,
          closed: change.opened,
        }))
        expect(withNames(back)).toEqual(withNames(compareWorlds(before, after).changes))
      }),
      { numRuns: 100 },
    )
  })

  it('are the same where only files are other ones and in another order', () => {
    fc.assert(
      fc.property(unsureWorlds, objects => {
        const { changes, altered } = compareWorlds(
          asFolder(objects, 'a'),
          asFolder([...objects].reverse(), 'elsewhere'),
        )
        expect([[...changes], altered]).toEqual([[], []])
      }),
      { numRuns: 100 },
    )
  })

  it('differ as a world and an edit of it', () => {
    fc.assert(
      fc.property(twoWorlds, ([one, other]) => {
        const keyOf = ({ kind, metadata }: Manifest) =>
          JSON.stringify([kind, metadata['namespace'], metadata['name']])
        const written = new Set(other.map(keyOf))
        const kept = one.filter(object => !written.has(keyOf(object)))
        const before = asFolder(one, 'before')
        const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: other })
        const edited = editWorld(before, [{ kind: 'apply', files: [{ path: 'other.json', text }] }])
        const apart = asFolder([...kept, ...other], 'after')
        expect(withNames(compareWorlds(before, edited).changes)).toEqual(
          withNames(compareWorlds(before, apart).changes),
        )
      }),
      { numRuns: 100 },
    )
  })
})

const at = (podIP: string): Json => ({ status: { phase: 'Running', podIP } })
const owned = (name: string, podIP: string): Json => {
  const { metadata, ...rest } = pod(`shop/${name}`, { app: 'web', 'pod-template-hash': 'abc' }, at(podIP))
  const ownerReferences = [
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-abc', uid: 'u', controller: true },
  ]
  return { ...rest, metadata: { ...(metadata as Json), ownerReferences } }
}
const names = (sides: EndpointSides): string =>
  [sides.before, sides.after].map(one => (one?.kind === 'pod' ? one.pod.name : '-')).join(' ')

describe('endpoints of two worlds', () => {
  it.each<[what: string, before: readonly Json[], after: readonly Json[], altered: readonly string[]]>([
    ['a Pod that is gone and one that is new', [pod('shop/a')], [pod('shop/b')], ['a -', '- b']],
    ['a Pod with another label', [pod('shop/a')], [pod('shop/a', { app: 'x' })], ['a a']],
    ['nothing but places', [pod('shop/a'), pod('shop/b')], [pod('shop/b'), pod('shop/a')], []],
    [
      'the Pods of a workload that are made again under other names: the first is the first',
      [owned('web-abc-1', '10.0.0.1'), owned('web-abc-2', '10.0.0.2')],
      [owned('web-abc-8', '10.0.0.8'), owned('web-abc-9', '10.0.0.9')],
      ['web-abc-1 web-abc-8', 'web-abc-2 web-abc-9'],
    ],
    [
      'one of them is gone: the others are still themselves',
      [owned('web-abc-1', '10.0.0.1'), owned('web-abc-2', '10.0.0.2')],
      [owned('web-abc-2', '10.0.0.2')],
      ['web-abc-1 -'],
    ],
    [
      'a Pod on another node',
      [pod('shop/a', {}, { spec: { nodeName: 'n1' } })],
      [pod('shop/a', {}, { spec: { nodeName: 'n2' } })],
      ['a a'],
    ],
    [
      'a label of a namespace',
      [pod('shop/a'), namespace('shop')],
      [pod('shop/a'), namespace('shop', { env: 'prod' })],
      ['a a'],
    ],
    [
      'a Pod that has finished',
      [pod('shop/a')],
      [pod('shop/a', {}, { status: { phase: 'Succeeded' } })],
      ['a -'],
    ],
  ])('%s', (_, before, after, altered) => {
    expect(compareWorlds(load(...before), load(...after)).altered.map(names)).toEqual(altered)
  })
})

describe('Services of two worlds', () => {
  const web = pod('shop/web', { app: 'web' })
  const choosing = (app: string) => service('shop/front', { selector: { app }, ports: [{ port: 80 }] })
  it.each<[what: string, before: readonly Json[], after: readonly Json[], changes: readonly string[]]>([
    [
      'a Pod that is labeled otherwise',
      [web, choosing('db')],
      [pod('shop/web', { app: 'db' }), choosing('db')],
      ['front gets web'],
    ],
    ['another selector', [web, choosing('web')], [web, choosing('db')], ['front loses web']],
    ['a new Service', [web], [web, choosing('web')], ['front gets web']],
    ['a Pod that is gone', [web, choosing('web')], [choosing('web')], ['front loses web']],
    ['the same', [web, choosing('web')], [web, choosing('web')], []],
  ])('%s', (_, before, after, changes) => {
    const [was, is] = [load(...before), load(...after)]
    const { altered } = compareWorlds(was, is)
    const told = serviceChanges(was, is, altered).map(({ service: { name }, change, endpoint }) => {
      const { ref } = workloadEndOf(endpoint, was, is) as { ref: { name: string } }
      return `${name} ${change} ${ref.name}`
    })
    expect(told).toEqual(changes)
  })
})
