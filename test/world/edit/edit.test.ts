import { describe, expect, it } from 'vitest'
import { CannotAnswer } from '../../../src/source/cannot-answer.ts'
import { editWorld, type ObjectEdit } from '../../../src/world/edit/edit.ts'
import { type Json, namespace, pod, policy } from '../../semantics/ask.ts'
import { apply, edited, label, messages, podLabels, pods, remove, workload } from './edits.ts'

describe('a namespace', () => {
  const OBJECTS = [
    namespace('shop', { env: 'test' }),
    pod('shop/web'),
    pod('other/web'),
    policy('shop/web', {}),
    { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { namespace: 'shop', name: 'c' } },
  ]

  it('is deleted with everything that is in it', () => {
    const world = edited(OBJECTS, remove('Namespace', 'shop'))
    expect(world.cluster.pods.map(one => one.namespace)).toEqual(['other'])
    expect([...world.cluster.namespaces.keys()]).toEqual(['other'])
    expect([world.policyObjects, world.unmodeled]).toEqual([[], []])
    expect(messages(world)).toEqual(['what if Namespace shop and the 3 objects in it were deleted'])
  })

  it('is deleted that no manifest declares', () => {
    const world = edited(OBJECTS, remove('Namespace', 'other'))
    expect(world.cluster.pods.map(one => one.namespace)).toEqual(['shop'])
  })

  it.each<[string, string, Json, Json]>([
    ['is labelled', 'shop', { env: 'prod' }, { env: 'prod' }],
    ['loses a label', 'shop', { env: null }, {}],
    [
      'comes into being with a label where it is used and not declared',
      'other',
      { env: 'prod' },
      { env: 'prod' },
    ],
    ['that every cluster has comes into being too', 'kube-system', { env: 'prod' }, { env: 'prod' }],
    ['keeps its name label', 'shop', { 'kubernetes.io/metadata.name': 'shop' }, { env: 'test' }],
  ])('%s', (_, name, changes, labels) => {
    const world = edited(OBJECTS, label('Namespace', name, undefined, changes))
    expect(Object.fromEntries(world.cluster.namespaces.get(name)?.labels ?? [])).toEqual({
      'kubernetes.io/metadata.name': name,
      ...labels,
    })
  })
})

describe('an edit of policies alone', () => {
  const OBJECTS = [pod('shop/web'), policy('shop/web', {}), policy('empty/web', {})]
  const base = edited(OBJECTS)

  it.each<[string, ObjectEdit]>([
    ['deleted', remove('NetworkPolicy', 'web', 'shop')],
    ['applied', apply(policy('shop/db', {}))],
    ['replaced', apply(policy('empty/web', { policyTypes: ['Egress'] }))],
  ])('leaves the cluster as it is: %s', (_, edit) => {
    expect(editWorld(base, [edit]).cluster).toBe(base.cluster)
  })

  it.each<[string, ObjectEdit, readonly string[]]>([
    ['goes with the only one', remove('NetworkPolicy', 'web', 'empty'), ['shop']],
    ['comes with the first one', apply(policy('new/web', {})), ['shop', 'empty', 'new']],
  ])('a namespace that nothing else is in %s', (_, edit, names) => {
    expect([...editWorld(base, [edit]).cluster.namespaces.keys()]).toEqual(names)
  })
})

describe('a node', () => {
  it('takes the Pods that run on it with it', () => {
    const on = (name: string, nodeName: string): Json => pod(`shop/${name}`, {}, { spec: { nodeName } })
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } }
    const world = edited([node, on('a', 'n1'), on('b', 'n2')], remove('Node', 'n1'))
    expect([pods(world), world.cluster.nodes]).toEqual([['b'], []])
    expect(messages(world)).toEqual(['what if Node n1 and the Pod on it were deleted'])
  })
})

