import type { Assumption, Connection, Endpoint, Matrix } from '../report/report.ts'
import { EVERY_ADDRESS } from '../sets/addresses.ts'
import { type Connections, equal, intersect, isEmpty, NONE, union } from '../sets/connections.ts'
import { assumptionsOfParties } from './assumptions.ts'
import { partyEndpoint, podEndpoint, workloadEndpoint } from './endpoints.ts'
import { externalParties } from './externals.ts'
import { assumptionsOfLeftOut } from './left-out.ts'
import { judgePair } from './pair.ts'
import { isSame, type Party } from './party.ts'
import { partyClassifier } from './party-classes.ts'
import { openOf } from './phrases.ts'
import { askOf, asPort, type PortQuestion } from './port-question.ts'
import type { World } from './world.ts'

export interface MatrixQuestion {
  readonly by: Matrix['by']
  readonly asked: PortQuestion
  /** Which Pods and which addresses are wanted as sources and as destinations. */
  readonly isSource: (party: Party) => boolean
  readonly isDestination: (party: Party) => boolean
}

/** One row or column: an endpoint and the parties behind it. */
interface Group {
  readonly endpoint: Endpoint
  readonly parties: readonly Party[]
}

/** Everyone to everyone: what is open between each two, judged once for each two kinds of parties that differ. */
export function matrix(world: World, { by, asked, isSource, isDestination }: MatrixQuestion): Matrix {
  const parties = everyParty(world)
  const sources = groupsOf(world, parties.filter(isSource), by)
  const destinations = groupsOf(world, parties.filter(isDestination), by)
  const judge = judgeByClass(world, parties, asked)
  const connections: Connection[] = []
  const undetermined: Connection[] = []
  for (const from of sources)
    for (const to of destinations) {
      if (from.endpoint.kind === 'External' && to.endpoint.kind === 'External') continue
      const between = judge(from, to)
      const pair = { from: from.endpoint.id, to: to.endpoint.id }
      const partial = between.partial ? ({ partial: true } as const) : {}
      if (!isEmpty(between.open)) connections.push({ ...pair, open: openOf(between.open), ...partial })
      if (!isEmpty(between.undetermined)) undetermined.push({ ...pair, open: openOf(between.undetermined) })
    }
  const groups = [...sources, ...destinations].sort(inOrder)
  const endpoints = new Map(groups.map(({ endpoint }) => [endpoint.id, endpoint]))
  return {
    kind: 'Matrix',
    by,
    port: asPort(asked),
    endpoints: [...endpoints.values()],
    ...(sources.length < endpoints.size && { sources: idsOf(sources) }),
    ...(destinations.length < endpoints.size && { destinations: idsOf(destinations) }),
    connections,
    ...(undetermined.length > 0 && { undetermined }),
    assumptions: assumptionsOf(world, parties),
  }
}

const idsOf = (groups: readonly Group[]): readonly string[] => groups.map(({ endpoint }) => endpoint.id)

/** Every Pod that has a network, and the addresses outside in the parts that the policies tell apart. */
export function everyParty(world: World): readonly Party[] {
  const pods = world.cluster.pods.filter(pod => !pod.finished).map((pod): Party => ({ kind: 'pod', pod }))
  const outside = externalParties(world, 'internet', EVERY_ADDRESS)
  if (outside.length === 1) return [...pods, ...outside]
  return [...pods, ...outside.map((part, index) => ({ ...part, name: `external-${index + 1}` }))]
}

function assumptionsOf(world: World, parties: readonly Party[]): readonly Assumption[] {
  return [...assumptionsOfLeftOut(world.diagnostics), ...assumptionsOfParties(world, parties)]
}

function groupsOf(world: World, parties: readonly Party[], by: Matrix['by']): readonly Group[] {
  const groups = new Map<string, { readonly endpoint: Endpoint; readonly parties: Party[] }>()
  for (const party of parties) {
    const endpoint = endpointFor(world, party, by)
    const group = groups.get(endpoint.id)
    if (group === undefined) groups.set(endpoint.id, { endpoint, parties: [party] })
    else group.parties.push(party)
  }
  return [...groups.values()].map(withCount).sort(inOrder)
}

