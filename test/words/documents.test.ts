import { expect, it } from 'vitest'
import { notAppliedText, notRenderedText, unusedText } from '../../src/words/documents.ts'

it.each([
  [{ kind: 'not-an-object' }, 'not a Kubernetes object (no apiVersion and kind)'],
  [{ kind: 'template', mayBePolicy: true }, 'a template: render it first, for example with helm template'],
  [{ kind: 'replaced' }, 'replaced by a later one'],
  [{ kind: 'replaced-by-applied', object: 'Pod shop/a' }, 'Pod shop/a is replaced by what is applied'],
  [
    { kind: 'created-again', pod: 'Pod shop/a-1', workload: 'ReplicaSet shop/a' },
    'Pod shop/a-1: ReplicaSet shop/a makes another',
  ],
  [{ kind: 'deleted', object: 'Pod shop/a' }, 'Pod shop/a is deleted'],
  [{ kind: 'without-service', of: 'Endpoints' }, 'Endpoints belongs to no Service'],
  [
    { kind: 'creator', of: 'TaskRun', creates: 'pods' },
    'TaskRun: the Pods that its controller creates are missing',
  ],
  [
    { kind: 'creator', of: 'HelmRelease', creates: 'chart' },
    'HelmRelease: the objects of its chart are missing',
  ],
  [
    { kind: 'processed-template', name: 'shop', objects: 2 },
    'Template shop: its objects are read with the defaults of its parameters',
  ],
  [{ kind: 'irrelevant', of: 'ConfigMap' }, 'ConfigMap has no part in the answers'],
  [{ kind: 'not-evaluated', of: 'AdminNetworkPolicy' }, 'AdminNetworkPolicy is not evaluated'],
] as const)('a document is not used: %j', (why, text) => {
  expect(unusedText(why)).toBe(text)
})

it.each<[folders: readonly string[], parts: number, string]>([
  [['a'], 0, 'kustomization a'],
  [['a', 'b'], 1, 'kustomization a, 1 more kustomization, 1 file of patches and the like'],
  [['a', 'b', 'c'], 2, 'kustomization a, 2 more kustomizations, 2 files of patches and the like'],
  [[], 2, '2 files of patches and the like'],
])('what is not applied: %j and %i', (folders, parts, text) => {
  expect(notAppliedText(folders, parts)).toBe(text)
})

it.each<[charts: number, templates: number, string]>([
  [1, 1, '1 template of Helm chart a; --helm a renders it'],
  [2, 7, '7 templates of 2 Helm charts, such as a; --helm a renders it'],
])('what is not rendered: %i, with %i', (charts, templates, text) => {
  expect(notRenderedText('a', charts, templates)).toBe(text)
})
