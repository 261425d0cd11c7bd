import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../../src/source/diagnostic.ts'
import type { SourceFile } from '../../../src/source/file.ts'
import type { Manifest, PassedOver } from '../../../src/source/manifest.ts'
import { position } from '../../../src/source/position.ts'
import { documentsOf } from '../../../src/source/read/document-texts.ts'
import { LARGEST_OBJECT, listTextOf } from '../../../src/source/read/list-items.ts'
import { readManifests } from '../../../src/source/read/read-manifests.ts'

describe('documents', () => {
  it.each<[string, string, readonly string[]]>([
    ['nothing', '', ['']],
    ['one without a marker', 'a: 1\n', ['a: 1\n']],
    ['one with a marker', '---\na: 1\n', ['---\na: 1\n']],
    ['two', 'a: 1\n---\nb: 2\n', ['a: 1\n', 'b: 2\n']],
    ['the marker of the second of two markers', 'a: 1\n---\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
    ['content behind the marker', 'a: 1\n--- {b: 2}\n', ['a: 1\n', '--- {b: 2}\n']],
    ['a comment behind the marker', 'a: 1\n--- # b\nb: 2\n', ['a: 1\n', 'b: 2\n']],
    ['one that is ended', 'a: 1\n...\nb: 2\n', ['a: 1\n...\nb: 2\n']],
    ['a directive', 'a: 1\n---\n%YAML 1.1\n---\nb: 2\n', ['a: 1\n', '%YAML 1.1\n', 'b: 2\n']],
    ['in a text', 'a: "x\n---\ny"\n', ['a: "x\n', 'y"\n']],
    ['more than three dashes', 'a: 1\n----\n', ['a: 1\n', '----\n']],
    ['behind Unicode’s line ends', 'a: 1\u2028---\nb: 2\r---\n', ['a: 1\u2028---\nb: 2\r---\n']],
    ['JSON objects', '{}{"a": 1}\n[]\n', ['{}', '{"a": 1}', '[]']],
    ['JSON and YAML', '{}\n---\na: 1\n', ['{}', '---\na: 1\n']],
    ['no marker: indented', 'a: |\n  ---\n  b\n', ['a: |\n  ---\n  b\n']],
    ['Windows line ends', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', 'b: 2\r\n']],
  ])('%s', (_, text, expected) => {
    const file = { path: 'x.yaml', text }
    expect(documentsOf(file).map(document => document.text)).toEqual(expected)
    for (const document of documentsOf(file))
      expect(text.slice(document.start, document.start + document.text.length)).toBe(document.text)
  })
})

/** A List of Pods with so much in them that it is read item by item; the last but one has a tab, which is in doubt. */
const COUNT = 900
const FILLER = 'x'.repeat(LARGEST_OBJECT / COUNT)

function yamlList(behind = ''): SourceFile {
  const items = Array.from(
    { length: COUNT },
    (_, index) =>
      `- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: p${index}\n    annotations:\n      a: ${FILLER}\n      b: |\n        ${index === COUNT - 2 ? 'a\tb' : 'ab'}\n        - c\n`,
  )
  return { path: 'dump.yaml', text: `apiVersion: v1\nitems:\n${items.join('')}kind: List\n${behind}` }
}

function jsonList(indent?: number): SourceFile {
  const items = Array.from({ length: COUNT }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${index}`, annotations: { items: `"[${FILLER}\\`, b: 'ab' } },
  }))
  const list = { metadata: { items: [1, 2] }, apiVersion: 'v1', items, kind: 'List' }
  return { path: 'dump.json', text: JSON.stringify(list, null, indent) }
}

function read(file: SourceFile) {
  const diagnostics: Diagnostic[] = []
  const manifests: Manifest[] = []
  const passedOver: PassedOver[] = []
  readManifests(file, {
    keep: manifest => manifests.push(manifest),
    passOver: document => passedOver.push(document),
    complain: diagnostic => diagnostics.push(diagnostic),
  })
  return { manifests, passedOver, diagnostics }
}

describe('a List that is too large to be read at once', () => {
  it.each<[string, SourceFile]>([
    ['in YAML', yamlList()],
    ['in JSON on one line', jsonList()],
    ['in JSON on many lines', jsonList(2)],
  ])('%s: every item is read, and every place is found', (_, file) => {
    expect(listTextOf(documentsOf(file)[0] ?? { text: '', start: 0, isKept: false })?.items).toHaveLength(
      COUNT,
    )
    const { manifests, diagnostics } = read(file)
    expect(diagnostics).toEqual([])
    expect(manifests).toHaveLength(COUNT)
    for (const index of [0, 1, COUNT - 2, COUNT - 1]) {
      const { value, at } = manifests[index] ?? { value: {}, at: { file, document: 0, path: [] } }
      expect(value).toMatchObject({ metadata: { name: `p${index}` } })
      const { line, column, length } = position({ ...at, path: [...at.path, 'metadata', 'name'] })
      const written = file.text.split('\n')[line - 1]?.slice(column - 1, column - 1 + length)
      expect(written?.replaceAll('"', '')).toBe(`p${index}`)
    }
  })

  it('has its own fields found too', () => {
    const file = yamlList()
    expect(position({ file, document: 0, path: ['apiVersion'] })).toEqual({ line: 1, column: 13, length: 2 })
  })

  it.each<[string, SourceFile]>([
    [
      'one object',
      { path: 'x.yaml', text: `apiVersion: v1\nkind: Pod\nx: "${'x'.repeat(LARGEST_OBJECT)}"\n` },
    ],
    ['what is no List', { path: 'x.yaml', text: yamlList().text.replace('kind: List\n', 'kind: Pod\n') }],
    [
      'an item',
      {
        path: 'x.yaml',
        text: `${yamlList().text.replace(/kind: List\n$/, '')}- kind: Pod\n  x: "${'x'.repeat(LARGEST_OBJECT)}"\nkind: List\n`,
      },
    ],
  ])('%s that is as large is refused', (_, file) => {
    expect(read(file).diagnostics).toMatchObject([{ code: 'YAML_TOO_LARGE' }])
  })

  it('what has nothing of Kubernetes in it is passed over, however large', () => {
    const file = { path: 'x.yaml', text: `x: "${'x'.repeat(LARGEST_OBJECT)}"\n` }
    expect(read(file)).toMatchObject({ passedOver: [{ why: { kind: 'not-an-object' } }], diagnostics: [] })
  })

  it('says where JSON breaks off', () => {
    const { text } = jsonList(2)
    const file = { path: 'x.json', text: text.slice(0, text.length - 40) }
    const [{ code, at } = { code: '', at: undefined }] = read(file).diagnostics
    expect(code).toBe('JSON_SYNTAX')
    const lines = file.text.split('\n')
    expect(at).toMatchObject({ position: { line: lines.length } })
  })
})

