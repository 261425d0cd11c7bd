import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Connection, Source } from '../../src/report/report.ts'
import { run } from './run.ts'
import { SHOP, TEAMS, TIERS } from './who-files.ts'

const sourcesOf = async (question: string): Promise<readonly Source[]> => {
  const { exit, out } = await run(TIERS, `who-can-reach ${question} -f tiers -o json`)
  expect(exit).toBe(0)
  return JSON.parse(out).sources
}

describe('three tiers', () => {
  const backend = [{ protocol: 'TCP', ports: [[5432, 5432]] }]
  const frontend = [{ protocol: 'TCP', ports: [[80, 80]] }]

  it.each([
    ['app/database', [['app/backend', 'partial', backend]]],
    ['app/database:5432', [['app/backend', 'yes', backend]]],
    ['app/database:5433', []],
    ['app/database:postgres', [['app/backend', 'yes', backend]]],
    ['app/frontend', [['internet', 'partial', frontend]]],
    ['app/frontend --port 80', [['internet', 'yes', frontend]]],
    ['app/backend-svc', [['app/frontend', 'yes', [{ protocol: 'TCP', ports: [[8080, 8080]] }]]]],
    ['app/backend-svc:80', []],
    [
      'internet --port 53/udp --by pod',
      ['backend', 'frontend'].map(name => [`app/${name}`, 'yes', [{ protocol: 'UDP', ports: [[53, 53]] }]]),
    ],
    ['app/database -l tier=frontend', []],
  ])('who can reach %s', async (question, expected) => {
    const sources = await sourcesOf(question)
    expect(sources.map(({ from, verdict, open }) => [from.id, verdict, open])).toEqual(expected)
  })

  it('says why in the words of can-reach', async () => {
    const [source] = await sourcesOf('app/database:5432')
    const answer = await run(TIERS, 'can-reach app/backend app/database:5432 -f tiers -o json')
    const { reason, message } = JSON.parse(answer.out)
    expect(source).toMatchObject({ reason, message })
    const { out } = await run(TIERS, 'who-can-reach app/database:5432 -f tiers -v', { terminal: 200 })
    expect(out).toContain(message)
  })

  it('says the same as YAML', async () => {
    const json = await run(TIERS, 'who-can-reach app/database -f tiers -o json')
    const yaml = await run(TIERS, 'who-can-reach app/database -f tiers -o yaml')
    expect(parse(yaml.out)).toEqual(JSON.parse(json.out))
  })
})

describe('as text', () => {
  it.each([
    ['a workload', 'who-can-reach db:5432 -n shop', 80],
    ['a workload', 'who-can-reach db:5432 -n shop', 40],
    ['a workload', 'who-can-reach db:5432 -n shop', 200],
    ['a Service', 'who-can-reach svc/db -n shop -v', 80],
    ['a node', 'who-can-reach node/n1', 80],
    ['every Pod', 'who-can-reach shop/db --by pod -o wide', 80],
    ['namespaces', 'who-can-reach shop/db --by namespace', 80],
    ['what one reaches', 'matrix --from shop/deploy/web', 80],
    ['what one reaches, and why', 'matrix --from shop/deploy/web --port 5432 -v', 80],
  ])('%s: %s in %i columns', async (_, question, width) => {
    const { exit, out } = await run(SHOP, `${question} --color never -f shop.yaml`, { terminal: width })
    expect(exit).toBe(0)
    if (!question.includes('wide'))
      for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width)
    const name = question.replaceAll(/[^a-z0-9]+/g, '-')
    await expect(out).toMatchFileSnapshot(`../golden/${name}-at-${width}.txt`)
  })

  it('means the same with colour and without', async () => {
    const question = 'who-can-reach db -n shop -f shop.yaml -v'
    const plain = await run(SHOP, `${question} --color never`, { terminal: 80 })
    const coloured = await run(SHOP, `${question} --color always`, { terminal: 80 })
    const sequence = String.fromCharCode(27)
    expect(coloured.out).toContain(sequence)
    expect(coloured.out.replaceAll(new RegExp(`${sequence}\\[\\d+m`, 'g'), '')).toBe(plain.out)
  })

  it('--no-headers leaves the lines alone', async () => {
    const all = await run(SHOP, 'who-can-reach db -n shop -f shop.yaml')
    const bare = await run(SHOP, 'who-can-reach db -n shop -f shop.yaml --no-headers')
    expect(all.out).toContain(bare.out)
    expect(bare.out).toMatch(/^monitoring\n/)
    expect(bare.out).not.toContain('nobody else')
  })
})

describe('of very many', () => {
  it.each(['who-can-reach team-0/app-0', 'matrix --from team-0/app-0'])(
    '%s fits a screen or two',
    async question => {
      const { out } = await run(TEAMS, `${question} -f teams.json`)
      const lines = out.trimEnd().split('\n')
      expect(lines.length).toBeLessThan(60)
      expect(out).toContain('outside the cluster\n  203.0.113.0/24')
      // A team in three is open as a whole, and of the others every second workload.
      expect(out).toContain('namespaces: team-0, team-12, team-15 and')
      expect(out).toMatch(/and \d+ more ends: -o wide shows them/)
    },
  )

  it('-o wide and -o json give everyone', async () => {
    const wide = await run(TEAMS, 'who-can-reach team-0/app-0 -f teams.json -o wide')
    const json = await run(TEAMS, 'who-can-reach team-0/app-0 -f teams.json -o json')
    const { sources } = JSON.parse(json.out)
    expect(wide.out.split('\n').filter(line => line.startsWith('  '))).toHaveLength(sources.length)
    expect(sources).toHaveLength(20 * 4 - 1 + 40 * 2 + 1)
  })

  it('agrees with the matrix', async () => {
    const json = await run(TEAMS, 'who-can-reach team-0/app-0 -f teams.json -o json')
    const matrix = await run(TEAMS, 'matrix --to team-0/app-0 -f teams.json -o json')
    const column: readonly Connection[] = JSON.parse(matrix.out).connections
    const sources: readonly Source[] = JSON.parse(json.out).sources
    expect(sources.map(({ from, open }) => [from.id, open])).toEqual(
      column.map(({ from, open }) => [from, open]),
    )
  })

  it('ends quietly when nobody reads on', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netpol-who-'))
    writeFileSync(join(folder, 'teams.json'), TEAMS['teams.json'])
    const command = `"${process.execPath}" bin/netpol.js who-can-reach internet -o json -f "${folder}" | head -1`
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect([stdout, stderr]).toEqual(['{\n', ''])
  })
})

describe('exit codes', () => {
  it.each([
    ['who-can-reach shop/api:9999', 0],
    ['who-can-reach shop/db', 0],
    ['who-can-reach shop/db --strict', 3],
    ['who-can-reach internet --strict', 0],
    ['who-can-reach shop/nothing', 2],
    ['who-can-reach', 2],
    ['who-can-reach shop/db -o csv', 2],
    ['who-can-reach shop/db --by pods', 2],
    ['who-can-reach shop/db -l ===', 2],
  ])('%s: %i', async (question, code) => {
    expect((await run(SHOP, `${question} -f shop.yaml`)).exit).toBe(code)
  })
})
