import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

describe('the package', () => {
  it('holds what is needed to run, and nothing else', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'bin/netpol.js',
        'dist/main.cjs',
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

  it('is a plugin of kubectl', () => {
    expect(installed('kubectl-netpol', '--help')).toMatch(/^Usage: kubectl netpol/)
  })

  it('tells kubectl how a line can go on', () => {
    expect(installed('kubectl_complete-netpol', 'mat')).toMatch(/^matrix\t.*\n:4\n$/)
  })

  it('brings only the packages that the lock file has for users', () => {
    const brought = forUsers(folder, 'node_modules', '.package-lock.json')
    expect(forUsers('package-lock.json')).toEqual(expect.arrayContaining([...brought]))
    expect(brought).toEqual(
      expect.arrayContaining(Object.keys(packageJson.dependencies).map(name => `node_modules/${name}`)),
    )
  })
})
