import { describe, expect, it } from 'vitest'
import { ask, type Json, load, namespace, pod, policy, service } from '../semantics/ask.ts'

const selecting = (labels: Json): Json => ({ podSelector: { matchLabels: labels } })
const inNamespaces = (labels: Json): Json => ({ namespaceSelector: { matchLabels: labels } })
const from = (...peers: readonly Json[]): Json => ({ ingress: [{ from: peers }] })
const onPort = (...ports: readonly Json[]): Json => ({ ingress: [{ ports }] })

const web = pod('shop/web', { app: 'web' })
const db = pod('shop/db', { app: 'db' }, { ports: [{ name: 'postgres', containerPort: 5432 }] })
const api: Json = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'shop', name: 'api' },
  spec: {
    selector: { matchLabels: { app: 'api' } },
    template: {
      metadata: { labels: { app: 'api' } },
      spec: { containers: [{ name: 'c', image: 'c' }] },
    },
  },
}
const denyAll = policy('shop/db', { podSelector: {} }, 'deny-all')

/** What nearly decided otherwise, on the side of the destination. */
function nearest(objects: readonly Json[], question = 'shop/web -> shop/db:5432') {
  const { steps, message } = ask(load(...objects), question)
  const { nearMisses: near = [], decisive = 0 } = steps.find(({ step }) => step === 'ingress') ?? {}
  // The nearest is found without the others, and is the first of them.
  expect(decisive).toBe(0)
  return { message, near: near.map(one => `${one.reason}: ${one.message} | ${one.mend}`), all: near }
}

