import { blocksOf } from '../engine/classes.ts'
import { predicatesOf, subjectOf } from '../engine/predicates.ts'
import type { Pod } from '../model/objects.ts'
import { type AllPairs, allPairs, type Line } from '../network/all-pairs.ts'
import { type ChangedPair, changedPairs } from '../network/changed-pairs.ts'
import { addressesOf, type Endpoint, identityOf } from '../network/endpoint.ts'
import { podRef, workloadRef } from '../network/endpoint-ids.ts'
import { externalEndpoints } from '../network/external-blocks.ts'
import type { Direction, Policy } from '../policy/policy.ts'
import { classesOfAddresses } from '../sets/address-classes.ts'
import { EVERY_ADDRESS } from '../sets/addresses.ts'
import { ALL, type Connections, equal, NONE } from '../sets/connections.ts'
import { idAt } from '../sets/vector.ts'
import type { World } from '../world/world.ts'
import { changedEndpoints } from './service-backends.ts'
import { type ChangedEnd, changesTold, type PairChange, type WorldChanges } from './words.ts'

/** Ends that stand alike to all others, before and after. */
interface Group {
  readonly ends: readonly [ChangedEnd, ...ChangedEnd[]]
  readonly before: number | undefined
  readonly after: number | undefined
}

/**
 * What is open between Pods, and between them and the world outside, in a world and not in another that is an edit of it:
 * all ports of every pair. `assumed` are Pods that are in neither input. Edits of policies alone, which are many and alike,
 * are told from the one world's pairs.
 */
export function changesSince(before: World, assumed: readonly Pod[]): (after: World) => WorldChanges {
  let pairs: AllPairs | undefined
  return after => {
    if (after.cluster !== before.cluster) return changesOfObjects(before, after, assumed)
    pairs ??= allPairs(before, partiesOf(before, assumed), () => ALL)
    return changesOfPolicies(before, after, pairs)
  }
}

function partiesOf(world: World, assumed: readonly Pod[]): readonly Endpoint[] {
  const pods = [...world.cluster.pods, ...assumed].filter(({ finished }) => !finished)
  return [
    ...pods.map((pod): Endpoint => ({ kind: 'pod', pod })),
    ...externalEndpoints(world, 'internet', EVERY_ADDRESS),
  ]
}

function changesOfPolicies(before: World, after: World, pairs: AllPairs): WorldChanges {
  const [was, is] = [new Set(before.policies.all), new Set(after.policies.all)]
  const edit = {
    removed: before.policies.all.filter(policy => !is.has(policy)),
    added: after.policies.all.filter(policy => !was.has(policy)),
  }
  const edited = pairs.edited(edit)
  const ends = edited.pairs.classes.map(members =>
    members.map(
      (endpoint): ChangedEnd => ({ id: idOf(before, endpoint), before: endpoint, after: endpoint }),
    ),
  )
  const setsOf = ({ open, undetermined }: ChangedPair['before']): PairChange['before'] => ({
    open: pairs.table.at(open),
    undetermined: pairs.table.at(undetermined),
  })
  const changes = changedPairs(before, pairs, edited, edit).map(
    ({ from, to, ...pair }): PairChange => ({
      from: ends[from] ?? [],
      to: ends[to] ?? [],
      before: setsOf(pair.before),
      after: setsOf(pair.after),
    }),
  )
  return { ...changesTold(changes), also: [] }
}

function idOf(world: World, endpoint: Endpoint): string {
  if (endpoint.kind !== 'pod') return endpoint.kind === 'external' ? 'internet' : endpoint.node.name
  const { workload } = endpoint.pod
  return workload === undefined ? podRef(world, endpoint.pod).id : workloadRef(world, workload, 1).id
}

/**
 * Where objects changed as well: only the ends whom a changed policy selects, or who changed themselves, can be among
 * them, as a source by what leaves them and as a destination by what gets to them.
 */
function changesOfObjects(before: World, after: World, assumed: readonly Pod[]): WorldChanges {
  const ends = endsOf(before, after, assumed)
  const was = viewOf(
    before,
    ends.map(end => end.before),
  )
  const is = viewOf(
    after,
    ends.map(end => end.after),
  )
  const groups = groupsOf(ends, was, is)
  const changed = changedPolicies(before, after)
  const isAffected = (group: Group, direction: Direction): boolean =>
    group.ends.some(end => isOther(before, after, end) || isSelected(before, after, changed, end, direction))
  const changes: PairChange[] = []
  const compare = (from: Group, to: Group): void => {
    if (from === to && from.ends.length === 1) return
    const pair = { before: was.between(from.before, to.before), after: is.between(from.after, to.after) }
    if (!isSame(pair)) changes.push({ from: from.ends, to: to.ends, ...pair })
  }
  const sources = new Set(groups.filter(group => isAffected(group, 'egress')))
  const destinations = groups.filter(group => isAffected(group, 'ingress'))
  for (const from of sources) for (const to of groups) compare(from, to)
  for (const to of destinations) for (const from of groups) if (!sources.has(from)) compare(from, to)
  const relabeled = ends.filter(end => isOther(before, after, end))
  return { ...changesTold(changes), also: changedEndpoints(before, after, relabeled) }
}

