import { type Labels, UNKNOWABLE } from '../model/labels.ts'
import type { Selector } from '../model/selector.ts'
import type { Peer, Policy, PortMatch, Scope } from '../policy/policy.ts'
import { classesOfAddresses } from '../sets/address-classes.ts'
import { type Addresses, EVERY_ADDRESS } from '../sets/addresses.ts'
import { distinctBy, groupBy } from '../sets/group-by.ts'
import { interned } from '../sets/identifiers.ts'
import type { Identity, PodIdentity } from './evidence.ts'

/** By key, the values that some requirement lists; of all other values it matters only that they are there. */
type MentionedLabels = ReadonlyMap<string, ReadonlySet<string>>

/** All that policies look at. */
interface Mentioned {
  /** Those that policies select in without a namespaceSelector. */
  readonly namespaces: ReadonlySet<string>
  readonly namespaceLabels: MentionedLabels
  readonly labels: MentionedLabels
  readonly portNames: ReadonlySet<string>
  readonly blocks: readonly Addresses[]
}

/**
 * The equivalence class of an identity: identities of one class have the same verdicts. It is made of the labels and port
 * names that some policy mentions, and of the blocks that hold the address.
 */
export function classifier(policies: readonly Policy[]): (identity: Identity) => string {
  const { namespaces, namespaceLabels, labels, portNames, blocks } = mentionedIn(policies)
  const { partOf } = classesOfAddresses(EVERY_ADDRESS, blocks)
  const addressClass = (addresses: Addresses | undefined): string => {
    if (addresses === undefined) return '?'
    const [first = 0n, last = 0n] = addresses
    // Several addresses may be in a block in part: they are a class of their own.
    return addresses.length === 2 && last - first === 1n ? `${partOf(first)}` : addresses.join()
  }
  const codes = interned((label: string) => label, [''])
  const podClass = (pod: PodIdentity): string => {
    const isMentioned = namespaces.has(pod.namespace)
    // What each field comes to: one that were left out would put into one class what policies tell apart.
    const parts: Readonly<Record<Exclude<keyof PodIdentity, 'kind'>, string>> = {
      namespace: isMentioned ? pod.namespace : '-',
      namespaceLabels: isMentioned ? '' : mentionedLabels(pod.namespaceLabels, namespaceLabels, codes),
      labels: mentionedLabels(pod.labels, labels, codes),
      ports: mentionedPorts(pod, portNames),
      address: addressClass(pod.address),
    }
    return Object.values(parts).join('|')
  }
  return identity => {
    switch (identity.kind) {
      case 'pod':
        return podClass(identity)
      case 'address':
        return `|${addressClass(identity.addresses)}`
      case 'anything':
        return '|anything'
    }
  }
}

function mentionedIn(policies: readonly Policy[]): Mentioned {
  const rules = policies.flatMap(policy => policy.rules.map(rule => ({ policy, ...rule })))
  const peers = rules.flatMap(({ policy: { namespace }, peers: all }) =>
    all === 'any' ? [] : all.flatMap(peer => selectionsOf(peer, namespace)),
  )
  const scopes = policies.map(({ scope, namespace }) => ({ ...scope, namespace }))
  const selections: readonly Selection[] = [...scopes, ...peers]
  return {
    namespaces: new Set(
      selections.flatMap(({ namespaces, namespace }) => (namespaces === 'own' ? [namespace] : [])),
    ),
    namespaceLabels: labelsIn(
      selections.flatMap(({ namespaces }) => (namespaces === 'own' ? [] : [namespaces])),
    ),
    labels: labelsIn(selections.flatMap(({ pods }) => pods ?? [])),
    portNames: new Set(rules.flatMap(({ ports }) => (ports === 'any' ? [] : ports.flatMap(namesIn)))),
    blocks: blocksOf(policies),
  }
}

/** Pods that a policy of a namespace selects, or that one of its peers matches. */
interface Selection {
  readonly namespace: string
  readonly namespaces: Scope['namespaces']
  readonly pods: Selector | undefined
}

/*
 * What each form of peer and of port looks at. One that were left out would put into one class what policies tell apart.
 */

function selectionsOf(peer: Peer, namespace: string): readonly Selection[] {
  switch (peer.kind) {
    case 'pods':
      return [{ namespaces: peer.namespaces, pods: peer.pods, namespace }]
    case 'addresses':
      return []
  }
}

function blocksIn(peer: Peer): readonly Addresses[] {
  switch (peer.kind) {
    case 'pods':
      return []
    case 'addresses':
      return [peer.addresses]
  }
}

function namesIn(port: PortMatch): readonly string[] {
  switch (port.kind) {
    case 'numbers':
      return []
    case 'name':
      return [port.name]
  }
}

const labelsIn = (selectors: readonly Selector[]): MentionedLabels =>
  new Map(
    [
      ...groupBy(
        selectors.flatMap(({ requirements }) => requirements),
        ({ key }) => key,
      ),
    ].map(([key, requirements]) => [key, new Set(requirements.flatMap(({ values }) => values))]),
  )

type LabelCodes = ReturnType<typeof interned<string>>

/** The labels that some selector looks at, each under a short code, in an order of their own. */
function mentionedLabels(labels: Labels, mentioned: MentionedLabels, codes: LabelCodes): string {
  const found: string[] = []
  for (const [key, value] of labels) {
    const values = mentioned.get(key)
    if (values === undefined) continue
    const label = value === UNKNOWABLE ? `${key}?` : values.has(value) ? `${key}=${value}` : key
    found.push(codes.idOf(label).toString(36))
  }
  return found.sort().join()
}

function mentionedPorts({ ports }: PodIdentity, mentioned: Mentioned['portNames']): string {
  if (ports.length === 0 || mentioned.size === 0) return ''
  return ports
    .filter(({ name, sidecar }) => name !== undefined && mentioned.has(name) && !sidecar)
    .map(({ name, protocol, number }) => `${name}/${protocol}/${number}`)
    .sort()
    .join()
}

/** The blocks of some policies, equal ones once. */
export function blocksOf(policies: readonly Policy[]): readonly Addresses[] {
  const peers = policies.flatMap(({ rules }) =>
    rules.flatMap(rule => (rule.peers === 'any' ? [] : rule.peers)),
  )
  return distinctBy(peers.flatMap(blocksIn), block => block.join())
}
