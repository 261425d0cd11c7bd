import { type Requirement, type Selector, selects } from '../../model/selector.ts'
import type { PortMatch } from '../../policy/policy.ts'
import { type Bits, bitsBetween, bitsOf, NO_BITS } from '../../sets/bits.ts'
import type { Connections } from '../../sets/connections.ts'
import { groupBy } from '../../sets/group-by.ts'
import { memoizedBy } from '../../sets/memoized.ts'
import { addressesOf, type Identity, type PodIdentity } from '../evidence.ts'
import { opened } from '../match.ts'
import type { PeerPredicates } from '../predicates.ts'
import { addressIndex } from './address-index.ts'
import { everyOf, type Matches, NO_MATCHES, someOf, surely } from './bounds.ts'
import { labelIndex } from './label-index.ts'

/** Many identities at once, each under its place in the list: what policies ask of them is found once for all. */
export interface IdentityIndex extends PeerPredicates<Matches> {
  readonly size: number
  /** Those whose address is not known (S-051). */
  readonly unaddressed: Bits
  /** What a named port opens on the identities as destinations: the different sets, each with the identities that have it. */
  readonly named: (port: PortByName) => readonly { readonly opens: Connections; readonly on: Bits }[]
}

type PortByName = Extract<PortMatch, { kind: 'name' }>

/** Sets of identities are small where those of one namespace are neighbors. */
export function identityIndex(identities: readonly Identity[]): IdentityIndex {
  const pods = [...identities.entries()].flatMap(([index, pod]): readonly IndexedPod[] =>
    pod.kind === 'pod' ? [{ index, pod }] : [],
  )
  const namespaces = new Map(
    [...groupBy(pods, ({ pod }) => pod.namespace)].map(([name, members]) => [
      name,
      { labels: members[0].pod.namespaceLabels, members: membersOf(members) },
    ]),
  )
  const all = surely(membersOf(pods))
  const meeting = memoizedBy(keyOfRequirement, labelIndex(pods.map(({ index, pod }) => [index, pod.labels])))
  return {
    size: identities.length,
    unaddressed: bitsOf(
      [...identities.entries()].flatMap(([index, identity]) =>
        addressesOf(identity) === undefined ? [index] : [],
      ),
    ),
    all: surely(bitsBetween(0, identities.length - 1)),
    every: everyOf,
    some: someOf,
    inNamespace: name => {
      const namespace = namespaces.get(name)
      return namespace === undefined ? NO_MATCHES : surely(namespace.members)
    },
    inNamespaces: memoizedBy(keyOfSelector, selector =>
      someOf(
        [...namespaces.values()].map(({ labels, members }) => {
          const match = selects(selector, labels)
          return { yes: match === 'yes' ? members : NO_BITS, maybe: match === 'no' ? NO_BITS : members }
        }),
      ),
    ),
    labeled: memoizedBy(keyOfSelector, ({ requirements: [first, ...more] }) =>
      first === undefined ? all : everyOf([meeting(first), ...more.map(meeting)]),
    ),
    within: memoizedBy(addresses => addresses.join(), addressIndex(identities)),
    named: namedPorts(pods),
  }
}

interface IndexedPod {
  readonly index: number
  readonly pod: PodIdentity
}

const membersOf = (pods: readonly IndexedPod[]): Bits => bitsOf(pods.map(({ index }) => index))

function namedPorts(pods: readonly IndexedPod[]): IdentityIndex['named'] {
  const declared = pods.flatMap(one => {
    const names = new Set(one.pod.ports.flatMap(({ name }) => name ?? []))
    return [...names].map(name => ({ ...one, name }))
  })
  const byName = groupBy(declared, ({ name }) => name)
  return memoizedBy(
    ({ name, protocol }) => `${name}/${protocol}`,
    port => {
      const found = (byName.get(port.name) ?? []).map(one => ({ ...one, opens: opened(port, one.pod) }))
      return [...groupBy(found, ({ opens }) => opens.join()).values()].map(same => ({
        opens: same[0].opens,
        on: membersOf(same),
      }))
    },
  )
}

/** Selectors that ask the same have the same key, in whatever order they are written. */
export const keyOfSelector = ({ requirements }: Selector): string =>
  requirements.map(keyOfRequirement).sort().join(';')

const keyOfRequirement = ({ key, operator, values }: Requirement): string =>
  `${key} ${operator} ${[...values].sort().join()}`
