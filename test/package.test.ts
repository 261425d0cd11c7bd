import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }

/** What a user gets: the packed package, installed into an empty folder. */
const folder = mkdtempSync(join(tmpdir(), 'netpol-package-'))
const npm = (args: readonly string[], cwd: string): string =>
  execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  })

const installed = (name: string, ...args: readonly string[]): string =>
  execFileSync(join(folder, 'node_modules', '.bin', name), args, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })

const TSC = resolve('node_modules', 'typescript', 'bin', 'tsc')

/** A program that compiles only if each thing has the type that it should have. */
const USER = `
import { CannotAnswer, type Connection, edit, get, load, matrix, type Reachability, reach, show, type World } from 'netpol'
const world: World = load([{ path: 'a.yaml', text: '' }], { cni: 'calico' })
const after: World = edit(world, [{ kind: 'label', object: 'pod/web', changes: ['a=b'] }])
const answer: Reachability = reach(after, { from: 'a', to: 'b', port: 80 })
const verdict: 'yes' | 'no' | 'partial' | 'undetermined' = answer.verdict
const pairs: Iterable<Connection> = matrix(world, { by: 'pod' }).connections
const pods = get(world, { kind: 'pods' })
const label: string | null | undefined = pods.of === 'pods' ? pods.items[0]?.labels['app'] : undefined
const lines: Iterable<string> = await show(answer, 'text', { world, width: 100 })
export const used = [verdict, pairs, label, lines, new CannotAnswer([]).diagnostics[0]?.code]
// @ts-expect-error what is inside of a world is nobody's business
world.inside
// @ts-expect-error there is no such code
answer.reason === 'NOPE'
// @ts-expect-error nor such a grouping
matrix(world, { by: 'node' })
`

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>
}

/** The packages of a lock file that are there for users, itself left out. */
const forUsers = (...path: readonly string[]): readonly string[] => {
  const lock: Lock = JSON.parse(readFileSync(join(...path), 'utf8'))
  return Object.keys(lock.packages).filter(
    name => name !== '' && name !== 'node_modules/netpol' && lock.packages[name]?.dev !== true,
  )
}

let packed: readonly string[] = []

beforeAll(() => {
  const [tarball] = JSON.parse(
    npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], process.cwd()),
  )
  packed = tarball.files.map(({ path }: { readonly path: string }) => path)
  writeFileSync(join(folder, 'package.json'), '{"private": true}')
  npm(['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball.filename)], folder)
}, 240_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the package', { timeout: 60_000 }, () => {
  it('holds what is needed to run, and nothing else', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'bin/netpol.js',
        'dist/main.cjs',
        'dist/index.js',
        'dist/types/index.d.ts',
        'src/report/schema.json',
        'README.md',
        'LICENSE',
        'CHANGELOG.md',
      ]),
    )
    const strays = packed.filter(
      path => !/^(bin|dist|examples)\/|^src\/report\/schema\.json$|^[^/]+$/.test(path),
    )
    expect(strays).toEqual([])
  })

  it('is put together as npm and Node expect', async () => {
    const { messages } = await publint({ pkgDir: process.cwd(), strict: true })
    expect(messages.map(({ code }) => code)).toEqual([])
  })

  it('runs in an empty folder', () => {
    expect(installed('netpol', '--version').trim()).toBe(packageJson.version)
    const examples = join('node_modules', 'netpol', 'examples', 'three-tiers')
    const answer = installed('netpol', 'can-reach', 'app/frontend', 'app/backend:8080', '-f', examples)
    expect(answer).toMatch(/^yes: app\/frontend -> app\/backend TCP 8080: /)
  })

  it('is a library', () => {
    const program = `
      import { load, reach } from 'netpol'
      import schema from 'netpol/schema.json' with { type: 'json' }
      import same from 'netpol/src/report/schema.json' with { type: 'json' }
      const text = 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: web}\\n'
      const answer = reach(load([{ path: 'web.yaml', text }]), { from: 'web', to: 'internet' })
      console.log(answer.verdict, schema.title, schema === same)`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(stdout.trim()).toBe('yes What netpol answers with -o json and -o yaml true')
  })

  it.each(['nodenext', 'bundler'])('has types that are found by %s, and are exact', resolution => {
    writeFileSync(join(folder, 'user.mts'), USER)
    const options = `--ignoreConfig --noEmit --strict --exactOptionalPropertyTypes --target es2023 --lib es2023 --types node`
    const how = [
      '--module',
      resolution === 'bundler' ? 'esnext' : resolution,
      '--moduleResolution',
      resolution,
    ]
    const types = ['--typeRoots', resolve('node_modules', '@types')]
    const { stdout } = spawnSync(
      process.execPath,
      [TSC, ...options.split(' '), ...how, ...types, join(folder, 'user.mts')],
      { encoding: 'utf8' },
    )
    expect(stdout).toBe('')
  })

  it('is a plugin of kubectl', () => {
    expect(installed('kubectl-netpol', '--help')).toMatch(/^Usage: kubectl netpol/)
  })

  it('tells kubectl how a line can go on', () => {
    expect(installed('kubectl_complete-netpol', 'mat')).toMatch(/^matrix\t.*\n:4\n$/)
  })

  it('brings no other package: what it needs is in its bundles, with the licenses', () => {
    expect(forUsers(folder, 'node_modules', '.package-lock.json')).toEqual([])
    const licenses = readFileSync(join(folder, 'node_modules', 'netpol', 'dist', 'licenses.txt'), 'utf8')
    for (const name of ['chalk', 'cli-table3', 'commander', 'ipaddr.js', 'yaml'])
      expect(licenses).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|ISC)\\)$`, 'm'))
  })

  it('has nothing that was compiled', () => {
    expect(packed.filter(path => !/\.(?:[cm]?js|ts|json|ya?ml|md|txt|sh)$|^LICENSE$/.test(path))).toEqual([])
  })
})
