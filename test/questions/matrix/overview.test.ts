import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Endpoint } from '../../../src/network/endpoint.ts'
import { matrixReport } from '../../../src/questions/matrix/matrix.ts'
import { overview } from '../../../src/questions/matrix/overview.ts'
import type { RestrictedMatrix } from '../../../src/questions/matrix/rows-and-columns.ts'
import type { Open } from '../../../src/report/common.ts'
import type { Matrix } from '../../../src/report/report.ts'
import type { CollapsedCell, CollapsedMatrix, Overview } from '../../../src/report/views.ts'
import type { Manifest } from '../../oracle/oracle.ts'
import { load, unsureWorlds } from '../../oracle/unsure-worlds.ts'

/*
 * The overview is told from classes and kinds; here everything in it is counted again in the full matrix.
 */

const everyone = (): boolean => true
const isFirst = (endpoint: Endpoint): boolean => endpoint.kind === 'pod' && endpoint.pod.name.endsWith('0')
const anyPort = { protocol: undefined, port: undefined }

/** Every pair of the fold that has something open or unknown, as the matrix lists them. */
function expanded({ rows, columns, cells, itself }: CollapsedMatrix): readonly string[] {
  return rows
    .flatMap((from, row) =>
      from.flatMap(source =>
        columns.flatMap((to, column) =>
          to.flatMap(destination => {
            const cell = source === destination ? (itself.get(source) ?? null) : cells[row]?.[column]
            return cell === null || cell === undefined ? [] : written(source, destination, cell)
          }),
        ),
      ),
    )
    .sort()
}

function written(
  from: string,
  to: string,
  { open, undetermined, partial }: CollapsedCell,
): readonly string[] {
  const line = (what: string, set: Open): readonly string[] =>
    set.length === 0 ? [] : [`${from} -> ${to} ${what} ${JSON.stringify(set)}`]
  return [...line(partial ? 'partly' : 'open', open), ...line('unknown', undetermined)]
}

function listed({ connections, undetermined = [] }: Matrix): readonly string[] {
  return [
    ...[...connections].map(
      ({ from, to, open, partial }) =>
        `${from} -> ${to} ${partial ? 'partly' : 'open'} ${JSON.stringify(open)}`,
    ),
    ...[...undetermined].map(({ from, to, open }) => `${from} -> ${to} unknown ${JSON.stringify(open)}`),
  ].sort()
}

const outsideOf = ({ endpoints }: Matrix): ReadonlySet<string> =>
  new Set(endpoints.filter(({ kind }) => kind === 'External').map(({ id }) => id))

/** The ids of those who reach each id, themselves left out; with `undetermined` also those who may. */
function reachers(report: Matrix, isPossible: boolean): ReadonlyMap<string, ReadonlySet<string>> {
  const out = new Map(report.endpoints.map(({ id }) => [id, new Set<string>()]))
  const all = [...report.connections, ...(isPossible ? (report.undetermined ?? []) : [])]
  for (const { from, to } of all) if (from !== to) out.get(to)?.add(from)
  return out
}

/**
 * The pairs of a source and a destination, counted one by one: neither two outside nor a Pod with itself, nor two that are
 * not selected.
 */
function pairsIn({ endpoints, sources, destinations }: Matrix, isSelected: (id: string) => boolean): number {
  const among = (ids: readonly string[] | undefined) =>
    endpoints.filter(({ id }) => ids === undefined || ids.includes(id))
  return among(sources).flatMap(from =>
    among(destinations)
      .filter(to => isSelected(from.id) || isSelected(to.id))
      .filter(to =>
        from.id === to.id ? (to.pods ?? 1) > 1 : from.kind !== 'External' || to.kind !== 'External',
      ),
  ).length
}

/** `whole` has the rows and columns that a narrowed report leaves out because they have nothing. */
function expectSameCounts(
  { pairs, shares, exposed, unreached, silent }: Overview,
  report: Matrix,
  whole: Matrix,
): void {
  const isSelected = (id: string): boolean => report.selected?.includes(id) ?? true
  const connections = [...report.connections]
  expect(pairs.of).toBe(pairsIn(whole, isSelected))
  expect(pairs.open).toBe(connections.length)
  const isOpen = new Set(connections.map(({ from, to }) => `${from} ${to}`))
  const unknown = [...(report.undetermined ?? [])].filter(({ from, to }) => !isOpen.has(`${from} ${to}`))
  expect(pairs.undetermined).toBe(unknown.length)
  expect(pairs.partial).toBe(connections.filter(({ partial }) => partial).length)
  const cells = shares.cells.flat()
  expect(cells.reduce((sum, { open }) => sum + open, 0)).toBe(pairs.open)
  expect(cells.reduce((sum, { of }) => sum + of, 0)).toBe(pairs.of)
  for (const { open, of } of cells) expect(open).toBeLessThanOrEqual(of)
  const outside = outsideOf(report)
  const among = (ids: readonly string[] = report.endpoints.map(({ id }) => id)) =>
    ids.filter(id => !outside.has(id) && isSelected(id))
  const inside = among(report.destinations)
  const surely = reachers(report, false)
  const expected = inside.flatMap(id => {
    const from = [...(surely.get(id) ?? [])]
    const sources = from.filter(source => !outside.has(source)).length
    return from.length === 0 ? [] : [`${id} ${sources} ${from.length > sources}`]
  })
  const told = exposed.flatMap(rank => rank.ids.map(id => `${id} ${rank.sources} ${rank.outside}`))
  expect([...told].sort()).toEqual([...expected].sort())
  const possible = reachers(report, true)
  expect([...unreached].sort()).toEqual(inside.filter(id => (possible.get(id)?.size ?? 0) === 0).sort())
  const reaching = new Set([...possible].flatMap(([, from]) => [...from]))
  const sources = among(report.sources)
  expect([...silent].sort()).toEqual(sources.filter(id => !reaching.has(id)).sort())
}

