import { describe, expect, it } from 'vitest'
import { ask, type Json, load, namespace, pod, policy } from '../semantics/ask.ts'

/*
 * Beside a yes: rules that were likely meant to allow less, and those that only look like it.
 */

const db = pod('shop/db', { app: 'db' })
const web = pod('shop/web', { app: 'web' })
const ofPods = (labels: Json): Json => ({ podSelector: { matchLabels: labels } })
const ofNamespaces = (labels: Json): Json => ({ namespaceSelector: { matchLabels: labels } })
const allowing = (ingress: readonly Json[], name = 'db'): Json =>
  policy('shop/db', { policyTypes: ['Ingress'], ingress }, name)

/** The code of the near miss of the destination's side, and what to do. */
function nearlyDenied(question: string, ...objects: readonly Json[]) {
  const { verdict, steps } = ask(load(...objects), question)
  expect(verdict).toBe('yes')
  const [near] = steps.find(({ step }) => step === 'ingress')?.nearMisses ?? []
  return near && `${near.reason}: ${near.mend}`
}

describe('two entries that mean either', () => {
  const either: Json = { from: [ofNamespaces({ zone: 'staff' }), ofPods({ may: 'read' })] }
  const staff = namespace('staff', { zone: 'staff' })
  const kitchen = pod('staff/kitchen', { app: 'kitchen' })
  const reader = pod('staff/reader', { may: 'read' })
  const clerk = pod('shop/clerk', { may: 'read' })
  const JOIN = 'NEAR_MISS_AND_OR: write both selectors as one entry, with one dash, if both are meant'

  it.each<[what: string, objects: readonly Json[], expected: string | undefined]>([
    ['one entry would match a Pod, and each of the two another one', [kitchen, reader, clerk], JOIN],
    ['one entry would match a Pod, and one of the two matches nothing', [kitchen, reader], JOIN],
    ['one entry would match nothing', [kitchen, clerk], undefined],
  ])('are %s', (_, objects, expected) => {
    expect(nearlyDenied('staff/kitchen -> shop/db:5432', staff, db, allowing([either]), ...objects)).toBe(
      expected,
    )
  })

  it('are no mistake where one is a part of the other', () => {
    const own = allowing([{ from: [ofNamespaces({ team: 'shop' }), ofPods({ may: 'read' })] }])
    expect(
      nearlyDenied('shop/web -> shop/db:5432', namespace('shop', { team: 'shop' }), db, web, clerk, own),
    ).toBe(undefined)
  })
})

describe('two entries where one was meant', () => {
  const teamA = namespace('a', { team: 'a' })
  const rule = { from: [ofPods({ app: 'web' }), ofNamespaces({ team: 'a' })] }
  // One that one entry would match, and one that it would not.
  const others = [pod('a/both', { app: 'web' }), pod('a/other', { app: 'other' })]
  it.each<[question: string, said: string | undefined]>([
    [
      'a/other',
      'two entries mean either, and a/other is meant by the one for all Pods of namespaces team=a alone',
    ],
    [
      'shop/web',
      'two entries mean either, and shop/web is meant by the one for Pods app=web of namespace shop alone',
    ],
    ['a/both', undefined],
  ])('of %s', (from, said) => {
    const { message } = ask(load(teamA, web, db, ...others, allowing([rule])), `${from} -> shop/db:5432`)
    if (said === undefined) expect(message).not.toContain('two entries')
    else expect(message).toContain(said)
  })

  it('is not said where another rule opens it as well', () => {
    const open = policy('shop/db', { ingress: [{}] }, 'open')
    const world = load(teamA, web, db, ...others, allowing([rule]), open)
    expect(ask(world, 'shop/web -> shop/db:5432').message).not.toContain('two entries')
  })
})

describe('peers and ports in two rules', () => {
  const edge = namespace('edge', { name: 'edge' })
  const proxy = pod('edge/proxy', {})
  const fromEdge: Json = { from: [ofNamespaces({ name: 'edge' })] }
  const onPort = (port: number | string): Json => ({ ports: [{ port }] })
  const JOIN = 'NEAR_MISS_TWO_RULES: write `from` and `ports` as one rule, with one dash, if both are meant'

  it.each<[what: string, question: string, rules: readonly Json[], expected: string | undefined]>([
    ['by the port', 'shop/web -> shop/db:5432', [fromEdge, onPort(5432)], JOIN],
    ['by the peer', 'edge/proxy -> shop/db:22', [fromEdge, onPort(5432)], JOIN],
    ['in the other order', 'shop/web -> shop/db:5432', [onPort(5432), fromEdge], JOIN],
    [
      'of a block',
      'shop/web -> shop/db:5432',
      [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }, onPort(5432)],
      JOIN,
    ],
    [
      'both of them: one rule would do as well',
      'edge/proxy -> shop/db:5432',
      [fromEdge, onPort(5432)],
      undefined,
    ],
    [
      'not where a third rule is there',
      'shop/web -> shop/db:5432',
      [fromEdge, onPort(5432), onPort(80)],
      undefined,
    ],
    ['not for DNS', 'shop/web -> shop/db:53', [fromEdge, onPort(53)], undefined],
    [
      'not of peers that nobody is',
      'shop/web -> shop/db:5432',
      [{ from: [ofPods({ app: 'nobody' })] }, onPort(5432)],
      undefined,
    ],
  ])('are told: %s', (_, question, rules, expected) => {
    expect(nearlyDenied(question, edge, proxy, web, db, allowing(rules))).toBe(expected)
  })
})

describe('an empty rule', () => {
  const CLOSE = 'NEAR_MISS_EMPTY_RULE: write ingress: []'
  it.each<[name: string, expected: string | undefined]>([
    ['deny-all', CLOSE],
    ['default-deny', CLOSE],
    ['default-deny-ingress', CLOSE],
    ['namespace-isolation', CLOSE],
    ['allow-all', undefined],
    ['db', undefined],
    ['deny-all-but-allow-web', undefined],
    ['sidenya', undefined],
  ])('in a policy called %s', (name, expected) => {
    expect(nearlyDenied('shop/web -> shop/db:5432', web, db, allowing([{}], name))).toBe(expected)
  })
  it('beside another rule is not the mistake', () =>
    expect(
      nearlyDenied(
        'shop/web -> shop/db:5432',
        web,
        db,
        allowing([{}, { from: [ofPods({ app: 'x' })] }], 'deny-all'),
      ),
    ).toBe(undefined))
})

describe('beside a no', () => {
  it('subject and peer that are swapped are told', () => {
    const swapped = policy('shop/web', { ingress: [{ from: [ofPods({ app: 'db' })] }] }, 'swapped')
    const closed = policy('shop/db', {}, 'closed')
    const { message } = ask(load(web, db, closed, swapped), 'shop/web -> shop/db:5432')
    expect(message).toContain('its ingress[0] is for the other way')
  })
  it('policyTypes that are left out are told', () => {
    const egress = policy('shop/db', { egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] })
    const { message } = ask(load(web, db, egress), 'shop/web -> shop/db:5432')
    expect(message).toContain('it has no policyTypes')
  })
})
