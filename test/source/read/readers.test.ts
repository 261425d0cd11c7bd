import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SourceFile } from '../../../src/source/file.ts'
import { position } from '../../../src/source/position.ts'
import { carefulYaml } from '../../../src/source/read/careful-yaml.ts'
import { type DocumentText, documentsOf } from '../../../src/source/read/document-texts.ts'
import { quickYaml } from '../../../src/source/read/quick-yaml.ts'
import { syntaxFaults } from '../../../src/source/read/yaml-syntax.ts'

/** Manifests as people write them: all of the examples, and some that use more of the language. */
const MANIFESTS: readonly string[] = [
  ...readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.yaml'))
    .map(path => readFileSync(join('examples', path), 'utf8')),
  'list:\n- - x\n  - "y: z"\n- |\n  text > |\n  more\n- >-\n  folded\nk: |\n  v\nend: x\n',
  'a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: [1, 2]\n',
  '---\n# nothing\n---\n"a": \'b\'\nlist:\n- {}\n- - x\n  - "y: z"\n-\n- |\n  text\n  more\n- >-\n  folded\n...\n---\non: yes\n1: 010\n~: null\n',
  'a: !!str 1\nb: !foo {c: d}\n? e\n: f\n',
  'a: [{b: {}}, [], "x", [1, {c: d}]] # end\nb: {e: f, "g": [h]}\n',
]

/** Where the quick reader is sure of itself, the careful one must see the same values. */
function compare(file: SourceFile): 'alike' | 'in doubt' {
  const verdicts = documentsOf(file).map(compareDocument)
  return verdicts.includes('in doubt') ? 'in doubt' : 'alike'
}

function compareDocument(document: DocumentText): 'alike' | 'in doubt' {
  const quick = quickYaml(document.text)
  if (quick === undefined) return 'in doubt'
  const careful = carefulYaml(document)
  expect(syntaxFaults(careful, document.text)).toEqual([])
  expect(quick.value).toEqual(careful.toJS() ?? null)
  return 'alike'
}

describe('the quick reader and the careful one', () => {
  it('agree on every manifest of the examples, and the quick one is never in doubt of them', () => {
    const verdicts = MANIFESTS.slice(0, -4).map(text => compare({ path: 'x.yaml', text }))
    expect(new Set(verdicts)).toEqual(new Set(['alike']))
  })

  it.each([
    ['anchors', MANIFESTS.at(-4)],
    ['tags', MANIFESTS.at(-2)],
    ['directives', '%YAML 1.1\n---\na: 1\n'],
    ['duplicate keys', 'a: 1\na: 2\n'],
    ['tabs', 'a:\n\tb: 1\n'],
  ])('%s are left to the careful one', (_, text = '') => {
    expect(compare({ path: 'x.yaml', text })).toBe('in doubt')
  })

  it('agree on whatever a slip of the hand makes of a manifest', { timeout: 120_000 }, () => {
    const slip = fc.tuple(
      fc.nat(),
      fc.constantFrom('insert', 'delete', 'repeat the line', 'drop the line', 'indent', 'outdent'),
      fc.constantFrom(...' \t\n:-#{}[],&*!|>\'"%@`?~<=yn01.x\r\u0085\ufeff\u2028'),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...MANIFESTS),
        fc.array(slip, { minLength: 1, maxLength: 4 }),
        (manifest, slips) => {
          const text = slips.reduce(
            (written, [at, how, character]) => mutate(written, at, how, character),
            manifest,
          )
          compare({ path: 'x.yaml', text })
        },
      ),
      { numRuns: 6000 },
    )
  })
})

function mutate(text: string, at: number, how: string, character: string): string {
  const offset = at % (text.length + 1)
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset) < 0 ? text.length : text.indexOf('\n', offset) + 1
  const [before, line, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)]
  switch (how) {
    case 'insert':
      return text.slice(0, offset) + character + text.slice(offset)
    case 'delete':
      return text.slice(0, offset) + text.slice(offset + 1)
    case 'repeat the line':
      return before + line + line + after
    case 'drop the line':
      return before + after
    case 'indent':
      return `${before}  ${line}${after}`
    default:
      return before + line.replace(/^ {1,2}/, '') + after
  }
}

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
})
