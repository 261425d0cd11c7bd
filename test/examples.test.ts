import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Matrix } from '../src/report/report.ts'

/** Where each family of scenarios lives, by the first letter of a row. */
const folders: Readonly<Record<string, string>> = {
  A: 'examples/default-deny',
  B: 'examples/selectors',
  D: 'examples/one-permitted-pod',
  E: 'examples/three-tiers',
  F: 'examples/isolation',
  G: 'examples/namespaces-by-name',
}

/** What stands behind every question of a family, beside the paths of its row. */
const always: Readonly<Record<string, string>> = { B: 'world', D: 'lab' }

type Verdict = 'yes' | 'no' | 'partial'
/** The scenario, the paths for -f inside the family's folder, FROM, TO with its flags, verdict, reason. */
type Row = readonly [string, string, string, string, Verdict, string?]

const open = 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'
const openSource = 'ALLOWED_NO_POLICY_SELECTS_SOURCE'
const rule = 'ALLOWED_BY_RULE'
const self = 'SELF_TRAFFIC'
const egress = 'DENIED_BY_EGRESS'
const ingress = 'DENIED_BY_INGRESS'
const both = 'DENIED_BY_BOTH'
const part = 'OPEN_IN_PART'

const closed = 'pods.yaml deny-egress.yaml deny-ingress.yaml'
const allowed = `${closed} allow-centos-to-nginx.yaml`

const defaultDeny: readonly Row[] = [
  // The scenario pings; asked for all ports, the answer covers what has no ports as well.
  ['A1', 'pods.yaml', 'default/pod1', 'internet', 'yes', openSource],
  ['A1', 'pods.yaml', 'default/pod1', 'kube-system/toolbox', 'yes', open],
  ['A2', 'pods.yaml deny-egress.yaml', 'default/pod1', 'internet', 'no', egress],
  ['A2', 'pods.yaml deny-egress.yaml', 'default/pod1', 'kube-system/toolbox', 'no', egress],
  ['A2', 'pods.yaml deny-egress.yaml', 'kube-system/toolbox', 'default/pod2:80', 'yes', open],
  ['A3', closed, 'kube-system/toolbox', 'default/pod2:80', 'no', ingress],
  ['A3', closed, 'default/pod1', 'default/pod2:80', 'no', both],
  ['A3', closed, 'default/pod2', 'default/pod2:80', 'yes', self],
  ['A4', allowed, 'default/pod1', 'default/pod2:80', 'yes', rule],
  ['A4', allowed, 'default/pod1', 'default/pod2', 'partial', part],
  ['A5', allowed, 'default/pod1', 'default/pod2:8080', 'no', both],
  ['A5', allowed, 'default/pod1', 'default/pod2 --port 80/udp', 'no', both],
  ['A6', `${allowed} service.yaml`, 'default/pod1', 'default/svc/nginx:80', 'yes', rule],
  ['A7', allowed, 'kube-system/toolbox', 'default/pod2:80', 'no', ingress],
]

