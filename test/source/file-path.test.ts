import { expect, it } from 'vitest'
import { folderOf, normalized } from '../../src/source/file-path.ts'

it.each([
  ['./a/../b/', 'b'],
  ['.', ''],
  ['../a', '../a'],
  ['a/../../b', '../b'],
  ['/a/./b', '/a/b'],
  [String.raw`a\b\..\c`, 'a/c'],
])('%s is %s', (path, plain) => {
  expect(normalized(path)).toBe(plain)
})

it.each([
  ['a/b.yaml', 'a'],
  ['a/b/', 'a'],
  ['a/../b.yaml', ''],
  ['b.yaml', ''],
  ['../b.yaml', '..'],
])('%s is in the folder %s', (path, folder) => {
  expect(folderOf(path)).toBe(folder)
})
