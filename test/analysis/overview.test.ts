import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MatrixQuestion, matrix } from '../../src/analysis/matrix.ts'
import { overview } from '../../src/analysis/overview.ts'
import type { Folded, FoldedCell, Overview } from '../../src/report/overview.ts'
import type { Matrix, Open } from '../../src/report/report.ts'
import { load, unsureWorlds } from '../unsure-worlds.ts'

/*
 * The overview is told from classes and kinds; here everything in it is counted anew in the full matrix.
 */

const everyone = (): boolean => true
const anyPort = { protocol: undefined, port: undefined }

/** Every pair of the fold that has something open or unknown, as the matrix lists them. */
function unfolded({ rows, columns, cells, itself }: Folded): readonly string[] {
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

function written(from: string, to: string, { open, undetermined, partial }: FoldedCell): readonly string[] {
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

function expectSameCounts({ pairs, shares, exposed, unreached }: Overview, report: Matrix): void {
  const connections = [...report.connections]
  expect(pairs.open).toBe(connections.length)
  expect(pairs.partial).toBe(connections.filter(({ partial }) => partial).length)
  const cells = shares.cells.flat()
  expect(cells.reduce((sum, { open }) => sum + open, 0)).toBe(pairs.open)
  expect(cells.reduce((sum, { of }) => sum + of, 0)).toBe(pairs.of)
  for (const { open, of } of cells) expect(open).toBeLessThanOrEqual(of)
  const outside = outsideOf(report)
  const inside = (report.destinations ?? report.endpoints.map(({ id }) => id)).filter(id => !outside.has(id))
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
}

describe('the overview is what the matrix is', { timeout: 300_000 }, () => {
  it.each<[name: string, question: MatrixQuestion]>([
    ['by Pod', { by: 'pod', asked: anyPort, isSource: everyone, isDestination: everyone }],
    ['by workload', { by: 'workload', asked: anyPort, isSource: everyone, isDestination: everyone }],
    ['by namespace', { by: 'namespace', asked: anyPort, isSource: everyone, isDestination: everyone }],
    [
      'from some to some others',
      {
        by: 'workload',
        asked: anyPort,
        isSource: party =>
          party.kind === 'external' || (party.kind === 'pod' && /[02]$/.test(party.pod.name)),
        isDestination: party => party.kind === 'pod' && /[012]$/.test(party.pod.name),
      },
    ],
  ])('%s: folded, it has the same pairs, and the figures are theirs', (_name, question) => {
    fc.assert(
      fc.property(unsureWorlds, objects => {
        const world = load(objects)
        const [report, told] = [matrix(world, question), overview(world, question)]
        if (told.folded === undefined) throw new Error('not folded')
        expect(unfolded(told.folded)).toEqual(listed(report))
        expectSameCounts(told, report)
      }),
      { numRuns: 300 },
    )
  })
})
