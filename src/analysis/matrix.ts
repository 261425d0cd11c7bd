import type { Assumption, Connection, Endpoint, Matrix, Open } from '../report/report.ts'
import { EVERY_ADDRESS } from '../sets/addresses.ts'
import { type ConnectionsId, type ConnectionTable, NONE_ID } from '../sets/connection-table.ts'
import { type Connections, NONE } from '../sets/connections.ts'
import { allPairs } from './all-pairs.ts'
import { assumptionsOfParties } from './assumptions.ts'
import { partyEndpoint, podEndpoint, workloadEndpoint } from './endpoints.ts'
import { externalParties } from './externals.ts'
import { assumptionsOfLeftOut } from './left-out.ts'
import { type Grid, type Group, gridOf, NO_CELL } from './matrix-grid.ts'
import type { Party } from './party.ts'
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

/** Everyone to everyone: what is open between each two. The pairs are worked out while they are looked through. */
export function matrix(world: World, question: MatrixQuestion, layout = layOut(world, question)): Matrix {
  const { by, asked } = question
  const { parties, sources, destinations, grid, table, isKnown } = layout
  const groups = [...sources, ...destinations].sort(inOrder)
  const endpoints = new Map(groups.map(({ endpoint }) => [endpoint.id, endpoint]))
  const openAs = opensById(table)
  const ids = destinations.map(({ endpoint }) => endpoint.id)
  const cellsFrom = cellsByDestination(destinations, grid)
  const pairs = (what: 'open' | 'undetermined'): Iterable<Connection> => ({
    *[Symbol.iterator]() {
      for (const source of sources) {
        const from = source.endpoint.id
        const cells = cellsFrom(source)
        for (let index = 0; index < cells.length; index++) {
          const cell = cells[index] ?? NO_CELL
          if (cell === NO_CELL) continue
          const { [what]: connections, partial } = grid.cellAt(cell)
          if (connections === NONE_ID) continue
          const connection = { from, to: ids[index] ?? '', open: openAs(connections) }
          yield what === 'open' && partial ? { ...connection, partial } : connection
        }
      }
    },
  })
  const undetermined = pairs('undetermined')
  return {
    kind: 'Matrix',
    by,
    port: asPort(asked),
    endpoints: [...endpoints.values()],
    ...(sources.length < endpoints.size && { sources: idsOf(sources) }),
    ...(destinations.length < endpoints.size && { destinations: idsOf(destinations) }),
    connections: pairs('open'),
    ...(!isKnown && !isEmptyOf(undetermined) && { undetermined }),
    assumptions: assumptionsOf(world, parties),
  }
}

/** The same set is the same object, so that whoever writes it out many times has to find the words but once. */
function opensById(table: ConnectionTable): (id: ConnectionsId) => Open {
  const known: Open[] = []
  return id => {
    const open = known[id] ?? openOf(table.at(id))
    known[id] = open
    return open
  }
}

/** The rows and columns of a question, and what is between them. */
export interface Layout {
  readonly parties: readonly Party[]
  readonly sources: readonly Group[]
  readonly destinations: readonly Group[]
  readonly grid: Grid
  readonly table: ConnectionTable
  /** Whether nothing is undetermined. */
  readonly isKnown: boolean
}

export function layOut(world: World, { by, asked, isSource, isDestination }: MatrixQuestion): Layout {
  const parties = everyParty(world)
  const outside = new Set(parties.flatMap(party => (party.kind === 'external' ? [party.name] : [])))
  const endpointOf = (party: Party): Endpoint => endpointFor(world, party, by, outside)
  const sources = groupsOf(parties.filter(isSource), endpointOf)
  const destinations = groupsOf(parties.filter(isDestination), endpointOf)
  const pairs = allPairs(world, parties, to => askOfParty(asked, to))
  const { table, isKnown } = pairs
  return {
    parties,
    sources,
    destinations,
    grid: gridOf(pairs, [...sources, ...destinations]),
    table,
    isKnown,
  }
}

export const isOutside = ({ endpoint }: Group): boolean => endpoint.kind === 'External'

/** The cells from a source to each destination, in their order. Between two ends outside there is none. */
function cellsByDestination(destinations: readonly Group[], grid: Grid): (source: Group) => Int32Array {
  const kinds = Int32Array.from(destinations, grid.kindOf)
  const places = new Map(destinations.map(({ endpoint }, place) => [endpoint.id, place]))
  const outside = destinations.flatMap((group, place) => (isOutside(group) ? [place] : []))
  return source => {
    const row = grid.row(grid.kindOf(source))
    const cells = kinds.map(kind => row[kind] ?? NO_CELL)
    const own = places.get(source.endpoint.id)
    const itself = own === undefined ? undefined : destinations[own]
    if (own !== undefined && itself !== undefined) cells[own] = grid.overlapping(source, itself)
    if (isOutside(source)) for (const place of outside) cells[place] = NO_CELL
    return cells
  }
}

const isEmptyOf = (items: Iterable<unknown>): boolean => {
  for (const _ of items) return false
  return true
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

function groupsOf(parties: readonly Party[], endpointOf: (party: Party) => Endpoint): readonly Group[] {
  const groups = new Map<string, { readonly endpoint: Endpoint; readonly parties: Party[] }>()
  for (const party of parties) {
    const endpoint = endpointOf(party)
    const group = groups.get(endpoint.id)
    if (group === undefined) groups.set(endpoint.id, { endpoint, parties: [party] })
    else group.parties.push(party)
  }
  return [...groups.values()].map(withCount).sort(inOrder)
}

/** By id; the addresses outside stay last, in their own order. */
export function inOrder({ endpoint: a }: Group, { endpoint: b }: Group): number {
  const [outsideA, outsideB] = [a.kind === 'External', b.kind === 'External']
  if (outsideA || outsideB) return Number(outsideA) - Number(outsideB)
  return a.id < b.id ? -1 : Number(a.id > b.id)
}

/** Addresses outside have their ids first: a namespace of such a name says what it is. */
function endpointFor(world: World, party: Party, by: Matrix['by'], outside: ReadonlySet<string>): Endpoint {
  if (party.kind !== 'pod') return partyEndpoint(world, party)
  const { pod } = party
  switch (by) {
    case 'pod':
      return podEndpoint(world, pod)
    case 'workload':
      return pod.workload === undefined ? podEndpoint(world, pod) : workloadEndpoint(world, pod.workload, 0)
    case 'namespace':
      return {
        id: outside.has(pod.namespace) ? `namespace/${pod.namespace}` : pod.namespace,
        kind: 'Namespace',
        name: pod.namespace,
        pods: 0,
      }
  }
}

function withCount({ endpoint, parties }: Group): Group {
  return endpoint.pods === undefined
    ? { endpoint, parties }
    : { endpoint: { ...endpoint, pods: parties.length }, parties }
}

const askOfParty = (asked: PortQuestion, party: Party): Connections =>
  askOf(asked, party.kind === 'pod' ? party.pod : undefined)?.ask ?? NONE