const selectors: readonly Row[] = [
  ['B1', 'peers/pods.yaml', 'web/frontend', 'web/nginx:80', 'yes', rule],
  ['B1', 'peers/pods.yaml', 'live/frontend', 'web/nginx:80', 'no', ingress],
  ['B1', 'peers/pods.yaml', 'web/batch', 'web/nginx:80', 'no', ingress],
  ['B1', 'peers/pods.yaml', 'web/frontend', 'web/nginx:81', 'no', ingress],
  ['B1', 'peers/pods.yaml', 'web/frontend', 'web/nginx', 'partial', part],
  ['B1', 'peers/pods.yaml', 'web/frontend', 'web/batch:80', 'yes', open],
  ['B2', 'peers/namespaces.yaml', 'live/frontend', 'web/nginx:80', 'yes', rule],
  ['B2', 'peers/namespaces.yaml', 'live/batch', 'web/nginx:80', 'yes', rule],
  ['B2', 'peers/namespaces.yaml', 'web/frontend', 'web/nginx:80', 'no', ingress],
  ['B2', 'peers/namespaces.yaml', 'trial/frontend', 'web/nginx:80', 'no', ingress],
  ['B2', 'peers/namespaces.yaml', 'live/batch', 'live/nginx:80', 'yes', rule],
  ['B3', 'blocks/egress-block.yaml', 'web/nginx', '10.0.0.7:443', 'yes', rule],
  ['B3', 'blocks/egress-block.yaml', 'web/nginx', '10.0.0.0/24 --port 443', 'yes', rule],
  ['B3', 'blocks/egress-block.yaml', 'web/nginx', '10.0.1.7:443', 'no', egress],
  ['B3', 'blocks/egress-block.yaml', 'web/nginx', '10.0.0.7:80', 'no', egress],
  ['B3', 'blocks/egress-block.yaml', 'web/nginx', '10.0.0.7', 'partial', part],
  ['B3', 'blocks/egress-block.yaml', 'web/frontend', '10.0.1.7:443', 'yes', openSource],
  ['B4', 'blocks/ingress-block-except.yaml', '10.2.3.4', 'web/nginx:443', 'yes', rule],
  ['B4', 'blocks/ingress-block-except.yaml', '10.0.1.4', 'web/nginx:443', 'no', ingress],
  ['B4', 'blocks/ingress-block-except.yaml', '192.0.2.4', 'web/nginx:443', 'no', ingress],
  ['B4', 'blocks/ingress-block-except.yaml', '10.2.3.4', 'web/nginx:80', 'no', ingress],
  ['B5', 'peers/two-entries.yaml', 'web/frontend', 'web/nginx:80', 'yes', rule],
  ['B5', 'peers/two-entries.yaml', 'live/batch', 'web/nginx:80', 'yes', rule],
  ['B5', 'peers/two-entries.yaml', 'web/batch', 'web/nginx:80', 'no', ingress],
  ['B5', 'peers/two-entries.yaml', 'trial/frontend', 'web/nginx:80', 'no', ingress],
  ['B6', 'peers/one-entry.yaml', 'live/frontend', 'web/nginx:80', 'yes', rule],
  ['B6', 'peers/one-entry.yaml', 'live/batch', 'web/nginx:80', 'no', ingress],
  ['B6', 'peers/one-entry.yaml', 'web/frontend', 'web/nginx:80', 'no', ingress],
  ['B6', 'peers/one-entry.yaml', 'trial/frontend', 'web/nginx:80', 'no', ingress],
  ['B7', 'default-deny/ingress.yaml', 'web/frontend', 'web/nginx:80', 'no', ingress],
  ['B7', 'default-deny/ingress.yaml', 'web/nginx', 'live/nginx:80', 'yes', open],
  ['B7', 'default-deny/ingress.yaml', 'live/frontend', 'live/nginx:80', 'yes', open],
  ['B7', 'default-deny/egress.yaml', 'web/frontend', 'web/nginx:80', 'no', egress],
  ['B7', 'default-deny/egress.yaml', 'live/frontend', 'web/nginx:80', 'yes', open],
  ['B7', 'default-deny/both.yaml', 'web/frontend', 'web/nginx:80', 'no', both],
  ['B7', 'default-deny/both.yaml', 'live/frontend', 'web/nginx:80', 'no', ingress],
  ['B7', 'default-deny/both.yaml', 'web/frontend', 'live/nginx:80', 'no', egress],
  ['B7', 'default-deny/both.yaml', 'live/frontend', 'live/nginx:80', 'yes', open],
  ['B8', 'policy-types/nothing-given.yaml', 'web/frontend', 'web/nginx:80', 'no', ingress],
  ['B8', 'policy-types/nothing-given.yaml', 'web/nginx', 'web/batch:80', 'yes', open],
  ['B8', 'policy-types/only-ingress-rules.yaml', 'web/frontend', 'web/nginx:80', 'yes', rule],
  ['B8', 'policy-types/only-ingress-rules.yaml', 'web/batch', 'web/nginx:80', 'no', ingress],
  ['B8', 'policy-types/only-ingress-rules.yaml', 'web/nginx', 'web/batch:80', 'yes', open],
  ['B8', 'policy-types/only-egress-rules.yaml', 'web/nginx', 'web/frontend:80', 'yes', rule],
  ['B8', 'policy-types/only-egress-rules.yaml', 'web/nginx', 'web/batch:80', 'no', egress],
  ['B8', 'policy-types/only-egress-rules.yaml', 'web/batch', 'web/nginx:80', 'no', ingress],
  ['B8', 'policy-types/empty-egress-list.yaml', 'web/nginx', 'web/batch:80', 'yes', open],
  ['B8', 'policy-types/empty-egress-list.yaml', 'web/batch', 'web/nginx:80', 'no', ingress],
  ['B9', 'union/allow-frontend.yaml', 'web/batch', 'web/nginx:8080', 'no', ingress],
  ['B9', 'union/allow-frontend.yaml union/allow-batch.yaml', 'web/frontend', 'web/nginx:80', 'yes', rule],
  ['B9', 'union/allow-frontend.yaml union/allow-batch.yaml', 'web/batch', 'web/nginx:8080', 'yes', rule],
  ['B9', 'union/allow-batch.yaml union/allow-frontend.yaml', 'web/frontend', 'web/nginx:80', 'yes', rule],
  ['B9', 'union/allow-batch.yaml union/allow-frontend.yaml', 'web/batch', 'web/nginx:8080', 'yes', rule],
  // What each policy opens stays with its own peers: the rules are joined, not their parts.
  ['B9', 'union/allow-frontend.yaml union/allow-batch.yaml', 'web/batch', 'web/nginx:80', 'no', ingress],
  ['B9', 'union', 'web/frontend', 'web/nginx:80', 'yes', rule],
  ['B9', 'union/allow-nothing.yaml', 'web/frontend', 'web/nginx:80', 'no', ingress],
  ['B10', 'empty-lists/from-empty.yaml', 'trial/frontend', 'web/nginx:80', 'yes', rule],
  ['B10', 'empty-lists/from-empty.yaml', 'internet', 'web/nginx:80', 'yes', rule],
  ['B10', 'empty-lists/from-empty.yaml', 'internet', 'web/nginx:81', 'no', ingress],
  ['B10', 'empty-lists/from-missing.yaml', 'trial/frontend', 'web/nginx:80', 'yes', rule],
  ['B10', 'empty-lists/from-missing.yaml', 'internet', 'web/nginx:80', 'yes', rule],
  ['B10', 'empty-lists/ports-empty.yaml', 'web/frontend', 'web/nginx', 'yes', rule],
  ['B10', 'empty-lists/ports-empty.yaml', 'web/frontend', 'web/nginx --port 53/udp', 'yes', rule],
  ['B10', 'empty-lists/ports-empty.yaml', 'web/batch', 'web/nginx', 'no', ingress],
  ['B10', 'empty-lists/ports-missing.yaml', 'web/frontend', 'web/nginx', 'yes', rule],
  ['B10', 'empty-lists/ports-missing.yaml', 'web/batch', 'web/nginx', 'no', ingress],
  ['B11', 'empty-lists/ingress-empty.yaml', 'web/frontend', 'web/nginx:80', 'no', ingress],
  ['B11', 'empty-lists/ingress-empty.yaml', 'internet', 'web/nginx', 'no', ingress],
  ['B11', 'empty-lists/ingress-empty.yaml', 'web/nginx', 'web/frontend:80', 'yes', open],
  ['B11', 'empty-lists/ingress-missing.yaml', 'web/frontend', 'web/nginx:80', 'no', ingress],
  ['B12', 'empty-lists/ingress-one-empty-rule.yaml', 'trial/frontend', 'web/nginx', 'yes', rule],
  ['B12', 'empty-lists/ingress-one-empty-rule.yaml', 'internet', 'web/nginx', 'yes', rule],
]

