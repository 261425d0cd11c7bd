import {
  isInPodNetwork,
  listOf,
  matchesPeer,
  matchesPort,
  matchesTieredPeer,
  matchesTieredPort,
  namespaceOf,
  selectsPod,
} from './matching.ts'
import type { Manifest, Plugin, Protocol, Side, Verdict } from './objects.ts'

export type { Manifest, Plugin, Protocol, Side, Verdict }

/*
 * The specification, one connection at a time and as naively as it can be written: the second evaluator, which lives
 * only here and shares nothing with `src`. It takes objects as the API has them, and answers yes, no or unknown.
 */

/** What each network plugin does differently; the names are those of `--cni`. */
export const PLUGINS: Readonly<Record<string, Plugin>> = {
  calico: {},
  cilium: { blocksMatchPods: false, blocksMatchNodes: false },
  antrea: {},
  'kube-router': {},
  'ovn-kubernetes': {},
  kindnet: { filtersOwnNode: true },
  'aws-vpc-cni': {},
  'azure-npm': {},
  weave: { knowsPortNames: false, knowsEndPort: false },
  flannel: { enforces: false },
  none: { enforces: false },
}

/** One end: a Pod as `namespace/name`, or an address outside; `mayBe` where no manifest has the address (S-051). */
export type End = { readonly pod: string } | { readonly address: string; readonly mayBe?: readonly string[] }

/** Whether a connection to `port` passes; for ICMP the port is not looked at. */
export function oracle(
  world: readonly Manifest[],
  from: End,
  to: End,
  protocol: Protocol,
  port: number,
  plugin: Plugin = {},
): Verdict {
  const source = sideOf(world, from)
  const destination = sideOf(world, to)
  // S-050
  if (hasFinished(source.pod) || hasFinished(destination.pod)) return 'no'
  // S-045
  if (source.pod !== undefined && source.pod === destination.pod) return 'yes'
  // S-035: one of the two may be an address outside.
  if (source.mayBe === undefined && destination.mayBe === undefined && isIPv6(source) !== isIPv6(destination))
    return 'no'
  // S-070
  if (plugin.enforces === false) return 'yes'
  const inside = isInPodNetwork(source.pod)
  const target = isInPodNetwork(destination.pod)
  // S-040, S-042: a hostNetwork Pod is its node (S-043).
  const sameNode = source.node !== undefined && source.node === destination.node
  if (sameNode && inside !== target && (target || !plugin.filtersOwnNode)) return 'yes'
  const asked = (type: Asked['type'], subject: Side, other: Side): Asked => ({
    world,
    type,
    subject,
    other,
    destination,
    protocol,
    port,
    plugin,
  })
  const egress = inside ? side(asked('Egress', source, destination)) : 'yes'
  const ingress = target ? side(asked('Ingress', destination, source)) : 'yes'
  // S-004, K-009
  if (egress === 'no' || ingress === 'no') return 'no'
  return egress === 'yes' && ingress === 'yes' ? 'yes' : 'unknown'
}

function sideOf(world: readonly Manifest[], end: End): Side {
  if ('address' in end) return { pod: undefined, address: end.address, mayBe: end.mayBe, node: undefined }
  const pod = world.find(object => object.kind === 'Pod' && nameOf(object) === end.pod)
  if (pod === undefined) throw new Error(`no Pod ${end.pod}`)
  const { podIP, mayBe } = pod['status']
  return { pod, address: podIP, mayBe, node: pod['spec'].nodeName }
}

const isIPv6 = ({ address }: Side): boolean => address.includes(':')

const nameOf = (object: Manifest): string => `${namespaceOf(object)}/${object.metadata.name}`
const hasFinished = (pod: Manifest | undefined): boolean =>
  ['Succeeded', 'Failed'].includes(pod?.['status'].phase)

/** One direction: whose policies are asked, about whom, and about which connection. */
interface Asked {
  readonly world: readonly Manifest[]
  readonly type: 'Ingress' | 'Egress'
  readonly subject: Side
  readonly other: Side
  readonly destination: Side
  readonly protocol: Protocol
  readonly port: number
  readonly plugin: Plugin
}

type Action = 'Accept' | 'Deny' | 'Pass'

/** K-002: tier by tier, and allowed where none of them decides. */
function side(asked: Asked, tiers: readonly string[] = ['Admin', 'NetworkPolicy', 'Baseline']): Verdict {
  const [tier, ...next] = tiers
  if (tier === undefined) return 'yes'
  const [first, ...others] = actionsOf(asked, tier).map(action => follow(action, asked, next))
  // K-007: which of several policies is applied is up to the implementation.
  return first !== undefined && others.every(end => end === first) ? first : 'unknown'
}

/** K-006 */
function follow(action: Action, asked: Asked, next: readonly string[]): Verdict {
  if (action === 'Pass') return side(asked, next)
  return action === 'Accept' ? 'yes' : 'no'
}

/** The actions of a tier that may be applied: of the first priority at which some rule matches, one for each policy. */
function actionsOf(asked: Asked, tier: string): readonly Action[] {
  const selecting = asked.world.filter(policy => tierOf(policy) === tier && selectsSubject(policy, asked))
  if (selecting.length === 0) return ['Pass']
  const actions = actionsMatching(selecting, asked)
  if (actions !== undefined) return actions
  // S-002, K-231: what isolates a Pod denies what no rule of its tier matches; K-008: so it does not get to the next.
  return selecting.some(isolates) ? ['Deny'] : ['Pass']
}

