import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

/* Environments of one app side by side, and very many errors. */

const policy = (more = ''): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {}${more}}
`
const service = (port: number): string => `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: ${port}}]}
`
const pod = (name: string, app = 'web'): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${app}}}
spec: {containers: [{name: c, image: c}]}
`
const config = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: shop}\ndata: {a: ${value}}\n`
const all = (...texts: readonly string[]): string => texts.join('---\n')

describe('objects that have several manifests', () => {
  it('are told in one line, with counts by kind and how to choose one cluster', async () => {
    const { err } = await run(
      {
        'envs/dev/app.yaml': all(pod('web'), service(80), policy(), config('dev')),
        'envs/prod/app.yaml': all(
          pod('web', 'other'),
          service(81),
          policy(', policyTypes: [Egress]'),
          config('x'),
        ),
        'envs/stage/app.yaml': all(pod('web', 'third'), service(82), policy(), config('y')),
      },
      'matrix',
    )
    expect(err).toContain(
      'warning[REPLACED_OBJECT]: 3 objects have several manifests, of which the last one counts: Pod (1), Service (1), NetworkPolicy (1) (-v lists them)\n',
    )
    expect(err).toContain(
      'envs/dev, envs/prod and envs/stage look like different clusters: name one, for example `-f envs/stage`',
    )
    expect(err.match(/REPLACED_OBJECT/g)).toHaveLength(1)
  })

  it('of one file get help that is for all of them', async () => {
    const { err } = await run(
      { 'app.yaml': all(pod('web'), service(80), pod('web', 'other'), service(81)) },
      'matrix',
    )
    expect(err).toContain(
      'warning[REPLACED_OBJECT]: 2 objects have several manifests, of which the last one counts: Pod (1), Service (1) (-v lists them)\n' +
        '  = help: give them different names if they are meant to be in force together\n',
    )
  })

  it('are not mentioned where they say the same, or no answer uses them', async () => {
    const { err } = await run(
      {
        'dev/app.yaml': all(pod('web'), service(80), policy(), config('dev')),
        'prod/app.yaml': all(pod('web'), service(80), `# the same\n${policy()}`, config('prod')),
      },
      'matrix',
    )
    expect(err).not.toContain('REPLACED_OBJECT')
  })

  it('say that they look like several clusters where only one of many is another', async () => {
    const { err } = await run(
      {
        'envs/dev/app.yaml': all(pod('web'), service(80), policy()),
        'envs/prod/app.yaml': all(pod('web'), service(80), policy(', policyTypes: [Egress]')),
      },
      'matrix',
    )
    expect(err).toContain('NetworkPolicy shop/web is there twice')
    expect(err).toContain('envs/dev and envs/prod look like different clusters')
  })

  it('name what was rendered by its whole command line', async () => {
    const kustomize = () => ({ out: all(pod('web', 'other'), service(81)) })
    const files = { 'all/app.yaml': all(pod('web'), service(80)) }
    const { err } = await run(files, 'matrix -f all -k envs/prod', { programs: { kustomize } })
    expect(err).toContain(
      '= help: all and kustomize build envs/prod look like different clusters: ask about one of them alone\n',
    )
  })

  it('are listed with -v', async () => {
    const files = { 'a.yaml': all(pod('web'), service(80)), 'b.yaml': all(pod('web', 'b'), service(81)) }
    const { err } = await run(files, 'matrix -v')
    expect(err.match(/REPLACED_OBJECT/g)).toHaveLength(2)
    expect(err).toContain('Pod shop/web is there twice: this one replaces the one in a.yaml')
  })

  it('one alone is shown with its place', async () => {
    const { err } = await run({ 'a.yaml': service(80), 'b.yaml': service(81) }, 'matrix')
    expect(err).toContain(
      'Service shop/web is there twice: this one replaces the one in a.yaml\n --> b.yaml:3',
    )
    expect(err).not.toContain('look like')
  })

  it('one that may be a part of a kustomization is told so', async () => {
    const { err } = await run(
      {
        'base/kustomization.yaml': 'resources: [service.yaml]\nnamespace: prod\n',
        'base/service.yaml': service(80),
        'patches/service.yaml': service(81),
      },
      'matrix',
    )
    expect(err).toContain('= help: if one of them is a part of a kustomization, ask about that with `-k`\n')
  })

  it('errors are together at the end', async () => {
    const { err, exit } = await run(
      {
        'a.yaml': all(pod('web'), service(80), 'apiVersion: v1\nkind: Pod\nmetadata: {name: X_}\nspec: {}\n'),
        'b.yaml': all(pod('web', 'b'), service(81)),
      },
      'matrix',
    )
    expect(exit).toBe(2)
    const lines = err.split('\n').filter(line => /^(?:warning|error)/.test(line))
    expect(lines.map(line => line.split('[')[0])).toEqual(['warning', ...lines.slice(1).map(() => 'error')])
    expect(err).toMatch(/\d errors? and 1 warning in 2 files/)
  })
})

