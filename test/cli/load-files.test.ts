import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type FileEntry, type Io, processIo } from '../../src/cli/io.ts'
import { loadFiles } from '../../src/cli/load-files.ts'
import { run } from './run.ts'

const FOLDER: FileEntry['kind'] = 'folder'
const fails = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code })
}

/** A file system of which only what a test is about works. */
function files(io: Partial<Io>): Io {
  return {
    out: fails('EIO'),
    err: fails('EIO'),
    stdin: fails('EIO'),
    read: fails('EIO'),
    look: path => ({ kind: path.endsWith('.yaml') ? 'file' : FOLDER, real: path, isLink: false }),
    list: fails('EIO'),
    create: fails('EIO'),
    run: fails('EIO'),
    now: () => 0,
    memory: () => 12_000,
    width: { out: undefined, err: undefined },
    env: {},
    color: { out: false, err: false },
    ...io,
  }
}

describe('loadFiles', () => {
  it('gives each file the room that those before it have left', () => {
    const rooms: number[] = []
    const io = files({
      list: () => ['a.yaml', 'b.yaml'],
      read: (_, most) => {
        rooms.push(most())
        return new Uint8Array(100).fill(32)
      },
      stdin: most => {
        rooms.push(most())
        return new Uint8Array()
      },
    })
    loadFiles(io, ['.', '-'], true)
    expect(rooms).toEqual([1000, 900, 800])
  })

  it('never takes more than a string can hold, however much memory there is', () => {
    const rooms: number[] = []
    const io = files({
      memory: () => Number.MAX_SAFE_INTEGER,
      stdin: most => {
        rooms.push(most())
        return new Uint8Array()
      },
    })
    loadFiles(io, ['-'], true)
    expect(rooms).toEqual([512 * 1024 * 1024])
  })

  it('many files that have room one by one may be too much together', () => {
    const io = files({ list: () => ['a.yaml', 'b.yaml'], read: () => new Uint8Array(10_000_000).fill(32) })
    const { files: read, problems } = loadFiles(io, ['.'], true)
    expect(read).toHaveLength(1)
    expect(problems).toMatchObject([{ object: 'the file b.yaml' }])
  })

  it('what was read before takes up room', () => {
    const io = files({
      look: () => ({ kind: 'file', real: 'x', isLink: false }),
      read: () => new Uint8Array(10_000_000).fill(32),
    })
    const first = loadFiles(io, ['a.yaml'], true)
    const second = loadFiles(io, ['b.yaml'], true, { before: first.bytes })
    expect([first.bytes, first.missing, second.missing.length]).toEqual([10_000_000, [], 1])
  })

  it('says how much is too much', () => {
    const { missing } = loadFiles(
      files({ stdin: fails('TOO_LARGE'), memory: () => 120 * 1024 * 1024 }),
      ['-'],
      true,
    )
    expect(missing).toMatchObject([{ message: 'cannot read `-`: the input is larger than 10 MiB' }])
  })

  it('a folder that is gone when it is opened is a problem, and what is beside it is read', () => {
    const io = files({
      list: path => (path === '.' ? ['a.yaml', 'gone'] : fails('ENOENT')()),
      read: () => new TextEncoder().encode('a: 1\n'),
    })
    const { files: read, problems, missing } = loadFiles(io, ['.'], true)
    expect(read.map(({ path }) => path)).toEqual(['a.yaml'])
    expect(missing).toEqual([])
    expect(problems).toMatchObject([{ code: 'CANNOT_READ', object: 'the file gone' }])
  })

  it('the named folder itself is what is missing when it is gone', () => {
    const { missing } = loadFiles(files({ list: fails('ENOENT') }), ['.'], true)
    expect(missing).toMatchObject([{ message: 'cannot read `.`: no such file or folder' }])
  })

  it('folders that go on and on end', () => {
    const io = files({ list: path => [`${path}/x`] })
    const { problems } = loadFiles(io, ['.'], true)
    expect(problems).toMatchObject([
      { message: expect.stringMatching(/more than 100 folders are in one another$/) },
    ])
  })

  it('a reason that nobody thought of is said as it is', () => {
    const { missing } = loadFiles(files({ look: fails('EIO') }), ['x'], true)
    expect(missing).toMatchObject([{ message: 'cannot read `x`: EIO' }])
  })
})