const wrong = 'wrong-answers'
const box1 = 'default/sleepybox1'
const box2 = 'default/sleepybox2'
const server = 'restricted/lab9server:80'
const alternative = 'restricted/svc/lab9server-alt:8080'
const dns = 'kube-system/coredns --port 53/udp'

const onePermittedPod: readonly Row[] = [
  ['D', '', box2, server, 'yes', open],
  ['D', 'answer.yaml', box1, server, 'yes', rule],
  ['D', 'answer.yaml', box2, server, 'no', ingress],
  ['D', 'answer.yaml', box1, 'restricted/lab9server:443', 'no', ingress],
  ['D', 'answer.yaml', box1, 'restricted/svc/lab9server:80', 'yes', rule],
  ['D', 'answer.yaml', box1, alternative, 'yes', rule],
  ['D', 'answer.yaml', 'restricted/lab9server', dns, 'yes', open],
  ['D', `${wrong}/pod-selector-alone.yaml`, box1, server, 'no', ingress],
  ['D', `${wrong}/pod-selector-alone.yaml`, box2, server, 'no', ingress],
  ['D', `${wrong}/two-entries.yaml`, box1, server, 'yes', rule],
  ['D', `${wrong}/two-entries.yaml`, box2, server, 'yes', rule],
  ['D', `${wrong}/egress-without-rules.yaml`, box1, server, 'yes', rule],
  ['D', `${wrong}/egress-without-rules.yaml`, box2, server, 'no', ingress],
  ['D', `${wrong}/egress-without-rules.yaml`, 'restricted/lab9server', dns, 'no', egress],
  ['D', `${wrong}/service-port.yaml`, box1, server, 'no', ingress],
  ['D', `${wrong}/service-port.yaml`, box1, alternative, 'no', ingress],
]