/** By id; the addresses outside stay last, in their own order. */
function inOrder({ endpoint: a }: Group, { endpoint: b }: Group): number {
  const [outsideA, outsideB] = [a.kind === 'External', b.kind === 'External']
  if (outsideA || outsideB) return Number(outsideA) - Number(outsideB)
  return a.id < b.id ? -1 : Number(a.id > b.id)
}

function endpointFor(world: World, party: Party, by: Matrix['by']): Endpoint {
  if (party.kind !== 'pod') return partyEndpoint(world, party)
  const { pod } = party
  switch (by) {
    case 'pod':
      return podEndpoint(world, pod)
    case 'workload':
      return pod.workload === undefined ? podEndpoint(world, pod) : workloadEndpoint(world, pod.workload, 0)
    case 'namespace':
      return { id: pod.namespace, kind: 'Namespace', name: pod.namespace, pods: 0 }
  }
}

function withCount({ endpoint, parties }: Group): Group {
  return endpoint.pods === undefined
    ? { endpoint, parties }
    : { endpoint: { ...endpoint, pods: parties.length }, parties }
}

interface Between {
  readonly open: Connections
  readonly undetermined: Connections
  readonly partial: boolean
}

const NOTHING: Between = { open: NONE, undetermined: NONE, partial: false }

/** More than there can be, so that a pair of classes is one number. */
const MOST_CLASSES = 2 ** 26

/** What is open between two groups: Pods of one class stand alike to all others, so one pair is asked for all. */
function judgeByClass(
  world: World,
  parties: readonly Party[],
  asked: PortQuestion,
): (from: Group, to: Group) => Between {
  const classesOf = classesByGroup(partyClassifier(world, parties), asked)
  const known = new Map<number, Between>()
  const judge = (key: number, from: Party, to: Party): Between => {
    const between = known.get(key) ?? judgeOne(world, from, to, asked)
    known.set(key, between)
    return between
  }
  return (from, to) => {
    const found: Between[] = []
    for (const [fromClass, ours] of classesOf(from))
      for (const [toClass, theirs] of classesOf(to)) {
        const pair = twoOf(ours, theirs)
        if (pair !== undefined) found.push(judge(fromClass * MOST_CLASSES + toClass, ...pair))
      }
    return found.reduce<Between>(join, found[0] ?? NOTHING)
  }
}

/** The parties of a group by their class, each class under a number. */
function classesByGroup(
  classOf: (party: Party) => string,
  asked: PortQuestion,
): (group: Group) => ReadonlyMap<number, readonly Party[]> {
  const numbers = new Map<string, number>()
  const known = new Map<Group, ReadonlyMap<number, readonly Party[]>>()
  const split = (group: Group): ReadonlyMap<number, readonly Party[]> => {
    const classes = new Map<number, Party[]>()
    for (const party of group.parties) {
      // A port that is asked for by name is another one on each Pod, whether or not a policy mentions it.
      const key =
        typeof asked.port === 'string'
          ? `${classOf(party)} ${askOfParty(asked, party).join()}`
          : classOf(party)
      const number = numbers.get(key) ?? numbers.size
      numbers.set(key, number)
      const members = classes.get(number)
      if (members === undefined) classes.set(number, [party])
      else members.push(party)
    }
    return classes
  }
  return group => {
    const classes = known.get(group) ?? split(group)
    known.set(group, classes)
    return classes
  }
}

/** One of each that are not the same; undefined where there is but one Pod on both sides. */
function twoOf(ours: readonly Party[], theirs: readonly Party[]): readonly [Party, Party] | undefined {
  for (const from of ours.slice(0, 2))
    for (const to of theirs.slice(0, 2)) if (!isSame(from, to)) return [from, to]
  return undefined
}

const askOfParty = (asked: PortQuestion, party: Party): Connections =>
  askOf(asked, party.kind === 'pod' ? party.pod : undefined)?.ask ?? NONE

function join(a: Between, b: Between): Between {
  return {
    open: union(a.open, b.open),
    undetermined: union(a.undetermined, b.undetermined),
    partial: a.partial || b.partial || !equal(a.open, b.open),
  }
}

function judgeOne(world: World, from: Party, to: Party, asked: PortQuestion): Between {
  const ask = askOfParty(asked, to)
  return judgePair(world, from, to)
    .map(({ allowed, undetermined }) => ({
      open: intersect(allowed, ask),
      undetermined: intersect(undetermined, ask),
      partial: false,
    }))
    .reduce(join)
}
