import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Matrix, Reachability } from '../src/report/report.ts'
import { defaultDeny } from './examples/default-deny.ts'
import type { Family, Row } from './examples/family.ts'
import { httpRouting } from './examples/http-routing.ts'
import { isolation } from './examples/isolation.ts'
import { namesAndServices } from './examples/names-and-services.ts'
import { namespacesByName } from './examples/namespaces-by-name.ts'
import { networkPlugins } from './examples/network-plugins.ts'
import { onePermittedPod } from './examples/one-permitted-pod.ts'
import { selectors } from './examples/selectors.ts'
import { symptoms } from './examples/symptoms.ts'
import { threeTiers } from './examples/three-tiers.ts'

const families: readonly Family[] = [
  defaultDeny,
  selectors,
  namesAndServices,
  onePermittedPod,
  threeTiers,
  isolation,
  namespacesByName,
  httpRouting,
  networkPlugins,
  symptoms,
]

const pathsOf = ({ folder, always = '' }: Family, [, files]: Row): readonly string[] =>
  `${always} ${files}`
    .trim()
    .split(' ')
    .map(path => posix.join(folder, path, '.'))

const questions = families.flatMap(family =>
  family.rows.map(row => {
    const [id, , from, to, verdict, reason, near] = row
    const paths = pathsOf(family, row)
    const args = ['can-reach', from, ...to.split(' '), ...paths.flatMap(path => ['-f', path])]
    return { id, args, paths, verdict, reason, near }
  }),
)

const netpol = (args: readonly string[]) =>
  new Promise<{ exit: unknown; stdout: string; stderr: string }>(resolve => {
    execFile(process.execPath, ['bin/netpol.js', ...args], (error, stdout, stderr) =>
      resolve({ exit: error === null ? 0 : error.code, stdout, stderr }),
    )
  })

describe('every question of the examples, asked through the executable', { timeout: 60_000 }, () => {
  for (const { id, args, verdict, reason, near } of questions) {
    it.concurrent(`${id}: ${args.join(' ')} → ${verdict} ${reason ?? ''} ${near ?? ''}`, async ({
      expect,
    }) => {
      const { exit, stdout, stderr } = await netpol([...args, '-o', 'json'])
      expect(stdout, stderr).not.toBe('')
      const report: Reachability = JSON.parse(stdout)
      expect(report).toMatchObject({ verdict, ...(reason === undefined ? {} : { reason }) })
      const first = report.steps.flatMap(({ nearMisses }) => nearMisses?.[0]?.reason ?? [])
      // Beside a yes each hint is one that is wanted: healthy set-ups have none.
      if (near !== undefined || verdict === 'yes') expect(first).toEqual(near === undefined ? [] : [near])
      expect(exit).toBe(verdict === 'yes' ? 0 : 1)
    })
  }
})

it('E: the matrix has these five connections and no other', { timeout: 60_000 }, async () => {
  const only = (protocol: string, port: number) => [{ protocol, ports: [[port, port]] }]
  const { exit, stdout, stderr } = await netpol('matrix -o json --by pod -f examples/three-tiers'.split(' '))
  expect(stdout, stderr).not.toBe('')
  const matrix: Matrix = JSON.parse(stdout)
  const outside = matrix.endpoints.filter(({ kind }) => kind === 'External').map(({ id }) => id)
  expect(outside).toHaveLength(1)
  expect(matrix.undetermined).toBeUndefined()
  expect(exit).toBe(0)
  const cell = (id: string) => (outside.includes(id) ? 'outside' : id)
  const cells = [...matrix.connections].map(({ from, to, open }) => [cell(from), cell(to), open])
  expect(cells.sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1))).toEqual([
    ['app/backend', 'app/database', only('TCP', 5432)],
    ['app/backend', 'outside', only('UDP', 53)],
    ['app/frontend', 'app/backend', only('TCP', 8080)],
    ['app/frontend', 'outside', only('UDP', 53)],
    ['outside', 'app/frontend', only('TCP', 80)],
  ])
})

const examples = [...new Set([...families.map(({ folder }) => folder), 'examples/three-tiers-scaled'])]
const filesUnder = (folder: string, extension: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith(extension))
    .map(path => posix.join(folder, path))

describe('the examples say nothing that is not checked here', () => {
  const asked = new Map(questions.map(({ args, verdict }) => [`netpol ${args.join(' ')}`, verdict]))
  const pages = examples.flatMap(folder => filesUnder(folder, 'README.md'))

  it.each(pages)('%s: each answer is that of a row', path => {
    const text = readFileSync(path, 'utf8').replaceAll(/ \\\n +/g, ' ')
    const answers = [...text.matchAll(/^(netpol can-reach .*)\n# (\w+)/gm)].map(found => found.slice(1))
    expect(answers).not.toEqual([])
    expect(answers).toHaveLength(text.split('netpol can-reach').length - 1)
    expect(answers).toEqual(answers.map(([command]) => [command, asked.get(command ?? '')]))
  })

  it('each manifest takes part in a question', () => {
    const used = questions.flatMap(({ paths }) => paths)
    const idle = examples
      .flatMap(folder => filesUnder(folder, '.yaml'))
      .filter(file => !used.some(path => file === path || file.startsWith(`${path}/`)))
    expect(idle).toEqual([])
  })
})
