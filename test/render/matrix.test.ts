import { describe, expect, it } from 'vitest'
import type { Paper } from '../../src/render/paper.ts'
import { matrixText } from '../../src/render/text/matrix.ts'
import { styleFor } from '../../src/render/text/style.ts'
import type { EndpointRef, Open } from '../../src/report/common.ts'
import type { Connection, Matrix } from '../../src/report/report.ts'

const TIERS = ['web', 'api', 'worker', 'cache', 'database'] as const

/** A shop in several namespaces: each tier talks to the next, the web tier to the world. */
function shop(size: number): Matrix {
  const endpoints: EndpointRef[] = Array.from({ length: size - 1 }, (_, index) => {
    const namespace =
      ['shop', 'payments', 'warehouse-backoffice'][Math.floor(index / TIERS.length) % 3] ?? 'shop'
    const name = `${TIERS[index % TIERS.length]}${index < 15 ? '' : `-${Math.floor(index / 15)}`}`
    return { id: `${namespace}/${name}`, kind: 'Deployment', namespace, name, pods: index % 4 === 3 ? 1 : 2 }
  })
  endpoints.push({ id: 'internet', kind: 'External', cidrs: ['0.0.0.0/0', '::/0'] })
  const connections: Connection[] = []
  const opens: readonly Open[] = [
    [{ protocol: 'TCP', ports: [[8080, 8080]] }],
    [
      {
        protocol: 'TCP',
        ports: [
          [5432, 5432],
          [9000, 9010],
        ],
      },
      { protocol: 'UDP', ports: [[53, 53]] },
    ],
    'all',
  ]
  for (const [i, from] of endpoints.entries())
    for (const [j, to] of endpoints.entries()) {
      const isNext = j === i + 1 && to.kind !== 'External'
      const open = opens[(i + j) % 3]
      if ((isNext || (i * 7 + j * 3) % 11 === 0) && i !== j && open !== undefined)
        connections.push({
          from: from.id,
          to: to.id,
          open,
          ...((i + j) % 5 === 0 && { partial: true as const }),
        })
    }
  const undetermined = [{ from: endpoints[0]?.id ?? '', to: endpoints[0]?.id ?? '', open: 'all' as const }]
  return { kind: 'Matrix', by: 'workload', port: null, endpoints, connections, undetermined, assumptions: [] }
}

const paper = (width: number, more: Partial<Paper> = {}): Paper => ({
  width,
  wide: false,
  headers: true,
  verbose: false,
  style: styleFor(false),
  excerpt: () => [],
  ...more,
})

