import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldOf } from '../../../src/model/decode/field.ts'
import { decodePod } from '../../../src/model/kinds/pod.ts'
import type { Diagnostic } from '../../../src/source/diagnostic.ts'
import { CONTROLLER_SETTINGS, withoutBulk } from '../../../src/source/read/bulk.ts'
import type { DocumentText } from '../../../src/source/read/document-texts.ts'
import { readDocument, readYamlText } from '../../../src/source/read/yaml-text.ts'

/** As kubectl prints a Pod. */
const POD = `- apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      note: a note
    labels:
      app: web
      env: prod
    managedFields:
    - apiVersion: v1
      fieldsV1:
        f:metadata:
          f:labels:
            .: {}
            f:app: {}
      manager: kubectl
    name: web
    namespace: shop
    uid: 5d1f2c3a-0000-4000-8000-000000000000
  spec:
    containers:
    - args:
      - --config
      - |
        a text
        of two lines
      env:
      - name: A
        value: "b: c"
      image: web
      name: web
      ports:
      - containerPort: 80
        name: http
      resources: {}
    - command:
      - sh
      name: sidecar
    volumes:
    - name: v
      emptyDir: {}
  status:
    conditions:
    - status: "True"
      type: Ready
    containerStatuses:
    - name: web
      ready: true
    message: "it runs"
    podIP: 10.0.0.1
`

const large = (text: string) => ({ text, start: 0, isKept: false })

/** Whatever the first has, the second has too; of lists it may have some items only. */
function expectPartOf(part: unknown, whole: unknown): void {
  if (Array.isArray(part) && Array.isArray(whole)) {
    let from = 0
    for (const item of part) {
      while (from < whole.length && !isPartOf(item, whole[from])) from++
      expect(from, JSON.stringify(item)).toBeLessThan(whole.length)
      from++
    }
  } else if (typeof part === 'object' && part !== null) {
    for (const [key, value] of Object.entries(part)) expectPartOf(value, Object(whole)[key])
  } else expect(part).toEqual(whole)
}

function isPartOf(part: unknown, whole: unknown): boolean {
  try {
    expectPartOf(part, whole)
    return true
  } catch {
    return false
  }
}

/** What becomes of the first item of a list, and what is said of it. */
function decoded(value: unknown) {
  const complaints: string[] = []
  const [item] = Array.isArray(value) ? value : []
  const object = {
    at: { file: { path: 'x.yaml', text: '' }, document: 0, path: [] },
    served: true,
    complain: ({ message }: Diagnostic) => void complaints.push(message),
  }
  return { pod: decodePod(fieldOf(item, object)), complaints }
}

/** What a text says if all of it is read; undefined where kubectl refuses it. */
function inFull(text: string): { readonly value: unknown } | undefined {
  const read = readYamlText(large(text))
  return 'error' in read ? undefined : read
}

/** What is read of it in a large file. */
function inPart(document: DocumentText): { readonly value: unknown } | undefined {
  const read = readDocument(document)
  return 'error' in read ? undefined : read
}

const ODD_LINES = [
  '      env:',
  '    managedFields:',
  '    message: "two',
  '      lines"',
  "    reason: 'and",
  '    - args: [',
  '      ]',
  '    spec: {',
  '    }',
  '  data:',
  '      note: |\n        managedFields:\n        - one\n          env:\n            two',
  '    message: |\n      env:\n        one',
  '    message: "\n      env:\n        one"',
  '    note: |',
  '    note: >-',
  '        deep',
  '',
  '# a comment',
  '    # a comment',
  '    volumes: &v',
  '    other: *v',
  '    env: !!map',
  '\ttab',
  '      volumes:\r',
  '    "env":',
  '    ? env',
  '    : x',
]

const mutations = fc.array(
  fc.record({
    line: fc.nat({ max: POD.split('\n').length - 1 }),
    what: fc.oneof(
      fc.constant({ kind: 'delete' } as const),
      fc.constantFrom(...ODD_LINES).map(text => ({ kind: 'insert', text }) as const),
      fc.integer({ min: -4, max: 4 }).map(by => ({ kind: 'indent', by }) as const),
      fc
        .constantFrom('"', "'", ' |', ' >', '{', '}', '[', ']', ':', ' #', '- ')
        .map(text => ({ kind: 'append', text }) as const),
    ),
  }),
  { minLength: 1, maxLength: 4 },
)

function mutated(changes: typeof mutations extends fc.Arbitrary<infer T> ? T : never): string {
  const lines = POD.split('\n')
  for (const { line, what } of changes) {
    const old = lines[line] ?? ''
    if (what.kind === 'delete') lines.splice(line, 1)
    if (what.kind === 'insert') lines.splice(line, 0, what.text)
    if (what.kind === 'append') lines[line] = old + what.text
    if (what.kind === 'indent')
      lines[line] = what.by < 0 ? old.replace(new RegExp(`^ {0,${-what.by}}`), '') : ' '.repeat(what.by) + old
  }
  return lines.join('\n')
}

