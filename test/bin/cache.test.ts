import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

/** The executable with what V8 made of it, where both can be spoilt. */
const folder = mkdtempSync(join(tmpdir(), 'netpol-cache-'))
const dist = join(folder, 'dist')
afterAll(() => rmSync(folder, { recursive: true }))

const caches = (): readonly string[] =>
  readdirSync(dist)
    .filter(name => name.endsWith('.cache'))
    .map(name => join(dist, name))

function canReach(...flags: readonly string[]): readonly [exit: number | null, out: string, err: string] {
  const args = ['can-reach', 'app/frontend', 'app/backend:8080', '-f', 'examples/three-tiers']
  const executable = join(folder, 'bin', 'netpol.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, executable, ...args], {
    encoding: 'utf8',
  })
  return [status, stdout, stderr]
}

/** The bundle that has most of what answers. */
const largest = (): string => {
  const bundles = readdirSync(dist).filter(name => name.endsWith('.cjs'))
  return bundles.sort((a, b) => statSync(join(dist, b)).size - statSync(join(dist, a)).size)[0] ?? ''
}

const YES = [0, expect.stringMatching(/^yes: /), '']

describe('what was kept of compiling', () => {
  beforeEach(() => {
    for (const part of ['bin', 'dist']) {
      rmSync(join(folder, part), { recursive: true, force: true })
      cpSync(part, join(folder, part), { recursive: true })
    }
  })

  it('is taken by this Node, for each bundle', () => {
    const rejected = `
      const { bundles, load } = require('./bin/netpol.js')
      load('./answer.cjs')
      load('./advice.cjs')
      load('./main.cjs')
      console.log([...bundles.values()].map(({ script }) => script.cachedDataRejected).join())`
    const { stdout } = spawnSync(process.execPath, ['-e', rejected], { cwd: folder, encoding: 'utf8' })
    expect(stdout.trim()).toMatch(/^false(,false){3,}$/)
    expect(canReach()).toEqual(YES)
  })

  it.each<[string, () => void]>([
    ['is not there', () => caches().forEach(path => void rmSync(path))],
    ['is empty', () => caches().forEach(path => void writeFileSync(path, ''))],
    [
      'is cut off',
      () => caches().forEach(path => void writeFileSync(path, readFileSync(path).subarray(0, 10_000))),
    ],
    [
      'has one bit that is different',
      () => {
        for (const path of caches()) {
          const bytes = readFileSync(path)
          const at = Math.floor(bytes.length * 0.7)
          bytes[at] = (bytes[at] ?? 0) ^ 1
          writeFileSync(path, bytes)
        }
      },
    ],
    [
      'is of a bundle that has changed',
      () => {
        const path = join(dist, largest())
        writeFileSync(
          path,
          readFileSync(path, 'latin1').replace('no policy isolates', 'no policy iso1ates'),
          'latin1',
        )
      },
    ],
    [
      'is what V8 made of another script of the same length',
      () => {
        for (const name of ['main.cjs', largest()]) {
          const filename = join(dist, name)
          const source = `(function(){console.log("planted");process.exit(0)})`.padEnd(
            readFileSync(filename, 'latin1').length,
          )
          const script = new Script(source, { filename })
          const [path = ''] = caches().filter(cache => cache.includes(name))
          writeFileSync(path, script.createCachedData())
        }
      },
    ],
    [
      'is of another bundle',
      () => {
        const [one = '', other = ''] = caches()
        renameSync(one, join(folder, 'one'))
        renameSync(other, one)
        renameSync(join(folder, 'one'), other)
      },
    ],
  ])('is not used where it %s', (_, spoil) => {
    spoil()
    expect(canReach()).toEqual(YES)
  })

  it('is not used by a Node that compiles otherwise', () => {
    expect(canReach('--no-opt')).toEqual(YES)
  })

  it('is no excuse for a bundle that is not there', () => {
    rmSync(dist, { recursive: true })
    expect(canReach()).toEqual([2, '', expect.stringContaining('npm run build')])
  })

  it.each([
    ['a main.cjs', () => 'main.cjs', 'Unexpected end of input'],
    ['a bundle of what answers', largest, 'Unexpected end of input'],
  ])('is no excuse for %s that is cut off: exit 2, without a stack trace', (_, nameOf, message) => {
    for (const path of caches()) rmSync(path)
    const path = join(dist, nameOf())
    writeFileSync(path, readFileSync(path).subarray(0, 10_000))
    expect(canReach()).toEqual([2, '', expect.stringMatching(`^error: netpol failed: ${message}\n.*\n$`)])
  })
})
