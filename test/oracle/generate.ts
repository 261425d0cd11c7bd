import fc from 'fast-check'
import type { Manifest } from './oracle.ts'
import { type Alphabet, tieredPolicies } from './tiered-policies.ts'

/*
 * Small worlds out of small alphabets, so that names meet, labels collide and ranges touch. Only what the API server
 * would take: the engine refuses the rest, and that is tested elsewhere.
 */

type Json = Readonly<Record<string, unknown>>

const NAMESPACES = ['a', 'b', 'c'] as const
const NAME_LABEL = 'kubernetes.io/metadata.name'
// `constructor` is a key like any other, and a trap for whoever looks labels up in a plain object.
const POD_KEYS = ['app', 'tier', 'constructor'] as const
const POD_VALUES = ['', 'a', 'b'] as const
const NAMESPACE_KEYS = ['env', NAME_LABEL] as const
const NAMESPACE_VALUES = ['', 'a', 'b', 'c', 'default'] as const
const PORT_NAMES = ['http', 'dns'] as const
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const
const NODES = ['n1', 'n2'] as const
export const INTERESTING_PORTS = [1, 79, 80, 81, 82, 83, 443, 65534, 65535] as const

/** Ways to write nothing: the field is left out, null, or empty (S-013, S-016). */
const absentOr = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )

/** One in so many times something out of the ordinary; else, the ordinary. */
const rarely = <T, U>(times: number, odd: fc.Arbitrary<T>, ordinary: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: times - 1, arbitrary: ordinary }, { weight: 1, arbitrary: odd })

const podLabels = fc.record(
  {
    app: fc.constantFrom(...POD_VALUES),
    tier: fc.constantFrom(...POD_VALUES),
  },
  { requiredKeys: [] },
)

const namespaceLabels = fc.record(
  { env: fc.constantFrom('', 'a', 'b'), [NAME_LABEL]: fc.constantFrom(...NAMESPACES) },
  { requiredKeys: [] },
)

type Strings = readonly [string, ...string[]]

const expression = (keys: Strings, values: Strings) =>
  fc.oneof(
    fc.record({
      key: fc.constantFrom(...keys),
      operator: fc.constantFrom('In', 'NotIn'),
      values: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      key: fc.constantFrom(...keys),
      operator: fc.constantFrom('Exists', 'DoesNotExist'),
      values: fc.constantFrom(undefined, null, []),
    }),
  )

/** Mostly one requirement, so that selectors select something; sometimes none, or several. */
function selectorOf(keys: Strings, values: Strings): fc.Arbitrary<Json> {
  const label = fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...values), {
    minKeys: 1,
    maxKeys: 1,
  })
  const one = expression(keys, values)
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ matchLabels: label }) },
    { weight: 3, arbitrary: fc.record({ matchExpressions: fc.tuple(one) }) },
    { weight: 1, arbitrary: fc.record({ matchLabels: label, matchExpressions: fc.tuple(one) }) },
    { weight: 1, arbitrary: fc.record({ matchExpressions: fc.tuple(one, one) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        matchLabels: fc.constantFrom(undefined, null, {}),
        matchExpressions: fc.constantFrom(undefined, null, []),
      }),
    },
  )
}

const podSelector = selectorOf(POD_KEYS, POD_VALUES)
const namespaceSelector = selectorOf(NAMESPACE_KEYS, NAMESPACE_VALUES)

const POD_BLOCKS = [
  '10.0.0.0/8',
  '10.0.0.0/30',
  '10.0.0.4/30',
  '10.0.0.2/32',
  '0.0.0.0/0',
  'fd00::/8',
  'fd00::/126',
  '::/0',
]
const EXCEPTS: Readonly<Record<string, readonly string[]>> = {
  '10.0.0.0/8': ['10.0.0.0/30', '10.0.0.2/32', '10.1.0.0/16'],
  '10.0.0.0/30': ['10.0.0.2/31', '10.0.0.1/32'],
  '0.0.0.0/0': ['10.0.0.0/8', '192.0.2.0/24', '10.0.0.3/32'],
  'fd00::/8': ['fd00::/126', 'fd00::2/128'],
  '::/0': ['fd00::/8', '2001:db8::/32'],
}

const block = fc
  .constantFrom(...POD_BLOCKS)
  .chain(cidr =>
    fc.record({ cidr: fc.constant(cidr), except: absentOr(fc.subarray([...(EXCEPTS[cidr] ?? [])])) }),
  )

const peer: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ podSelector, namespaceSelector: fc.constantFrom(undefined, null) }),
  fc.record({ namespaceSelector, podSelector: fc.constantFrom(undefined, null) }),
  fc.record({ namespaceSelector, podSelector }),
  fc.record({ ipBlock: block }),
)

const protocol = absentOr(fc.constantFrom(...PROTOCOLS))

