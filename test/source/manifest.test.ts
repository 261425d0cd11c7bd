import { describe, expect, it } from 'vitest'
import { frame } from '../../src/source/frame.ts'
import type { Manifest, PassedOver } from '../../src/source/manifest.ts'
import { printable } from '../../src/source/printable.ts'
import { readManifests } from '../../src/source/read/read-manifests.ts'

function read(text: string) {
  const frames: string[] = []
  const manifests: Manifest[] = []
  const passedOver: PassedOver[] = []
  readManifests(
    { path: 'x.yaml', text },
    {
      keep: manifest => manifests.push(manifest),
      passOver: document => passedOver.push(document),
      complain: diagnostic => frames.push(frame(diagnostic).join('\n')),
    },
  )
  return {
    manifests: manifests.map(({ kind, apiVersion, at }) =>
      [kind, apiVersion, at.document, ...at.path].join(' '),
    ),
    passedOver: passedOver.map(({ why }) => why.kind),
    frames,
  }
}

/** The value of the one manifest of a text that is free of faults. */
function manifestValue(text: string): Manifest['value'] {
  const values: Manifest['value'][] = []
  const reader = {
    keep: ({ value }: Manifest) => values.push(value),
    passOver: () => expect.fail(),
    complain: () => expect.fail(),
  }
  readManifests({ path: 'x.yaml', text }, reader)
  expect(values).toHaveLength(1)
  return values[0] ?? {}
}

const POD = 'apiVersion: v1\nkind: Pod\n'

describe('manifests', () => {
  it.each([
    ['many documents', `${POD}---\n${POD}`, ['Pod v1 0', 'Pod v1 1']],
    ['S-143 documents without content are skipped', `---\n# nothing\n---\n${POD}---\n`, ['Pod v1 1']],
    [
      'S-143 a List is unrolled',
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n- {apiVersion: apps/v1, kind: Deployment}\n',
      ['Pod v1 0 items 0', 'Deployment apps/v1 0 items 1'],
    ],
    [
      'a typed list lends its items what they leave out',
      '{"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {}}]}',
      ['Pod v1 0 items 0'],
    ],
    [
      'a byte order mark would be gone before; CRLF is a line end',
      POD.replaceAll('\n', '\r\n'),
      ['Pod v1 0'],
    ],
    ['JSON', '{"apiVersion": "v1", "kind": "Pod"}', ['Pod v1 0']],
    ['nothing', '', []],
  ])('%s', (_, text, manifests) => {
    expect(read(text)).toEqual({ manifests, passedOver: [], frames: [] })
  })

  it.each([
    ['what is no object', 'a: 1\n', 'not-an-object'],
    ['a broken text that is somebody else’s', 'a: [1\n', 'not-an-object'],
    ['a list', '- 1\n', 'not-an-object'],
    ['records of others, line by line', '{rating: 5}\n{rating: 4}\n', 'not-an-object'],
    ['a Helm template that is no YAML', `${POD}{{- if .x }}\na: b\n{{- end }}\n`, 'template'],
    ['a Helm template that is YAML', `${POD}metadata: {{ .x }}\n`, 'template'],
    ['a Helm template in the kind', 'apiVersion: v1\nkind: "{{ .kind }}"\n', 'template'],
    [
      'a Helm template with pieces in strings, in conditions and after a key',
      `${POD}metadata:\n  name: "{{ .a }}-b"\n  {{- if eq .x "}}" }}\n  labels: {{- include "l" . | nindent 4 }}\n    app: a\n  {{- else }}\n  labels: {app: {{ .b }}}\n  {{- end }} # x\n  {{/* it's "one }} */}}\n`,
      'template',
    ],
    ['a Helm template that is all made by another one', '{{- include "common.all" . }}\n', 'template'],
    ['a Helm template that is broken around its actions', `${POD}metadata: {{ .x }}\nspec: [\n`, 'template'],
    ['a Jinja template', `${POD}{% if a %}\nmetadata: {name: {{ a }}}\n{% else %}\n`, 'template'],
    ['a comment of Helm', '{{/* a */}}\n', 'not-an-object'],
  ])('%s is passed over', (_, text, why) => {
    expect(read(text)).toEqual({ manifests: [], passedOver: [why], frames: [] })
  })

  it.each([
    ['a doubled brace', `${POD}spec: {a: {{b: c}}}\n`, 'x.yaml:3:12 expected a key, found a mapping'],
    [
      'beside an action in a comment',
      `${POD}# {{ .x }}\nspec:\n  a: 1\n b: 2\n`,
      'x.yaml:6:2 this line is indented like no line above it',
    ],
    [
      'beside an action in a string',
      `${POD}metadata: {a: "{{ .x }}"}\nspec: [\n`,
      'x.yaml:4:7 this bracket is not closed',
    ],
    ['braces that are not closed', `${POD}metadata: {{ .x }\n`, 'x.yaml:3:11 this bracket is not closed'],
  ])('what is broken %s is broken', (_, text, expected) => {
    const { passedOver, frames } = read(text)
    const heads = frames.map(lines => {
      const [head = '', place = ''] = lines.split('\n')
      return `${place.replace(/ *--> /, '')} ${head.replace(/^error\[YAML_SYNTAX\]: /, '')}`
    })
    expect({ passedOver, first: heads[0] }).toEqual({ passedOver: [], first: expected })
  })

  it('one broken document hides no other', () => {
    const { manifests, frames } = read(`${POD}---\napiVersion: v1\nkind: [Pod\n---\n${POD}`)
    expect(manifests).toEqual(['Pod v1 0', 'Pod v1 2'])
    expect(frames.length).toBeGreaterThan(0)
  })
})

