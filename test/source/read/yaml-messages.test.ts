import { describe, expect, it } from 'vitest'
import { position } from '../../../src/source/position.ts'
import { readManifests } from '../../../src/source/read/read-manifests.ts'

const HEAD = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: x\n'

/** Each error as `line:column message`. */
function errorsOf(text: string): readonly string[] {
  const errors: string[] = []
  readManifests(
    { path: 'x.yaml', text, isNamed: true },
    {
      keep: () => undefined,
      passOver: () => undefined,
      complain: ({ at, message }) => {
        const place = at && position(at)
        errors.push(`${place?.line}:${place?.column} ${message}`)
      },
    },
  )
  return errors
}

describe('what is wrong with YAML is said where it is', () => {
  it.each([
    ['a line too far in', 'spec:\n  a: {}\n   b: []\n', '7:4 this line is indented like no line above it'],
    ['a line too far out', 'spec:\n  a: {}\n b: []\n', '7:2 this line is indented like no line above it'],
    [
      'a value that goes on',
      'spec:\n  a: x\n    b: y\n',
      '7:5 this line is indented too far: it continues the value above',
    ],
    ['an item among keys', 'spec:\n  a: {}\n  - b: []\n', '7:3 list item among the keys of a mapping'],
    ['a key among items', 'spec:\n- a\nb\n', '7:1 key without a value'],
    ['a bracket', 'spec:\n  a: [b\n  c: []\n', '6:6 this bracket is not closed'],
    ['a bracket in a bracket', 'spec: {a: {b: c}\nd: e\n', '5:7 this bracket is not closed'],
    ['a bracket too many', 'spec: {a: b}}\n', '5:13 no open bracket for `}`'],
    ['a comma', 'spec: [\n  "a"\n  "b"\n]\n', '7:3 unexpected text after the value'],
    ['a quote in quotes', 'spec: ["a, "b"]\n', '5:13 unexpected text after the value'],
    ['text after quotes', 'spec: "a" b\n', '5:11 unexpected text after the value'],
    ['a quote that is not closed', 'spec: "a\nx: b\n', '5:7 this quote is not closed'],
    ['a quote over a marker', 'spec: "a\n---\nx: b\n', '5:7 this quote is not closed'],
    ['a space after a dash', 'spec:\n  a:\n  - b\n  -c\n', '8:3 missing space after `-`'],
    ['a colon', 'spec:\n  a {}\n  b: c\n', '6:3 key without a value'],
    ['a colon too many', 'spec: a: b\n', '5:8 unexpected `:` in a value'],
    ['a list on the line of its key', 'spec: - a\n', '5:7 a list cannot start on the line of its key'],
    ['a character that means something', 'spec: @a\n', '5:7 a value cannot start with `@`'],
    ['an alias', 'spec: *a\n', '5:7 no anchor `&a` above this alias'],
    ['an alias of itself', 'spec: &a [*a]\n', '5:11 `*a` is part of the value that it repeats'],
    ['an escape', 'spec: "\\d"\n', '5:8 unknown escape sequence `\\d`'],
    ['a mapping as a key', 'spec: {[a]: b}\n', '5:8 expected a key, found a list'],
    ['no key', 'spec: {~: b}\n', '5:8 expected a key, found nothing'],
    ['a number that JSON does not have', 'spec: .inf\n', '5:7 a manifest cannot contain the number `.inf`'],
    ['a tag that does not fit', 'spec: !!int a\n', '5:13 `a` does not have the type of its tag'],
    ['what is merged', 'spec: {<<: a}\n', '5:12 `<<` merges mappings, but this is not a mapping'],
    ['a text on the line of its sign', 'spec: | a\n', '5:7 only a comment can follow `|` on its line'],
    ['no value', 'spec: [a, , b]\n', '5:11 expected a value, found `,`'],
    ['a directive', '%FOO\n', '5:1 a line that starts with `%` is a YAML directive'],
    [
      'text after the end',
      '...\na: b\n',
      '6:1 kubectl silently ignores this: it comes after the end of the document',
    ],
    [
      'an object after another, without a marker between them',
      'spec: {}\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\n',
      '6:1 kubectl silently ignores the object above: another one starts here without a line of `---`',
    ],
    [
      'the same, the other way round',
      'kind: Pod\napiVersion: v1\nmetadata: {name: b}\n',
      '5:1 kubectl silently ignores the object above: another one starts here without a line of `---`',
    ],
    ['a kind that is there twice, and not the apiVersion', 'kind: Pod\n', '5:1 duplicate field "kind"'],
    [
      'text after a marker',
      '--- a: b\n',
      '5:5 only a comment can follow `---` on its line; kubectl refuses the file',
    ],
  ])('%s', (_, text, expected) => {
    expect(errorsOf(HEAD + text)[0]).toBe(expected)
  })

  it('a depth that comes from aliases', () => {
    const deep = (inner: string): string => '['.repeat(900) + inner + ']'.repeat(900)
    const levels = Array.from(
      { length: 90 },
      (_, level) => `a${level}: &a${level} ${deep(level === 0 ? 'x' : `*a${level - 1}`)}\n`,
    )
    expect(errorsOf(HEAD + levels.join(''))[0]).toContain('the document is nested too deeply')
  })

  it('directives before the first marker', () => {
    expect(errorsOf(`%YAML 1.1\n---\n${HEAD}`)).toEqual([
      '1:1 kubectl does not accept YAML directives before `---`',
    ])
  })

  it('of a key that is set three times one warning is enough', () => {
    expect(errorsOf(`${HEAD}spec: {a: 1, a: 2, a: 3}\n`)).toEqual(['5:20 duplicate field "spec.a"'])
  })
})