const scaled = '. ../three-tiers-scaled'

const threeTiers: readonly Row[] = [
  ['E', '.', 'app/frontend', 'app/frontend:80', 'yes', self],
  ['E', '.', 'app/frontend', 'app/backend:8080', 'yes', rule],
  ['E', '.', 'app/frontend', 'app/backend --port api', 'yes', rule],
  ['E', '.', 'app/frontend', 'app/backend', 'partial', part],
  ['E', '.', 'app/frontend', 'app/backend:80', 'no', both],
  ['E', '.', 'app/frontend', 'app/backend-svc:8080', 'yes', rule],
  ['E', '.', 'app/frontend', 'app/database:5432', 'no', both],
  ['E', '.', 'app/frontend', 'app/database --port 53/udp', 'no', ingress],
  ['E', '.', 'app/frontend', 'app/database', 'no'],
  ['E', '.', 'app/frontend', 'internet --port 53/udp', 'yes', rule],
  ['E', '.', 'app/frontend', 'internet --port 53/tcp', 'no', egress],
  ['E', '.', 'app/frontend', 'internet', 'partial', part],
  ['E', '.', 'app/backend', 'app/frontend:80', 'no', egress],
  ['E', '.', 'app/backend', 'app/frontend --port http', 'no', egress],
  ['E', '.', 'app/backend', 'app/frontend', 'no'],
  ['E', '.', 'app/backend', 'app/backend', 'yes', self],
  ['E', '.', 'app/backend', 'app/database:5432', 'yes', rule],
  ['E', '.', 'app/backend', 'app/database --port postgres', 'yes', rule],
  ['E', '.', 'app/backend', 'app/database:8080', 'no', both],
  ['E', '.', 'app/backend', 'internet --port 53/udp', 'yes', rule],
  ['E', '.', 'app/backend', 'internet --port 53/tcp', 'no', egress],
  ['E', '.', 'app/database', 'app/frontend:80', 'no', egress],
  ['E', '.', 'app/database', 'app/backend:8080', 'no', both],
  ['E', '.', 'app/database', 'app/backend-svc:8080', 'no', both],
  ['E', '.', 'app/database', 'app/database:5432', 'yes', self],
  ['E', '.', 'app/database', 'internet --port 53/udp', 'no', egress],
  ['E', '.', 'app/database', 'internet', 'no', egress],
  ['E', '.', 'internet', 'app/frontend:80', 'yes', rule],
  ['E', '.', 'internet', 'app/frontend:443', 'no', ingress],
  ['E', '.', 'internet', 'app/frontend', 'partial', part],
  ['E', '.', 'internet', 'app/backend:8080', 'no', ingress],
  ['E', '.', 'internet', 'app/backend', 'no', ingress],
  ['E', '.', 'internet', 'app/database:5432', 'no', ingress],
  ['E', '.', 'internet', 'app/database', 'no', ingress],
  // The diagonal of the table needs two Pods of a tier: a Pod always reaches itself.
  ['E', scaled, 'app/frontend', 'app/frontend-2:80', 'no', egress],
  ['E', scaled, 'app/frontend', 'app/frontend-2', 'no'],
  ['E', scaled, 'app/backend', 'app/backend-2:8080', 'no', both],
  ['E', scaled, 'app/database', 'app/database-2:5432', 'no', both],
  ['E', scaled, 'app/frontend-2', 'app/backend-svc:8080', 'yes', rule],
]

const isolation: readonly Row[] = [
  ['F', '.', 'netpol-lab/frontend', 'netpol-lab/backend:80', 'yes', rule],
  ['F', '.', 'netpol-lab/intruder', 'netpol-lab/backend:80', 'no', ingress],
  ['F', '.', 'netpol-lab/frontend', 'netpol-lab/backend:443', 'no', ingress],
  ['F', '.', 'netpol-lab/intruder', 'netpol-lab/frontend:80', 'yes', open],
]