describe('what is read in a small file is read in a large one', () => {
  const policy =
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: shop}'
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}'
  const indented = (text: string): string => text.replace(/^/gm, '  ')
  const config = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}`
  const filled = (text: string, size: number): string => `${text}\ndata: {a: ${'x'.repeat(size)}}`
  const list = (...items: readonly string[]): string =>
    `apiVersion: v1\nkind: List\nitems:\n${items.join('\n')}\n`
  const item = (text: string): string => `- ${indented(text).trimStart()}`
  const json = (name: string, size: number): string =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, annotations: { a: 'x'.repeat(size) } },
    })

  it.each<[name: string, text: (size: number) => string]>([
    [
      'items behind a dash alone',
      size => list(item(pod), `-\n${indented(policy)}`, item(filled(config('c'), size))),
    ],
    [
      'items behind a dash alone, with Windows line ends',
      size =>
        list(item(pod), `-\n${indented(policy)}`, item(filled(config('c'), size))).replaceAll('\n', '\r\n'),
    ],
    [
      'items behind a dash and more blanks',
      size =>
        list(
          item(filled(config('c'), size)),
          `-   {}`.replace('{}', '{apiVersion: v1, kind: Pod, metadata: {name: b}}'),
        ),
    ],
    [
      'an item that stands for a part of another',
      size =>
        list(
          item(`${pod}\nspec: &s {nodeName: n}`),
          item(`${config('d')}\nspec: *s`),
          item(filled(config('c'), size)),
        ),
    ],
    ['JSON behind JSON', size => `${json('a', size)}\n---\n${json('b', size)}\n`],
    [
      'a List in JSON behind another',
      size =>
        [
          `{"apiVersion": "v1", "kind": "List", "items": [${json('a', size)}]}`,
          `{"apiVersion": "v1", "items": [${json('b', 9)}, ${json('c', 9)}], "kind": "List"}`,
        ].join('\n---\n'),
    ],
    [
      'an empty List in JSON',
      size => `{"apiVersion": "v1", "kind": "List", "items": [ ], "a": "${'x'.repeat(size)}"}`,
    ],
    [
      'a List in JSON that is indented oddly',
      size =>
        `{"apiVersion": "v1", "kind": "List", "items": [\n  {"apiVersion": "v1", "kind": "Pod",\n  "metadata": {"name": "a"\n  }, "spec": {\n  }},\n  ${json('b', size)},\n${json('c', 9)}\n]}`,
    ],
    [
      "a list of items that is nobody's List",
      size => `name: x\nitems:\n- a: ${'x'.repeat(size)}\n- b\n---\n${pod}\n`,
    ],
  ])('%s', (_, text) => {
    const told = (size: number) => {
      const { manifests, passedOver, diagnostics } = read({ path: 'x', text: text(size) })
      return {
        manifests: manifests.map(({ kind, value, at }) => [
          kind,
          Object(value['metadata']).name,
          at.document,
          at.path,
        ]),
        passedOver: passedOver.map(({ why }) => why),
        complaints: diagnostics.map(({ message }) => message),
      }
    }
    const [small, large] = [told(10), told(1_200_000)]
    expect(large).toEqual(small)
    expect(small.complaints).toEqual([])
  })

  it('nor in YAML', () => {
    const text = `${list(item(pod), item(filled(config('c'), 1_200_000)))}items:\n${item(policy)}\n`
    expect(read({ path: 'x', text }).diagnostics).toMatchObject([{ code: 'DUPLICATE_FIELD' }])
  })

  it('of two lists of items the second counts, and it is said', () => {
    const [a, b] = [json('a', 1_200_000), json('b', 9)]
    const text = `{"apiVersion": "v1", "kind": "List", "items": [${a}], "b": 1, "items": [${b}]}`
    const { manifests, diagnostics } = read({ path: 'x', text })
    expect(manifests).toMatchObject([{ value: { metadata: { name: 'b' } } }])
    expect(diagnostics).toMatchObject([{ severity: 'warning', message: 'duplicate field "items"' }])
  })
})
