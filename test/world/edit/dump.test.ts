import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../src/sets/addresses.ts'
import type { World } from '../../../src/world/world.ts'
import { type Json, pod, service } from '../../semantics/ask.ts'
import { apply, edited, label, messages, podLabels, pods, remove, workload } from './edits.ts'

/** As a dump has it: with what its controller made of it, and with an address. */
const ownedPod = (name: string, owner: string, labels: Json, uid = name): Json => ({
  ...pod(`shop/${name}`, labels, { status: { phase: 'Running', podIP: '10.0.0.1' } }),
  metadata: {
    namespace: 'shop',
    name,
    uid,
    labels,
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: 'r', controller: true }],
  },
})

const owned = (kind: string, name: string): Json => ({
  uid: 'u',
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: 'u', controller: true }],
})

/** A Deployment as a dump has it: with the ReplicaSet and the Pods that are made of it. */
const DUMP: readonly Json[] = [
  workload('Deployment', 'api', {}, { uid: 'd' }),
  workload('ReplicaSet', 'api-5f', { 'pod-template-hash': '5f' }, owned('Deployment', 'api')),
  ownedPod('api-5f-a', 'api-5f', { app: 'api', 'pod-template-hash': '5f' }),
  ownedPod('api-5f-b', 'api-5f', { app: 'api', 'pod-template-hash': '5f' }),
  pod('shop/web', { app: 'web' }),
]

describe('objects that workloads of a dump have made', () => {
  it('go with their Deployment, also those that a ReplicaSet in between has made', () => {
    const world = edited(DUMP, remove('Deployment', 'api', 'shop'))
    expect([pods(world), world.cluster.workloads]).toEqual([['web'], []])
    expect(messages(world)).toEqual(['what if Deployment shop/api and its 2 Pods were deleted'])
  })

  it('go with a Deployment that they alone tell of', () => {
    const world = edited(DUMP.slice(2), remove('Deployment', 'api', 'shop'))
    expect([pods(world), world.cluster.workloads]).toEqual([['web'], []])
  })

  it('are made anew where the ReplicaSet in between is deleted', () => {
    const world = edited(DUMP, remove('ReplicaSet', 'api-5f', 'shop'))
    expect(pods(world)).toEqual(['api~1', 'api~2', 'web'])
  })

  it.each<[string, readonly Json[], string, readonly string[]]>([
    [
      'is left out beside others',
      DUMP,
      'makes another like it, which is left out: 1 Pod is left',
      ['api-5f-b', 'web'],
    ],
    [
      'is made anew where there are no others',
      DUMP.filter((_, index) => index !== 3),
      'makes its Pods anew',
      ['api~1', 'api~2', 'web'],
    ],
  ])('the Pod that takes the place of one %s, and that is said', (_, objects, text, names) => {
    const world = edited(objects, remove('Pod', 'api-5f-a', 'shop'))
    const message = `what if Pod shop/api-5f-a were deleted; Deployment shop/api ${text}`
    expect([messages(world), pods(world)]).toEqual([[message], names])
  })

  it('the Pod of a workload that is not in the input is simply gone', () => {
    const world = edited(DUMP.slice(2), remove('Pod', 'api-5f-a', 'shop'))
    expect(messages(world)).toEqual(['what if Pod shop/api-5f-a were deleted'])
  })

  it('have the labels that their Deployment is given', () => {
    const world = edited(DUMP, label('Deployment', 'api', 'shop', { tier: 'back' }))
    const labels = { app: 'api', 'pod-template-hash': '5f', tier: 'back' }
    expect(podLabels(world)).toEqual({ 'api-5f-a': labels, 'api-5f-b': labels, web: { app: 'web' } })
    expect(messages(world)).toEqual(['what if the Pods of Deployment shop/api were labelled tier=back (new)'])
  })

  it('have them where they alone tell of their Deployment', () => {
    const world = edited(DUMP.slice(2), label('Deployment', 'api', 'shop', { app: 'x' }))
    expect(podLabels(world)['api-5f-b']).toEqual({ app: 'x', 'pod-template-hash': '5f' })
    expect(messages(world)).toEqual(['what if the Pods of Deployment shop/api were labelled app=x (was api)'])
  })

  it('do not keep the labels of a template that another is applied over', () => {
    const world = edited(DUMP, apply(workload('Deployment', 'api', { tier: 'back' })))
    expect(pods(world)).toEqual(['api~1', 'api~2', 'web'])
    expect(podLabels(world)['api~1']).toMatchObject({ app: 'api', tier: 'back' })
    expect(messages(world)).toEqual([
      'what if fix.yaml were applied: Deployment shop/api (replaced; its Pods are made anew)',
    ])
  })

  it('stay where what is applied says the same', () => {
    const world = edited(DUMP, apply(workload('Deployment', 'api', {})))
    expect(pods(world)).toEqual(['api-5f-a', 'api-5f-b', 'web'])
    expect(messages(world)).toEqual(['what if fix.yaml were applied: Deployment shop/api (unchanged)'])
  })

  it('stay where they are applied themselves', () => {
    const labels = { app: 'api', 'pod-template-hash': '5f', tier: 'back' }
    const other = ownedPod('api-5f-b', 'api-5f', labels)
    const world = edited(DUMP, apply(workload('Deployment', 'api', { tier: 'back' }), other))
    expect(pods(world)).toEqual(['api-5f-b', 'web'])
  })
})

