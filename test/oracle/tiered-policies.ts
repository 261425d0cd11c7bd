import fc from 'fast-check'
import type { Field } from '../../src/model/decode/field.ts'
import type { ObjectKind } from '../../src/model/kinds/index.ts'
import type { Requirement, Selector } from '../../src/model/selector.ts'
import {
  NETWORK_POLICY_TIER,
  type Peer,
  type Policy,
  type PolicyObject,
  type PortMatch,
  type Rule,
  type Tier,
} from '../../src/policy/policy.ts'
import { NO_ADDRESS, parseCidr } from '../../src/sets/addresses.ts'
import { PROTOCOLS, ports } from '../../src/sets/connections.ts'
import { below, type Location } from '../../src/source/file.ts'
import type { Manifest } from './oracle.ts'

/*
 * A kind of policy that only the tests have, to show what tiers can hold: two tiers around that of NetworkPolicy, ordered
 * policies of the whole cluster, rules that allow, deny and pass, ties of priority. It has the shape of a
 * ClusterNetworkPolicy (K-002 to K-022), may be in the tier of NetworkPolicy too, and may isolate (K-231, K-240).
 */

type Json = Readonly<Record<string, unknown>>

/** What the policies of a generated world are made of. */
export interface Alphabet {
  readonly podSelector: fc.Arbitrary<Json>
  readonly namespaceSelector: fc.Arbitrary<Json>
  readonly networks: readonly string[]
  readonly numbers: readonly number[]
  readonly names: readonly string[]
}

const TIERS = ['Admin', 'NetworkPolicy', 'Baseline'] as const

/** Mostly none or a few; priorities meet often. */
export function tieredPolicies(alphabet: Alphabet): fc.Arbitrary<readonly Manifest[]> {
  const { podSelector, namespaceSelector } = alphabet
  const pods = fc.record({ podSelector, namespaceSelector }, { requiredKeys: ['podSelector'] })
  const subject = fc.oneof(
    namespaceSelector.map(namespaces => ({ namespaces })),
    pods.map(one => ({ pods: one })),
    fc.constant({ namespaces: {} }),
  )
  const spec = fc.record(
    {
      tier: fc.constantFrom(...TIERS),
      priority: fc.constantFrom(-1, 0, 1),
      isolates: fc.constantFrom(false, false, true),
      subject,
      ingress: fc.array(ruleOf('from', alphabet), { maxLength: 3 }),
      egress: fc.array(ruleOf('to', alphabet), { maxLength: 3 }),
    },
    { requiredKeys: ['tier', 'priority', 'subject', 'isolates'] },
  )
  return fc.array(spec, { maxLength: 4 }).map(specs =>
    specs.map((one, index) => ({
      apiVersion: 'test/v1',
      kind: 'TieredPolicy',
      metadata: { name: `t${index}` },
      spec: one,
    })),
  )
}

