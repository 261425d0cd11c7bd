import { classifier } from '../engine/classes.ts'
import { editedIndex, type PolicyEdit, policyIndex } from '../engine/policy-index.ts'
import type { Match } from '../model/selector.ts'
import type { Policy } from '../policy/policy.ts'
import type { Addresses } from '../sets/addresses.ts'
import { type Bits, bitsOf, NO_BITS, subtractBits } from '../sets/bits.ts'
import type { Connections } from '../sets/connections.ts'
import { type ConnectionTable, connectionTable } from '../sets/identifiers.ts'
import { bitsDifferent, type SetVector, vectorAlgebra, vectorOf, wordsFor } from '../sets/vector.ts'
import type { World } from '../world/world.ts'
import { addressesOf, type Endpoint, identityOf, isBetweenNodeAndPod, isSubject } from './endpoint.ts'
import { endpointClassifier } from './endpoint-classes.ts'
import { externalEndpoints } from './external-blocks.ts'
import {
  editedViews,
  type FamilyLine,
  type FamilyLines,
  linesOf,
  type Views,
  viewsOf,
} from './ip-families.ts'
import { type OwnNode, settle } from './pair.ts'

/** Parties that stand alike to all others, and any two of them alike to each other. */
export type EndpointClass = readonly [Endpoint, ...Endpoint[]]

/** What is open between one class and each of them all, where they are not one and the same endpoint. */
export interface Line {
  readonly open: SetVector
  readonly undetermined: SetVector
  /** The classes of which one IP family has something else open than the other (S-035). */
  readonly mixed: Bits
}

/** Every pair of endpoints: `judgePair` for all at once, a line for each class. */
export interface AllPairs {
  readonly classes: readonly EndpointClass[]
  readonly table: ConnectionTable
  readonly from: (classIndex: number) => Line
  readonly to: (classIndex: number) => Line
  /** Whether nothing is undetermined in any line. */
  readonly isKnown: boolean
  /** With other policies: classes keep their numbers, and what is cut off them stands behind. */
  readonly edited: (edit: PolicyEdit) => EditedPairs
}

export interface EditedPairs {
  readonly pairs: AllPairs
  /** For each class that stands behind, the number of the one that it was cut off. */
  readonly like: readonly number[]
}

/** `askOf` says what of the connections to a endpoint is asked for. */
export function allPairs(
  world: World,
  endpoints: readonly Endpoint[],
  askOf: (to: Endpoint) => Connections,
): AllPairs {
  const table = connectionTable()
  const classes = classesOf(world, endpoints, askOf)
  return pairsAmong(world, classes, viewsOf(world, classes, table), { table, askOf })
}

/** Whether a line is of connections from a class or to it. */
type Way = 'from' | 'to'

interface Asking {
  readonly table: ConnectionTable
  readonly askOf: (to: Endpoint) => Connections
}

function pairsAmong(world: World, classes: readonly EndpointClass[], views: Views, asking: Asking): AllPairs {
  const { table, askOf } = asking
  const words = wordsFor(classes.length)
  const sets = vectorAlgebra(table, words)
  const asked = classes.map(([endpoint]) => table.idOf(askOf(endpoint)))
  const everyAsked = vectorOf(asked)
  const lines = linesOf(world.cluster, classes, views)
  const ownNode = ownNodes(world, classes)
  const hasOwnNodes = classes.some(([endpoint]) => !isSubject(endpoint) && endpoint.kind !== 'external')
  const lineOf = (way: Way, index: number, { each, never }: FamilyLines, ask: SetVector): Line => {
    const cut = ({ line, only }: FamilyLine) => {
      const { allowed, undetermined } = hasOwnNodes ? settle(sets, ownNode(way, index), line) : line
      const ofAsked = (all: SetVector): SetVector => sets.choose(never, sets.none, sets.intersect(all, ask))
      return { open: ofAsked(allowed), undetermined: ofAsked(undetermined), only }
    }
    const [first, second] = each
    const one = cut(first)
    if (second === undefined) return { ...one, mixed: NO_BITS }
    const other = cut(second)
    const join = (a: SetVector, b: SetVector): SetVector =>
      sets.choose(one.only, a, sets.choose(other.only, b, sets.union(a, b)))
    const different = bitsDifferent(one.open, other.open, words)
    return {
      open: join(one.open, other.open),
      undetermined: join(one.undetermined, other.undetermined),
      mixed: subtractBits(subtractBits(different, one.only), other.only),
    }
  }
  return {
    classes,
    table,
    from: index => lineOf('from', index, lines.row(index), everyAsked),
    to: index => lineOf('to', index, lines.column(index), asked[index] ?? sets.none),
    isKnown: lines.isKnown && !hasOwnNodes,
    edited: edit => {
      const policies = editedIndex(world.policies, edit)
      const { refined, like } = splitBy(world, classes, edit.added)
      const changed = [...edit.removed, ...edit.added]
      const now = editedViews(world, refined, views, { policies, changed, like })
      return { pairs: pairsAmong({ ...world, policies }, refined, now, asking), like }
    },
  }
}

