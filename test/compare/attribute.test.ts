import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Attribution, attributor } from '../../src/compare/attribute.ts'
import { byWorkload, workloadEndRef } from '../../src/compare/by-workload.ts'
import { type Change, different } from '../../src/compare/change.ts'
import type { WorldEdit } from '../../src/compare/edited-policy.ts'
import { editsBetween } from '../../src/compare/edits.ts'
import { compareWorlds } from '../../src/compare/worlds.ts'
import { openOf } from '../../src/network/flow.ts'
import { intersect, isEmpty, unionOf } from '../../src/sets/connections.ts'
import { position } from '../../src/source/position.ts'
import { openText } from '../../src/words/ports.ts'
import { buildWorld, type World } from '../../src/world/world.ts'
import { type Answer, asFolder, everyPair, NOTHING, pairsOf, twoWorlds } from './any-two-worlds.ts'

describe('what is different between two worlds', { timeout: 240_000 }, () => {
  it('is put down to edits without which it is gone, and to no others', () => {
    let causes = 0
    fc.assert(
      fc.property(twoWorlds, fc.nat(), ([one, other], pick) => {
        const [before, after] = [asFolder(one, 'before'), asFolder(other, 'after')]
        const edits = editsBetween(before, after)
        const attribute = attributor(before, after, edits)
        const changes = [...compareWorlds(before, after).changes]
        const change = changes[pick % Math.max(1, changes.length)]
        if (change === undefined) return
        const [pair] = pairsOf({ from: [change.from[0]], to: [change.to[0]] })
        if (pair === undefined) return
        const restored = (reverted: readonly WorldEdit[], { connections }: Attribution): boolean => {
          const now: Answer = everyPair(edits.without(reverted)).get(pair) ?? NOTHING
          return isEmpty(intersect(connections, different(now, change.before)))
        }
        const told = attribute(change)
        expect(unionOf(told.map(({ connections }) => connections))).toEqual(
          different(change.before, change.after),
        )
        for (const one of told) {
          causes++
          const less = one.edits.map(edit => one.edits.filter(other => other !== edit))
          switch (one.how) {
            case 'each':
              for (const edit of one.edits) expect(restored([edit], one)).toBe(true)
              break
            case 'together':
              expect(one.edits.length).toBeGreaterThan(1)
              expect(restored(one.edits, one)).toBe(true)
              for (const some of less) expect(restored(some, one)).toBe(false)
              break
            case 'among':
              expect(one.edits.length).toBeGreaterThan(20)
          }
        }
      }),
      { numRuns: 250 },
    )
    expect(causes).toBeGreaterThan(100)
  })

  it('is nothing without all edits, and everything without none', () => {
    fc.assert(
      fc.property(twoWorlds, ([one, other]) => {
        const [before, after] = [asFolder(one, 'before'), asFolder(other, 'after')]
        const { all, without } = editsBetween(before, after)
        expect(everyPair(without(all))).toEqual(everyPair(before))
        expect(everyPair(without([]))).toEqual(everyPair(after))
      }),
      { numRuns: 100 },
    )
  })
})

const POD = (name: string, labels: string, more = ''): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {${labels}}}
spec: {containers: [{name: c, image: c}]${more}}
`
const PODS = ['web', 'api', 'db'].map(name => POD(name, `app: ${name}`)).join('---\n')
const DEV = POD('dev', 'app: api').replace('namespace: shop', 'namespace: dev')
const policy = (name: string, spec: string, namespace = 'shop'): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
${spec.replace(/^/gm, '  ')}
`
const world = (text: string): World => buildWorld([{ path: 'x.yaml', text: `${PODS}---\n${DEV}${text}` }])

const lineOf = (edit: WorldEdit, side: 'before' | 'after'): string => {
  const at = edit[side]
  if (at === undefined) return '-'
  const { line } = position(at)
  return at.file.text.split('\n')[line - 1]?.trim() ?? ''
}
const told = ({ change, object: { kind, name }, part, ...edit }: WorldEdit): string =>
  `${change} ${kind} ${name}${part === undefined ? '' : ` ${part.kind}`}: ${lineOf({ change, object: { kind, name, namespace: '' }, part, ...edit }, 'before')} => ${lineOf({ change, object: { kind, name, namespace: '' }, part, ...edit }, 'after')}`

