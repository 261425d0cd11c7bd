import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { errorsBySchema } from '../report/errors-by-schema.ts'
import { run } from './run.ts'

const POD = (name: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {containers: [{name: c, image: c}]}
---
`
const POLICY = (name: string, spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec:
${spec}
`
const BROKEN = POLICY(
  'api',
  `  podSelector: {}
  ingress:
  - from:
    - ipBlock:
        cidr: 10.0.0.0/8
        except:
        - 10.0.0.0/8
    ports:
    - port: 90
      endPort: 80`,
)
const FILES = {
  'b.yaml': POD('web') + POD('db'),
  'a.yaml': BROKEN,
  'c.yaml': POLICY('other', '  podSelector: {}\n  policyType: [Ingress]'),
}

describe('what a cluster would refuse', () => {
  it('is reported all at once, by file and line, with the lines, and counted', async () => {
    const { exit, out, err } = await run(FILES, 'can-reach shop/web shop/db')
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toMatchInlineSnapshot(`
      "error[INVALID_VALUE]: spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "10.0.0.0/8": must be a strict subset of \`cidr\`
        --> a.yaml:11:11 in NetworkPolicy shop/api
         |
       9 |         cidr: 10.0.0.0/8
         |               ---------- the block from which it is taken
      ...
      11 |         - 10.0.0.0/8
         |           ^^^^^^^^^^
         = help: nothing would be left: remove the whole peer, or except a smaller block

      error[INVALID_VALUE]: a.yaml:14:16: spec.ingress[0].ports[0].endPort: Invalid value: 80: must be greater than or equal to \`port\`
        = help: a range goes upwards: \`port: 80\` and \`endPort: 90\`
      error[UNKNOWN_FIELD]: c.yaml:6:3: unknown field "spec.policyType"
        = help: did you mean \`policyTypes\`?

      -v shows the lines of all errors

      3 errors in 2 files; --skip-invalid answers without the objects that have them
      "
    `)
  })

  it.each(['json', 'yaml'])('is data with -o %s', async form => {
    const { exit, out, err } = await run(FILES, `matrix -o ${form}`)
    expect(exit).toBe(2)
    expect(err).toContain('a.yaml:11:11')
    const report: unknown = form === 'json' ? JSON.parse(out) : parse(out, { version: '1.1' })
    expect(errorsBySchema(report)).toBeNull()
    expect(report).toMatchObject({
      kind: 'Diagnostics',
      errors: 3,
      warnings: 0,
      diagnostics: [
        {
          severity: 'error',
          code: 'INVALID_VALUE',
          object: 'NetworkPolicy shop/api',
          field: 'spec.ingress[0].from[0].ipBlock.except[0]',
          source: { file: 'a.yaml', line: 11, column: 11, length: 10 },
          related: [{ source: { file: 'a.yaml', line: 9, column: 15 } }],
        },
        { field: 'spec.ingress[0].ports[0].endPort' },
        { code: 'UNKNOWN_FIELD', field: 'spec.policyType', source: { file: 'c.yaml' } },
      ],
    })
  })

  it('of one object no more than a hundred are reported', async () => {
    const fields = Array.from({ length: 500 }, (_, index) => `  field${index}: 1\n`)
    const files = { 'x.yaml': `${POLICY('a', `  podSelector: {}\n${fields.join('')}`)}---\n${BROKEN}` }
    const { out } = await run(files, 'matrix -o json')
    expect(JSON.parse(out)).toMatchObject({ errors: 102 })
  })

  it('a question that has no answer is data too', async () => {
    const { exit, out } = await run({ 'b.yaml': POD('web') }, 'can-reach shop/web shop/wbe -o json')
    expect(exit).toBe(2)
    expect(JSON.parse(out)).toMatchObject({
      kind: 'Diagnostics',
      errors: 1,
      diagnostics: [{ severity: 'error' }],
    })
  })

  it.each([
    [
      'a policy without an apiVersion',
      'kind: NetworkPolicy\nmetadata: {name: p}\nspec: {}\n',
      'write `apiVersion: networking.k8s.io/v1`',
    ],
    [
      'a kind that is not known, without an apiVersion',
      'kind: Widget\nmetadata: {name: p}\nspec: {}\n',
      'write `apiVersion: v1`, or the group and version of the kind',
    ],
    [
      'port 0 of a Service',
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 0}]}\n',
      'the lowest port is 1',
    ],
    [
      'port 0 of a policy',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {ingress: [{ports: [{port: 0}]}]}\n',
      'leave the port out where every port is meant',
    ],
    [
      'a number as the name of a container’s port',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, ports: [{name: "80", containerPort: 80}]}]}\n',
      'the name of a port has up to 15 lower-case letters, digits and `-`, and one letter at least',
    ],
  ])('says what to write for %s', async (_, text, help) => {
    const { exit, err } = await run({ 'x.yaml': text }, 'get pods')
    expect(exit).toBe(2)
    expect(err).toContain(`  = help: ${help}\n`)
  })

  it('-q prints nothing but what is wrong', async () => {
    const { exit, out, err } = await run(FILES, 'can-reach shop/web shop/db -q -o json')
    expect([exit, out, err.includes('a.yaml:11:11')]).toEqual([2, '', true])
  })
})

