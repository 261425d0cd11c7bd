import { describe, expect, it } from 'vitest'
import { isKustomization, load } from '../../src/index.ts'
import { kustomizationsAmong } from '../../src/world/kustomizations.ts'
import { run } from '../cli/run.ts'

const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {app: ${name}}}\n`
const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {}, policyTypes: [Ingress]}
`
const TREE = {
  'base/app.yaml': [pod('web'), pod('db')].join('---\n'),
  'base/kustomization.yaml': 'resources: [app.yaml]\n',
}
const PATCH = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: open}
spec: {egress: []}
`

/** The paths of what is not applied, and of the parts, among files. */
function among(files: Readonly<Record<string, string>>) {
  const all = Object.entries(files).map(([path, text]) => ({ path, text }))
  const { notApplied, parts } = kustomizationsAmong(all)
  return [notApplied.map(({ folder }) => folder), [...parts.keys()].map(({ path }) => path).sort()]
}

describe('what kustomizations name is told from objects', () => {
  it.each<[string, Record<string, string>, string[], string[]]>([
    ['no kustomization', { 'a.yaml': DENY }, [], []],
    ['one that lists what is there', TREE, [], []],
    [
      'patches',
      {
        ...TREE,
        'prod/kustomization.yaml': 'resources: [../base]\npatches: [{path: p.yaml}]\n',
        'prod/p.yaml': PATCH,
      },
      ['prod'],
      ['prod/p.yaml'],
    ],
    [
      'patches in the old fields',
      {
        'kustomization.yml':
          'patchesStrategicMerge: [a.yaml]\npatchesJson6902: [{path: b.json, target: {kind: Pod}}]\n',
        'a.yaml': PATCH,
        'b.json': '[]',
      },
      [''],
      ['a.yaml', 'b.json'],
    ],
    [
      'a patch inside',
      { ...TREE, 'p/kustomization.yaml': 'resources: [../base]\npatches:\n- patch: |\n    a: b\n' },
      ['p'],
      [],
    ],
    [
      'transformers and generators, also whole folders',
      { Kustomization: 'transformers: [t]\ngenerators: [./g.yaml]\n', 't/a.yaml': DENY, 'g.yaml': DENY },
      [''],
      ['t/a.yaml', 'g.yaml'],
    ],
    [
      'files of ConfigMaps and values of charts',
      {
        'x/kustomization.yaml':
          'configMapGenerator: [{name: c, files: [k=a.yaml, ../b.yaml]}]\nhelmCharts: [{name: h, valuesFile: v.yaml}]\n',
        'x/a.yaml': DENY,
        'b.yaml': DENY,
        'x/v.yaml': 'kind: x\n',
      },
      ['x'],
      ['x/a.yaml', 'b.yaml', 'x/v.yaml'],
    ],
    [
      'a file that another one lists as a resource is an object',
      {
        'a/kustomization.yaml': 'patches: [{path: ../p.yaml}]\n',
        'b/kustomization.yaml': 'resources: [../p.yaml]\n',
        'p.yaml': DENY,
      },
      ['a'],
      [],
    ],
    [
      'a namespace',
      { ...TREE, 'o/kustomization.yaml': 'resources: [../base]\nnamespace: shop\n' },
      ['o'],
      [],
    ],
    [
      'of overlays upon overlays the last ones',
      {
        ...TREE,
        'a/kustomization.yaml': 'resources: [../base]\nnamespace: a\n',
        'b/kustomization.yaml': 'bases: [../a/]\n',
      },
      ['b'],
      [],
    ],
    [
      'what is fetched from elsewhere',
      { 'kustomization.yaml': 'resources: ["https://example.com/x"]\n' },
      [''],
      [],
    ],
    [
      'what changes no answer',
      {
        'kustomization.yaml':
          'images: [{name: a}]\nreplicas: [{name: a, count: 2}]\ncommonAnnotations: {a: b}\n',
      },
      [],
      [],
    ],
    ['one that is broken may do anything', { 'kustomization.yaml': 'resources: [\n' }, [''], []],
    ['an empty one', { 'kustomization.yaml': '\n' }, [], []],
    [
      'two that list each other',
      {
        'a/kustomization.yaml': 'resources: [../b]\nnamespace: a\n',
        'b/kustomization.yaml': 'resources: [../a]\n',
      },
      [],
      [],
    ],
  ])('%s', (_, files, notApplied, parts) => {
    expect(among(files)).toEqual([notApplied, parts.toSorted()])
  })
})

describe('what a kustomization completes or does not use need not be complete', () => {
  const WITHOUT_SELECTOR = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: c}]}}}
`
  it.each<[string, Record<string, string>, 0 | 2]>([
    ['no kustomization', {}, 2],
    [
      'one that adds labels',
      { 'a/kustomization.yaml': 'resources: [web.yaml]\ncommonLabels: {app: web}\n' },
      0,
    ],
    ['one that only lists it', { 'a/kustomization.yaml': 'resources: [web.yaml]\n' }, 2],
    ['one beside it that does not name it', { 'a/kustomization.yaml': 'resources: []\n' }, 0],
    ['one above it that does not name it', { 'kustomization.yaml': 'resources: [pods.yaml]\n' }, 0],
    ['one elsewhere', { 'b/kustomization.yaml': 'resources: []\n' }, 2],
  ])('%s', async (_, kustomizations, exit) => {
    const files = { ...kustomizations, 'a/web.yaml': WITHOUT_SELECTOR, 'pods.yaml': pod('a') }
    const answer = await run(files, 'matrix -f .')
    expect(answer.exit).toBe(exit)
    if (exit === 0) expect(answer.err).toContain('1 file of patches and the like')
  })
})

