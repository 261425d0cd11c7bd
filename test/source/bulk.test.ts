import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BULK, withoutBulk } from '../../src/source/bulk.ts'
import { carefulYaml } from '../../src/source/careful-yaml.ts'
import { quickValue, quickYaml } from '../../src/source/quick-yaml.ts'
import { syntaxFaults } from '../../src/source/yaml-syntax.ts'

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

/** The two are the same but for values of bulk that the first has not. */
function expectSameButForBulk(quick: unknown, full: unknown): void {
  if (Array.isArray(full)) {
    expect(quick).toHaveLength(full.length)
    for (const [index, item] of full.entries())
      expectSameButForBulk(Array.isArray(quick) ? quick[index] : undefined, item)
  } else if (typeof full === 'object' && full !== null) {
    const entries = Object.entries(full)
    expect(Object.keys(Object(quick))).toEqual(entries.map(([key]) => key))
    for (const [key, value] of entries) {
      const own: unknown = Object(quick)[key]
      if (own !== null || !BULK.includes(key)) expectSameButForBulk(own, value)
    }
  } else expect(quick).toEqual(full)
}

/** What the careful reader takes a text for; undefined where it finds an error. */
function carefully(text: string): { readonly value: unknown } | undefined {
  const document = carefulYaml(large(text))
  if (syntaxFaults(document, text).length > 0) return undefined
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) }
  } catch {
    return undefined
  }
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
    const trimmed = withoutBulk(POD)
    expect(trimmed?.text).toMatchInlineSnapshot(`
      "- apiVersion: v1
        kind: Pod
        metadata:
          annotations:
            note: a note
          labels:
            app: web
            env: prod
          managedFields:
          name: web
          namespace: shop
          uid: 5d1f2c3a-0000-4000-8000-000000000000
        spec:
          containers:
          - args:
            env:
            image: web
            name: web
            ports:
            - containerPort: 80
              name: http
            resources: {}
          - command:
            name: sidecar
          volumes:
        status:
          conditions:
          - status: "True"
            type: Ready
          containerStatuses:
          message: "it runs"
          podIP: 10.0.0.1
      "
    `)
    expectSameButForBulk(quickValue(large(POD))?.value, quickYaml(large(POD))?.value)
  })

  it.each([
    ['of what people write', POD.replace(/ +uid:.*\n/, '')],
    ['in brackets', '- metadata: {\n    uid: u,\n    env:\n      x}\n'],
  ])('is read %s', (_, text) => {
    expect(quickValue(large(text))?.value).toEqual(quickYaml(large(text))?.value)
  })

  it('a text with a slip in it is never read otherwise than by the careful reader', {
    timeout: 120_000,
  }, () => {
    let shortened = 0
    fc.assert(
      fc.property(mutations, changes => {
        const text = mutated(changes)
        const quick = quickValue(large(text))
        const careful = carefully(text)
        if (quick === undefined) return
        if (careful === undefined) {
          // What is wrong with it is in the bulk, which nobody reads.
          expect(carefully(withoutBulk(text)?.text ?? text)).toBeDefined()
          return
        }
        if (JSON.stringify(quick.value) !== JSON.stringify(careful.value)) shortened++
        expectSameButForBulk(quick.value, careful.value)
      }),
      { numRuns: 3000 },
    )
    expect(shortened).toBeGreaterThan(500)
  })
})