describe('S-142 scalars are what kubectl’s reader takes them for', () => {
  it.each([
    ['y', true],
    ['Yes', true],
    ['on', true],
    ['n', false],
    ['OFF', false],
    ['yES', 'yES'],
    ['~', null],
    ['Null', null],
    ['010', 8],
    ['0o10', 8],
    ['0x50', 80],
    ['0b11', 3],
    ['80_80', 8080],
    ['1e3', 1000],
    ['08', 8],
    ['80.0', 80],
    ['80.5', 80.5],
    ['+80', 80],
    ['-0x10', -16],
    ['80:80', '80:80'],
    ['1:30', '1:30'],
    ['2001-01-01', '2001-01-01'],
    ['"yes"', 'yes'],
    ["'80'", '80'],
    ['.5', 0.5],
    ['1.2.3', '1.2.3'],
    ['!!binary cA==', 'p'],
    ['!!str 80', '80'],
  ])('%s', (written, value) => {
    const text = `${POD}x: ${written}\n`
    expect(manifestValue(text)['x']).toEqual(value)
  })

  it('a merge key merges, and anchors stand for their value', () => {
    const text = `${POD}base: &base {a: 1, b: 2}\nmore: {<<: *base, b: 3}\n`
    expect(manifestValue(text)['more']).toEqual({ a: 1, b: 3 })
  })

  it('a key is a string, as JSON would have it', () => {
    expect(manifestValue(`${POD}spec: {on: 1, 80: 2, 1.50: 3}\n`)['spec']).toEqual({ true: 1, 80: 2, 1.5: 3 })
  })
})