describe('an answer that a kustomization could change is marked, and no other', () => {
  const overlay = (text: string) => ({ ...TREE, 'prod/kustomization.yaml': `resources: [../base]\n${text}` })
  it.each<[string, Record<string, string>, string, boolean]>([
    ['of Pods that it patches', overlay('patches: [{patch: "a: b"}]\n'), 'pod/web pod/db --port 80', true],
    [
      'of Pods that it does not list',
      { ...overlay('namespace: x\n'), 'c.yaml': [pod('c'), pod('d')].join('---\n') },
      'pod/c pod/d --port 80',
      false,
    ],
    [
      'of Pods in the namespace of a policy that it lists',
      {
        'c.yaml': [pod('c'), pod('d')].join('---\n'),
        'o/kustomization.yaml': 'resources: [p.yaml]\nnamePrefix: x\n',
        'o/p.yaml': DENY,
      },
      'pod/c pod/d --port 80',
      true,
    ],
    [
      'of Pods in the namespace that its policies get',
      {
        'c.yaml': [pod('c'), pod('d')].join('---\n'),
        'o/kustomization.yaml': 'resources: [p.yaml]\nnamespace: default\n',
        'o/p.yaml': DENY.replace('{name', '{namespace: far, name'),
      },
      'pod/c pod/d --port 80',
      true,
    ],
    [
      'of all Pods where it brings objects',
      { ...TREE, 'o/kustomization.yaml': 'resources: [github.com/a/b]\n' },
      'pod/web pod/db --port 80',
      true,
    ],
  ])('%s', async (_, files, ends, isMarked) => {
    const { out } = await run(files, `can-reach ${ends} -o json -f .`)
    const codes = JSON.parse(out).assumptions.map(({ code }: { code: string }) => code)
    expect(codes.includes('UNDETERMINED_NOT_RENDERED')).toBe(isMarked)
  })

  it('--strict exits with 3 for it', async () => {
    const { exit } = await run(overlay('namespace: x\n'), 'can-reach pod/web pod/db --port 80 --strict')
    expect(exit).toBe(3)
  })
})

describe('a folder that is a kustomization itself', () => {
  const files = { ...TREE, 'prod/kustomization.yaml': 'resources: [../base]\nnamespace: shop\n' }

  it('is refused, and the right command is named', async () => {
    const { exit, err } = await run(files, 'matrix -f base -f prod')
    expect(exit).toBe(2)
    expect(err).toContain('ask with `-k prod` in the place of `-f prod`')
  })

  it.each(['prod', './prod/', 'prod/.'])('however it is written: %s', path => {
    const world = load(Object.entries(files).map(([name, text]) => ({ path: name, text })))
    expect([isKustomization(world, path), isKustomization(world, 'base')]).toEqual([true, false])
  })

  it('is read where it changes nothing, or is a component', async () => {
    expect((await run(TREE, 'matrix -f base')).exit).toBe(0)
    const component = {
      ...TREE,
      'base/kustomization.yaml': 'kind: Component\nresources: [app.yaml]\nnamespace: x\n',
    }
    expect((await run(component, 'matrix -f base')).exit).toBe(0)
  })
})