/** K-003 */
function actionsMatching(selecting: readonly Manifest[], asked: Asked): readonly Action[] | undefined {
  for (const priority of [...new Set(selecting.map(priorityOf))].sort((a, b) => a - b)) {
    const lists = selecting
      .filter(policy => priorityOf(policy) === priority)
      .map(policy => groupsOf(policy, asked))
    // Rules of several policies that have one action only are as those of one.
    const merged = (['Accept', 'Deny', 'Pass'] as const).map(action =>
      lists
        .flatMap(groups => (groups.length === 1 ? (groups[0] ?? []) : []))
        .filter(rule => rule.action === action),
    )
    const found = [...merged.map(group => [group]), ...lists].flatMap(
      groups => groups.find(group => matchesGroup(group, asked))?.[0]?.action ?? [],
    )
    if (found.length > 0) return found
  }
  return undefined
}

interface RuleOf {
  readonly action: Action
  readonly matches: (asked: Asked) => boolean
}

/** K-004: the rules of a policy in their order, those with one action together. */
function groupsOf(policy: Manifest, asked: Asked): readonly (readonly RuleOf[])[] {
  const groups: RuleOf[][] = []
  for (const written of rulesOf(policy, asked.type)) {
    const rule = written ?? {}
    const action: Action = policy.kind === 'NetworkPolicy' ? 'Accept' : rule.action
    const one = { action, matches: (about: Asked) => matchesRule(policy, rule, about) }
    if (groups.at(-1)?.[0]?.action === action) groups.at(-1)?.push(one)
    else groups.push([one])
  }
  return groups
}

/** S-003; S-051: or some rule or other for each address of a family. */
function matchesGroup(group: readonly RuleOf[], asked: Asked): boolean {
  const isMatched = (about: Asked): boolean => group.some(({ matches }) => matches(about))
  const { mayBe = [] } = asked.other
  const families = [true, false].map(isSix => mayBe.filter(address => address.includes(':') === isSix))
  return (
    isMatched(asked) ||
    families.some(
      family =>
        family.length > 0 &&
        family.every(address =>
          isMatched({ ...asked, other: { ...asked.other, address, mayBe: undefined } }),
        ),
    )
  )
}

/** A NetworkPolicy is one of a tier of its own, of priority 0. */
function tierOf({ kind, spec }: Manifest): string | undefined {
  if (kind === 'NetworkPolicy') return 'NetworkPolicy'
  return kind === 'TieredPolicy' ? spec.tier : undefined
}
const priorityOf = ({ kind, spec }: Manifest): number => (kind === 'NetworkPolicy' ? 0 : spec.priority)
const isolates = ({ kind, spec }: Manifest): boolean => kind === 'NetworkPolicy' || spec.isolates === true

function selectsSubject(policy: Manifest, { world, type, subject }: Asked): boolean {
  if (policy.kind === 'NetworkPolicy') {
    // S-001
    if (subject.pod === undefined || namespaceOf(policy) !== namespaceOf(subject.pod)) return false
    return typesOf(policy).includes(type) && selectsPod(world, null, policy['spec'].podSelector, subject.pod)
  }
  // K-005: without a rule for a direction it has no say there.
  if (rulesOf(policy, type).length === 0) return false
  // K-010
  const { namespaces, pods } = policy['spec'].subject
  return namespaces !== undefined
    ? selectsPod(world, namespaces, null, subject.pod)
    : selectsPod(world, pods.namespaceSelector, pods.podSelector, subject.pod)
}

// biome-ignore lint/suspicious/noExplicitAny: rules of the API
const rulesOf = (policy: Manifest, type: Asked['type']): readonly any[] =>
  listOf(type === 'Ingress' ? policy['spec'].ingress : policy['spec'].egress)

/** S-012 */
// biome-ignore lint/suspicious/noExplicitAny: a rule of the API
function matchesRule(policy: Manifest, rule: any, asked: Asked): boolean {
  const { world, type, other, destination, protocol, port, plugin } = asked
  const peers = listOf(type === 'Ingress' ? rule.from : rule.to)
  if (policy.kind === 'NetworkPolicy') {
    const ports = listOf(rule.ports)
    return (
      (peers.length === 0 || peers.some(peer => matchesPeer(world, policy, peer, other, plugin))) &&
      (ports.length === 0 ||
        ports.some(entry => matchesPort(entry ?? {}, destination, protocol, port, plugin)))
    )
  }
  return (
    peers.some(peer => matchesTieredPeer(world, peer, other, plugin)) &&
    // K-020
    (rule.protocols === undefined ||
      listOf(rule.protocols).some(entry => matchesTieredPort(entry, destination, protocol, port, plugin)))
  )
}

/** S-008 */
export function typesOf(policy: Manifest): readonly string[] {
  const types = listOf(policy['spec'].policyTypes)
  if (types.length > 0) return types
  return listOf(policy['spec'].egress).length > 0 ? ['Ingress', 'Egress'] : ['Ingress']
}