describe('what nearly opens a side that refuses', () => {
  it.each<[what: string, objects: readonly Json[], reason: string, words: RegExp, mend: RegExp]>([
    [
      'a label with a letter wrong in the policy, where nobody has it',
      [web, db, policy('shop/db', from(selecting({ app: 'wbe' })))],
      'NEAR_MISS_LABEL',
      /^app=wbe is wanted, and shop\/web has app=web; no Pod of the input matches this entry$/,
      /^write app: web$/,
    ],
    [
      'a label that the Pod has not',
      [web, db, pod('shop/cron', { access: 'yes' }), policy('shop/db', from(selecting({ access: 'yes' })))],
      'NEAR_MISS_LABEL',
      /^access=yes is wanted, and shop\/web has no label access$/,
      /^label shop\/web access=yes$/,
    ],
    [
      'a label whose key has a letter wrong',
      [web, db, pod('shop/x', { tier: 'front' }), policy('shop/db', from(selecting({ teir: 'front' })))],
      'NEAR_MISS_LABEL',
      /teir=front is wanted, and shop\/x has no label teir, but tier=front/,
      /^write tier: front$/,
    ],
    [
      'a Pod of another namespace, and a podSelector alone',
      [pod('out/web', { app: 'web' }), db, policy('shop/db', from(selecting({ app: 'web' })))],
      'NEAR_MISS_OWN_NAMESPACE',
      /^a podSelector alone means Pods of the policy's own namespace shop, and out\/web is in out$/,
      /namespaceSelector: \{matchLabels: \{kubernetes.io\/metadata.name: out\}\}/,
    ],
    [
      'a namespace without the label',
      [
        pod('out/web'),
        namespace('out', { team: 'b' }),
        db,
        policy('shop/db', from(inNamespaces({ env: 'prod' }))),
      ],
      'NEAR_MISS_NAMESPACE_LABEL',
      /^env=prod is wanted, and namespace out has no label env; no Pod of the input matches this entry/,
      /^label namespace out env=prod$/,
    ],
    [
      'a namespace by its name, under a label that it has not of itself',
      [pod('out/web'), db, policy('shop/db', from(inNamespaces({ name: 'out' })))],
      'NEAR_MISS_NAMESPACE_LABEL',
      /^name=out is wanted, and namespace out has no label name, but kubernetes.io\/metadata.name=out/,
      /^write kubernetes.io\/metadata.name: out$/,
    ],
    [
      'one entry with both selectors, where either was meant',
      [web, db, policy('shop/db', from({ ...selecting({ app: 'web' }), ...inNamespaces({ team: 'a' }) }))],
      'NEAR_MISS_AND_OR',
      /^one entry with both selectors wants both: Pods app=web of namespaces team=a, and shop\/web is in namespace shop$/,
      /a dash of its own/,
    ],
    [
      'another protocol',
      [web, db, policy('shop/db', onPort({ port: 5432, protocol: 'UDP' }))],
      'NEAR_MISS_PROTOCOL',
      /^it is about UDP 5432, not TCP 5432$/,
      /^add a port with protocol: TCP$/,
    ],
    [
      'a port with two digits changed',
      [web, db, policy('shop/db', onPort({ port: 5423 }))],
      'NEAR_MISS_PORT',
      /^it is about TCP 5423, not TCP 5432$/,
      /^write port: 5432$/,
    ],
    [
      'a port with a digit wrong, asked for by its name',
      [web, db, policy('shop/db', onPort({ port: 5433 }))],
      'NEAR_MISS_PORT',
      /^it is about TCP 5433, not TCP postgres \(5432\)$/,
      /^write port: 5432$/,
    ],
    [
      'another port',
      [web, db, policy('shop/db', onPort({ port: 80 }))],
      'NEAR_MISS_PORT',
      /^it is about TCP 80, not TCP 5432$/,
      /^add port TCP 5432$/,
    ],
    [
      'a port by a name that the Pod has not',
      [web, db, policy('shop/db', onPort({ port: 'pg' }))],
      'NAMED_PORT_UNRESOLVED',
      /^it is about the port named pg, and shop\/db declares postgres \(5432\)$/,
      /^write port: 5432$/,
    ],
    [
      'a policy that selects nobody, for a letter',
      [web, db, denyAll, policy('shop/db', { ...from(), ...selecting({ app: 'bd' }) }, 'allow')],
      'POLICY_SELECTS_NOTHING',
      /^app=bd is wanted, and shop\/db has app=db; it selects no Pod of the input$/,
      /^write app: db$/,
    ],
    [
      'a policy in the wrong namespace',
      [web, db, denyAll, policy('other/db', from(inNamespaces({ 'kubernetes.io/metadata.name': 'shop' })))],
      'NEAR_MISS_POLICY_NAMESPACE',
      /^it is in namespace other, where it selects no Pod, and policies select Pods of their own namespace only: shop\/db is in shop$/,
      /^write namespace: shop$/,
    ],
    [
      'rules for a direction that policyTypes do not name',
      [web, db, denyAll, policy('shop/db', { policyTypes: ['Egress'], ingress: [{}] })],
      'RULES_OUTSIDE_POLICY_TYPES',
      /^the ingress rules of db have no effect on shop\/db, because its policyTypes do not name Ingress$/,
      /^add Ingress to policyTypes$/,
    ],
  ])('%s', (what, objects, reason, words, mend) => {
    const asked = what.includes('another namespace') || what.includes('a namespace') ? 'out/web' : 'shop/web'
    const source = what.includes('key') ? 'shop/x' : asked
    const port = what.includes('by its name') ? 'postgres' : '5432'
    const { all, message } = nearest(objects, `${source} -> shop/db:${port}`)
    expect(all[0]?.reason).toBe(reason)
    expect(all[0]?.message).toMatch(words)
    expect(all[0]?.mend).toMatch(mend)
    // The first line of the answer names the real cause.
    expect(message).toContain(all[0]?.message)
  })

  it('the port of the Service in the place of the Pod’s', () => {
    const front = service('shop/front', { selector: { app: 'db' }, ports: [{ port: 80, targetPort: 5432 }] })
    const { near } = nearest(
      [web, db, front, policy('shop/db', onPort({ port: 80 }))],
      'shop/web -> shop/svc/front:80',
    )
    expect(near).toEqual([
      'SERVICE_PORT_IS_NOT_POD_PORT: it is about TCP 80, the port of the Service, and policies see that of the Pod behind it: TCP 5432 | write port: 5432',
    ])
  })

  it.each<[what: string, block: Json, reason: string, mend: string]>([
    ['outside a block', { cidr: '10.0.0.0/24' }, 'NEAR_MISS_CIDR', 'add an entry for 10.0.1.7'],
    [
      'in an exception',
      { cidr: '10.0.0.0/16', except: ['10.0.1.0/24'] },
      'NEAR_MISS_EXCEPT',
      'add an entry for 10.0.1.7',
    ],
  ])('an address %s', (_, ipBlock, reason, mend) => {
    const { all } = nearest([db, policy('shop/db', from({ ipBlock }))], '10.0.1.7 -> shop/db:5432')
    expect(all.map(one => [one.reason, one.mend])).toEqual([[reason, mend]])
  })

  it('a Pod in an exception', () => {
    const inException = pod('shop/web', { app: 'web' }, { status: { podIP: '10.0.1.7' } })
    const ipBlock = { cidr: '10.0.0.0/16', except: ['10.0.2.0/24', '10.0.1.0/24'] }
    const { all } = nearest([inException, db, policy('shop/db', from({ ipBlock }))])
    expect(all.map(({ message }) => message)).toEqual([
      'the address of shop/web is in 10.0.1.0/24, which is excepted from 10.0.0.0/16',
    ])
  })

  it('the rule that misses least comes first', () => {
    const rules = {
      ingress: [
        { from: [selecting({ app: 'api' })], ports: [{ port: 80 }] },
        { from: [selecting({ app: 'api' })], ports: [{ port: 5432 }] },
        { from: [selecting({ app: 'web' })], ports: [{ port: 5433 }] },
      ],
    }
    const { all } = nearest([web, db, pod('shop/api', { app: 'api' }), policy('shop/db', rules)])
    expect(all.map(({ rule }) => rule)).toEqual([2, 1, 0])
  })

  it('of the entries of one rule the nearest counts', () => {
    const rule = from(selecting({ app: 'other', tier: 'x' }), selecting({ app: 'wbe' }))
    expect(nearest([web, db, policy('shop/db', rule)]).all.map(({ message }) => message)).toEqual([
      'app=wbe is wanted, and shop/web has app=web; no Pod of the input matches this entry',
    ])
  })

  it('no policy that only may select, where its policyTypes do not name the direction', () => {
    const hash = selecting({ 'pod-template-hash': '7d9' })
    const elsewhere = policy('shop/api', { ...hash, policyTypes: ['Egress'], ingress: [{}] }, 'elsewhere')
    const asked = 'shop/web -> shop/api:80'
    expect(nearest([web, api, denyAll, elsewhere], asked).all).toEqual([])
    const { all, message } = nearest([web, api, elsewhere], asked)
    expect(all).toEqual([])
    expect(message).toContain('no policy isolates either end')
  })

  it('the place is that of the difference', () => {
    const { all } = nearest([web, db, policy('shop/db', from(selecting({ app: 'wbe' })))])
    expect(all[0]?.source.length).toBe('"wbe"'.length)
  })

  it('is found beside a policy with very many peers, whichever of the two is first', () => {
    const many = Array.from({ length: 500 }, (_, index) => selecting({ app: `client-${index}` }))
    const large = policy('shop/db', from(...many), 'large')
    const small = policy('shop/db', from(selecting({ app: 'wbe' })), 'small')
    const firstOf = (...policies: readonly Json[]) => nearest([web, db, ...policies]).near[0]
    expect(firstOf(small, large)).toMatch(/^NEAR_MISS_LABEL: app=wbe is wanted/)
    expect(firstOf(large, small)).toBe(firstOf(small, large))
  })
})

