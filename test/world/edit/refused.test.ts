import { describe, expect, it } from 'vitest'
import { run } from '../../cli/run.ts'
import { type Json, namespace, pod } from '../../semantics/ask.ts'
import { apply, edited, label, messages, pods, remove, workload } from './edits.ts'

/** What a cluster would refuse to change of what is there, and what becomes of it. */

const spec = (object: Json): Json => object['spec'] as Json
const withSpec = (object: Json, more: Json): Json => ({ ...object, spec: { ...spec(object), ...more } })
const withUid = (object: Json): Json => ({
  ...object,
  metadata: { ...(object['metadata'] as Json), uid: 'u' },
})

const job = (labels: Json): Json => ({
  ...workload('Job', 'load', {}),
  apiVersion: 'batch/v1',
  spec: {
    template: {
      metadata: { labels },
      spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'c' }] },
    },
  },
})

const other = { matchLabels: { tier: 'back' } }
const port = (containerPort: number) => ({
  containers: [{ name: 'c', image: 'c', ports: [{ containerPort }] }],
})
const refused = (what: string): string =>
  `(deleted and made anew: a cluster would refuse to change its ${what} in place)`

describe('applied over another', () => {
  it.each<[string, Json, Json, string]>([
    [
      'the selector of a Deployment',
      workload('Deployment', 'api', { tier: 'back' }),
      withSpec(workload('Deployment', 'api', { tier: 'back' }), { selector: other }),
      refused('selector'),
    ],
    [
      'the same selector, written in another order',
      withSpec(workload('ReplicaSet', 'api', { a: 'b' }), {
        selector: { matchLabels: { app: 'api', a: 'b' } },
      }),
      withSpec(workload('ReplicaSet', 'api', { a: 'b' }), {
        selector: { matchLabels: { a: 'b', app: 'api' } },
      }),
      '(unchanged)',
    ],
    [
      'the template of a Deployment',
      workload('Deployment', 'api', {}),
      workload('Deployment', 'api', { tier: 'back' }),
      '(replaced)',
    ],
    [
      'the Service of a StatefulSet, and its selector',
      workload('StatefulSet', 'api', { tier: 'back' }),
      withSpec(workload('StatefulSet', 'api', { tier: 'back' }), { selector: other, serviceName: 'x' }),
      refused('selector and serviceName'),
    ],
    ['the template of a Job', job({ app: 'load' }), job({ app: 'other' }), refused('template')],
    [
      'a Job as a cluster has it, by its own manifest',
      withUid(job({ app: 'load', 'controller-uid': 'u', 'batch.kubernetes.io/job-name': 'load' })),
      job({ app: 'load' }),
      '(replaced)',
    ],
    [
      'the ports and the network of a Pod',
      pod('shop/web', {}, { spec: port(80) }),
      pod('shop/web', {}, { spec: { ...port(8080), hostNetwork: true, nodeName: 'n1' } }),
      refused('ports, hostNetwork and node'),
    ],
    ['the labels of a Pod', pod('shop/web'), pod('shop/web', { app: 'web' }), '(replaced)'],
  ])('%s', (_, before, after, text) => {
    const { kind } = before
    const { name } = before['metadata'] as Json
    expect(messages(edited([before], apply(after)))).toEqual([
      `what if fix.yaml were applied: ${kind} shop/${name} ${text}`,
    ])
  })

  it('a workload of a dump takes its Pods with it', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'api', uid: 'u', controller: true }
    const made = { ...pod('shop/api-1', { app: 'api' }) }
    const metadata = { ...(made['metadata'] as Json), ownerReferences: [owner] }
    const set = workload('Deployment', 'api', { tier: 'back' })
    const { replicas: _, ...ofSet } = spec(set)
    const daemons = { ...set, kind: 'DaemonSet', spec: ofSet }
    const world = edited([daemons, { ...made, metadata }], apply(withSpec(daemons, { selector: other })))
    expect([pods(world), messages(world)]).toEqual([
      ['api~1'],
      [
        'what if fix.yaml were applied: DaemonSet shop/api (deleted and made anew with its Pods: a cluster would refuse to change its selector in place)',
      ],
    ])
  })

  it('a Pod that is made anew has no address yet', () => {
    const running = { spec: { ...port(80), nodeName: 'n1' }, status: { phase: 'Running', podIP: '10.0.0.9' } }
    const base = withUid(pod('shop/web', {}, running))
    const podOf = (after: Json) =>
      edited([base], apply(after)).cluster.pods.map(({ addresses, node }) => [addresses.length, node])
    expect(podOf(pod('shop/web', { a: 'b' }, { spec: port(80) }))).toEqual([[1, 'n1']])
    expect(podOf(pod('shop/web', { a: 'b' }, { spec: port(81) }))).toEqual([[0, undefined]])
  })
})

describe('S-144 in a namespace that was deleted', () => {
  const SHOP = namespace('shop')
  const WEB = pod('shop/web')
  const base = [SHOP, WEB, pod('other/db')]
  const gone = remove('Namespace', 'shop')

  it.each<[string, Parameters<typeof edited>[1][], readonly string[]]>([
    ['nothing can be made', [gone, apply(WEB)], ['db']],
    ['nothing can be made before it is there again', [gone, apply(WEB, SHOP)], ['db']],
    ['nor after it was deleted again', [gone, apply(SHOP), gone, apply(WEB)], ['db']],
    ['all can be made once it is there', [gone, apply(SHOP, WEB)], ['db', 'web']],
    ['also by an edit of its own', [gone, apply(SHOP), apply(WEB)], ['db', 'web']],
    [
      'other edits change nothing in that',
      [gone, label('Pod', 'db', 'other', { a: 'b' }), apply(WEB)],
      ['db'],
    ],
  ])('%s', (_, edits, left) => {
    const world = edited(base, ...edits)
    expect(pods(world)).toEqual(left)
    const errors = left.includes('web')
      ? []
      : [
          {
            severity: 'error',
            code: 'NAMESPACE_NOT_FOUND',
            message: 'namespaces "shop" not found',
            object: 'Pod shop/web',
            help: 'it was deleted before: apply Namespace shop first',
          },
        ]
    expect(world.diagnostics).toMatchObject(errors)
    expect(world.diagnostics).toHaveLength(errors.length)
  })

  it('others are not', () => {
    expect(edited([WEB], apply(pod('new/web'))).diagnostics).toEqual([])
  })
})

it('a label that no Pod can have is refused for kinds that are known by their template alone, too', async () => {
  const rollout = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: c}]}}}
`
  const label = async (change: string) => {
    const { exit, err } = await run({ 'a.yaml': rollout }, `matrix --label rollout/web ${change}`)
    return [exit, /error\[\w+\]: .*/.exec(err)?.[0]]
  }
  expect(await label('tier=front')).toEqual([0, undefined])
  expect(await label('tier=-front')).toEqual([2, 'error[BAD_LABEL]: `-front` can be in no label'])
  expect(await label('tier_=front')).toEqual([2, 'error[BAD_LABEL]: `tier_` can be in no label'])
})
