/*
 * The specification, one connection at a time and as naively as it can be written: the second evaluator, which lives
 * only here and shares nothing with `src`. It takes objects as the API has them, and answers yes, no or unknown.
 */

export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels }
  // biome-ignore lint/suspicious/noExplicitAny: what the API would take, nulls and all; the oracle looks at it field by field
  readonly [field: string]: any
}

type Labels = Readonly<Record<string, string>>
export type Protocol = 'TCP' | 'UDP' | 'SCTP' | 'ICMP'
export type Verdict = 'yes' | 'no'

/** What a network plugin does otherwise than most do. */
export interface Plugin {
  readonly enforces?: false
  readonly blocksMatchPods?: false
  readonly blocksMatchNodes?: false
  readonly filtersOwnNode?: true
  readonly knowsPortNames?: false
  readonly knowsEndPort?: false
}

/** A.10 of the rules; the names are those of `--cni`. */
export const PLUGINS: Readonly<Record<string, Plugin>> = {
  calico: {},
  cilium: { blocksMatchPods: false, blocksMatchNodes: false },
  antrea: {},
  'kube-router': {},
  'ovn-kubernetes': {},
  kindnet: { filtersOwnNode: true },
  weave: { knowsPortNames: false, knowsEndPort: false },
  flannel: { enforces: false },
  none: { enforces: false },
}

/** One end: a Pod as `namespace/name`, or an address outside; `isUnknown` where no manifest has the address (S-051). */
export type End = { readonly pod: string } | { readonly address: string; readonly isUnknown?: true }

interface Side {
  readonly pod: Manifest | undefined
  readonly address: string
  readonly isUnknown: boolean
  readonly node: string | undefined
}

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
  // S-070
  if (plugin.enforces === false) return 'yes'
  const inside = isInPodNetwork(source.pod)
  const target = isInPodNetwork(destination.pod)
  // S-040, S-042: a hostNetwork Pod is its node (S-043).
  const sameNode = source.node !== undefined && source.node === destination.node
  if (sameNode && inside !== target && (target || !plugin.filtersOwnNode)) return 'yes'
  const egress = !inside || allows(world, 'Egress', source, destination, destination, protocol, port, plugin)
  const ingress =
    !target || allows(world, 'Ingress', destination, source, destination, protocol, port, plugin)
  // S-004
  return egress && ingress ? 'yes' : 'no'
}

function sideOf(world: readonly Manifest[], end: End): Side {
  if ('address' in end)
    return { pod: undefined, address: end.address, isUnknown: end.isUnknown === true, node: undefined }
  const pod = world.find(object => object.kind === 'Pod' && nameOf(object) === end.pod)
  if (pod === undefined) throw new Error(`no Pod ${end.pod}`)
  const { podIP, isUnknown = false } = pod['status']
  return { pod, address: podIP, isUnknown, node: pod['spec'].nodeName }
}

const namespaceOf = (object: Manifest): string => object.metadata.namespace ?? 'default'
const nameOf = (object: Manifest): string => `${namespaceOf(object)}/${object.metadata.name}`
const isInPodNetwork = (pod: Manifest | undefined): boolean =>
  pod !== undefined && pod['spec'].hostNetwork !== true
const hasFinished = (pod: Manifest | undefined): boolean =>
  ['Succeeded', 'Failed'].includes(pod?.['status'].phase)

// biome-ignore lint/suspicious/noExplicitAny: a list of the API, which may be null or absent (S-013, S-141)
const listOf = (value: any): readonly any[] => value ?? []

/** S-002, S-003: not isolated, or some rule of some policy that isolates the Pod matches. */
function allows(
  world: readonly Manifest[],
  type: 'Ingress' | 'Egress',
  subject: Side,
  other: Side,
  destination: Side,
  protocol: Protocol,
  port: number,
  plugin: Plugin,
): boolean {
  let isolated = false
  for (const policy of world) {
    if (policy.kind !== 'NetworkPolicy') continue
    // S-001
    if (subject.pod === undefined || namespaceOf(policy) !== namespaceOf(subject.pod)) continue
    if (!typesOf(policy).includes(type)) continue
    if (!selects(policy['spec'].podSelector ?? {}, subject.pod.metadata.labels ?? {})) continue
    isolated = true
    for (const written of listOf(type === 'Ingress' ? policy['spec'].ingress : policy['spec'].egress)) {
      const rule = written ?? {}
      const peers = listOf(type === 'Ingress' ? rule.from : rule.to)
      const ports = listOf(rule.ports)
      // S-012
      const peerMatches =
        peers.length === 0 || peers.some(peer => matchesPeer(world, policy, peer, other, plugin))
      const portMatches =
        ports.length === 0 ||
        ports.some(entry => matchesPort(entry ?? {}, destination, protocol, port, plugin))
      if (peerMatches && portMatches) return true
    }
  }
  return !isolated
}