/** The causes of what is different from one Pod to another. */
function causes(before: World, after: World, pair: string): readonly string[] {
  const attribute = attributor(before, after)
  const isIt = (change: Change) =>
    change.from.flatMap(from =>
      change.to.flatMap(to =>
        pairsOf({ from: [from], to: [to] }).includes(pair) ? [[from, to] as const] : [],
      ),
    )
  return [...compareWorlds(before, after).changes].flatMap(change =>
    isIt(change).flatMap(([from, to]) =>
      attribute(change, from, to).map(({ how, edits }) => `${how}: ${edits.map(told).join(' & ')}`),
    ),
  )
}

const api = `podSelector: {matchLabels: {app: db}}
ingress:
- from:
  - podSelector: {matchLabels: {app: api}}
    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
  ports:
  - {port: 5432}`

describe('a cause', () => {
  it.each<[what: string, before: string, after: string, pair: string, causes: readonly string[]]>([
    [
      'is the peer that AND became OR by',
      policy('db', api),
      policy('db', api.replace('    namespaceSelector', '  - namespaceSelector')),
      'shop/web shop/db',
      [
        'each: added NetworkPolicy db peers: - => - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}',
      ],
    ],
    [
      'is the port that was changed',
      policy('db', api),
      policy('db', api.replace('5432', '5433')),
      'shop/api shop/db',
      ['each: edited NetworkPolicy db ports: - {port: 5432} => - {port: 5433}'],
    ],
    [
      'is the policy that is new',
      '',
      policy('db', 'podSelector: {}'),
      'shop/api shop/db',
      ['each: added NetworkPolicy db: - => apiVersion: networking.k8s.io/v1'],
    ],
    [
      'is each of two edits that are needed',
      policy('out', 'podSelector: {matchLabels: {app: web}}\npolicyTypes: [Egress]') +
        policy('in', 'podSelector: {matchLabels: {app: db}}'),
      policy('out', 'podSelector: {matchLabels: {app: web}}\npolicyTypes: [Egress]\negress:\n- {}') +
        policy('in', 'podSelector: {matchLabels: {app: db}}\ningress:\n- {}'),
      'shop/web shop/db',
      ['each: added NetworkPolicy out rule: - => - {} & added NetworkPolicy in rule: - => - {}'],
    ],
    [
      'is two edits together of which one would do',
      policy('in', 'podSelector: {matchLabels: {app: db}}'),
      policy(
        'in',
        'podSelector: {matchLabels: {app: db}}\ningress:\n- from: [{podSelector: {}}]\n- from: [{podSelector: {matchLabels: {app: web}}}]',
      ),
      'shop/web shop/db',
      [
        'together: added NetworkPolicy in rule: - => - from: [{podSelector: {}}] & added NetworkPolicy in rule: - => - from: [{podSelector: {matchLabels: {app: web}}}]',
      ],
    ],
    [
      'is another one for each port',
      policy('in', 'podSelector: {matchLabels: {app: db}}'),
      policy(
        'in',
        'podSelector: {matchLabels: {app: db}}\ningress:\n- ports: [{port: 1}]\n- ports: [{port: 2}]',
      ),
      'shop/web shop/db',
      [
        'each: added NetworkPolicy in rule: - => - ports: [{port: 1}]',
        'each: added NetworkPolicy in rule: - => - ports: [{port: 2}]',
      ],
    ],
    [
      'is the selector',
      policy('in', 'podSelector: {matchLabels: {app: db}}'),
      policy('in', 'podSelector: {matchLabels: {app: wbe}}'),
      'shop/web shop/db',
      [
        'each: edited NetworkPolicy in selector: podSelector: {matchLabels: {app: db}} => podSelector: {matchLabels: {app: wbe}}',
      ],
    ],
    [
      'is the policy types',
      policy('in', 'podSelector: {matchLabels: {app: web}}\npolicyTypes: [Ingress]'),
      policy('in', 'podSelector: {matchLabels: {app: web}}\npolicyTypes: [Ingress, Egress]'),
      'shop/web shop/db',
      ['each: added NetworkPolicy in direction: policyTypes: [Ingress] => policyTypes: [Ingress, Egress]'],
    ],
    [
      'is that a policy is in another namespace now',
      policy('in', 'podSelector: {}', 'dev'),
      policy('in', 'podSelector: {}', 'shop'),
      'shop/web shop/db',
      ['each: moved NetworkPolicy in: apiVersion: networking.k8s.io/v1 => apiVersion: networking.k8s.io/v1'],
    ],
    [
      'is not that a rule stands elsewhere, or that a policy is called otherwise',
      policy('a', `${api}\n- ports: [{port: 1}]`),
      policy('b', `${api.replace('ingress:', 'ingress:\n- ports: [{port: 1}]')}`),
      'shop/web shop/db',
      [],
    ],
  ])('%s', (_, before, after, pair, expected) => {
    expect(causes(world(before), world(after), pair)).toEqual(expected)
  })

  it('is the label of a Pod, or of its namespace', () => {
    const only = policy(
      'in',
      'podSelector: {matchLabels: {app: db}}\ningress:\n- from:\n  - {podSelector: {matchLabels: {role: client}}}\n  - {namespaceSelector: {matchLabels: {env: prod}}}',
    )
    const before = world(only)
    const labeled = buildWorld([
      { path: 'x.yaml', text: `${PODS.replace('app: web', 'app: web, role: client')}---\n${DEV}${only}` },
    ])
    const namespaced = world(
      `${only}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: dev, labels: {env: prod}}\n`,
    )
    expect(causes(before, labeled, 'shop/web shop/db')).toEqual([
      'each: edited Pod web: apiVersion: v1 => apiVersion: v1',
    ])
    expect(causes(before, namespaced, 'dev/dev shop/db')).toEqual([
      'each: added Namespace dev: - => apiVersion: v1',
    ])
  })

  it('is there for what opens and closes between workloads, as a comparison of two folders shows it', () => {
    const folder = (name: string, files: Readonly<Record<string, string>>): World =>
      buildWorld(Object.entries(files).map(([file, text]) => ({ path: `${name}/${file}`, text })))
    const toDb = (port: number) =>
      policy('db', `podSelector: {matchLabels: {app: db}}\ningress:\n- ports: [{port: ${port}}]`)
    const before = folder('before', {
      'pods.yaml': PODS,
      'db.yaml': toDb(5432),
      'api.yaml': policy('api', 'podSelector: {matchLabels: {app: api}}'),
    })
    const after = folder('after', { 'all.yaml': `${PODS}${toDb(5433)}`, 'new.yaml': POD('new', 'app: new') })
    const edits = editsBetween(before, after)
    expect(edits.all.map(({ change, object, part }) => `${change} ${object.name} ${part?.kind}`)).toEqual([
      'edited db ports',
      'removed api undefined',
      'added new undefined',
    ])
    const attribute = attributor(before, after, edits)
    const shown = (of: 'opened' | 'closed') =>
      [...compareWorlds(before, after).changes].flatMap(change =>
        attribute(change).flatMap(cause =>
          byWorkload(before, after, [change], one => intersect(one[of], cause.connections))
            .map(({ from, to, connections }) => ({ ends: [from, to].map(workloadEndRef), connections }))
            .filter(({ ends }) => ends.every(({ kind, name }) => kind === 'Pod' && name !== 'new'))
            .map(
              ({ ends: [from, to], connections }) =>
                `${from?.name} -> ${to?.name} ${openText(openOf(connections))}: ${cause.edits.map(edit => edit.object.name)}`,
            ),
        ),
      )
    expect(shown('opened').sort()).toEqual([
      'api -> db TCP 5433: db',
      'db -> api all: api',
      'web -> api all: api',
      'web -> db TCP 5433: db',
    ])
    expect(shown('closed').sort()).toEqual(['api -> db TCP 5432: db', 'web -> db TCP 5432: db'])
  })

  it('is told as one of many where there are too many to be tried', () => {
    const many = (from: number) =>
      Array.from({ length: 30 }, (_, index) =>
        policy(`p${index}`, `podSelector: {}\ningress:\n- ports: [{port: ${from + index}}]`),
      ).join('')
    const [first, ...more] = causes(world(''), world(many(1)), 'shop/web shop/db')
    expect(more).toEqual([])
    expect(first?.startsWith('among: added NetworkPolicy p0')).toBe(true)
    expect(first?.split(' & ')).toHaveLength(30)
  })
})