describe('what nearly closes a side that no policy isolates', () => {
  it.each<[what: string, policies: readonly Json[], reason: string | undefined]>([
    ['a policy whose podSelector has a letter wrong', [selectsWrongly('databse')], 'POLICY_SELECTS_NOTHING'],
    [
      'a policy of another namespace that selects nobody there',
      [policy('other/database', {})],
      'NEAR_MISS_POLICY_NAMESPACE',
    ],
    [
      'rules for a direction that is not in force',
      [policy('shop/database', { policyTypes: ['Egress'], ingress: [{ ports: [{ port: 1 }] }] })],
      'RULES_OUTSIDE_POLICY_TYPES',
    ],
    ['a policy for somebody else', [selectsWrongly('queue')], undefined],
    ['a policy that would open it anyway', [policy('other/database', { ingress: [{}] })], undefined],
    [
      'a policy that would open it anyway by the name of a port of the Pod',
      [policy('other/database', onPort({ port: 'sql' }))],
      undefined,
    ],
  ])('%s', (_, policies, reason) => {
    const database = pod(
      'shop/database',
      { app: 'database' },
      { ports: [{ name: 'sql', containerPort: 5432 }] },
    )
    const { all, message } = nearest([web, database, ...policies], 'shop/web -> shop/database:5432')
    expect(all.map(one => one.reason)).toEqual(reason === undefined ? [] : [reason])
    expect(message).toContain(all[0]?.message ?? 'no policy isolates either end')
  })

  it.each<[what: string, spec: Json, reason: string | undefined]>([
    ['a policy that would open it anyway', { egress: [{ ports: [{ port: 'postgres' }] }] }, undefined],
    ['a policy that would not', { egress: [{ ports: [{ port: 'http' }] }] }, 'NEAR_MISS_POLICY_NAMESPACE'],
  ])('by a name of the destination, %s', (_, spec, reason) => {
    const elsewhere = policy('other/web', { policyTypes: ['Egress'], ...spec })
    const { steps } = ask(load(web, db, elsewhere), 'shop/web -> shop/db:5432')
    const near = steps.find(({ step }) => step === 'egress')?.nearMisses ?? []
    expect(near.map(one => one.reason)).toEqual(reason === undefined ? [] : [reason])
  })
})

function selectsWrongly(app: string): Json {
  return policy('shop/database', selecting({ app }), 'guard')
}
