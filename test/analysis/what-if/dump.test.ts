import { describe, expect, it } from 'vitest'
import { type Json, pod } from '../../semantics/ask.ts'
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

  it('a Pod is made anew by the workload in force', () => {
    const world = edited(DUMP, remove('Pod', 'api-5f-a', 'shop'))
    expect(messages(world)).toEqual([
      'what if Pod shop/api-5f-a were deleted; Deployment shop/api makes another like it',
    ])
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
    expect(messages(world)).toEqual(['what if fix.yaml were applied: Deployment shop/api (replaced)'])
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
