import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { World } from '../../../src/index.ts'

/*
 * Another kind of policy is one more decoder: that of the oracle's tests is loaded, asked about and edited as NetworkPolicies
 * are, and is nowhere taken for one.
 */

const KINDS = '../../../src/policy/kinds/index.ts'
let netpol: typeof import('../../../src/index.ts')

// Other tests of the worker have the modules without it.
beforeAll(async () => {
  vi.resetModules()
  vi.doMock(KINDS, async original => {
    const { POLICY_KINDS } = await original<typeof import('../../../src/policy/kinds/index.ts')>()
    const { TIERED_POLICY } = await import('../../oracle/tiered-policies.ts')
    return { POLICY_KINDS: [...POLICY_KINDS, TIERED_POLICY] }
  })
  netpol = await import('../../../src/index.ts')
})

afterAll(() => {
  vi.doUnmock(KINDS)
  vi.resetModules()
})

const file = (objects: readonly object[]) => [
  { path: 'world.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) },
]

const pod = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name, labels: { app: name } },
  spec: { containers: [] },
})

const podsOf = (app: string) => ({ pods: { podSelector: { matchLabels: { app } } } })

/** A policy for what comes from web to db, in the tier before that of NetworkPolicies unless another one is given. */
const tieredPolicy = (action: string, more: object = {}) => ({
  apiVersion: 'test/v1',
  kind: 'TieredPolicy',
  metadata: { name: 'first' },
  spec: {
    tier: 'Admin',
    priority: 0,
    isolates: false,
    subject: podsOf('db'),
    ingress: [{ action, from: [podsOf('web')] }],
    ...more,
  },
})

const networkPolicy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'shop', name: 'db' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [] },
}

const worldWith = (...policies: readonly object[]): World =>
  netpol.load(file([pod('web'), pod('db'), ...policies]))

const question = { from: 'shop/web', to: 'shop/db', port: 80 }
const ref = { kind: 'TieredPolicy', namespace: '', name: 'first', source: { file: 'world.json' } }

describe('a kind of policy that has a decoder', () => {
  it('is evaluated', () => {
    expect(netpol.verdict(worldWith(networkPolicy), question)).toBe('no')
    expect(netpol.verdict(worldWith(networkPolicy, tieredPolicy('Accept')), question)).toBe('yes')
    expect(netpol.verdict(worldWith(tieredPolicy('Deny')), question)).toBe('no')
    expect(netpol.verdict(worldWith(networkPolicy, tieredPolicy('Pass')), question)).toBe('no')
  })

  it('is named by its kind', () => {
    const { steps, cause } = netpol.explain(worldWith(networkPolicy, tieredPolicy('Accept')), question)
    const ingress = steps.filter(({ step }) => step === 'ingress')
    expect(ingress).toMatchObject([{ reason: 'ALLOWED_BY_RULE', facts: { by: { rule: { policy: ref } } } }])
    expect(cause?.policies).toMatchObject([{ ...ref, rule: 0, without: 'no' }])
  })

  it('is not said to isolate where a rule of it denies: such a kind needs a reason code', () => {
    expect(() => netpol.explain(worldWith(tieredPolicy('Deny')), question)).toThrow('no reason code')
  })

  it('is not passed over where a rule of it may deny', () => {
    const { spec, metadata, ...rest } = pod('web')
    const template = { metadata: { labels: metadata.labels }, spec }
    const deployment = {
      ...rest,
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { selector: { matchLabels: metadata.labels }, template },
    }
    const hash = { pods: { podSelector: { matchLabels: { 'pod-template-hash': 'abc' } } } }
    const denies = tieredPolicy('Deny', { ingress: [{ action: 'Deny', from: [hash] }] })
    const world = netpol.load(file([deployment, pod('db'), denies]))
    expect(netpol.explain(world, question)).toMatchObject({
      verdict: 'undetermined',
      reason: 'UNDETERMINED_LABEL',
      facts: { about: 'peers', rule: { policy: ref } },
    })
  })

  it('is not blamed for what an earlier tier denies: such a kind needs a reason code', () => {
    const later = tieredPolicy('Accept', { tier: 'Baseline', isolates: true })
    expect(() => netpol.explain(worldWith(networkPolicy, later), question)).toThrow('no reason code')
  })

  it.each([
    ['one label', { podSelector: { matchLabels: { app: 'bd' } } }, ['first']],
    [
      'one label, and its namespace by another',
      {
        podSelector: { matchLabels: { app: 'bd' } },
        namespaceSelector: { matchLabels: { team: 'shop' } },
      },
      [],
    ],
  ])('misses a Pod by %s: a near miss is for one reason alone', (_, pods, near) => {
    const misses = tieredPolicy('Accept', { subject: { pods } })
    const { steps } = netpol.explain(worldWith(networkPolicy, misses), question)
    const names = steps.flatMap(({ nearMisses = [] }) => nearMisses.map(({ policy }) => policy.name))
    expect(names).toEqual(near)
  })

  it('is edited by its name, in no namespace', () => {
    const before = worldWith(networkPolicy, tieredPolicy('Accept'))
    const after = netpol.edit(before, [{ kind: 'delete', object: 'tieredpolicy/first' }])
    expect(netpol.verdict(after, question)).toBe('no')
    const applied = netpol.edit(after, [{ kind: 'apply', files: file([tieredPolicy('Accept')]) }])
    expect(netpol.verdict(applied, question)).toBe('yes')
  })

  it('is not listed among NetworkPolicies', () => {
    const { items } = netpol.get(worldWith(networkPolicy, tieredPolicy('Accept')), { kind: 'netpol' })
    expect(items.map(({ name }) => name)).toEqual(['db'])
  })

  it('gets no rule of a NetworkPolicy as a suggestion', () => {
    const ingress = [{ action: 'Accept', from: [podsOf('other')] }]
    const isolating = tieredPolicy('Accept', { tier: 'NetworkPolicy', isolates: true, ingress })
    const { suggestions } = netpol.explain(worldWith(isolating), question)
    const changes = suggestions.flatMap(({ facts }) => facts.map(({ kind }) => kind))
    expect(changes).toContain('new-policy')
    expect(changes).not.toContain('new-rule')
  })
})