/** S-008 */
function typesOf(policy: Manifest): readonly string[] {
  const types = listOf(policy['spec'].policyTypes)
  if (types.length > 0) return types
  return listOf(policy['spec'].egress).length > 0 ? ['Ingress', 'Egress'] : ['Ingress']
}

/** S-014, S-015 */
function matchesPeer(
  world: readonly Manifest[],
  policy: Manifest,
  // biome-ignore lint/suspicious/noExplicitAny: a peer of the API
  peer: any,
  other: Side,
  plugin: Plugin,
): boolean {
  if (peer.ipBlock != null) {
    // S-036, S-039
    if (isInPodNetwork(other.pod) && plugin.blocksMatchPods === false) return false
    if (other.pod !== undefined && !isInPodNetwork(other.pod) && plugin.blocksMatchNodes === false)
      return false
    // S-051
    const isWholeFamily = peer.ipBlock.cidr.endsWith('/0') && listOf(peer.ipBlock.except).length === 0
    if (other.isUnknown && isWholeFamily) return true
    // S-034
    if (!isInBlock(other.address, peer.ipBlock.cidr)) return false
    return !listOf(peer.ipBlock.except).some(block => isInBlock(other.address, block))
  }
  const pod = other.pod
  if (pod === undefined || pod['spec'].hostNetwork === true) return false
  const namespace = namespaceOf(pod)
  if (peer.namespaceSelector == null) {
    if (namespace !== namespaceOf(policy)) return false
  } else if (!selects(peer.namespaceSelector, namespaceLabels(world, namespace))) return false
  return peer.podSelector == null || selects(peer.podSelector, pod.metadata.labels ?? {})
}

/** S-022 */
function namespaceLabels(world: readonly Manifest[], name: string): Labels {
  const declared = world.find(object => object.kind === 'Namespace' && object.metadata.name === name)
  return { ...declared?.metadata.labels, 'kubernetes.io/metadata.name': name }
}

/** S-017, S-018 */
// biome-ignore lint/suspicious/noExplicitAny: a selector of the API
function selects(selector: any, labels: Labels): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {}))
    if (labelOf(labels, key) !== (value ?? '')) return false
  for (const { key, operator, values } of listOf(selector.matchExpressions)) {
    const value = labelOf(labels, key)
    if (operator === 'In' && !(value !== undefined && values.includes(value))) return false
    if (operator === 'NotIn' && value !== undefined && values.includes(value)) return false
    if (operator === 'Exists' && value === undefined) return false
    if (operator === 'DoesNotExist' && value !== undefined) return false
  }
  return true
}

/** A key may be called like what every object inherits, such as `constructor`. */
const labelOf = (labels: Labels, key: string): string | undefined =>
  Object.hasOwn(labels, key) ? labels[key] : undefined

/** S-025 to S-032 */
function matchesPort(
  // biome-ignore lint/suspicious/noExplicitAny: a port of the API
  entry: any,
  destination: Side,
  protocol: Protocol,
  port: number,
  plugin: Plugin,
): boolean {
  const wanted = entry.protocol ?? 'TCP'
  if (wanted !== protocol) return false
  if (entry.port == null) return true
  const last = plugin.knowsEndPort === false ? undefined : entry.endPort
  if (typeof entry.port === 'number') return port >= entry.port && port <= (last ?? entry.port)
  if (plugin.knowsPortNames === false) return false
  // S-028, S-029: a name means what the destination Pod calls so.
  if (!isInPodNetwork(destination.pod)) return false
  for (const container of listOf(destination.pod?.['spec'].containers))
    for (const declared of listOf(container.ports))
      if (
        declared.name === entry.port &&
        (declared.protocol ?? 'TCP') === wanted &&
        declared.containerPort === port
      )
        return true
  return false
}

/** S-034, S-035 */
export function isInBlock(address: string, block: string): boolean {
  const [base = '', prefix = ''] = block.split('/')
  const [ours, theirs] = [bitsOf(address), bitsOf(base)]
  return ours.length === theirs.length && ours.startsWith(theirs.slice(0, Number(prefix)))
}

/** 32 or 128 noughts and ones. */
function bitsOf(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map(part => Number(part).toString(2).padStart(8, '0'))
      .join('')
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right]
  return groups.map(group => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}
