import { expect, it } from 'vitest'
import { loadWith, policy } from '../semantics/ask.ts'

it('rules that are ineffective because of policyTypes are seen as the network plugin would apply them', () => {
  const ports = [{ port: 'http' }, { port: 80, endPort: 90 }]
  const both = policy('shop/db', { policyTypes: ['Ingress'], ingress: [{ ports }], egress: [{ ports }] })
  const [bound] = loadWith('weave', both).networkPolicies
  const [inForce, ineffective] = [bound?.directions[0]?.rules, bound?.ineffective[0]?.rules]
  const applied = [
    { kind: 'name', ignored: true },
    { kind: 'numbers', open: [79, 80], written: [79, 90] },
  ]
  expect(inForce).toMatchObject([{ ports: applied }])
  expect(ineffective).toMatchObject([{ ports: applied }])
})