describe('the bulk of a dump', () => {
  it('is left out, and nothing else', () => {
    expect(withoutBulk(POD)).toMatchInlineSnapshot(`
      "- apiVersion: v1
        kind: Pod
        metadata:
          annotations:
            note: a note
          labels:
            app: web
            env: prod
          name: web
          namespace: shop
          uid: 5d1f2c3a-0000-4000-8000-000000000000
        spec:
          containers:
          - args:
            - --config
            - |
              a text
              of two lines
            image: web
            name: web
            ports:
            - containerPort: 80
              name: http
          - name: sidecar
        status:
          conditions:
          - status: "True"
            type: Ready
          podIP: 10.0.0.1
      "
    `)
  })

  it('is nothing that is read of a Pod', () => {
    const read: string[] = []
    const recorded = (place: string, value: object) =>
      new Proxy(value, {
        getOwnPropertyDescriptor: (target, key) => {
          read.push(`${place}${String(key)}`)
          return Reflect.getOwnPropertyDescriptor(target, key)
        },
      })
    const container = recorded('containers:\n  - ', { name: 'c', image: 'c' })
    const spec = recorded('', { containers: [container], hostNetwork: false })
    decoded([{ kind: 'Pod', metadata: { name: 'a' }, spec, status: recorded('status ', {}) }])
    expect(read).toEqual(expect.arrayContaining(['hostNetwork', 'containers:\n  - ports', 'status podIP']))
    for (const key of new Set(read)) {
      const [of, name] = key.startsWith('status ') ? ['status', key.slice('status '.length)] : ['spec', key]
      const dump = `kind: Pod\nmetadata:\n  uid: u\n${of}:\n  ${name}: x\n`
      expect(withoutBulk(dump) ?? dump, key).toContain(`${name}: x`)
    }
  })

  it('of a ConfigMap only the settings of ingress controllers are kept', () => {
    const data = CONTROLLER_SETTINGS.map(key => `    ${key}: 10.0.0.0/8\n`).join('')
    const other = '    0-large.sql: |\n      whitelist: x\n    .hidden: x\n    other: "a: b"\n'
    const text = (inside: string): string =>
      `- apiVersion: v1\n  data:\n${inside}  kind: ConfigMap\n  metadata:\n    name: c\n    uid: u\n`
    expect(withoutBulk(text(other + data))).toBe(text(data))
    expect(withoutBulk(text(other))).toBe(text('    {}\n'))
  })

  it.each([
    ['what people write', POD.replace(/ +uid:.*\n/, '')],
    ['what is in brackets', '- kind: Pod\n  metadata: {\n    uid: u,\n    managedFields:\n      x}\n'],
    ['what has a comment', POD.replace('  spec:', '  # here\n  spec:')],
    ['what has keys in quotes', POD.replace('  spec:', '  "spec":')],
    [
      'what has a uid of something else',
      POD.replace(/ +uid:.*\n/, '').replace('  spec:\n', '  spec:\n    uid: u\n'),
    ],
  ])('%s is read to the last line', (_, text) => {
    expect(withoutBulk(text)).toBeUndefined()
    expect(inPart(large(text))).toEqual(inFull(text))
  })

  it.each([
    ['\r', 'a carriage return'],
    ['\u0085', 'a next-line'],
    ['\u2028', 'a line separator'],
    ['\t', 'a tab'],
  ])('%j in it: %s ends a line for some readers, so all of the text is read', sign => {
    const text = POD.replace('    manager: kubectl\n', `    manager: kubectl${sign}  labels: {app: other}\n`)
    expect(readDocument(large(text))).toEqual(readYamlText(large(text)))
  })

  it('conditions are all kept where one does not plainly say its type', () => {
    const conditions = '    - status: "True"\n      type: Ready\n'
    const odd = `    - message: |\n        type: Ready\n      type: Other\n    - status: "True"\n      type: "Ready"\n`
    const text = POD.replace(conditions, odd)
    expect(withoutBulk(text)).toContain(odd)
  })

  it('a text with a slip in it is never read otherwise than in full', {
    timeout: 120_000,
  }, () => {
    let shortened = 0
    fc.assert(
      fc.property(mutations, changes => {
        const text = mutated(changes)
        const quick = inPart(large(text))
        if (quick === undefined) return
        const full = inFull(text)
        if (full === undefined) {
          // What is wrong with it is in the bulk, which nobody reads.
          expect(inFull(withoutBulk(text) ?? text)).toBeDefined()
          return
        }
        if (JSON.stringify(quick.value) !== JSON.stringify(full.value)) shortened++
        expectPartOf(quick.value, full.value)
        const [ours, theirs] = [decoded(quick.value), decoded(full.value)]
        expect(ours.pod).toEqual(theirs.complaints.length === ours.complaints.length ? theirs.pod : ours.pod)
        expect(theirs.complaints).toEqual(expect.arrayContaining(ours.complaints))
      }),
      {
        numRuns: 8000,
        examples: [
          [
            [
              { line: 3, what: { kind: 'insert', text: "    reason: 'and" } },
              { line: 45, what: { kind: 'append', text: "'" } },
            ],
          ],
        ],
      },
    )
    expect(shortened).toBeGreaterThan(1000)
  })
})