describe('edits act one after the other', () => {
  const OBJECTS = [pod('shop/web', { app: 'web' }), policy('shop/web', {})]
  const NEW = pod('shop/new', { app: 'web' })

  it.each<[string, readonly ObjectEdit[], Readonly<Record<string, object>>]>([
    [
      'applied, then labelled',
      [apply(NEW), label('Pod', 'new', 'shop', { a: 'b' })],
      { web: { app: 'web' }, new: { app: 'web', a: 'b' } },
    ],
    [
      'labelled twice',
      [label('Pod', 'web', 'shop', { a: 'b' }), label('Pod', 'web', 'shop', { c: 'd', app: null })],
      { web: { a: 'b', c: 'd' } },
    ],
    [
      'labelled, then replaced',
      [label('Pod', 'web', 'shop', { a: 'b' }), apply(pod('shop/web', { x: 'y' }))],
      { web: { x: 'y' } },
    ],
    [
      'deleted, then applied',
      [remove('Pod', 'web', 'shop'), apply(pod('shop/web', { x: 'y' }))],
      { web: { x: 'y' } },
    ],
    ['applied, then deleted', [apply(NEW), remove('Pod', 'web', 'shop')], { new: { app: 'web' } }],
  ])('%s', (_, edits, labels) => {
    const world = edited(OBJECTS, ...edits)
    expect(podLabels(world)).toEqual(labels)
    expect(messages(world)).toHaveLength(2)
  })
})

describe('what cannot be changed', () => {
  const OBJECTS = [
    workload('Deployment', 'web', {}),
    policy('shop/web', {}, 'deny-all'),
    pod('other/db'),
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } },
  ]

  it.each<[string, ObjectEdit, string, string]>([
    [
      'a slip',
      remove('NetworkPolicy', 'deny-al', 'shop'),
      'no NetworkPolicy is called `deny-al` in namespace shop',
      'did you mean `shop/networkpolicy/deny-all`?',
    ],
    [
      'another namespace',
      remove('Pod', 'db', 'shop'),
      'no Pod is called `db` in namespace shop',
      'did you mean `other/pod/db`?',
    ],
    [
      'none of its kind',
      remove('Service', 'db', 'shop'),
      'no Service is called `db` in namespace shop',
      'there is no Service in the input: check `-f`',
    ],
    [
      'nothing near',
      label('Pod', 'frontend', 'shop', { a: 'b' }),
      'no Pod is called `frontend` in namespace shop',
      'the input has other/pod/db',
    ],
    ['no such node', remove('Node', 'n2'), 'no Node is called `n2`', 'did you mean `node/n1`?'],
    [
      'no such namespace',
      label('Namespace', 'production', undefined, { a: 'b' }),
      'no Namespace is called `production`',
      'there is no Namespace in the input: check `-f`',
    ],
    [
      'a Pod that a workload makes',
      label('Pod', 'web~1', 'shop', { a: 'b' }),
      'Pod shop/web~1 has no manifest: Deployment shop/web makes it',
      'name what makes it: `shop/deployment/web`',
    ],
    [
      'S-022 the name label',
      label('Namespace', 'shop', undefined, { 'kubernetes.io/metadata.name': 'x' }),
      'the label kubernetes.io/metadata.name of Namespace shop cannot be changed',
      'the API server sees to it that it is always `shop`: use a label of your own',
    ],
    [
      'a namespace that stays',
      remove('Namespace', 'default'),
      'namespaces "default" is forbidden: this namespace may not be deleted',
      'delete what is in it, object by object',
    ],
    [
      'a label that the selector asks for',
      label('Deployment', 'web', 'shop', { app: 'b' }),
      'Deployment shop/web cannot be labelled so: spec.template.metadata.labels: Invalid value: {"app":"b"}: `selector` does not match template `labels`',
      'give the template every label that the selector asks for',
    ],
  ])('%s', (_, edit, message, help) => {
    expect(complaintOf(() => edited(OBJECTS, edit))).toEqual([message, help])
  })
})

function complaintOf(action: () => unknown): readonly unknown[] {
  try {
    action()
  } catch (error) {
    if (error instanceof CannotAnswer)
      return error.diagnostics.flatMap(({ message, help }) => [message, help])
    throw error
  }
  return []
}