describe('very many errors', () => {
  const files = {
    'a.yaml': Array.from({ length: 250 }, (_, index) =>
      policy().replace('podSelector', 'podSelecto').replace('web', `p${index}`),
    ).join('---\n'),
  }

  it('fit on a screen: the first one in full, others in a line each, the rest is a number', async () => {
    const { err, exit } = await run(files, 'matrix')
    expect(exit).toBe(2)
    const lines = err.trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(24)
    expect(lines.filter(line => line.startsWith('error['))).toHaveLength(14)
    expect(lines[0]).toBe('error[UNKNOWN_FIELD]: unknown field "spec.podSelecto"')
    expect(lines.slice(-5)).toEqual([
      'error[UNKNOWN_FIELD]: a.yaml:69:8: unknown field "spec.podSelecto"',
      '',
      '236 more errors not shown (-v shows more)',
      '',
      expect.stringMatching(/^250 errors; /),
    ])
  })

  const misplaced = [
    '  podSelector: {app: web}',
    '  ingress:',
    '  - from:',
    '    - namespaceSelector: {name: mon}',
    '    - ipBlock: 10.0.0.0/8',
    '    - podSelector: {}',
    '      ports: [{port: 80}]',
    '  from: [{podSelector: {}}]',
    '  egress: [{from: [{podSelector: {}}], port: 80}]',
  ]
  const ofBeginners = { 'a.yaml': `${policy().replace(/spec.*/, 'spec:')}${misplaced.join('\n')}\n` }

  it.each([undefined, 60, 200])('have their help, and fit, at %s columns', async terminal => {
    const { err } = await run(ofBeginners, 'matrix --color never', terminal === undefined ? {} : { terminal })
    const rows = err
      .trimEnd()
      .split('\n')
      .map(line => Math.max(1, Math.ceil(line.length / (terminal ?? 80))))
    expect(rows.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(24)
    expect(err.match(/^error/gm)?.length).toBe(err.match(/= help: /g)?.length)
    expect(err).toContain('= help: `ports` belongs in `spec.ingress[]`: move it out two levels\n')
    expect(err).toMatch(/\(-v shows more\)|-v shows the lines of all errors/)
  })

  it('are shown up to 100 with -v', async () => {
    const { err } = await run(files, 'matrix -v')
    expect(err.match(/^error\[/gm)).toHaveLength(100)
    expect(err).toContain('\n150 more errors not shown\n')
  })

  it('leave room for warnings', async () => {
    const { err } = await run({ ...files, 'b.yaml': all(service(80), service(81)) }, 'matrix')
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(24)
    expect(err).toMatch(/^warning\[REPLACED_OBJECT\]: b\.yaml:\d+:\d+: Service shop\/web is there twice/m)
  })

  it('so are objects that are left out', async () => {
    const asked = { ...files, 'b.yaml': pod('web') }
    const few = await run(asked, 'matrix --skip-invalid')
    expect(few.err.match(/^left out: a\.yaml/gm)).toHaveLength(5)
    expect(few.err).toContain('left out: 245 more objects (-v lists more)\n')
    const many = await run(asked, 'matrix --skip-invalid -v')
    expect(many.err.match(/^left out: a\.yaml/gm)).toHaveLength(100)
    expect(many.err).toContain('left out: 150 more objects\n')
  })

  it('as data, all of them are there', async () => {
    const { out } = await run(files, 'matrix -o json')
    expect(JSON.parse(out)).toMatchObject({ errors: 250, diagnostics: { length: 250 } })
  })
})
