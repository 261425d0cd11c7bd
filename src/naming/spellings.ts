import type { ResourceKind } from '../report/inventory.ts'
import { namesOfKind } from '../world/kind-names.ts'
import type { ObjectRef } from '../world/object-name.ts'
import { networkPolicies, type World } from '../world/world.ts'

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
export function spellingsOf(world: World, wanted: Wanted, typing: Typing): readonly Spelling[] {
  const found = candidates(world, wanted, typing).filter(({ text }) => text.startsWith(typing.typed))
  return [...new Map(found.map(one => [one.text, one])).values()]
}

function candidates(world: World, wanted: Wanted, typing: Typing): readonly Spelling[] {
  const { pods, services, nodes, namespaces, ingresses } = world.cluster
  const endpoints = spellingsOfPods(world, typing)
  const others = [...nodes.map(({ name }) => ({ text: `node/${name}`, kind: 'Node' })), INTERNET, API_SERVER]
  const byName = (all: readonly KindAndName[]) => all.map(one => ofName(one, typing))
  const byKind = (all: readonly KindAndName[]) => all.flatMap(one => ofKind(one, typing))
  switch (wanted) {
    case 'pod':
      return endpoints
    case 'source':
      return [...endpoints, ...others]
    case 'destination':
      return [...endpoints, ...byKind(services), ...others]
    case 'policy':
      return byKind(networkPolicies(world))
    case 'object':
      return byKind(editableObjects(world))
    case 'pods':
      return byName(pods)
    case 'services':
      return byName(services)
    case 'networkpolicies':
      return byName(networkPolicies(world))
    case 'ingresses':
      return byName(ingresses)
    case 'namespaces':
      return [...namespaces.keys()].sort().map(text => ({ text, kind: 'Namespace' }))
  }
}

/** The usual words for some kinds. */
const USUAL_WORDS: Readonly<Record<string, string>> = {
  Service: 'svc',
  NetworkPolicy: 'netpol',
  Namespace: 'ns',
}

const INTERNET: Spelling = { text: 'internet', kind: 'every address outside the cluster' }

const API_SERVER: Spelling = { text: 'api-server', kind: 'the API server of the cluster' }

type KindAndName = Pick<ObjectRef, 'kind' | 'namespace' | 'name'>

/** All that can be deleted or labeled: the objects, and namespaces and workloads that only other objects refer to. */
function editableObjects({ input, cluster }: World): readonly KindAndName[] {
  return [
    ...[...input.inForce.values()].map(({ object }) => object),
    ...cluster.workloads,
    ...[...cluster.namespaces.keys()].map(name => ({ kind: 'Namespace', namespace: undefined, name })),
  ]
}

/** By their names, or by their kinds where the name is shared; the Pods of a workload only once their kind is typed. */
function spellingsOfPods({ cluster, sharedNames }: World, typing: Typing): readonly Spelling[] {
  const spelled = (one: KindAndName, isOffered: boolean): readonly Spelling[] => {
    const byKind = ofKind(one, typing)
    if (isOffered && sharedNames.has(`${one.namespace}/${one.name}`)) return byKind
    const prefix = namespacePrefix(one, typing)
    const isKindTyped = prefix === '' ? typing.typed.includes('/') : typing.typed.length > prefix.length
    return [...(isOffered ? [ofName(one, typing)] : []), ...(isKindTyped ? byKind : [])]
  }
  return [
    ...cluster.workloads.flatMap(one => spelled(one, true)),
    ...cluster.pods.flatMap(one => spelled(one, one.workload === undefined)),
  ]
}

/** `deployment/api`; in another word for the kind where that is what was typed. */
function ofKind({ kind, namespace, name }: KindAndName, typing: Typing): readonly Spelling[] {
  const prefix = namespacePrefix({ namespace }, typing)
  const words = namesOfKind(kind)
  const usual = USUAL_WORDS[kind] ?? words[0]
  return words
    .filter(word => word === usual || typing.typed.startsWith(`${prefix}${word}/`))
    .map(word => ({ text: `${prefix}${word}/${name}`, kind }))
}

/** `api`, and `shop/api` for another namespace. */
const ofName = (named: KindAndName, typing: Typing): Spelling => ({
  text: `${namespacePrefix(named, typing)}${named.name}`,
  kind: named.kind,
})

/** The prefix of a name: its namespace, where that is not the default one, or is being typed. */
function namespacePrefix(
  { namespace }: Pick<KindAndName, 'namespace'>,
  { typed, namespace: here }: Typing,
): string {
  if (namespace === undefined) return ''
  return namespace !== here || typed.startsWith(`${namespace}/`) ? `${namespace}/` : ''
}
