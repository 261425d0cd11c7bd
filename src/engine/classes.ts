import type { Labels } from '../model/labels.ts'
import { UNKNOWABLE } from '../model/labels.ts'
import type { Selector } from '../model/selector.ts'
import type { Policy, Scope } from '../policy/policy.ts'
import { classesOfAddresses } from '../sets/address-classes.ts'
import { type Addresses, EVERY_ADDRESS } from '../sets/addresses.ts'
import type { Identity, PodIdentity } from './evidence.ts'

/** By key, the values that some requirement lists; of all other values it matters only that they are there. */
type MentionedLabels = ReadonlyMap<string, ReadonlySet<string>>

/** What the policies ask of ends: nothing else can tell two ends apart. */
interface Mentioned {
  /** A policy acts on its own namespace, and `podSelector` alone means it. */
  readonly namespaces: ReadonlySet<string>
  readonly namespaceLabels: MentionedLabels
  readonly labels: MentionedLabels
  readonly portNames: ReadonlySet<string>
  readonly blocks: readonly Addresses[]
}

/**
 * A key for each end such that ends with the same key have the same verdicts: of a Pod it holds only the labels and
 * port names that some policy mentions, and which blocks hold its address. What no policy can see does not count.
 */
export function classifier(policies: readonly Policy[]): (identity: Identity) => string {
  const { namespaces, namespaceLabels, labels, portNames, blocks } = mentionedIn(policies)
  const { partOf } = classesOfAddresses(EVERY_ADDRESS, blocks)
  const placeOf = (addresses: Addresses | undefined): string => {
    if (addresses === undefined) return '?'
    const [first = 0n, last = 0n] = addresses
    // Of several addresses some may be in a block and some not: they are like no others.
    return addresses.length === 2 && last - first === 1n ? `${partOf(first)}` : addresses.join()
  }
  const codes = new Map<string, string>()
  return identity =>
    identity.kind === 'address'
      ? `|${placeOf(identity.addresses)}`
      : [
          namespaces.has(identity.namespace)
            ? identity.namespace
            : `-${labelsSeen(identity.namespaceLabels, namespaceLabels, codes)}`,
          labelsSeen(identity.labels, labels, codes),
          portsSeen(identity, portNames),
          placeOf(identity.address),
        ].join('|')
}

function mentionedIn(policies: readonly Policy[]): Mentioned {
  const namespaces = new Set<string>()
  const namespaceLabels = new Map<string, Set<string>>()
  const labels = new Map<string, Set<string>>()
  const portNames = new Set<string>()
  const mentionNamespaces = (of: Scope['namespaces'], { namespace }: Policy): void => {
    if (of === 'own') namespaces.add(namespace)
    else mention(of, namespaceLabels)
  }
  for (const policy of policies) {
    mention(policy.scope.pods, labels)
    mentionNamespaces(policy.scope.namespaces, policy)
    for (const { peers, ports } of policy.rules) {
      for (const peer of peers === 'any' ? [] : peers) {
        if (peer.kind !== 'pods') continue
        if (peer.pods !== undefined) mention(peer.pods, labels)
        mentionNamespaces(peer.namespaces, policy)
      }
      for (const port of ports === 'any' ? [] : ports) if (port.kind === 'name') portNames.add(port.name)
    }
  }
  return { namespaces, namespaceLabels, labels, portNames, blocks: blocksOf(policies) }
}

function mention({ requirements }: Selector, labels: Map<string, Set<string>>): void {
  for (const { key, values } of requirements) {
    const known = labels.get(key)
    if (known === undefined) labels.set(key, new Set(values))
    else for (const value of values) known.add(value)
  }
}

/** The labels that some selector looks at, each under a short code, in an order of their own. */
function labelsSeen(labels: Labels, mentioned: MentionedLabels, codes: Map<string, string>): string {
  const seen: string[] = []
  for (const [key, value] of labels) {
    const values = mentioned.get(key)
    if (values === undefined) continue
    const told = value === UNKNOWABLE ? '?' : values.has(value) ? `=${value}` : ''
    const label = `${key}${told}`
    const code = codes.get(label) ?? codes.size.toString(36)
    codes.set(label, code)
    seen.push(code)
  }
  return seen.sort().join()
}

function portsSeen({ ports }: PodIdentity, mentioned: Mentioned['portNames']): string {
  if (ports.length === 0 || mentioned.size === 0) return ''
  return ports
    .filter(({ name, sidecar }) => name !== undefined && mentioned.has(name) && !sidecar)
    .map(({ name, protocol, number }) => `${name}/${protocol}/${number}`)
    .sort()
    .join()
}

/** Every set of addresses that some entry of a policy opens, once. */
export function blocksOf(policies: readonly Policy[]): readonly Addresses[] {
  const blocks = new Map<string, Addresses>()
  for (const { rules } of policies)
    for (const { peers } of rules)
      for (const peer of peers === 'any' ? [] : peers)
        if (peer.kind === 'addresses') blocks.set(peer.addresses.join(), peer.addresses)
  return [...blocks.values()]
}