describe('the overview is what the matrix is', { timeout: 300_000 }, () => {
  const all = { asked: anyPort, isSource: everyone, isDestination: everyone }
  const questions: Readonly<Record<string, RestrictedMatrix>> = {
    'by Pod': { ...all, by: 'pod' },
    'by workload': { ...all, by: 'workload' },
    'by namespace': { ...all, by: 'namespace' },
    'with one of some Pods': { ...all, by: 'pod', isSelected: isFirst },
    'with one of some Pods, by namespace': { ...all, by: 'namespace', isSelected: isFirst },
    'from outside': { ...all, by: 'pod', isSource: ({ kind }) => kind === 'external' },
    'from some to some others': {
      by: 'workload',
      asked: anyPort,
      isSource: endpoint =>
        endpoint.kind === 'external' || (endpoint.kind === 'pod' && /[02]$/.test(endpoint.pod.name)),
      isDestination: endpoint => endpoint.kind === 'pod' && /[012]$/.test(endpoint.pod.name),
    },
  }

  it('however it is asked: collapsed, it has the same pairs, and the figures are theirs', () => {
    fc.assert(
      fc.property(unsureWorlds, objects => {
        const world = load(objects)
        for (const [name, question] of Object.entries(questions)) {
          const [report, told] = [matrixReport(world, question), overview(world, question)]
          if (told.collapsed === undefined) throw new Error(`not collapsed ${name}`)
          expect([name, expanded(told.collapsed)]).toEqual([name, listed(report)])
          const whole = matrixReport(world, { ...question, isSelected: undefined })
          expectSameCounts(told, report, whole)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('names that are no trap', () => {
  const pods = (namespace: string, count: number): readonly Manifest[] =>
    Array.from({ length: count }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${index}`, namespace },
    }))
  const closed = (namespace: string): Manifest => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'closed', namespace },
    spec: { podSelector: {}, policyTypes: ['Ingress'] },
  })
  const byPod: RestrictedMatrix = { by: 'pod', asked: anyPort, isSource: everyone, isDestination: everyone }

  it('a namespace that is called as the world outside is not taken for it', () => {
    const counts = ['outside', 'internet', 'shop'].map(
      name => overview(load([...pods(name, 3), closed(name)]), byPod).pairs,
    )
    // Three Pods to the others of them and to the world outside, and that to each of them.
    expect(counts).toEqual(counts.map(() => ({ open: 3, of: 12, partial: 0, undetermined: 0 })))
  })

  it('by namespace, one that is called as the world outside is an end of its own', () => {
    const { endpoints } = matrixReport(load([...pods('internet', 1), ...pods('shop', 1)]), {
      ...byPod,
      by: 'namespace',
    })
    expect(endpoints.map(({ id, kind }) => [id, kind])).toEqual([
      ['namespace/internet', 'Namespace'],
      ['shop', 'Namespace'],
      ['internet', 'External'],
    ])
  })

  it('as many sources as destinations are not the same ones, and not everybody', () => {
    const world = load([...pods('a', 3), ...pods('b', 3), closed('b')])
    const within = (name: string) => (endpoint: Endpoint) =>
      endpoint.kind === 'pod' && endpoint.pod.namespace === name
    const told = overview(world, { ...byPod, isSource: within('a'), isDestination: within('b') })
    expect(told).toMatchObject({ isSame: false, isEverybody: false })
    expect(overview(world, byPod)).toMatchObject({ isSame: true, isEverybody: true })
    const [column] = told.collapsed?.columns ?? []
    expect(column).toEqual(['b/p0', 'b/p1', 'b/p2'])
  })

  it('the world outside is not laid together with Pods that are closed to it', () => {
    const world = load([...pods('shop', 2), closed('shop')])
    const { collapsed } = overview(world, { ...byPod, isSource: endpoint => endpoint.kind === 'external' })
    expect(collapsed?.columns).toEqual([['shop/p0', 'shop/p1'], ['internet']])
    expect(collapsed?.cells[0]?.[1]).toBeNull()
  })
})