describe('a Pod that its workload lets go of', () => {
  const released = 'what if Pod shop/api-5f-a were labelled app- (was api); '
  const leftOut = 'lets go of it; Deployment shop/api makes another like it, which is left out: 1 Pod is left'

  it.each<[string, readonly Json[], string, readonly string[]]>([
    [
      'stands alone, and another is made',
      DUMP.filter((_, index) => index !== 3),
      `${released}ReplicaSet shop/api-5f lets go of it; Deployment shop/api makes its Pods anew`,
      ['api-5f-a', 'api~1', 'api~2', 'web'],
    ],
    [
      'is not there twice',
      DUMP,
      `${released}ReplicaSet shop/api-5f ${leftOut}`,
      ['api-5f-a', 'api-5f-b', 'web'],
    ],
    [
      'does so where the ReplicaSet in between is missing',
      DUMP.filter((_, index) => index !== 1),
      `${released}Deployment shop/api ${leftOut}`,
      ['api-5f-a', 'api-5f-b', 'web'],
    ],
  ])('%s', (_, objects, message, names) => {
    const world = edited(objects, label('Pod', 'api-5f-a', 'shop', { app: null }))
    expect([messages(world), pods(world)]).toEqual([[message], names])
    expect(world.cluster.pods.find(({ name }) => name === 'api-5f-a')?.workload).toBeUndefined()
  })

  it('is none whose labels it does not ask for', () => {
    const world = edited(DUMP, label('Pod', 'api-5f-a', 'shop', { tier: 'x' }))
    expect(messages(world)).toEqual(['what if Pod shop/api-5f-a were labelled tier=x (new)'])
    expect(world.cluster.pods.find(({ name }) => name === 'api-5f-a')?.workload?.name).toBe('api')
  })
})

describe('a workload of a kind that is not known', () => {
  const ROLLOUT = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { namespace: 'shop', name: 'r' },
  }
  const made = {
    ...pod('shop/r-1'),
    metadata: {
      namespace: 'shop',
      name: 'r-1',
      ownerReferences: [
        { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'r', uid: 'r', controller: true },
      ],
    },
  }

  it.each([
    [
      'is labelled by its Pods',
      label('Rollout', 'r', 'shop', { a: 'b' }),
      { 'r-1': { a: 'b' } },
      'what if the Pods of Rollout shop/r were labelled a=b (new)',
    ],
    [
      'is deleted with its Pods',
      remove('Rollout', 'r', 'shop'),
      {},
      'what if Rollout shop/r and its Pod were deleted',
    ],
  ])('%s', (_, edit, labels, message) => {
    for (const objects of [[ROLLOUT, made], [made]]) {
      const world = edited(objects, edit)
      expect([podLabels(world), messages(world)]).toEqual([labels, [message]])
    }
  })
})

describe('what only a cluster writes', () => {
  const served = (object: Json, uid: string): Json => ({
    ...object,
    metadata: { ...(object['metadata'] as Json), uid },
  })
  const status = { phase: 'Running', podIP: '10.0.0.9', hostIP: '10.9.9.9' }
  const web = pod('shop/web', { app: 'web' }, { spec: { nodeName: 'n1' }, status })
  const api = service('shop/api', { clusterIP: '10.96.0.1', ports: [{ port: 80 }], selector: { app: 'api' } })
  const written = pod('shop/web', { app: 'other' })
  const podOf = (world: World) => world.cluster.pods.map(({ addresses, node }) => [addresses.length, node])

  it('stays with an object that is applied without it', () => {
    const world = edited([served(web, 'u')], apply(written))
    expect([podLabels(world), podOf(world)]).toEqual([{ web: { app: 'other' } }, [[1, 'n1']]])
  })

  it('goes where it is written otherwise', () => {
    const other = { ...written, status: { phase: 'Running' } }
    expect(podOf(edited([served(web, 'u')], apply(other)))).toEqual([[0, 'n1']])
  })

  it('is not kept of a manifest that is no cluster’s', () => {
    expect(podOf(edited([web], apply(written)))).toEqual([[0, undefined]])
  })

  it('stays with a Pod, so that its workload still has it', () => {
    const labels = { app: 'api', 'pod-template-hash': '5f', tier: 'back' }
    const world = edited(DUMP, apply(pod('shop/api-5f-a', labels)))
    expect(world.cluster.pods.find(({ name }) => name === 'api-5f-a')?.workload?.name).toBe('api')
  })

  it.each<[string, Json, bigint[]]>([
    ['stays with a Service', {}, [parseAddress('10.96.0.1')?.[0] ?? 0n]],
    ['is not put beside another address', { clusterIP: '10.96.0.2' }, [parseAddress('10.96.0.2')?.[0] ?? 0n]],
    ['goes with the type that has it', { type: 'ExternalName', externalName: 'example.com' }, []],
  ])('%s', (_, spec, first) => {
    const { ports, selector } = api['spec'] as Json
    const world = edited([served(api, 'u')], apply(service('shop/api', { ports, selector, ...spec })))
    expect(world.cluster.services.map(({ clusterIPs }) => clusterIPs.slice(0, 1))).toEqual([first])
  })
})
