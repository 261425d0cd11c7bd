import type { ResourceKind } from '../report/inventory.ts'
import { wordsFor } from '../world/kind-names.ts'
import type { ObjectRef } from '../world/object-name.ts'
import type { World } from '../world/world.ts'

/*
 * How loaded objects can be typed, for completion.
 */

/** What is expected at a place of a command line. */
export type Wanted = 'source' | 'destination' | 'pod' | 'policy' | 'object' | ResourceKind

/** How a name can be typed. */
export interface Spelling {
  readonly text: string
  /** The kind of the object. */
  readonly kind: string
}

/** What is being typed, and the namespace of names that are given without one. */
export interface Typing {
  readonly typed: string
  readonly namespace: string
}

/**
 * All spellings with the typed prefix; complete where a kind or a namespace was typed, else the shortest ones.
 * @internal
 */
export function spellings(world: World, wanted: Wanted, typing: Typing): readonly Spelling[] {
  const found = candidates(world, wanted, typing).filter(({ text }) => text.startsWith(typing.typed))
  return [...new Map(found.map(one => [one.text, one])).values()]
}

function candidates(world: World, wanted: Wanted, typing: Typing): readonly Spelling[] {
  const { pods, services, nodes, namespaces, ingresses } = world.cluster
  const makers = podsAndWorkloads(world).flatMap(one => ofEnd(one, typing))
  const known = nodes.map(({ name }) => ({ text: `node/${name}`, kind: 'Node' }))
  switch (wanted) {
    case 'pod':
      return makers
    case 'source':
      return [...makers, ...known, INTERNET]
    case 'destination':
      return [
        ...makers,
        ...services.flatMap(one => ofKind({ ...one, kind: 'Service' }, typing)),
        ...known,
        INTERNET,
      ]
    case 'policy':
      return world.networkPolicies.flatMap(one => ofKind({ ...one, kind: 'NetworkPolicy' }, typing))
    case 'object':
      return objectsOf(world).flatMap(one => ofKind(one, typing))
    case 'pods':
      return pods.map(one => ofName(one, 'Pod', typing))
    case 'services':
      return services.map(one => ofName(one, 'Service', typing))
    case 'networkpolicies':
      return world.networkPolicies.map(one => ofName(one, 'NetworkPolicy', typing))
    case 'ingresses':
      return ingresses.map(one => ofName(one, 'Ingress', typing))
    case 'namespaces':
      return [...namespaces.keys()].sort().map(text => ({ text, kind: 'Namespace' }))
  }
}

/** The usual words for some kinds. */
const SHORT: Readonly<Record<string, string>> = { Service: 'svc', NetworkPolicy: 'netpol', Namespace: 'ns' }

const INTERNET: Spelling = { text: 'internet', kind: 'every address outside the cluster' }

interface Named {
  readonly namespace: string
  readonly name: string
}

/** An object of any kind, perhaps in no namespace. */
type Thing = Pick<ObjectRef, 'kind' | 'namespace' | 'name'>

/** All that can be deleted or labeled: the objects, and namespaces and workloads that only other objects refer to. */
function objectsOf({ input, cluster }: World): readonly Thing[] {
  return [
    ...[...input.inForce.values()].map(({ object }) => object),
    ...cluster.workloads,
    ...[...cluster.namespaces.keys()].map(name => ({ kind: 'Namespace', namespace: undefined, name })),
  ]
}

interface End extends Named {
  readonly kind: string
  /** By its name alone; by its kind where the name is not enough; or only when its kind is typed. */
  readonly offered: 'by name' | 'by kind' | 'when asked'
}

/** The Pods of a workload are offered only when their kind is typed. */
function podsAndWorkloads({ cluster, sharedNames }: World): readonly End[] {
  const offered = ({ namespace, name }: Named): End['offered'] =>
    sharedNames.has(`${namespace}/${name}`) ? 'by kind' : 'by name'
  return [
    ...cluster.workloads.map(({ kind, namespace, name }) => {
      return { kind, namespace, name, offered: offered({ namespace, name }) }
    }),
    ...cluster.pods.map(({ namespace, name, workload }) => {
      const how = workload === undefined ? offered({ namespace, name }) : 'when asked'
      return { kind: 'Pod', namespace, name, offered: how } as const
    }),
  ]
}

function ofEnd(end: End, typing: Typing): readonly Spelling[] {
  const { kind, offered } = end
  const byKind = ofKind(end, typing)
  if (offered === 'by kind') return byKind
  // Kinds are offered only once one is being typed.
  const prefix = prefixOf(end, typing)
  const isKindTyped = prefix === '' ? typing.typed.includes('/') : typing.typed.length > prefix.length
  return [...(offered === 'by name' ? [ofName(end, kind, typing)] : []), ...(isKindTyped ? byKind : [])]
}

/** `deployment/api`; in another word for the kind where that is what was typed. */
function ofKind({ kind, namespace, name }: Thing, typing: Typing): readonly Spelling[] {
  const prefix = namespace === undefined ? '' : prefixOf({ namespace }, typing)
  const words = wordsFor(kind)
  const usual = SHORT[kind] ?? words[0]
  return words
    .filter(word => word === usual || typing.typed.startsWith(`${prefix}${word}/`))
    .map(word => ({ text: `${prefix}${word}/${name}`, kind }))
}

/** `api`, and `shop/api` for another namespace. */
const ofName = (named: Named, kind: string, typing: Typing): Spelling => ({
  text: `${prefixOf(named, typing)}${named.name}`,
  kind,
})

/** The prefix of a name: its namespace, where that is not the default one, or is being typed. */
const prefixOf = ({ namespace }: Pick<Named, 'namespace'>, { typed, namespace: here }: Typing): string =>
  namespace !== here || typed.startsWith(`${namespace}/`) ? `${namespace}/` : ''