const isSame = ({ before, after }: Pick<PairChange, 'before' | 'after'>): boolean =>
  equal(before.open, after.open) && equal(before.undetermined, after.undetermined)

/**
 * One end in both worlds; a Pod that is not in one of them has no connections there. The Pods of a workload may be made
 * again under other names: the first of them stands for the first. Addresses outside are cut where the policies of either
 * world tell them apart.
 */
function endsOf(before: World, after: World, assumed: readonly Pod[]): readonly ChangedEnd[] {
  const ends = new Map<string, ChangedEnd>()
  const add = (world: World, when: 'before' | 'after'): void => {
    const made = new Map<string, number>()
    for (const pod of [...world.cluster.pods, ...assumed]) {
      if (pod.finished) continue
      const { namespace, name, workload } = pod
      const maker = workload === undefined ? undefined : `${workload.kind} ${namespace}/${workload.name}`
      const place = made.get(maker ?? '') ?? 0
      made.set(maker ?? '', place + 1)
      const key = maker === undefined ? `${namespace}/${name}` : `${maker} ${place}`
      const id = idOf(world, { kind: 'pod', pod })
      const end: ChangedEnd = ends.get(key) ?? { id, before: undefined, after: undefined }
      ends.set(key, { ...end, [when]: { kind: 'pod', pod } })
    }
  }
  add(before, 'before')
  add(after, 'after')
  const blocks = blocksOf([...before.policies.all, ...after.policies.all])
  const outside = classesOfAddresses(EVERY_ADDRESS, blocks).parts.map((addresses): ChangedEnd => {
    const endpoint: Endpoint = { kind: 'external', name: 'internet', addresses }
    return { id: 'internet', before: endpoint, after: endpoint }
  })
  return [...ends.values(), ...outside]
}

/** What is open in one world, by the classes of its ends. */
interface View {
  readonly classOf: (endpoint: Endpoint | undefined) => number | undefined
  readonly between: (from: number | undefined, to: number | undefined) => PairChange['before']
}

function viewOf(world: World, endpoints: readonly (Endpoint | undefined)[]): View {
  const pairs: AllPairs = allPairs(
    world,
    endpoints.filter(endpoint => endpoint !== undefined),
    () => ALL,
  )
  const numbers = new Map<Endpoint, number>()
  for (const [index, members] of pairs.classes.entries())
    for (const endpoint of members) numbers.set(endpoint, index)
  const rows = new Map<number, Line>()
  return {
    classOf: endpoint => (endpoint === undefined ? undefined : numbers.get(endpoint)),
    between: (from, to) => {
      if (from === undefined || to === undefined) return NOTHING
      const row = rows.get(from) ?? pairs.from(from)
      rows.set(from, row)
      const setOf = (part: 'open' | 'undetermined'): Connections => pairs.table.at(idAt(row[part], to))
      return { open: setOf('open'), undetermined: setOf('undetermined') }
    },
  }
}

const NOTHING: PairChange['before'] = { open: NONE, undetermined: NONE }

function groupsOf(ends: readonly ChangedEnd[], was: View, is: View): readonly Group[] {
  const groups = new Map<string, Group & { readonly ends: [ChangedEnd, ...ChangedEnd[]] }>()
  for (const end of ends) {
    const [before, after] = [was.classOf(end.before), is.classOf(end.after)]
    const key = `${before} ${after}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { ends: [end], before, after })
    else group.ends.push(end)
  }
  return [...groups.values()]
}

function changedPolicies(before: World, after: World): readonly Policy[] {
  const [was, is] = [new Set(before.policies.all), new Set(after.policies.all)]
  return [
    ...before.policies.all.filter(policy => !is.has(policy)),
    ...after.policies.all.filter(policy => !was.has(policy)),
  ]
}

/** Whether a Pod is not what it was, as far as policies see it. */
function isOther(before: World, after: World, end: ChangedEnd): boolean {
  const seen = (world: World, endpoint: Endpoint | undefined): string => {
    if (endpoint === undefined) return ''
    const addresses = addressesOf(world.cluster, endpoint)
    return (addresses.length === 0 ? [undefined] : addresses)
      .map(address => textOf(identityOf(world, endpoint, address)))
      .join()
  }
  return seen(before, end.before) !== seen(after, end.after)
}

const textOf = (end: ReturnType<typeof identityOf>): string =>
  end.kind === 'address'
    ? 'address'
    : JSON.stringify([
        end.namespace,
        entries(end.namespaceLabels),
        entries(end.labels),
        end.ports,
        end.address?.map(String),
      ])

const entries = (labels: ReadonlyMap<string, unknown>): readonly (readonly [string, string])[] =>
  [...labels].map(([key, value]) => [key, String(value)] as const).sort()

function isSelected(
  before: World,
  after: World,
  changed: readonly Policy[],
  end: ChangedEnd,
  direction: Direction,
): boolean {
  const isIn = (world: World, endpoint: Endpoint | undefined): boolean => {
    if (endpoint?.kind !== 'pod' || endpoint.pod.hostNetwork) return false
    const one = predicatesOf(identityOf(world, endpoint, undefined))
    return changed.some(policy => policy.direction === direction && subjectOf(policy, one) !== 'no')
  }
  return isIn(before, end.before) || isIn(after, end.after)
}