const port: fc.Arbitrary<Json | null> = fc.oneof(
  fc.constant(null),
  fc.record({ protocol }),
  fc.record({ protocol, port: fc.constantFrom(...INTERESTING_PORTS) }),
  fc.record({ protocol, port: fc.constantFrom(...PORT_NAMES) }),
  fc
    .tuple(protocol, fc.constantFrom(...INTERESTING_PORTS), fc.constantFrom(...INTERESTING_PORTS))
    .map(([of, a, b]) => ({ protocol: of, port: Math.min(a, b), endPort: Math.max(a, b) })),
)

function rule(peers: 'from' | 'to'): fc.Arbitrary<Json | null> {
  const filled = fc.record({
    [peers]: absentOr(rarely(6, fc.constant([]), fc.array(peer, { minLength: 1, maxLength: 2 }))),
    ports: absentOr(fc.array(port, { maxLength: 2 })),
  })
  return rarely(8, fc.constantFrom(null, {}), filled)
}

const policyTypes = fc.constantFrom(
  undefined,
  null,
  [],
  ['Ingress'],
  ['Egress'],
  ['Ingress', 'Egress'],
  ['Egress', 'Ingress'],
  ['Egress', 'Egress'],
)

const policySpec = fc.record({
  podSelector: rarely(3, fc.constantFrom(undefined, null, {}), podSelector),
  policyTypes,
  ingress: absentOr(fc.array(rule('from'), { maxLength: 2 })),
  egress: absentOr(fc.array(rule('to'), { maxLength: 2 })),
})

const containerPorts = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...PORT_NAMES, undefined),
    containerPort: fc.constantFrom(80, 81, 443),
    protocol: fc.constantFrom(...PROTOCOLS, undefined),
  }),
  { maxLength: 2, selector: entry => entry.name ?? entry },
)

const podSpec = fc.record({
  containers: fc.array(
    fc.record({ name: fc.constant('c'), image: fc.constant('c'), ports: absentOr(containerPorts) }),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
  // A sidecar, whose ports a policy does not see (S-031).
  initContainers: rarely(
    4,
    fc.constant([{ restartPolicy: 'Always', ports: [{ name: 'http', containerPort: 82 }] }]),
    fc.constant(undefined),
  ),
  hostNetwork: rarely(6, fc.constant(true), fc.constant(undefined)),
  nodeName: fc.constantFrom(...NODES),
})

const phase = rarely(9, fc.constantFrom('Succeeded', 'Failed'), fc.constantFrom('Running', undefined))

const inNamespace = fc.constantFrom(...NAMESPACES, undefined)

const pods = fc
  .tuple(
    fc.constantFrom('10.0.0.', 'fd00::'),
    fc.array(fc.tuple(inNamespace, podLabels, podSpec, phase), { minLength: 2, maxLength: 5 }),
  )
  .map(([network, list]) =>
    list.map(([namespace, own, spec, of], index): Manifest => {
      const metadata = { name: `p${index}`, ...(namespace !== undefined && { namespace }), labels: own }
      // A Pod on its node's network has the node's address.
      const podIP = spec.hostNetwork
        ? `${network}${spec.nodeName === 'n1' ? 101 : 102}`
        : `${network}${index + 1}`
      return { apiVersion: 'v1', kind: 'Pod', metadata, spec, status: { phase: of, podIP } }
    }),
  )

const policies = fc.array(fc.tuple(inNamespace, policySpec), { minLength: 1, maxLength: 4 }).map(list =>
  list.map(([namespace, spec], index): Manifest => {
    const metadata = { name: `np${index}`, ...(namespace !== undefined && { namespace }) }
    return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec }
  }),
)

/** Some namespaces are declared, with labels of their own or with a false name (S-022); others are only used. */
const namespaces = fc.subarray([...NAMESPACES]).chain(names =>
  fc.array(namespaceLabels, { minLength: names.length, maxLength: names.length }).map(list =>
    names.map(
      (name, index): Manifest => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: list[index] ?? {} },
      }),
    ),
  ),
)

export interface GeneratedWorld {
  readonly namespaces: readonly Manifest[]
  readonly pods: readonly Manifest[]
  readonly policies: readonly Manifest[]
}

export const world: fc.Arbitrary<GeneratedWorld> = fc.record({ namespaces, pods, policies })

const ALPHABET: Alphabet = {
  podSelector,
  namespaceSelector,
  networks: POD_BLOCKS,
  numbers: INTERESTING_PORTS,
  names: PORT_NAMES,
}

/** Policies with tiers for such a world. */
export const tiered = tieredPolicies(ALPHABET)

/** Addresses that the blocks above tell apart, of both families. */
export const OUTSIDE = [
  '10.0.0.3',
  '10.1.2.3',
  '192.0.2.1',
  '203.0.113.9',
  'fd00::3',
  'fd12::1',
  '2001:db8::1',
  '2a00::1',
] as const
