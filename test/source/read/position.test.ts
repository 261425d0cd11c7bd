import { describe, expect, it } from 'vitest'
import { position } from '../../../src/source/position.ts'

describe('position', () => {
  const text =
    'spec:\n  podSelector:\n    matchLabels: {app: web}\n  ingress:\n  - from:\n    - {}\n    - podSelector: {}\n    ports: []\n'
  it.each([
    ['a scalar', ['spec', 'podSelector', 'matchLabels', 'app'], 3, 24, 3],
    ['a mapping: its key', ['spec', 'podSelector'], 2, 3, 11],
    ['a list: its key', ['spec', 'ingress', 0, 'ports'], 8, 5, 5],
    ['an item: where its content starts', ['spec', 'ingress', 0], 5, 5, 5],
    ['an empty item', ['spec', 'ingress', 0, 'from', 0], 6, 7, 2],
    [
      'a field that is not written: the nearest thing above',
      ['spec', 'ingress', 0, 'from', 1, 'ipBlock', 'cidr'],
      7,
      7,
      15,
    ],
    ['the document', [], 1, 1, 4],
  ])('%s', (_, path, line, column, length) => {
    expect(position({ file: { path: 'x.yaml', text }, document: 0, path })).toEqual({ line, column, length })
  })

  it.each([
    ['behind an alias: where it is written', 'a: &x {b: 1}\nc: *x\n', ['c', 'b'], 1, 11],
    ['what is merged', 'a: &x {b: 1}\nc:\n  <<: *x\n', ['c', 'b'], 1, 11],
    ['what is merged over what is written', 'a: &x {b: 1}\nc:\n  b: 2\n  <<: *x\n', ['c', 'b'], 1, 11],
    ['the last of two', 'a: 1\na: 2\n', ['a'], 2, 4],
    ['a key that is no text', 'on: 1\n', ['true'], 1, 5],
    ['an empty value: its key', 'a:\n  b:\nc: 1\n', ['a', 'b'], 2, 3],
    ['a text of several lines: its indicator', 'a: |\n  b\n', ['a'], 1, 4],
    ['in JSON that YAML does not have', '{"a": "\\/\\ud83d\\ude00", "b": 1}', ['b'], 1, 30],
  ])('%s', (_, text, path, line, column) => {
    const at = { file: { path: 'x.yaml', text }, document: 0, path }
    expect(position(at)).toMatchObject({ line, column })
  })
})
