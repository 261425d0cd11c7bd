import { expect, it } from 'vitest'
import type { WhatIf } from '../../src/report/facts/what-if.ts'
import { say } from '../../src/words/reason.ts'

const EXAMPLES: readonly (readonly [facts: WhatIf, sentence: string])[] = [
  [
    { edit: 'apply', files: ['a.yaml', 'b.yaml'], objects: [] },
    'what if a.yaml, b.yaml were applied: there is no object in it',
  ],
  [
    {
      edit: 'apply',
      files: ['fix.yaml'],
      objects: [
        { object: { kind: 'Namespace', name: 'shop' }, became: 'new', immutable: [], withPods: false },
        {
          object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
          became: 'recreated',
          immutable: ['selector', 'serviceName'],
          withPods: true,
        },
        {
          object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
          became: 'replaced',
          immutable: [],
          withPods: true,
        },
      ],
    },
    'what if fix.yaml were applied: Namespace shop (new), Deployment shop/api (deleted and made anew with its Pods: a cluster would refuse to change its selector and serviceName in place), Deployment shop/web (replaced; its Pods are made anew)',
  ],
  [
    { edit: 'delete', object: { kind: 'Namespace', name: 'shop' }, dependents: 1 },
    'what if Namespace shop and the object in it were deleted',
  ],
  [
    { edit: 'delete', object: { kind: 'Node', name: 'n1' }, dependents: 2 },
    'what if Node n1 and the 2 Pods on it were deleted',
  ],
  [
    {
      edit: 'delete',
      object: { kind: 'Pod', namespace: 'shop', name: 'api-1' },
      dependents: 0,
      replacement: { by: { kind: 'Deployment', namespace: 'shop', name: 'api' }, left: 1 },
    },
    'what if Pod shop/api-1 were deleted; Deployment shop/api makes another like it, which is left out: 1 Pod is left',
  ],
  [
    {
      edit: 'label',
      object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
      ofPods: true,
      changes: [
        { key: 'app', value: 'x', before: 'api' },
        { key: 'tier', value: null, before: '' },
        { key: 'new', value: '1', before: null },
        { key: 'same', value: '1', before: '1' },
      ],
      effect: 'irrelevant',
    },
    'what if the Pods of Deployment shop/api were labelled app=x (was api), tier- (was ""), new=1 (new), same=1 (as it is); no answer depends on that',
  ],
  [
    {
      edit: 'label',
      object: { kind: 'Pod', namespace: 'shop', name: 'api-1' },
      ofPods: false,
      changes: [{ key: 'app', value: null, before: null }],
      effect: 'changed',
      releasedBy: { kind: 'ReplicaSet', namespace: 'shop', name: 'api-5f' },
      replacement: { by: { kind: 'Deployment', namespace: 'shop', name: 'api' } },
    },
    'what if Pod shop/api-1 were labelled app- (not there); ReplicaSet shop/api-5f lets go of it; Deployment shop/api makes its Pods anew',
  ],
]

it.each(EXAMPLES.map(([facts, sentence]) => ({ facts, sentence })))('$sentence', ({ facts, sentence }) =>
  expect(say({ code: 'ASSUMED_WHAT_IF', facts })).toBe(sentence),
)
