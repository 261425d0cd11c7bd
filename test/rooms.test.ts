import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

interface Rooms {
  readonly ROOM_NAMES: readonly string[]
  readonly importRules: () => string
}
const { ROOM_NAMES, importRules }: Rooms = await import(resolve('.rooms.mjs'))
const made = importRules()

it('the linter has the rules for imports that .rooms.mjs makes (npm run build)', () => {
  expect(readFileSync('.rooms.json', 'utf8')).toBe(made)
  expect(readFileSync('.biome.json', 'utf8')).toContain('"extends": ["./.rooms.json"]')
})

it('they are for the rooms that there are', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter(entry => entry.isDirectory())
  expect(ROOM_NAMES.toSorted()).toEqual(folders.map(({ name }) => name).sort())
})

it('and for files that there are', () => {
  const files = [...made.matchAll(/"(?:!\*\*|src)\/([\w/.-]+\.ts)"/g)].map(([, path = '']) => path)
  expect(files.length).toBeGreaterThan(0)
  expect(files.filter(path => !existsSync(join('src', path)))).toEqual([])
})

it('src/README.md has the rooms in the same order', () => {
  const architecture = readFileSync('src/README.md', 'utf8')
  expect([...architecture.matchAll(/^\| `(\w+)\/`/gm)].map(([, room]) => room)).toEqual(ROOM_NAMES)
})
