import fc from 'fast-check'
import { expect } from 'vitest'
import { PROFILES, type Profile } from '../../src/policy/profile.ts'
import { buildWorld, type World } from '../../src/world/world.ts'
import type { Manifest } from './oracle.ts'
import { tieredPolicies } from './tiered-policies.ts'
import { withTiered } from './with-tiered.ts'

/*
 * Small worlds with all that makes an answer unsure: unknown addresses, labels that a controller will make up, both IP
 * families, Pods on their node's network with and without a node that is known.
 */

const KEYS = ['app', 'tier', 'pod-template-hash'] as const
const VALUES = ['a', 'b', '5'] as const
const NAMESPACES = ['one', 'two', 'three'] as const

const labels = fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom(...VALUES), { maxKeys: 2 })
const podLabels = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 2 })
const selector = fc.record(
  {
    matchLabels: fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 1 }),
    matchExpressions: fc.array(
      fc.oneof(
        fc.record({
          key: fc.constantFrom(...KEYS),
          operator: fc.constantFrom('In', 'NotIn'),
          values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 2 }),
        }),
        fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
      ),
      { maxLength: 1 },
    ),
  },
  { requiredKeys: [] },
)
const namespaceSelector = fc.constantFrom(
  {},
  { matchLabels: { 'kubernetes.io/metadata.name': 'one' } },
  { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] },
  { matchLabels: { env: 'prod' } },
)
const block = fc.constantFrom(
  { cidr: '10.0.0.0/8', except: ['10.0.0.2/32'] },
  { cidr: '10.0.0.1/32' },
  { cidr: '0.0.0.0/0', except: ['10.0.0.0/30'] },
  { cidr: '10.0.0.0/30' },
  { cidr: 'fd00::/16' },
  { cidr: '::/0', except: ['fd00::/16'] },
  { cidr: 'fd00::1/128' },
  { cidr: '::/0' },
)
const peer = fc.oneof(
  selector.map(podSelector => ({ podSelector })),
  namespaceSelector.map(one => ({ namespaceSelector: one })),
  fc
    .tuple(namespaceSelector, selector)
    .map(([one, podSelector]) => ({ namespaceSelector: one, podSelector })),
  block.map(ipBlock => ({ ipBlock })),
)
const port = fc.constantFrom(
  { port: 80 },
  { port: 'web' },
  { port: 'dns', protocol: 'UDP' },
  { port: 80, endPort: 90 },
  { protocol: 'SCTP' },
)
const rule = fc.record(
  { peers: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) },
  { requiredKeys: [] },
)

interface Rule {
  readonly peers?: readonly unknown[]
  readonly ports?: readonly unknown[]
}

