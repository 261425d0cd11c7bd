import type { Manifest, Plugin, Protocol, Side } from './objects.ts'

/*
 * What the oracle's rules match: peers, selectors, ports and blocks, read field by field.
 */

type Labels = Readonly<Record<string, string>>

// biome-ignore lint/suspicious/noExplicitAny: a list of the API, which may be null or absent (S-013, S-141)
export const listOf = (value: any): readonly any[] => value ?? []

export const namespaceOf = (object: Manifest): string => object.metadata.namespace ?? 'default'
export const isInPodNetwork = (pod: Manifest | undefined): boolean =>
  pod !== undefined && pod['spec'].hostNetwork !== true

/** S-014, S-015 */
export function matchesPeer(
  world: readonly Manifest[],
  policy: Manifest,
  // biome-ignore lint/suspicious/noExplicitAny: a peer of the API
  peer: any,
  other: Side,
  plugin: Plugin,
): boolean {
  if (peer.ipBlock != null) return matchesBlock(peer.ipBlock, other, plugin)
  if (peer.namespaceSelector == null && other.pod !== undefined)
    if (namespaceOf(other.pod) !== namespaceOf(policy)) return false
  return selectsPod(world, peer.namespaceSelector, peer.podSelector, other.pod)
}

/** K-012, K-013: a peer of a policy with tiers. */
export function matchesTieredPeer(
  world: readonly Manifest[],
  // biome-ignore lint/suspicious/noExplicitAny: a peer of the API
  peer: any,
  other: Side,
  plugin: Plugin,
): boolean {
  if (peer.networks != null) return listOf(peer.networks).some(cidr => matchesBlock({ cidr }, other, plugin))
  if (peer.namespaces != null) return selectsPod(world, peer.namespaces, null, other.pod)
  return selectsPod(world, peer.pods.namespaceSelector, peer.pods.podSelector, other.pod)
}

/** A selector that is absent does not restrict. S-043, K-011: neither matches what is not in the Pod network. */
export function selectsPod(
  world: readonly Manifest[],
  namespaceSelector: unknown,
  podSelector: unknown,
  pod: Manifest | undefined,
): boolean {
  if (pod === undefined || !isInPodNetwork(pod)) return false
  if (namespaceSelector != null && !selects(namespaceSelector, namespaceLabels(world, namespaceOf(pod))))
    return false
  return podSelector == null || selects(podSelector, pod.metadata.labels ?? {})
}

function matchesBlock(
  { cidr, except }: { readonly cidr: string; readonly except?: unknown },
  other: Side,
  plugin: Plugin,
): boolean {
  // S-036, S-039
  if (isInPodNetwork(other.pod) && plugin.blocksMatchPods === false) return false
  if (other.pod !== undefined && !isInPodNetwork(other.pod) && plugin.blocksMatchNodes === false) return false
  // S-051
  if (other.mayBe !== undefined && cidr.endsWith('/0') && listOf(except).length === 0) return true
  // S-034
  return isInBlock(other.address, cidr) && !listOf(except).some(block => isInBlock(other.address, block))
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
export function matchesPort(
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

/** K-020 to K-022 */
export function matchesTieredPort(
  // biome-ignore lint/suspicious/noExplicitAny: a protocol of the API
  entry: any,
  destination: Side,
  protocol: Protocol,
  port: number,
  plugin: Plugin,
): boolean {
  if (entry.destinationNamedPort !== undefined)
    return (['TCP', 'UDP', 'SCTP'] as const).some(of =>
      matchesPort({ port: entry.destinationNamedPort, protocol: of }, destination, protocol, port, plugin),
    )
  const wanted = entry[protocol.toLowerCase()]?.destinationPort
  if (wanted === undefined) return false
  if (wanted.number !== undefined) return port === wanted.number
  return port >= wanted.range.start && port <= wanted.range.end
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
