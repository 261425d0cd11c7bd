import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.ts'
import { main } from '../../src/cli/main.ts'
import { ioOver } from '../../src/cli/run-example.ts'
import { CODE_FAMILIES } from '../../src/report/codes.ts'
import { errorsBySchema } from '../report/errors-by-schema.ts'
import { run } from './run.ts'

const object = (kind: string, id: string, spec: string, apiVersion = 'v1'): string => {
  const [namespace, name] = id.split('/')
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n${spec}\n`
}

const SHOP = [
  object('Pod', 'shop/web', 'spec: {containers: []}'),
  object('Pod', 'default/probe', 'spec: {containers: []}'),
  object(
    'Deployment',
    'shop/api',
    'spec: {selector: {matchLabels: {app: api}}, template: {metadata: {labels: {app: api}}, spec: {containers: []}}}',
    'apps/v1',
  ),
  object('Service', 'shop/api', 'spec: {ports: [{port: 80}]}'),
  object('NetworkPolicy', 'shop/deny', 'spec: {podSelector: {}}', 'networking.k8s.io/v1'),
  'apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n',
].join('---\n')

/** How a line can go on; what stands behind the last blank is what is being typed. */
async function complete(
  line: string,
  files: Readonly<Record<string, string>> = { 'shop.yaml': SHOP },
): Promise<{ readonly words: readonly string[]; readonly files: boolean }> {
  let out = ''
  let err = ''
  const io = { ...ioOver(files), out: (text: string) => (out += text), err: (text: string) => (err += text) }
  expect(await main(['__complete', ...line.split(' ')], io, 'netpol')).toBe(0)
  expect(err).toBe('')
  const lines = out.trimEnd().split('\n')
  expect(lines.at(-1)).toMatch(/^:[046]$/)
  return { words: lines.slice(0, -1).map(one => one.replace(/\t.*/, '')), files: lines.at(-1) === ':0' }
}

describe('a line goes on with', () => {
  it.each<[what: string, line: string, words: readonly string[]]>([
    ['commands', '', [...COMMANDS.map(({ name }) => name), 'help']],
    ['the commands that begin so', 'ma', ['matrix']],
    ['commands to get help on', 'help des', ['describe']],
    ['options', 'matrix --by', ['--by']],
    [
      'options of this command alone',
      'codes --',
      ['--output', '--no-headers', '--quiet', '--color', '--help'],
    ],
    ['the values of an option', 'matrix --by ', ['pod', 'workload', 'namespace']],
    ['the values of an option in the same word', 'matrix --by=w', ['--by=workload']],
    ['protocols', 'can-reach web api --protocol u', ['udp']],
    ['forms of output', 'can-reach -o ', ['text', 'wide', 'json', 'yaml', 'markdown']],
    ['forms of output, CSV for a matrix', 'matrix -o c', ['csv']],
    ['kinds', 'get n', ['namespaces', 'networkpolicies']],
    ['shells', 'completion ', ['bash', 'zsh', 'fish', 'powershell']],
    ['namespaces', 'get pods -n ', ['default', 'shop']],
    ['codes', 'codes near-miss-c', ['NEAR_MISS_CIDR']],
    ['nothing behind the last argument', 'codes DNS_BLOCKED ', []],
    ['nothing for a command that is not there', 'nope ', []],
    ['sources', 'can-reach ', ['shop/api', 'shop/web', 'probe', 'node/n1', 'internet', 'api-server']],
    [
      'sources in their namespace',
      'can-reach -n shop ',
      ['api', 'web', 'default/probe', 'node/n1', 'internet', 'api-server'],
    ],
    ['destinations, Services among them', 'explain web shop/', ['shop/api', 'shop/web', 'shop/svc/api']],
    ['destinations behind an option', 'matrix -n shop --to w', ['web']],
    ['a kind behind a namespace', 'can-reach shop/d', ['shop/deployment/api']],
    ['names behind a kind', 'can-reach -n shop deploy/', ['deploy/api']],
    ['Pods of a workload, asked by kind', 'can-reach --namespace=shop po/a', ['po/api~1']],
    ['the objects of a kind', 'describe netpol -nshop ', ['deny']],
    ['the objects of a kind, of a namespace', 'get pods shop/', ['shop/web', 'shop/api~1']],
    ['policies', 'get pods -n shop --selected-by ', ['netpol/deny']],
    ['Pods and workloads', 'get netpol --selecting s', ['shop/api', 'shop/web']],
    ['arguments behind two dashes', 'can-reach -- n', ['node/n1']],
    ['network plugins', 'matrix --cni c', ['calico', 'canal', 'cilium']],
    ['those of get cni', 'get cni we', ['weave']],
    ['kinds, cni among those of get', 'get c', ['cni']],
    ['and not among those of describe', 'describe c', []],
    [
      'objects to delete',
      'can-reach a b --delete ',
      [
        'shop/pod/web',
        'pod/probe',
        'shop/deployment/api',
        'shop/svc/api',
        'shop/netpol/deny',
        'node/n1',
        'ns/shop',
        'ns/default',
      ],
    ],
    ['objects to delete, of one kind', 'matrix -n shop --delete=deploy/', ['--delete=deploy/api']],
    ['what follows a --validate without a value', 'who-can-reach --validate shop/w', ['shop/web']],
    ['values behind =', 'matrix --validate=w', ['--validate=warn']],
    ['objects to label', 'matrix --label shop/p', ['shop/pod/web']],
    ['labels of the Pods of a workload', 'matrix --label shop/deploy/api ', ['app=']],
    ['the same behind =', 'matrix --label=shop/deploy/api a', ['app=']],
    ['labels that begin so', 'matrix --label shop/deploy/api b', []],
    ['a label more, or an end', 'can-reach --label shop/deploy/api a=b a', ['app=', 'api-server']],
    ['ends behind labels', 'can-reach --label shop/deploy/api a=b c- p', ['probe']],
    ['the second end behind labels', 'can-reach --label shop/deploy/api a=b probe shop/w', ['shop/web']],
    ['labels of what is there with --apply', 'matrix -f nowhere --apply shop.yaml --label ns/s', ['ns/shop']],
  ])('%s: %s', async (_, line, words) => {
    expect(await complete(line)).toEqual({ words, files: false })
  })

  it.each([
    'matrix -f ',
    'matrix --filename sh',
    'matrix --filename=sh',
    'matrix -fsh',
    'matrix --apply ',
    'explain a b --write ',
  ])('names of files, which the shell knows: %s', async line =>
    expect(await complete(line)).toEqual({ words: [], files: true }),
  )

  it('every code', async () => {
    const { words } = await complete('codes ')
    expect(words).toEqual(CODE_FAMILIES.flatMap(({ pages }) => Object.keys(pages)))
  })

  it('what is in the files that the line names', async () => {
    const files = { 'shop.yaml': SHOP, 'other.yaml': object('Pod', 'default/other', '') }
    expect((await complete('can-reach -f other.yaml ', files)).words).toEqual([
      'other',
      'internet',
      'api-server',
    ])
    expect((await complete('can-reach o', files)).words).toEqual(['other'])
  })
})

describe('nothing is said of', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['broken YAML', { 'x.yaml': 'kind: [' }, 'can-reach p'],
    ['an object that would be refused', { 'x.yaml': SHOP.replaceAll('spec:', 'spce:') }, 'can-reach p'],
    ['a file that is not there', {}, 'can-reach -f nowhere.yaml p'],
    ['standard input, which is not waited for', {}, 'can-reach -f - p'],
    ['a code that is not there', {}, 'codes NOPE'],
  ])('%s', async (_, files, line) => {
    expect(await complete(line, files)).toEqual({ words: [], files: false })
  })

  it('anything that can be typed', async () => {
    const word = fc.oneof(
      fc.constantFrom('can-reach', 'get', '-f', '--by=', '--', '-n', '-', 'codes', 'help', 'shop/', ''),
      fc.string({ unit: 'grapheme' }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(word), async words => {
        const { words: found } = await complete(words.join(' '))
        for (const one of found) expect(one).toMatch(/^[\w./=~-]+$/)
      }),
      { numRuns: 300 },
    )
  })
})

it('the script is a report, too', async () => {
  const { out } = await run({}, 'completion zsh -o json')
  expect(errorsBySchema(JSON.parse(out))).toBeNull()
  expect((await run({}, 'completion tcsh')).err).toMatch(/Allowed choices are bash, zsh, fish, powershell/)
})

describe.skipIf(process.platform === 'win32')('the executables', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpol-completion-'))
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` }

  beforeAll(() => {
    for (const name of ['netpol', 'kubectl_complete-netpol'])
      symlinkSync(resolve('bin/netpol.js'), join(folder, name))
    writeFileSync(join(folder, 'shop.yaml'), SHOP)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const start = (program: string, ...words: readonly string[]) =>
    spawnSync(program, words, { cwd: folder, env, encoding: 'utf8' })

  it('kubectl is answered in its own protocol', () => {
    const { status, stdout, stderr } = start(
      join(folder, 'kubectl_complete-netpol'),
      'get',
      'pods',
      '-n',
      's',
    )
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'shop\tNamespace\n:4\n', stderr: '' })
  })

  const hasBash = spawnSync('bash', ['-c', 'true']).status === 0

  it.skipIf(!hasBash).each([
    ['netpol mat', ['matrix']],
    ['netpol can-reach -n shop ', ['api', 'web', 'default/probe', 'node/n1', 'internet', 'api-server']],
    ['netpol matrix --by=w', ['workload']],
    ['netpol matrix --by=', ['pod', 'workload', 'namespace']],
    ['netpol matrix --label shop/deploy/api ', ['app=']],
    ['netpol matrix --label shop/deploy/api app', ['app=']],
    ['netpol codes DNS_O', ['DNS_OVER_TCP_BLOCKED']],
    ['netpol matrix -f sh', ['']],
  ])('bash goes on from `%s`', (line, words) => {
    const { stdout, stderr } = start('bash', resolve('test/cli/tab.bash'), line)
    expect({ words: stdout.trimEnd().split('\n'), stderr }).toEqual({ words, stderr: '' })
  })

  it.each(['bash', 'zsh', 'fish'])('%s reads its script', shell => {
    const script = start('netpol', 'completion', shell).stdout
    const { error, status, stderr } = start(shell, '-n', '-c', script)
    // A shell that is not installed cannot be asked.
    if (error === undefined) expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
