import { expect, it } from 'vitest'
import { reach } from '../../src/index.ts'
import { differencesText } from '../../src/words/differences.ts'
import { say } from '../../src/words/reason.ts'
import { POD, world } from '../questions/routed-world.ts'

/* Sentences that were hard to read. */

it('the API server has its article', () => {
  const facts = { block: { cidr: '10.0.0.0/8', except: [] }, object: 'API server' }
  expect(differencesText([{ code: 'NEAR_MISS_CIDR', facts }])).toBe(
    'the address of the API server is outside 10.0.0.0/8',
  )
})

it('several reasons for several cases are numbered', () => {
  const itself = { code: 'SELF_TRAFFIC', facts: {} } as const
  const facts = { on: 'cache', servers: ['a', 'b'], otherwise: [itself, itself] } as const
  expect(say({ code: 'UNDETERMINED_DNS_SERVER', facts })).toMatch(
    /in one of these cases \(1\) .+ or \(2\) .+/,
  )
})

const POLICY = (cidr: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: ${cidr}}}]}]
`

it('a part of the world outside is told as it is written', () => {
  const six = POD('shop/web').replace('\n---', "\nstatus: {podIP: 'fd00::1'}\n---")
  const { suggestions = [] } = reach(world(six, POLICY('64:ff9b::/96')), {
    from: 'shop/web',
    to: 'internet',
    port: '443',
    advice: true,
  })
  const told = suggestions.map(({ message }) => message.replace(/^.*: /, ''))
  expect(told).toContain('add an entry for ::/0')
})
