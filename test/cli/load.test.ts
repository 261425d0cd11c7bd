import { describe, expect, it } from 'vitest'
import type { Entry, Io } from '../../src/cli/io.ts'
import { loadFiles, MOST_BYTES } from '../../src/cli/load.ts'

const FOLDER: Entry['kind'] = 'folder'
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
    look: path => ({ kind: path.endsWith('.yaml') ? 'file' : FOLDER, real: path }),
    list: fails('EIO'),
    width: undefined,
    env: {},
    colour: { out: false, err: false },
    ...io,
  }
}

describe('loadFiles', () => {
  it('gives each file the room that those before it have left', () => {
    const rooms: number[] = []
    const io = files({
      list: () => ['a.yaml', 'b.yaml'],
      read: (_, most) => {
        rooms.push(most)
        return new Uint8Array(100).fill(32)
      },
      stdin: most => {
        rooms.push(most)
        return new Uint8Array()
      },
    })
    loadFiles(io, ['.', '-'], true)
    expect(rooms).toEqual([MOST_BYTES, MOST_BYTES - 100, MOST_BYTES - 200])
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