describe('--skip-invalid', () => {
  it('answers without what a cluster would refuse, marks the answer and lists what is left out', async () => {
    const { exit, out, err } = await run(FILES, 'can-reach shop/web shop/db --skip-invalid')
    expect(exit).toBe(0)
    expect(out).toMatchInlineSnapshot(`
      "yes: shop/web -> shop/db: no policy isolates either end [UNDETERMINED_INVALID_INPUT]
      "
    `)
    expect(err).toMatchInlineSnapshot(`
      "note: without what is left out, the input holds no NetworkPolicy
      left out: a.yaml:11: NetworkPolicy shop/api: spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "10.0.0.0/8": must be a strict subset of \`cidr\`, and 1 more
      left out: c.yaml:6: NetworkPolicy shop/other: unknown field "spec.policyType"
      note: left out because a cluster would refuse it: NetworkPolicy shop/api (a.yaml:11), NetworkPolicy shop/other (c.yaml:6); put right, it may decide otherwise [UNDETERMINED_INVALID_INPUT]
      "
    `)
  })

  it.each([
    ['can-reach shop/web shop/db', 3],
    ['explain shop/web shop/db', 3],
    ['matrix', 3],
  ])('%s --strict is not sure of it', async (question, expected) => {
    const { exit, out } = await run(FILES, `${question} --skip-invalid --strict -o json`)
    expect(exit).toBe(expected)
    const { assumptions } = JSON.parse(out)
    expect(assumptions).toContainEqual({
      code: 'UNDETERMINED_INVALID_INPUT',
      message: expect.stringContaining(
        'NetworkPolicy shop/api (a.yaml:11), NetworkPolicy shop/other (c.yaml:6)',
      ),
      facts: {
        leftOut: [
          { object: 'NetworkPolicy shop/api', source: expect.objectContaining({ file: 'a.yaml', line: 11 }) },
          {
            object: 'NetworkPolicy shop/other',
            source: expect.objectContaining({ file: 'c.yaml', line: 6 }),
          },
        ],
      },
    })
  })

  it('says nothing where nothing is left out', async () => {
    const { out, err } = await run(
      { 'b.yaml': FILES['b.yaml'] },
      'can-reach shop/web shop/db --skip-invalid --strict',
    )
    expect(out).not.toContain('UNDETERMINED')
    expect(err).not.toContain('left out')
  })

  it('shows what is wrong with -v, and what became of each document', async () => {
    const { err } = await run(FILES, 'can-reach shop/web shop/db --skip-invalid -v')
    expect(err).toContain('error[INVALID_VALUE]: spec.ingress[0].from[0].ipBlock.except[0]')
    expect(err).toContain('left out: a.yaml:11: NetworkPolicy shop/api')
    expect(err).toContain('used: b.yaml:1: Pod shop/web\nused: b.yaml:6: Pod shop/db\n')
  })

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'a document that is no YAML',
      { 'x.yaml': `${POD('web')}apiVersion: v1\nkind: Pod\n  a: [\n` },
      'document 2',
    ],
    [
      'an object without a kind',
      { 'x.yaml': `${POD('web')}apiVersion: v1\nmetadata: {name: x}\nspec: {}\n` },
      'document 2',
    ],
    [
      'an object of a kind that is a slip',
      {
        'x.yaml': `${POD('web')}apiVersion: networking.k8s.io/v1\nkind: NetworkPolicie\nmetadata: {name: x}\n`,
      },
      'NetworkPolicie x',
    ],
  ])('leaves out %s', async (_, files, what) => {
    const strictly = await run(files, 'get pods -n shop')
    expect(strictly.exit).toBe(2)
    const { exit, out, err } = await run(files, 'get pods -n shop --skip-invalid')
    expect(exit).toBe(0)
    expect(out).toContain('web')
    expect(err).toContain(`${what}: `)
  })

  it('does not answer without what -f names', async () => {
    const { exit, err } = await run(FILES, 'can-reach shop/web shop/db --skip-invalid -f . -f nowhere')
    expect(exit).toBe(2)
    expect(err).toContain('cannot read `nowhere`')
  })
})
