import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { processIo } from '../../src/cli/io.ts'

const folder = mkdtempSync(join(tmpdir(), 'netpol-create-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { create } = processIo()
const files = () => readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')])
const codeOf = (action: () => void): unknown => {
  try {
    action()
    return 'made'
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

describe('a file is made whole or not at all, and nothing else is left', () => {
  it.each<[string, string, string, unknown]>([
    ['a new one', 'a.yaml', 'kind: A', 'made'],
    ['one that is there stays as it is', 'a.yaml', 'kind: B', 'EEXIST'],
    ['a folder that is not there', 'none/a.yaml', 'kind: A', 'ENOENT'],
    ['a file in the place of a folder', 'a.yaml/b.yaml', 'kind: A', 'ENOTDIR'],
  ])('%s', (_, name, text, outcome) => {
    expect(codeOf(() => create(join(folder, name), text))).toBe(outcome)
    expect(files()).toEqual([['a.yaml', 'kind: A']])
  })
})
