import type { Labels } from '../../model/labels.ts'
import { type Requirement, type Selector, selects } from '../../model/selector.ts'
import type { PortMatch } from '../../policy/policy.ts'
import { type Bits, bitsBetween, bitsOf, NO_BITS } from '../../sets/bits.ts'
import { type Connections, NONE } from '../../sets/connections.ts'
import { memoizedBy } from '../../sets/memoized.ts'
import type { Identity, PodIdentity } from '../evidence.ts'
import { opened } from '../match.ts'
import { everyOf, type Matches, NOBODY, someOf, surely } from '../matches.ts'
import type { PeerPredicates } from '../predicates.ts'
import { addressIndex } from './address-index.ts'
import { labelIndex } from './label-index.ts'

/** Many ends at once, each under its place in the list: what is asked of them is worked out once for all. */
export interface IdentityIndex extends PeerPredicates<Matches> {
  readonly size: number
  /** What a named port opens on the ends as destinations: the different sets, each with the ends that have it. */
  readonly named: (port: NamedPort) => readonly { readonly opens: Connections; readonly on: Bits }[]
}

type NamedPort = Extract<PortMatch, { kind: 'name' }>

/**
 * Ends are found quickest where those of one namespace stand together. Of an end that is several addresses the policies
 * must not tell one from the other (evidence.ts).
 */
export function identityIndex(identities: readonly Identity[]): IdentityIndex {
  const pods = new Map<number, PodIdentity>()
  for (const [index, identity] of identities.entries()) if (identity.kind === 'pod') pods.set(index, identity)
  const namespaces = spacesOf(pods)
  const all = surely(bitsOf([...pods.keys()]))
  const meeting = memoizedBy(
    keyOfRequirement,
    labelIndex(new Map([...pods].map(([at, { labels }]) => [at, labels]))),
  )
  return {
    size: identities.length,
    all: surely(bitsBetween(0, identities.length - 1)),
    every: everyOf,
    some: someOf,
    inNamespace: name => namespaces.get(name)?.members ?? NOBODY,
    inNamespaces: memoizedBy(keyOfSelector, selector => inSpaces(selector, [...namespaces.values()])),
    labeled: memoizedBy(keyOfSelector, ({ requirements }) =>
      requirements.length === 0 ? all : everyOf(requirements.map(meeting)),
    ),
    within: memoizedBy(addresses => addresses.join(), addressIndex(identities)),
    named: namedPorts(pods),
  }
}

interface Space {
  readonly labels: Labels
  readonly members: Matches
}

function spacesOf(pods: ReadonlyMap<number, PodIdentity>): ReadonlyMap<string, Space> {
  const labels = new Map<string, Labels>()
  for (const identity of pods.values()) labels.set(identity.namespace, identity.namespaceLabels)
  const members = grouped(pods, ({ namespace }) => [namespace])
  return new Map(
    [...labels].map(([name, own]) => [
      name,
      { labels: own, members: surely(bitsOf(members.get(name) ?? [])) },
    ]),
  )
}

function inSpaces(selector: Selector, spaces: readonly Space[]): Matches {
  return someOf(
    spaces.flatMap(({ labels, members }) => {
      const match = selects(selector, labels)
      if (match === 'no') return []
      return match === 'yes' ? [members] : [{ yes: NO_BITS, maybe: members.maybe }]
    }),
  )
}

function namedPorts(pods: ReadonlyMap<number, PodIdentity>): IdentityIndex['named'] {
  const byName = grouped(pods, ({ ports }) => ports.flatMap(({ name }) => name ?? []))
  return memoizedBy(
    ({ name, protocol }) => `${name}/${protocol}`,
    port => {
      const found = new Map<string, { readonly opens: Connections; readonly members: number[] }>()
      for (const index of byName.get(port.name) ?? []) {
        const identity = pods.get(index)
        const opens = identity === undefined ? NONE : opened(port, identity)
        const same = found.get(opens.join())
        if (same === undefined) found.set(opens.join(), { opens, members: [index] })
        else same.members.push(index)
      }
      return [...found.values()].map(({ opens, members }) => ({ opens, on: bitsOf(members) }))
    },
  )
}

/** Selectors that ask the same have the same key, in whatever order they are written. */
export const keyOfSelector = ({ requirements }: Selector): string =>
  requirements.map(keyOfRequirement).sort().join(';')

const keyOfRequirement = ({ key, operator, values }: Requirement): string =>
  `${key} ${operator} ${[...values].sort().join()}`

function grouped(
  pods: ReadonlyMap<number, PodIdentity>,
  keysOf: (identity: PodIdentity) => readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>()
  for (const [index, identity] of pods)
    for (const key of new Set(keysOf(identity))) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [index])
      else group.push(index)
    }
  return groups
}