const PODS = ['web', 'db']
  .map(name => `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "${name}"}}`)
  .join('\n---\n')
const POLICY =
  '{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "deny"}, "spec": {"podSelector": {}}}'

const NO_POLICY =
  'note: the input holds no NetworkPolicy; `kubectl get networkpolicy -A -o yaml` prints those of a cluster\n'

describe('of a folder', () => {
  it.each([
    ['pods.yaml alone', {}, 0, null],
    ['a file of another kind', { 'policy.txt': POLICY }, 0, null],
    ['a folder that begins with a dot', { '.ci/policy.yaml': POLICY }, 1, 'help: '],
    ['a file that begins with a dot', { '.policy.yaml': POLICY }, 1, 'help: '],
    ["git's own folder", { '.git/policy.yaml': POLICY }, 0, null],
    ['packages without manifests', { 'node_modules/x/package.json': '{}' }, 0, null],
    [
      'packages with a manifest, which are passed over',
      { 'web/node_modules/x/policy.yaml': POLICY },
      0,
      'note: not read, though kubectl would: web/node_modules (1 file below it could be a manifest); `-f` and its name reads it\n',
    ],
  ])('what kubectl reads of a folder is read: %s', async (_, more, exit, err) => {
    const answer = await run({ 'pods.yaml': PODS, ...more }, 'can-reach pod/web pod/db --port 80')
    expect([answer.exit, answer.err]).toEqual([exit, err === null ? NO_POLICY : expect.stringContaining(err)])
  })
})

/** As `kubectl apply -R -f .` of 1.36 does, run over such a folder. */
describe('a folder of the file system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpol-load-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  for (const path of [
    'a/.b/x.json',
    'a/.hidden.yaml',
    'other/y.yml',
    'CAPITALS.YAML',
    'node_modules/p/z.yaml',
  ]) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), '{}')
  }
  symlinkSync('../other', join(folder, 'a/link'))
  symlinkSync('../other/y.yml', join(folder, 'a/linked.yaml'))
  const { files: read, skipped } = loadFiles(processIo(), [folder], true)
  const below = (path: string): string => relative(folder, path).replaceAll('\\', '/')

  it('is read with what begins with a dot, and with files that are linked', () => {
    expect(read.map(({ path }) => below(path))).toEqual(['a/.b/x.json', 'a/.hidden.yaml', 'a/linked.yaml'])
  })

  it('what is not read is listed, and whether kubectl reads it', () => {
    expect(skipped.map(({ path, matters }) => [below(path), matters])).toEqual([
      ['CAPITALS.YAML', false],
      ['a/link', false],
      ['node_modules', true],
    ])
  })
})

describe('on a terminal that waits for a second', () => {
  const pods = Array.from({ length: 500 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${index}` },
  }))
  const files = { 'pods.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods }) }
  /** A clock by which each look takes 0.4 seconds. */
  const slow = () => {
    let time = 0
    return () => {
      time += 400
      return time
    }
  }

  it.each([
    ['it says how far it has come, and takes that away again', 'get ns -f pods.json', true],
    ['it says nothing with -q', 'get ns -f pods.json -q', false],
  ])('%s', async (_, commandLine, isShown) => {
    const { err } = await run(files, commandLine, { terminal: 80, now: slow() })
    expect(err.startsWith('\rreading: 192 objects')).toBe(isShown)
    expect(err.includes('\r\u001b[K')).toBe(isShown)
  })

  it('a pipe gets nothing of it', async () => {
    const { err } = await run(files, 'get ns -f pods.json', { now: slow() })
    expect(err).not.toContain('reading')
  })
})
