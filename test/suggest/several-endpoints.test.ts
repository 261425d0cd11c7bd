import { describe, expect, it } from 'vitest'
import { edit, explain, load, verdict } from '../../src/index.ts'

/*
 * A question about several endpoints gets one suggestion in one place, and notes say whose address is not known, and once.
 */

const CLUSTER = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: ctl, namespace: shop, labels: {app: ctl}}
spec: {containers: [{name: c, image: c}]}
---
apiVersion: v1
kind: Service
metadata: {name: legacy, namespace: shop}
spec: {ports: [{port: 443, targetPort: 6443}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: legacy, namespace: shop}
subsets:
- addresses: [{ip: 192.0.2.20}, {ip: 192.0.2.21}, {ip: 192.0.2.22}]
  ports: [{port: 6443}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: db, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: c, image: c, ports: [{containerPort: 5432}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{port: 5432}]}
---
`
const egress = (...rules: readonly string[]): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: shop}
spec:
  podSelector: {matchLabels: {app: ctl}}
  policyTypes: [Egress]
  egress:
${rules.map(rule => `  - ${rule}`).join('\n')}
`
const toBlock = (block: string, port: number): string =>
  `{to: [{ipBlock: {cidr: ${block}}}], ports: [{port: ${port}}]}`
const worldOf = (...rules: readonly string[]) =>
  load([{ path: 'all.yaml', text: CLUSTER + egress(...rules) }])

describe('a Service with three endpoints outside', () => {
  const world = worldOf(toBlock('192.0.2.130/32', 6443), toBlock('192.0.2.131/32', 6443))
  const question = { from: 'shop/ctl', to: 'svc/legacy:443', namespace: 'shop' }
  const { suggestions } = explain(world, question)

  it('is allowed in one place', () => {
    const messages = suggestions.map(({ message }) => message)
    expect(messages[0]).toBe(
      'in out egress[0] (all.yaml:44): add entries for 192.0.2.20, 192.0.2.21 and 192.0.2.22',
    )
    for (const message of messages) expect(message).not.toMatch(/add an? entr.*; a new NetworkPolicy/)
  })

  it('by each suggestion, which lets in nothing else', () => {
    expect(suggestions.length).toBeGreaterThan(1)
    for (const { manifest, opened } of suggestions) {
      const files = [{ path: 'fix.yaml', text: manifest }]
      expect(verdict(edit(world, [{ kind: 'apply', files }]), question)).toBe('yes')
      expect(opened.filter(({ asked }) => !asked)).toEqual([])
    }
  })
})

describe('a note on an address that is not in the input', () => {
  const notes = (...rules: readonly string[]) =>
    explain(worldOf(...rules), { from: 'shop/ctl', to: 'svc/db:5432', namespace: 'shop' })
      .assumptions.filter(({ code }) => code === 'ASSUMED_POD_IP')
      .map(({ message }) => message)

  it.each<[what: string, rules: readonly string[], expected: readonly string[]]>([
    [
      'names the workload, once for its Pods and for all blocks',
      [toBlock('10.0.0.0/8', 5432), toBlock('172.16.0.0/12', 5432)],
      [
        'the address of shop/db is not in the input; ipBlock 10.0.0.0/8, 172.16.0.0/12 may or may not hold it',
      ],
    ],
    ['is not there for rules on other ports', [toBlock('10.0.0.0/8', 53)], []],
    [
      'is not there where another rule decides',
      [toBlock('10.0.0.0/8', 5432), '{to: [{podSelector: {matchLabels: {app: db}}}]}'],
      [],
    ],
  ])('%s', (_, rules, expected) => expect(notes(...rules)).toEqual(expected))
})

describe('Pods on the network of two nodes', () => {
  const agent = (name: string, node: string, address: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: agent}}
spec: {nodeName: ${node}, hostNetwork: true, containers: [{name: c, image: c, ports: [{containerPort: 9100}]}]}
status: {podIP: ${address}}
---
`
  const service = `apiVersion: v1
kind: Service
metadata: {name: agents, namespace: shop}
spec: {selector: {app: agent}, ports: [{port: 9100}]}
---
`
  const text = (...agents: readonly string[]) => [CLUSTER, ...agents, service, egress()].join('')
  const ASKED = { from: 'shop/ctl', to: 'shop/svc/agents' }

  it('are one rule with the addresses of both', () => {
    const world = load([
      { path: 'all.yaml', text: text(agent('a-1', 'n1', '10.0.0.1'), agent('a-2', 'n2', '10.0.0.2')) },
    ])
    const [first] = explain(world, ASKED).suggestions
    expect(first?.message).toBe('a new NetworkPolicy shop/ctl-to-a-1: egress to shop/a-1, shop/a-2, TCP 9100')
    expect(first?.manifest.match(/cidr: .*/g)).toEqual(['cidr: 10.0.0.1/32', 'cidr: 10.0.0.2/32'])
    const file = { path: 'fix.yaml', text: first?.manifest ?? '' }
    expect(verdict(edit(world, [{ kind: 'apply', files: [file] }]), ASKED)).toBe('yes')
  })
})
