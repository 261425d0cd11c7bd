import { describe, expect, it } from 'vitest'
import type { VerdictWord } from '../../src/report/common.ts'
import { ask, expectRows, type Json, load, node, openPorts, pod, policy, service } from './ask.ts'

/* S-051: blocks that hold an unknown address together, and none of them surely. */

const OUTSIDE = { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }
const INSIDE = { ipBlock: { cidr: '10.0.0.0/8' } }
const LOWER = { ipBlock: { cidr: '::/1' } }
const UPPER = { ipBlock: { cidr: '8000::/1' } }
const tcp = (...ports: readonly number[]) => ({ ports: ports.map(port => ({ port })) })

const egress = (...rules: readonly Json[]): Json => ({ policyTypes: ['Egress'], egress: rules })
const ingress = (...rules: readonly Json[]): Json => ({ ingress: rules })

const web = pod('shop/web', { app: 'web' })
const db = pod('shop/db', { app: 'db' }, { ports: [{ name: 'sql', containerPort: 80 }] })

describe('S-051 several blocks and an address that is not known', () => {
  it.each<readonly [name: string, spec: Json, verdict: VerdictWord]>([
    ['two rules', egress({ to: [OUTSIDE] }, { to: [INSIDE] }), 'yes'],
    ['one rule', egress({ to: [OUTSIDE, INSIDE] }), 'yes'],
    ['two rules, IPv6', egress({ to: [LOWER] }, { to: [UPPER] }), 'yes'],
    [
      'three rules',
      egress(
        { to: [{ ipBlock: { cidr: '0.0.0.0/1' } }] },
        { to: [{ ipBlock: { cidr: '128.0.0.0/2' } }] },
        { to: [{ ipBlock: { cidr: '192.0.0.0/2' } }] },
      ),
      'yes',
    ],
    ['a part of each family', egress({ to: [OUTSIDE] }, { to: [LOWER] }), 'undetermined'],
    [
      'a part that neither holds',
      egress({ to: [OUTSIDE] }, { to: [{ ipBlock: { cidr: '10.0.0.0/9' } }] }),
      'undetermined',
    ],
    ['the port in both', egress({ to: [OUTSIDE], ...tcp(80, 443) }, { to: [INSIDE], ...tcp(80) }), 'yes'],
    ['the port in one', egress({ to: [OUTSIDE], ...tcp(443) }, { to: [INSIDE], ...tcp(80) }), 'undetermined'],
    [
      'a name of the port in one',
      egress({ to: [OUTSIDE], ports: [{ port: 'sql' }] }, { to: [INSIDE], ...tcp(80) }),
      'yes',
    ],
    [
      'another name',
      egress({ to: [OUTSIDE], ports: [{ port: 'web' }] }, { to: [INSIDE], ...tcp(80) }),
      'undetermined',
    ],
  ])('%s', (_, spec, verdict) => {
    const world = load(web, db, policy('shop/web', spec))
    expectRows(world, [['shop/web -> shop/db:80', verdict]])
  })

  it('opens the ports that the rules have in common', () => {
    const rules = egress(
      { to: [OUTSIDE], ...tcp(80, 443) },
      { to: [INSIDE], ...tcp(80, 53) },
      { to: [INSIDE], ...tcp(443) },
    )
    expect(openPorts(load(web, db, policy('shop/web', rules)), 'shop/web -> shop/db')).toBe('TCP 80,443')
  })

  it('ingress, and rules of two policies', () => {
    const world = load(
      web,
      db,
      policy('shop/db', ingress({ from: [OUTSIDE] }), 'outside'),
      policy('shop/db', ingress({ from: [INSIDE] }), 'inside'),
    )
    expectRows(world, [['shop/web -> shop/db:80', 'yes', 'ALLOWED_BY_RULE']])
    const { steps } = ask(world, 'shop/web -> shop/db:80')
    expect(steps?.find(({ step }) => step === 'ingress')?.message).toMatch(
      /^outside ingress\[0\] \(.*\) and inside ingress\[0\] \(.*\) together open it, whichever address the source has$/,
    )
  })

  it('a policy that selects only perhaps does not count', () => {
    const hash = { podSelector: { matchLabels: { 'pod-template-hash': '5' } } }
    const deploy = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'shop', name: 'db' },
      spec: {
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'c' }] } },
      },
    }
    const world = load(
      web,
      deploy,
      policy('shop/db', ingress({ from: [OUTSIDE] }), 'outside'),
      policy('shop/db', { ...ingress({ from: [INSIDE] }), ...hash }, 'inside'),
    )
    expectRows(world, [['shop/web -> shop/deploy/db:80', 'undetermined']])
  })

  it('clients whose address that of a node replaces', () => {
    const balancer = service('shop/db', {
      type: 'LoadBalancer',
      selector: { app: 'db' },
      ports: [{ port: 80 }],
    })
    const ofNodes = ['10.0.0.1', '10.0.0.2'].map(address => ({
      from: [{ ipBlock: { cidr: `${address}/32` } }],
    }))
    const nodes = [node('n1', '10.0.0.1'), node('n2', '10.0.0.2')]
    const asked = 'internet -> shop/svc/db:80'
    expectRows(load(db, balancer, policy('shop/db', ingress({ from: [OUTSIDE] }, { from: [INSIDE] }))), [
      [asked, 'yes'],
    ])
    expectRows(load(db, balancer, ...nodes, policy('shop/db', ingress(...ofNodes))), [[asked, 'yes']])
    expectRows(load(db, balancer, ...nodes, policy('shop/db', ingress(...ofNodes.slice(1)))), [
      [asked, 'undetermined'],
    ])
  })
})