describe('the matrix fits the terminal', () => {
  it.each([
    [3, 80],
    [3, 200],
    [10, 80],
    [10, 200],
    [40, 80],
    [40, 200],
    [10, 36],
  ])('%i endpoints in %i columns', async (size, width) => {
    const lines = [...matrixText(shop(size), paper(width))]
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(width)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../golden/matrix-${size}-at-${width}.txt`)
  })

  it('40 endpoints take a row each', () => {
    const rows = [...matrixText(shop(40), paper(80))].filter(line => /^ ?\d+ /.test(line))
    expect(rows).toHaveLength(40)
    expect(new Set(rows.map(row => row.length)).size).toBeLessThanOrEqual(2)
  })

  it('-o wide shows every column under its name, however many there are', async () => {
    const lines = [...matrixText(shop(40), paper(80, { wide: true }))]
    expect(lines[2]).toContain('warehouse-backoffice/database')
    expect(lines.filter(line => line.startsWith('shop/')).length).toBeGreaterThan(10)
  })

  it('--no-headers leaves the rows alone', () => {
    const all = [...matrixText(shop(3), paper(80))]
    const rows = [...matrixText(shop(3), paper(80, { headers: false }))]
    expect(all.join('\n')).toContain(rows.join('\n'))
    expect(rows).toHaveLength(4)
  })

  describe('a list, where a table is too wide or has too many cells', () => {
    /** The world outside reaches one workload by an Ingress and perhaps another one; the last two reach nothing. */
    function routed(size: number, more: Partial<Matrix> = {}): Matrix {
      const ids = Array.from({ length: size - 1 }, (_, index) => `shop/app-${String(index).padStart(3, '0')}`)
      const [first = '', second = ''] = ids
      const open: Open = [{ protocol: 'TCP', ports: [[80, 80]] }]
      const via = (verdict: 'yes' | 'undetermined') => ({
        id: 'shop/ingress/web',
        url: 'http://shop.example.com/',
        verdict,
      })
      return {
        kind: 'Matrix',
        by: 'workload',
        port: null,
        endpoints: [
          ...ids.map(id => ({ id, kind: 'Deployment', namespace: 'shop', name: id.slice(5), pods: 2 })),
          { id: 'internet', kind: 'External', cidrs: ['0.0.0.0/0'] },
        ],
        connections: ids.slice(0, -2).map(from => ({ from, to: second, open: 'all' })),
        routed: [
          { from: 'internet', to: second, open, via: via('yes') },
          { from: 'internet', to: first, open, via: via('undetermined') },
        ],
        assumptions: [],
        ...more,
      }
    }
    const listed = (matrix: Matrix, more: Partial<Paper> = {}) => [...matrixText(matrix, paper(30, more))]

    it.each([
      ['too wide', 40],
      ['too many cells', 120],
    ])('has what is reached only through routes: %s', (_why, size) => {
      const lines = listed(routed(size))
      const [at, end] = [lines.indexOf('internet'), lines.indexOf('2 sources reach nothing.')]
      expect(lines.slice(at, end)).toEqual(['internet', '  ?: shop/app-000', '  80^: shop/app-001'])
    })

    it.each<[what: string, more: Partial<Matrix>, signs: readonly string[]]>([
      ['all ports alone', { routed: [] }, []],
      ['a route, and one that is not known', {}, ['?', '^']],
      [
        'what is open in part',
        { routed: [], connections: [{ from: 'internet', to: 'shop/app-000', open: 'all', partial: true }] },
        ['*'],
      ],
      [
        'what cannot be told',
        { routed: [], undetermined: [{ from: 'internet', to: 'shop/app-000', open: 'all' }] },
        ['?'],
      ],
    ])('explains the signs that it has: %s', (_what, more, signs) => {
      for (const size of [40, 120]) {
        const legend = listed(routed(size, more)).flatMap(line => /^([*^?]) {2}/.exec(line)?.[1] ?? [])
        expect(legend).toEqual(signs)
      }
    })

    it('without headers has no legend, and the connections through routes as in an overview', () => {
      for (const size of [40, 120]) {
        const text = listed(routed(size), { headers: false }).join('\n')
        expect(text).not.toContain('Rows:')
        expect(text).not.toMatch(/^[*^?] {2}/m)
        expect(text).toContain('via ingress/web')
      }
    })
  })

  it('says so where there is nothing to show', () => {
    const empty: Matrix = { ...shop(3), endpoints: [], connections: [] }
    expect([...matrixText(empty, paper(80))]).toEqual(['Nothing to show: there are no Pods.'])
  })

  it('shows only the columns that were asked for', () => {
    const [, second] = shop(3).endpoints
    const report: Matrix = { ...shop(3), destinations: [second?.id ?? ''] }
    const lines = [...matrixText(report, paper(80))]
    expect(lines[2]?.trim()).toBe('shop/api')
  })

  it('means the same with colour and without', () => {
    const sequence = String.fromCharCode(27)
    const coloured = [...matrixText(shop(40), paper(80, { style: styleFor(true) }))].join('\n')
    const plain = [...matrixText(shop(40), paper(80))].join('\n')
    expect(coloured).toContain(sequence)
    expect(coloured.replaceAll(new RegExp(`${sequence}\\[\\d+m`, 'g'), '')).toBe(plain)
  })
})