/** The classes that some more policies do not tell apart either: the first part of each stays where it was. */
function splitBy(
  world: World,
  classes: readonly EndpointClass[],
  added: readonly Policy[],
): { readonly refined: readonly EndpointClass[]; readonly like: readonly number[] } {
  const more = { ...world, policies: policyIndex(added) }
  const keyOfEnd = classifier(added)
  // All else that could tell them apart has done so already.
  const keyOf = (endpoint: Endpoint): string =>
    addressesOrNone(world, endpoint)
      .map(address => keyOfEnd(identityOf(world, endpoint, address)))
      .join(' ')
  const behind: EndpointClass[] = []
  const like: number[] = []
  const refined = classes.map((members, index) => {
    const [only, ...others] = members
    if (others.length === 0 && only.kind !== 'external') return members
    const parts = new Map<string, [Endpoint, ...Endpoint[]]>()
    for (const endpoint of members.flatMap(member => partsOf(more, member))) {
      const key = keyOf(endpoint)
      const part = parts.get(key)
      if (part === undefined) parts.set(key, [endpoint])
      else part.push(endpoint)
    }
    const [first, ...cutOff] = [...parts.values()]
    behind.push(...cutOff)
    like.push(...cutOff.map(() => index))
    return first ?? members
  })
  return { refined: [...refined, ...behind], like }
}

function addressesOrNone({ cluster }: World, endpoint: Endpoint): readonly (Addresses | undefined)[] {
  const addresses = addressesOf(cluster, endpoint)
  return addresses.length === 0 ? [undefined] : addresses
}

/** Addresses outside are cut where the policies tell them apart; all else is one. */
function partsOf(world: World, endpoint: Endpoint): readonly Endpoint[] {
  if (endpoint.kind !== 'external' || endpoint.addresses === undefined) return [endpoint]
  return externalEndpoints(world, endpoint.name, endpoint.addresses)
}

/** Those of one namespace stand together, because the policies of a namespace select among them. */
function classesOf(
  world: World,
  endpoints: readonly Endpoint[],
  askOf: (to: Endpoint) => Connections,
): readonly EndpointClass[] {
  const classOf = endpointClassifier(world, endpoints)
  const classes = new Map<string, [Endpoint, ...Endpoint[]]>()
  for (const endpoint of endpoints) {
    // A port that is asked for by name is another one on each Pod, whether or not a policy mentions it.
    const key = `${askOf(endpoint).join()} ${classOf(endpoint)}`
    const members = classes.get(key)
    if (members === undefined) classes.set(key, [endpoint])
    else members.push(endpoint)
  }
  const namespaceOf = ([endpoint]: EndpointClass): string =>
    endpoint.kind === 'pod' ? endpoint.pod.namespace : ''
  const byNamespace = new Map<string, EndpointClass[]>()
  for (const one of classes.values()) {
    const neighbors = byNamespace.get(namespaceOf(one))
    if (neighbors === undefined) byNamespace.set(namespaceOf(one), [one])
    else neighbors.push(one)
  }
  return [...byNamespace.values()].flat()
}

/** For which classes one end is the node of the other, surely or perhaps (S-040). */
function ownNodes(
  world: World,
  classes: readonly EndpointClass[],
): (way: Way, index: number) => OwnNode<Bits> {
  const inside = [...classes.entries()].filter(([, [endpoint]]) => isSubject(endpoint))
  const onNodes = [...classes.entries()].filter(
    ([, [endpoint]]) => endpoint.kind === 'pod' && endpoint.pod.hostNetwork,
  )
  return (way, index) => {
    const [here] = classes[index] ?? []
    if (here === undefined || here.kind === 'external') return { yes: NO_BITS, unknown: NO_BITS }
    const others = isSubject(here) ? onNodes : inside
    const matchOf = (there: Endpoint): Match =>
      way === 'from' ? isBetweenNodeAndPod(world, here, there) : isBetweenNodeAndPod(world, there, here)
    const where = (match: Match): Bits =>
      bitsOf(others.flatMap(([place, [there]]) => (matchOf(there) === match ? [place] : [])))
    return { yes: where('yes'), unknown: where('unknown') }
  }
}
