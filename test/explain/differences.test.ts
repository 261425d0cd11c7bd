import { expect, it } from 'vitest'
import { failures } from '../../src/engine/match.ts'
import { intendedLabel } from '../../src/explain/differences/labels.ts'
import { worldIndex } from '../../src/explain/world-index.ts'
import type { World } from '../../src/world/world.ts'
import { type Json, load, pod, policy } from '../semantics/ask.ts'

const selecting = (labels: Json): Json => ({ podSelector: { matchLabels: labels } })
const db = pod('shop/db', { app: 'db' })

it.each<[what: string, labels: Json, selectsNothing: boolean]>([
  ['that selects a Pod', { app: 'db' }, false],
  ['with a letter wrong', { app: 'bd' }, true],
  ['for something else', { app: 'queue' }, true],
  ['for all Pods of its namespace', {}, false],
])('a policy alone: %s', (_, labels, selectsNothing) => {
  const world = load(db, pod('ops/queue', { app: 'queue' }), policy('shop/guard', selecting(labels)))
  expect(world.policyObjects.map(worldIndex(world).selectsNothing)).toEqual([selectsNothing])
})

const podsPeers = ({ policyObjects }: World) =>
  policyObjects
    .flatMap(({ directions }) => directions.flatMap(({ rules }) => rules))
    .flatMap(rule => (rule.peers === 'any' ? [] : rule.peers))
    .flatMap(one => (one.kind === 'pods' ? [one] : []))

it.each<[what: string, peer: Json, matchesNothing: boolean]>([
  ['of Pods that are there', selecting({ app: 'web' }), false],
  ['of Pods with a letter wrong', selecting({ app: 'wbe' }), true],
  ['of Pods that are in another namespace', selecting({ app: 'queue' }), true],
  [
    'of a namespace by its name',
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } },
    false,
  ],
])('a peer alone: %s', (_, peer, matchesNothing) => {
  const objects = [db, pod('shop/web', { app: 'web' }), pod('ops/queue', { app: 'queue' })]
  const world = load(...objects, policy('shop/db', { ingress: [{ from: [peer] }] }))
  expect(podsPeers(world).map(one => worldIndex(world).peerMatchesNothing(one, 'shop'))).toEqual([
    matchesNothing,
  ])
})

it('a peer is looked up in each namespace that its policy may have been intended for', () => {
  const toQueue = policy('shop/db', { ingress: [{ from: [selecting({ app: 'queue' })] }] })
  const world = load(pod('ops/queue', { app: 'queue' }), toQueue)
  const [peer] = podsPeers(world)
  const { peerMatchesNothing } = worldIndex(world)
  expect(peer && ['shop', 'ops'].map(namespace => peerMatchesNothing(peer, namespace))).toEqual([true, false])
})

it('a policy of any namespace may have been intended for every Pod, also where it selects others', () => {
  const world = load(db, pod('ops/queue', { app: 'queue' }), policy('shop/db', {}))
  const [own] = world.policyObjects
  const wide = own && {
    ...own,
    namespace: '',
    scope: { ...own.scope, namespaces: { requirements: [], at: own.at } },
  }
  const index = worldIndex({ ...world, policyObjects: wide === undefined ? [] : [wide] })
  const labels = new Map([['app', 'queue']])
  expect(index.policiesFor({ namespace: 'ops', labels })).toEqual([wide])
  expect(index.policiesFor({ namespace: 'shop', labels })).toEqual([wide])
})

/*
 * One rule for selectors of Services and of policies: what is a typo counts always, what is only similar where the selector
 * matches nothing, as that of a Service without endpoints.
 */
it.each<[selector: Json, labels: Json, typo: string | undefined, similar: string | undefined]>([
  [{ app: 'databse' }, { app: 'database' }, 'app=database', 'app=database'],
  [{ app: 'bd' }, { app: 'db' }, 'app=db', 'app=db'],
  [{ app: 'web-1' }, { app: 'web-2' }, undefined, 'app=web-2'],
  [{ app: 'front' }, { app: 'frontend' }, undefined, undefined],
  [{ app: 'web' }, { app: 'db' }, undefined, undefined],
  [{ app: '' }, { app: 'b' }, undefined, undefined],
  [{ app: 'b' }, { app: '' }, undefined, undefined],
  [{ app: 'db' }, { app: 'web' }, undefined, undefined],
  [{ tier: 'front' }, { teir: 'front' }, 'teir=front', 'teir=front'],
  [{ app: 'web' }, { run: 'web' }, undefined, 'run=web'],
  [{ app: 'web' }, { run: 'wbe' }, undefined, undefined],
  [{ app: 'shop', tier: 'shop' }, { app: 'shop' }, undefined, 'app=shop'],
  [{ app: 'shop', tier: 'frnt' }, { app: 'shop', tier: 'front' }, 'tier=front', 'tier=front'],
])('the label that %j means, of %j', (selector, labels, typo, similar) => {
  const world = load(pod('shop/x', labels), policy('shop/x', selecting(selector)))
  const [of] = world.cluster.pods
  const own = world.policyObjects.flatMap(({ scope }) => (of ? failures(scope.pods, of.labels) : []))
  const meant = (matchesNothing: boolean) =>
    own.flatMap(({ requirement }) => {
      const found = of && intendedLabel(requirement, { labels: of.labels, matchesNothing })
      return found === undefined ? [] : [`${found.key}=${found.value}`]
    })[0]
  expect([meant(false), meant(true)]).toEqual([typo, similar])
})
