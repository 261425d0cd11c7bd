import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askOf } from '../../../src/naming/port.ts'
import { type Endpoint, isSame } from '../../../src/network/endpoint.ts'
import { externalId } from '../../../src/network/endpoint-ids.ts'
import { openOf } from '../../../src/network/flow.ts'
import { evaluatePair } from '../../../src/network/pair.ts'
import { matrixReport } from '../../../src/questions/matrix/matrix.ts'
import { everyEndpoint, type RestrictedMatrix } from '../../../src/questions/matrix/rows-and-columns.ts'
import { json } from '../../../src/render/data.ts'
import type { Connection } from '../../../src/report/report.ts'
import { type Connections, equal, intersect, isEmpty, NONE, union } from '../../../src/sets/connections.ts'
import type { World } from '../../../src/world/world.ts'
import type { Manifest } from '../../oracle/oracle.ts'
import { anyProfile, load, unsureWorlds } from '../../oracle/unsure-worlds.ts'

/*
 * The matrix is worked out for all ends at once; here each cell is put together again out of single pairs.
 */

interface Between {
  readonly open: Connections
  readonly undetermined: Connections
  readonly partial: boolean
}

/** The cells as `evaluatePair` has them: of all pairs of different endpoints behind the two ends, one after the other. */
function pairByPair(
  world: World,
  { by, asked, isSource, isDestination, isSelected = everyone }: RestrictedMatrix,
) {
  const rowOf = (endpoint: Endpoint): string => {
    if (endpoint.kind === 'external') return externalId(endpoint.name)
    if (endpoint.kind === 'node') return endpoint.node.name
    const { namespace, name, workload } = endpoint.pod
    return by === 'namespace' ? namespace : `${namespace}/${by === 'pod' ? name : (workload?.name ?? name)}`
  }
  const cells = new Map<string, Between>()
  for (const from of everyEndpoint(world).filter(isSource))
    for (const to of everyEndpoint(world).filter(isDestination)) {
      if (!isSelected(from) && !isSelected(to)) continue
      if (isSame(from, to) || (from.kind === 'external' && to.kind === 'external')) continue
      const ask = askOf(asked, to.kind === 'pod' ? to.pod : undefined)?.ask ?? NONE
      for (const verdict of evaluatePair(world, from, to)) {
        const key = `${rowOf(from)} -> ${rowOf(to)}`
        const open = intersect(verdict.allowed, ask)
        const undetermined = intersect(verdict.undetermined, ask)
        const before = cells.get(key) ?? { open, undetermined, partial: false }
        cells.set(key, {
          open: union(before.open, open),
          undetermined: union(before.undetermined, undetermined),
          partial: before.partial || !equal(before.open, open),
        })
      }
    }
  const written = (what: 'open' | 'undetermined') =>
    [...cells].flatMap(([key, { [what]: set, partial }]) =>
      isEmpty(set) ? [] : [[key, openOf(set), what === 'open' && partial] as const],
    )
  return { open: written('open').sort(byKey), undetermined: written('undetermined').sort(byKey) }
}

const byKey = ([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]): number =>
  a < b ? -1 : Number(a > b)

const cellsOf = (connections: Iterable<Connection> = []) =>
  [...connections]
    .map(({ from, to, open, partial }) => [`${from} -> ${to}`, open, partial ?? false] as const)
    .sort(byKey)

const everyone = (): boolean => true
const isFirst = (endpoint: Endpoint): boolean => endpoint.kind === 'pod' && endpoint.pod.name.endsWith('0')
const anyPort = { protocol: undefined, port: undefined }

describe('the matrix is what its pairs are', { timeout: 300_000 }, () => {
  const all = { asked: anyPort, isSource: everyone, isDestination: everyone }
  const questions: Readonly<Record<string, RestrictedMatrix>> = {
    'by Pod': { ...all, by: 'pod' },
    'by workload': { ...all, by: 'workload' },
    'by namespace': { ...all, by: 'namespace' },
    'for one port': { ...all, by: 'workload', asked: { protocol: 'TCP', port: 80 } },
    'for a port by its name': { ...all, by: 'namespace', asked: { protocol: undefined, port: 'web' } },
    'with one of some Pods at the one end or the other': { ...all, by: 'pod', isSelected: isFirst },
    'with one of some Pods, by namespace': { ...all, by: 'namespace', isSelected: isFirst },
    'from some Pods with one of others, by workload': {
      by: 'workload',
      asked: anyPort,
      isSource: endpoint => endpoint.kind === 'pod' && /[12]$/.test(endpoint.pod.name),
      isDestination: everyone,
      isSelected: isFirst,
    },
    'from some Pods to some others of the same namespaces': {
      by: 'namespace',
      asked: anyPort,
      isSource: endpoint => endpoint.kind === 'pod' && /[02]$/.test(endpoint.pod.name),
      isDestination: endpoint => endpoint.kind === 'pod' && /[012]$/.test(endpoint.pod.name),
    },
  }

  it('however it is asked', () => {
    fc.assert(
      fc.property(unsureWorlds, anyProfile, (objects, profile) => {
        const world = load(objects, profile)
        for (const [name, question] of Object.entries(questions)) {
          const report = matrixReport(world, question)
          const { open, undetermined } = pairByPair(world, question)
          expect([name, cellsOf(report.connections)]).toEqual([name, open])
          expect([name, cellsOf(report.undetermined)]).toEqual([name, undetermined])
        }
      }),
      { numRuns: 400 },
    )
  })

  it('and is the same whatever the order of objects, labels, rules, peers and ports', () => {
    const question: RestrictedMatrix = {
      by: 'pod',
      asked: anyPort,
      isSource: everyone,
      isDestination: everyone,
    }
    const told = (objects: readonly Manifest[]) =>
      JSON.parse([...json(matrixReport(load(objects), question))].join(''))
    fc.assert(
      fc.property(unsureWorlds, fc.infiniteStream(fc.nat()), (objects, random) => {
        const shuffled = (value: unknown): unknown => {
          if (Array.isArray(value)) return inOrder(value.map(shuffled), random)
          if (typeof value !== 'object' || value === null) return value
          const entries = Object.entries(value).map(([key, own]): [string, unknown] => [
            key,
            // The first of several addresses, and the first ports of a name, come first.
            ['podIPs', 'containers'].includes(key) ? own : shuffled(own),
          ])
          return Object.fromEntries(inOrder(entries, random))
        }
        expect(told(shuffled(objects) as readonly Manifest[])).toEqual(told(objects))
      }),
      { numRuns: 300 },
    )
  })
})

function inOrder<T>(items: readonly T[], random: Iterator<number>): readonly T[] {
  return items
    .map(item => ({ item, place: Number(random.next().value) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