function ruleOf(
  side: 'from' | 'to',
  { podSelector, namespaceSelector, networks, numbers, names }: Alphabet,
): fc.Arbitrary<Json> {
  const pods = fc.record({ podSelector, namespaceSelector }, { requiredKeys: ['podSelector'] })
  const ofPods = fc.oneof(
    namespaceSelector.map((namespaces): Json => ({ namespaces })),
    pods.map((one): Json => ({ pods: one })),
  )
  const ofNetworks = fc
    .uniqueArray(fc.constantFrom(...networks), { minLength: 1, maxLength: 2 })
    .map((all): Json => ({ networks: all }))
  // K-012: what comes in has Pods as peers only.
  const peer = side === 'from' ? ofPods : fc.oneof(ofPods, ofNetworks)
  const protocol = fc.constantFrom('tcp', 'udp', 'sctp')
  const number = fc.constantFrom(...numbers)
  const port = fc.oneof(
    fc.tuple(protocol, number).map(([of, one]): Json => ({ [of]: { destinationPort: { number: one } } })),
    fc.tuple(protocol, number, number).map(
      ([of, a, b]): Json => ({
        [of]: { destinationPort: { range: { start: Math.min(a, b), end: Math.max(a, b) } } },
      }),
    ),
    fc.constantFrom(...names).map((destinationNamedPort): Json => ({ destinationNamedPort })),
  )
  return fc.record(
    {
      action: fc.constantFrom('Accept', 'Deny', 'Pass'),
      [side]: fc.array(peer, { minLength: 1, maxLength: 2 }),
      protocols: fc.array(port, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ['action', side] },
  )
}

/** How it is decoded, as `policy/kinds/` does it with the kinds that netpol has; its manifests have no mistakes. */
export const TIERED_POLICY: ObjectKind<PolicyObject> = {
  apiVersion: 'test/v1',
  kind: 'TieredPolicy',
  isClusterScoped: true,
  decode,
}

const TIER_OF: Readonly<Record<string, Tier>> = {
  Admin: { name: 'Admin', order: NETWORK_POLICY_TIER.order - 1 },
  NetworkPolicy: NETWORK_POLICY_TIER,
  Baseline: { name: 'Baseline', order: NETWORK_POLICY_TIER.order + 1 },
}

const AT: Location = { file: { path: 'tiered.yaml', text: '' }, document: 0, path: [] }
const ANY: Selector = { requirements: [], at: AT }

function decode({ value, object: { at } }: Field): PolicyObject {
  // biome-ignore lint/suspicious/noExplicitAny: a manifest as it is drawn
  const { metadata, spec } = value as any
  const { subject } = spec
  const common = {
    kind: 'TieredPolicy',
    namespace: '',
    name: metadata.name,
    scope:
      subject.namespaces !== undefined
        ? { namespaces: selectorOf(subject.namespaces), pods: ANY }
        : {
            namespaces: selectorOf(subject.pods.namespaceSelector),
            pods: selectorOf(subject.pods.podSelector),
          },
    at,
  }
  const directions = (['egress', 'ingress'] as const).flatMap((direction): readonly Policy[] => {
    const rules: readonly Json[] = spec[direction] ?? []
    return rules.length === 0
      ? []
      : [
          {
            ...common,
            direction,
            tier: TIER_OF[spec.tier] ?? NETWORK_POLICY_TIER,
            priority: spec.priority,
            isolates: spec.isolates,
            rules: rules.map((rule, index) => decodeRule(rule, index, below(at, 'spec', direction, index))),
          },
        ]
  })
  return { ...common, directions, ineffective: [] }
}

// biome-ignore lint/suspicious/noExplicitAny: a rule as it is drawn
function decodeRule(rule: any, index: number, at: Location): Rule {
  const action = rule.action === 'Accept' ? 'allow' : rule.action === 'Deny' ? 'deny' : 'pass'
  return {
    index,
    action,
    at,
    peers: (rule.from ?? rule.to).flatMap(decodePeer),
    ports: rule.protocols?.flatMap(decodePort) ?? 'any',
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a peer as it is drawn
function decodePeer(peer: any): readonly Peer[] {
  if (peer.networks !== undefined)
    return peer.networks.map((text: string): Peer => {
      const reading = parseCidr(text)
      const addresses = reading.kind === 'block' ? reading.addresses : NO_ADDRESS
      return { kind: 'addresses', cidr: { text, addresses, at: AT }, except: [], addresses, at: AT }
    })
  const { namespaceSelector, podSelector } = peer.pods ?? { namespaceSelector: peer.namespaces }
  const pods = podSelector === undefined ? undefined : selectorOf(podSelector)
  return [{ kind: 'pods', namespaces: selectorOf(namespaceSelector), pods, at: AT }]
}

// biome-ignore lint/suspicious/noExplicitAny: a port as it is drawn
function decodePort(entry: any): readonly PortMatch[] {
  const { destinationNamedPort: name } = entry
  return PROTOCOLS.flatMap((protocol): readonly PortMatch[] => {
    // K-022: whatever the protocol of the destination's port.
    if (name !== undefined) return [{ kind: 'name', protocol, name, at: AT }]
    const port = entry[protocol.toLowerCase()]?.destinationPort
    if (port === undefined) return []
    const { start, end } = port.range ?? { start: port.number, end: port.number }
    return [{ kind: 'numbers', protocol, open: ports(protocol, start, end), at: AT }]
  })
}

/** A selector that is absent selects everything. */
// biome-ignore lint/suspicious/noExplicitAny: a selector of the API
function selectorOf(selector: any): Selector {
  const labels = Object.entries<string>(selector?.matchLabels ?? {}).map(
    ([key, value]): Requirement => ({ key, operator: 'In', values: [value], at: AT }),
  )
  const expressions = (selector?.matchExpressions ?? []).map(
    ({ key, operator, values }: Omit<Requirement, 'at'>): Requirement => ({
      key,
      operator,
      values: values ?? [],
      at: AT,
    }),
  )
  return { requirements: [...labels, ...expressions], at: AT }
}