/** Two blocks that hold every address of a family together, each in a rule of its own. */
const halves = fc
  .tuple(
    fc.constantFrom(
      [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/30'] }, { cidr: '10.0.0.0/30' }],
      [{ cidr: '::/0', except: ['fd00::/16'] }, { cidr: 'fd00::/16' }],
    ),
    fc.array(rule, { minLength: 2, maxLength: 2 }),
  )
  .map(([blocks, rules]) =>
    rules.map(({ ports }, index) => ({ peers: [{ ipBlock: blocks[index] }], ...(ports && { ports }) })),
  )
const rules: fc.Arbitrary<readonly Rule[]> = fc.oneof(
  { weight: 3, arbitrary: fc.array(rule, { maxLength: 2 }) },
  { weight: 1, arbitrary: halves },
  // The other half may be in another policy.
  { weight: 1, arbitrary: halves.map(([first]) => (first === undefined ? [] : [first])) },
  { weight: 1, arbitrary: halves.map(([, second]) => (second === undefined ? [] : [second])) },
)

const policy = fc
  .record({
    namespace: fc.constantFrom(...NAMESPACES),
    podSelector: selector,
    policyTypes: fc.subarray(['Ingress', 'Egress'], { minLength: 1 }),
    ingress: rules,
    egress: rules,
  })
  .map(({ namespace, podSelector, policyTypes, ingress, egress }) => ({
    namespace,
    spec: {
      podSelector,
      policyTypes,
      ...(policyTypes.includes('Ingress') && {
        ingress: ingress.map(({ peers, ports }) => ({
          ...(peers && { from: peers }),
          ...(ports && { ports }),
        })),
      }),
      ...(policyTypes.includes('Egress') && {
        egress: egress.map(({ peers, ports }) => ({ ...(peers && { to: peers }), ...(ports && { ports }) })),
      }),
    },
  }))

const addresses = fc.constantFrom<readonly string[]>(
  ['10.0.0.1'],
  ['10.0.0.2'],
  ['10.1.0.1'],
  ['fd00::1'],
  ['10.0.0.1', 'fd00::1'],
  ['fd01::1', '10.0.0.2'],
  [],
)
const containers = fc.constantFrom<readonly unknown[]>(
  [],
  [{ name: 'web', containerPort: 80 }],
  [
    { name: 'web', containerPort: 8080 },
    { name: 'dns', containerPort: 53, protocol: 'UDP' },
  ],
)
const pod = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  labels: podLabels,
  addresses,
  ports: containers,
  hostNetwork: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  nodeName: fc.constantFrom('n1', 'n2', undefined),
})
const deployment = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  labels,
  ports: containers,
  replicas: fc.integer({ min: 1, max: 3 }),
})

export const unsureWorlds = fc
  .record({
    pods: fc.array(pod, { maxLength: 5 }),
    deployments: fc.array(deployment, { maxLength: 2 }),
    policies: fc.array(policy, { maxLength: 5 }),
  })
  .map(({ pods, deployments, policies }): readonly Manifest[] => [
    ...NAMESPACES.map(name => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: name === 'one' ? { env: 'prod' } : ({} as Record<string, string>) },
    })),
    ...pods.map(({ namespace, labels: own, addresses: ips, ports, hostNetwork, nodeName }, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${index}`, namespace, labels: own },
      spec: { hostNetwork, nodeName, containers: [{ name: 'c', image: 'i', ports }] },
      ...(ips.length > 0 && { status: { phase: 'Running', podIP: ips[0], podIPs: ips.map(ip => ({ ip })) } }),
    })),
    ...deployments.map(({ namespace, labels: own, ports, replicas }, index) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: `d${index}`, namespace },
      spec: {
        replicas,
        selector: { matchLabels: { app: own['app'] ?? 'a' } },
        template: {
          metadata: { labels: { ...own, app: own['app'] ?? 'a' } },
          spec: { containers: [{ name: 'c', image: 'i', ports }] },
        },
      },
    })),
    ...policies.map(({ namespace, spec }, index) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `n${index}`, namespace },
      spec,
    })),
  ])

/** Policies with tiers for such a world. */
export const tiered: fc.Arbitrary<readonly Manifest[]> = tieredPolicies({
  podSelector: selector,
  namespaceSelector,
  networks: [
    '10.0.0.0/8',
    '10.0.0.1/32',
    '0.0.0.0/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    'fd00::/16',
    'fd00::1/128',
    '::/0',
  ],
  numbers: [53, 80, 85, 90],
  names: ['web', 'dns'],
})

/** A network plugin, or none that is named. */
export const anyProfile: fc.Arbitrary<Profile | undefined> = fc.constantFrom(undefined, ...PROFILES)

/** Through the loader, as a user's file would go. */
export function load(objects: readonly Manifest[], profile?: Profile): World {
  const items = { apiVersion: 'v1', kind: 'List', items: objects }
  const world = buildWorld([{ path: 'world.json', text: JSON.stringify(items) }], { profile })
  expect(world.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return world
}

/** Loaded worlds, with any network plugin, half of them with policies that have tiers. */
export const loadedWorlds: fc.Arbitrary<World> = fc
  .tuple(unsureWorlds, fc.oneof(fc.constant([]), tiered), anyProfile)
  .map(([objects, more, profile]) => withTiered(load(objects, profile), more))