const world = 'namespaces.yaml pods.yaml'
const byName = `${world} deny-ingress.yaml allow-from-dev1.yaml`

const namespacesByName: readonly Row[] = [
  ['G1', world, 'dev1/demo1', 'dev2/demo2:80', 'yes', open],
  ['G2', `${world} deny-ingress.yaml`, 'dev1/demo1', 'dev2/demo2:80', 'no', ingress],
  ['G3', byName, 'dev1/demo1', 'dev2/demo2:80', 'yes', rule],
  ['G4', byName, 'default/default', 'dev2/demo2:80', 'no', ingress],
  ['G5', `${byName} http-echo.yaml`, 'dev1/demo1', 'dev2/http-echo:8080', 'no', ingress],
  ['G5', `${byName} http-echo.yaml`, 'dev1/demo1', 'dev2/svc/http-echo:8080', 'no', ingress],
]

const rows = [defaultDeny, selectors, onePermittedPod, threeTiers, isolation, namespacesByName].flat()

const pathsOf = ([id, files]: Row): readonly string[] => {
  const family = id.charAt(0)
  const paths = `${always[family] ?? ''} ${files}`.trim().split(' ')
  return paths.map(path => posix.join(folders[family] ?? '', path, '.'))
}

const argumentsOf = (row: Row): readonly string[] => [
  'can-reach',
  row[2],
  ...row[3].split(' '),
  ...pathsOf(row).flatMap(path => ['-f', path]),
]

const netpol = (args: readonly string[]) =>
  new Promise<{ exit: unknown; stdout: string; stderr: string }>(resolve => {
    execFile(process.execPath, ['bin/netpol.js', ...args], (error, stdout, stderr) =>
      resolve({ exit: error === null ? 0 : error.code, stdout, stderr }),
    )
  })

describe('every question of the examples, asked through the executable', { timeout: 60_000 }, () => {
  for (const row of rows) {
    const [id, , , , verdict, reason] = row
    const args = argumentsOf(row)
    it.concurrent(`${id}: ${args.join(' ')} → ${verdict} ${reason ?? ''}`, async ({ expect }) => {
      const { exit, stdout, stderr } = await netpol([...args, '-o', 'json'])
      expect(stdout, stderr).not.toBe('')
      expect(JSON.parse(stdout)).toMatchObject({ verdict, ...(reason === undefined ? {} : { reason }) })
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
  const cells = matrix.connections.map(({ from, to, open }) => [cell(from), cell(to), open])
  expect(cells.sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1))).toEqual([
    ['app/backend', 'app/database', only('TCP', 5432)],
    ['app/backend', 'outside', only('UDP', 53)],
    ['app/frontend', 'app/backend', only('TCP', 8080)],
    ['app/frontend', 'outside', only('UDP', 53)],
    ['outside', 'app/frontend', only('TCP', 80)],
  ])
})

const examples = [...new Set([...Object.values(folders), 'examples/three-tiers-scaled'])]
const filesUnder = (folder: string, extension: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith(extension))
    .map(path => posix.join(folder, path))

describe('the examples say nothing that is not checked here', () => {
  const asked = new Map(rows.map(row => [`netpol ${argumentsOf(row).join(' ')}`, row[4]]))
  const pages = examples.flatMap(folder => filesUnder(folder, 'README.md'))

  it.each(pages)('%s: each answer is that of a row', path => {
    const text = readFileSync(path, 'utf8').replaceAll(/ \\\n +/g, ' ')
    const answers = [...text.matchAll(/^(netpol can-reach .*)\n# (\w+)/gm)].map(found => found.slice(1))
    expect(answers).not.toEqual([])
    expect(answers).toHaveLength(text.split('netpol can-reach').length - 1)
    expect(answers).toEqual(answers.map(([command]) => [command, asked.get(command ?? '')]))
  })

  it('each manifest takes part in a question', () => {
    const paths = rows.flatMap(pathsOf)
    const idle = examples
      .flatMap(folder => filesUnder(folder, '.yaml'))
      .filter(file => !paths.some(path => file === path || file.startsWith(`${path}/`)))
    expect(idle).toEqual([])
  })
})
