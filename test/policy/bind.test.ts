import { expect, it } from 'vitest'
import { bind } from '../../src/policy/bind.ts'
import { pluginCalled } from '../../src/questions/plugins.ts'
import { NO_ADDRESS, parseAddress } from '../../src/sets/addresses.ts'
import { type Json, load, loadWith, policy } from '../semantics/ask.ts'

it('rules that are ineffective because of policyTypes are seen as the network plugin would apply them', () => {
  const ports = [{ port: 'http' }, { port: 80, endPort: 90 }]
  const both = policy('shop/db', { policyTypes: ['Ingress'], ingress: [{ ports }], egress: [{ ports }] })
  const [bound] = loadWith('weave', both).policyObjects
  const [inForce, ineffective] = [bound?.directions[0]?.rules, bound?.ineffective[0]?.rules]
  const applied = [
    { kind: 'name', ignored: true },
    { kind: 'numbers', open: [79, 80], written: [79, 90] },
  ]
  expect(inForce).toMatchObject([{ ports: applied }])
  expect(ineffective).toMatchObject([{ ports: applied }])
})

it.each<
  [what: string, cni: string | undefined, clusterIP: string | undefined, ingress: Json, isSame: boolean]
>([
  ['any, where no plugin is named', undefined, undefined, { ports: [{ port: 'http' }] }, true],
  ['one with numbers', 'weave', undefined, { ports: [{ port: 80 }] }, true],
  ['one with a name that the plugin does not know', 'weave', undefined, { ports: [{ port: 'http' }] }, false],
  ['one with a block of Pods beside Services', undefined, '10.96.0.1', blocks('10.0.0.0/24'), true],
  ['one with a block of a Service', undefined, '10.96.0.1', blocks('10.0.0.0/24', '10.96.0.1/32'), false],
])(
  'a policy that is applied as it is written stays the same object: %s',
  (_, cni, clusterIP, rule, isSame) => {
    const direction = { ingress: [rule] }
    const addresses = clusterIP === undefined ? NO_ADDRESS : (parseAddress(clusterIP) ?? NO_ADDRESS)
    const profile = cni === undefined ? undefined : pluginCalled(cni)
    const { policyObjects } = load(
      policy('shop/db', direction, 'in-force'),
      policy('shop/db', { ...direction, policyTypes: ['Egress'] }, 'ineffective'),
    )
    const bound = bind(policyObjects, addresses, profile)
    expect(bound.map((one, index) => one === policyObjects[index])).toEqual([isSame, isSame])
  },
)

function blocks(...cidrs: readonly string[]): Json {
  return { from: cidrs.map(cidr => ({ ipBlock: { cidr } })) }
}