describe('diagnostics', () => {
  it.each([
    ['in brackets', `${POD}spec: [a,\n\t\n  b]\n`],
    ['in quotes', `${POD}spec: "a\n  \t\n  b"\n`],
    ['in a text of several lines', `${POD}spec: |\n  a\n  \t\n  b\n`],
  ])('a tab on a line alone is none of YAML’s business %s', (_, text) => {
    expect(read(text).frames).toEqual([])
  })

  it('marks stand below wide characters', () => {
    expect(read(`${POD}名前: é\u0301 \n"漢字": 1\n"漢字": 2 # é\n`).frames).toMatchInlineSnapshot(`
      [
        "warning[DUPLICATE_FIELD]: duplicate field "漢字"
       --> x.yaml:5:1
        |
      5 | "漢字": 2 # é
        | ^^^^^^
        = help: kubectl silently takes the last one: join the two, or remove one",
      ]
    `)
    expect(read(`${POD}spec: {名前: 1, b: 2, b: 3}\n`).frames).toMatchInlineSnapshot(`
      [
        "warning[DUPLICATE_FIELD]: duplicate field "spec.b"
       --> x.yaml:3:21
        |
      3 | spec: {名前: 1, b: 2, b: 3}
        |                       ^
        = help: kubectl silently takes the last one: join the two, or remove one",
      ]
    `)
  })

  it('S-139 a key twice', () => {
    expect(read(`${POD}spec:\n  a:\n    - x: 1\n      x: 2\n`).frames).toMatchInlineSnapshot(`
      [
        "warning[DUPLICATE_FIELD]: duplicate field "spec.a[0].x"
       --> x.yaml:6:7
        |
      6 |       x: 2
        |       ^
        = help: kubectl silently takes the last one: join the two, or remove one",
      ]
    `)
  })

  it('a tab', () => {
    expect(read(`${POD}spec:\n\ta: 1\n`).frames).toMatchInlineSnapshot(`
      [
        "error[YAML_SYNTAX]: tab used for indentation
       --> x.yaml:4:1
        |
      4 | →a: 1
        | ^
        = help: indent YAML with spaces",
      ]
    `)
  })

  it('a list that does not end', () => {
    expect(read(`${POD}spec: [1, 2\n`).frames.slice(0, 1)).toMatchInlineSnapshot(`
      [
        "error[YAML_SYNTAX]: this bracket is not closed
       --> x.yaml:3:7
        |
      3 | spec: [1, 2
        |       ^
        = help: add the closing \`]\`",
      ]
    `)
  })

  it.each([
    [
      'items that are no list',
      'apiVersion: v1\nkind: PodList\nitems: {}\n',
      'error[WRONG_TYPE]: items: must be a list',
    ],
    [
      'an empty kind',
      'apiVersion: v1\nkind: ""\nmetadata: {}\nspec: {}\n',
      'error[NO_IDENTITY]: kind not set',
    ],
    [
      'a kind that is a number',
      'apiVersion: v1\nkind: 5\nmetadata: {}\nspec: {}\n',
      'error[NO_IDENTITY]: kind must be a string',
    ],
  ])('S-143 %s', (_, text, head) => {
    expect(read(text).frames.map(frame => frame.split('\n')[0])).toEqual([head])
  })

  it('S-143 no kind', () => {
    expect(read('apiVersion: v1\nmetadata: {}\nspec: {}\n').frames).toMatchInlineSnapshot(`
      [
        "error[NO_IDENTITY]: kind not set
       --> x.yaml:1:1
        |
      1 | apiVersion: v1
        | ^^^^^^^^^^
        = help: write \`kind: NetworkPolicy\`, or what else it is",
      ]
    `)
  })

  it('an unknown tag', () => {
    expect(read(`${POD}spec: !secret x\n`).frames).toMatchInlineSnapshot(`[]`)
  })

  it('a tag whose text is not of its kind', () => {
    expect(read(`${POD}spec: !!binary "@@"\n`).frames[0]?.split('\n')[0]).toBe(
      'error[YAML_SYNTAX]: not valid base64',
    )
  })

  it('aliases that blow up', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`,
    )
    expect(read(`${POD}a0: &a0 [x]\n${levels.join('\n')}\n`).frames.map(text => text.split('\n')[0])).toEqual(
      ["error[YAML_TOO_LARGE]: the document's aliases expand to too many values"],
    )
  })

  it('a depth that no manifest has', () => {
    const { frames } = read(`${POD}x: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`)
    expect(frames[0]?.split('\n')[0]).toMatch(/nested too deeply/)
  })

  it('nothing that a terminal would obey is printed', () => {
    expect(printable('a\u001b[31mb\u009bc\u202ed\re')).toBe('a\\u{1b}[31mb\\u{9b}c\\u{202e}d\\u{d}e')
  })

  it('a long line is cut around the mark', () => {
    const [, place, , line = '', marks = ''] =
      read(`${POD}a: {${'x: 1, '.repeat(100)}}\n`).frames[0]?.split('\n') ?? []
    expect(place).toContain('x.yaml:3:')
    expect(line.length).toBeLessThan(140)
    expect(line.slice(marks.indexOf('^')).startsWith('x')).toBe(true)
  })
})
