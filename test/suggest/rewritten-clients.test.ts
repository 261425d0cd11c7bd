import { describe, expect, it } from 'vitest'
import { edit, explain, load, verdict } from '../../src/index.ts'

/*
 * Clients whose address a node replaces (S-064, S-067): sentences speak of the address that policies see, and help begins with what
 * lets the client keep its own.
 */

const SHOP = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {nodeName: n2, containers: [{name: c, image: c, ports: [{containerPort: 8080}]}]}
status: {phase: Running, podIP: 10.244.2.6, podIPs: [{ip: 10.244.2.6}]}
---
apiVersion: v1
kind: Pod
metadata: {name: job, namespace: shop, labels: {app: job}}
spec: {nodeName: n1, containers: [{name: c, image: c}]}
---
`
const service = (more: string): string => `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}], ${more}}
---
`
const node = (name: string, address: string): string => `apiVersion: v1
kind: Node
metadata: {name: ${name}}
status: {addresses: [{type: InternalIP, address: ${address}}]}
---
`
const NODES = node('n1', '10.0.1.5') + node('n2', '10.0.1.6')
const allowing = (peer: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{from: [${peer}], ports: [{port: 8080}]}]
`
const OFFICE = '{ipBlock: {cidr: 203.0.113.0/24}}'
const BALANCED = service('type: LoadBalancer')

function answer(question: string, ...objects: readonly string[]) {
  const [from = '', to = ''] = question.split(' -> ')
  const world = load([{ path: 'all.yaml', text: SHOP + objects.join('') }])
  const asked = { from, to, namespace: 'shop' }
  const { message, suggestions, verdict: word } = explain(world, asked)
  for (const { manifest } of suggestions)
    expect(
      verdict(edit(world, [{ kind: 'apply', files: [{ path: 'f.yaml', text: manifest }] }]), asked),
    ).toBe('yes')
  return { word, message, suggestions: suggestions.map(one => one.message) }
}

const LOCAL = 'in Service web (all.yaml:19): write externalTrafficPolicy: Local'

describe('a client outside, of a Service with externalTrafficPolicy: Cluster', () => {
  it.each<[what: string, question: string, objects: readonly string[]]>([
    ['one node', '203.0.113.7 -> svc/web:80', [BALANCED, node('n2', '10.0.1.6'), allowing(OFFICE)]],
    ['two nodes', '203.0.113.7 -> svc/web:80', [BALANCED, NODES, allowing(OFFICE)]],
    ['no node in the input', '203.0.113.7 -> svc/web:80', [BALANCED, allowing(OFFICE)]],
    ['a block of clients', '203.0.113.0/25 -> svc/web:80', [BALANCED, NODES, allowing(OFFICE)]],
    ['a NodePort', '203.0.113.7 -> svc/web:80', [service('type: NodePort'), NODES, allowing(OFFICE)]],
  ])('is let in by what lets it keep its address: %s', (_, question, objects) => {
    expect(answer(question, ...objects).suggestions[0]).toBe(LOCAL)
  })

  it('is told of by the address that policies see, and why', () => {
    const { word, message, suggestions } = answer(
      '203.0.113.7 -> svc/web:80',
      BALANCED,
      NODES,
      allowing(OFFICE),
    )
    expect(word).toBe('no')
    expect(message).toContain(
      "a node's address (10.0.1.5, 10.0.1.6) takes the place of 203.0.113.7 (externalTrafficPolicy: Cluster of Service shop/web), and is outside 203.0.113.0/24",
    )
    for (const one of suggestions) expect(one).not.toMatch(/203\.0\.113\.7(?!\))|from-internet/)
  })

  it('gets a rule besides, where it is in no block', () => {
    const [first] = answer('198.51.100.7 -> svc/web:80', BALANCED, NODES, allowing(OFFICE)).suggestions
    expect(first).toBe(
      `${LOCAL}; a new NetworkPolicy shop/web-from-198-51-100-7: ingress from 198.51.100.7, TCP 8080`,
    )
  })

  it('may be let in with all that comes through the node, which is said', () => {
    const { suggestions } = answer(
      '203.0.113.7 -> svc/web:80',
      BALANCED,
      node('n2', '10.0.1.6'),
      allowing(OFFICE),
    )
    expect(suggestions.slice(1)).toEqual(
      expect.arrayContaining([
        'a new NetworkPolicy shop/web-from-nodes: ingress from every client that comes through a node (10.0.1.6), TCP 8080',
      ]),
    )
  })

  it('is not told to keep an address that it keeps', () => {
    const local = service('type: LoadBalancer, externalTrafficPolicy: Local')
    const { message, suggestions } = answer('198.51.100.7 -> svc/web:80', local, NODES, allowing(OFFICE))
    expect(message).toContain('the address of 198.51.100.7 is outside 203.0.113.0/24')
    for (const one of suggestions) expect(one).not.toContain('externalTrafficPolicy')
  })
})

describe('a Pod that comes through the port of a node', () => {
  const { message, suggestions } = answer(
    'pod/job -> node/n1:30080',
    service('type: NodePort'),
    NODES,
    allowing('{podSelector: {matchLabels: {app: job}}}'),
  )
  it('is told of as a node, and not as no Pod', () => {
    expect(message).toContain("a node's address (10.0.1.5, 10.0.1.6) takes the place of shop/job")
    expect(message).not.toContain('is none')
  })
  it('is not helped by externalTrafficPolicy', () => {
    for (const one of suggestions) expect(one).not.toContain('externalTrafficPolicy')
  })
})

it('a block with the address of the load balancer was meant for the Service', () => {
  const balanced = `${BALANCED.trimEnd().replace(/---$/, '')}status: {loadBalancer: {ingress: [{ip: 192.0.2.10}]}}\n---\n`
  const egress = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: job, namespace: shop}
spec:
  podSelector: {matchLabels: {app: job}}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: 192.0.2.10/32}}]}]
`
  expect(answer('pod/job -> svc/web:80', balanced, egress).message).toContain(
    "192.0.2.10/32 holds the Service's own address, and policies see what is behind it, shop/web",
  )
})
