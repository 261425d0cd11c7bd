import { UNKNOWABLE } from '../model/objects.ts'
import type { Selector } from '../model/selector.ts'
import type { Policy } from '../policy/policy.ts'
import { type Addresses, contains } from '../sets/addresses.ts'
import type { End } from './evidence.ts'

/**
 * A key for each end such that ends with the same key have the same verdicts: of a Pod it holds only the labels and
 * port names that some policy mentions, and which blocks hold its address. What no policy can see does not count.
 */
export function classifier(policies: readonly Policy[]): (end: End) => string {
  const labelKeys = new Set<string>()
  const portNames = new Set<string>()
  const mention = (selector: Selector): void => {
    for (const { key } of selector.requirements) labelKeys.add(key)
  }
  for (const policy of policies) {
    mention(policy.subject)
    for (const { peers, ports } of policy.rules) {
      // The labels of a namespace need no mention: its name is in the key, and they hang on it.
      for (const peer of peers === 'any' ? [] : peers)
        if (peer.kind === 'pods' && peer.pods !== undefined) mention(peer.pods)
      for (const port of ports === 'any' ? [] : ports) if (port.kind === 'name') portNames.add(port.name)
    }
  }
  const blocks = blocksOf(policies)
  const inBlocks = (addresses: Addresses | undefined): string =>
    addresses === undefined
      ? '?'
      : blocks.flatMap((block, index) => (contains(block, addresses) ? [index] : [])).join()
  const keys = [...labelKeys]

  return end => {
    if (end.kind === 'address') return JSON.stringify([inBlocks(end.addresses)])
    const labels = keys.map(key => {
      const value = end.labels.get(key)
      return value === UNKNOWABLE ? 0 : (value ?? null)
    })
    const ports = end.ports
      .filter(({ name, sidecar }) => name !== undefined && portNames.has(name) && !sidecar)
      .map(({ name, protocol, number }) => `${name}/${protocol}/${number}`)
      .sort()
    return JSON.stringify([end.namespace, labels, ports, inBlocks(end.address)])
  }
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
