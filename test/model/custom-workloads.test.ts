import { describe, expect, it } from 'vitest'
import type { World } from '../../src/world/world.ts'
import { ask, codes, expectRows, type Json, load, namespace, pod, policy, service } from '../semantics/ask.ts'
import { custom, template } from './custom-objects.ts'

/* Kinds that are not built in and have a Pod template. */

const namesOf = (world: World): readonly string[] => world.cluster.pods.map(({ name }) => name)

const ROLLOUT = custom('argoproj.io/v1alpha1', 'Rollout', 'shop/web', {
  replicas: 2,
  template: template({ app: 'web' }),
})

describe('a Pod template anywhere in a spec makes Pods', () => {
  it.each<[string, Json, readonly string[]]>([
    ['a Rollout', ROLLOUT, ['web~1', 'web~2']],
    [
      'a DeploymentConfig',
      custom('apps.openshift.io/v1', 'DeploymentConfig', 'shop/api', { template: template({ app: 'api' }) }),
      ['api~1'],
    ],
    [
      'one that is scaled to none',
      custom('argoproj.io/v1alpha1', 'Rollout', 'shop/web', { replicas: 0, template: template({}) }),
      [],
    ],
    [
      'a Job of another group, with a template for each task',
      custom('batch.volcano.sh/v1alpha1', 'Job', 'shop/train', {
        tasks: [
          { name: 'ps', template: template({ role: 'ps' }) },
          { name: 'worker', replicas: 2, template: template({ role: 'worker' }) },
        ],
      }),
      ['train-ps~1', 'train-worker~1', 'train-worker~2'],
    ],
    [
      'a template within a template',
      custom('agones.dev/v1', 'Fleet', 'shop/game', {
        replicas: 3,
        template: { spec: { template: template({ app: 'game' }) } },
      }),
      ['game~1'],
    ],
    [
      'a kind that nobody knows',
      custom('example.com/v1', 'Thing', 'shop/x', { deep: { podTemplate: template({ app: 'x' }) } }),
      ['x~1'],
    ],
    [
      'not a template for runs to come',
      custom('argoproj.io/v1alpha1', 'AnalysisTemplate', 'shop/x', {
        metrics: [{ provider: { job: { spec: { template: template({}) } } } }],
      }),
      [],
    ],
    [
      'not a rule about the templates of others',
      custom('kyverno.io/v1', 'ClusterPolicy', 'shop/x', {
        rules: [{ mutate: { patchStrategicMerge: { spec: { template: template({}) } } } }],
      }),
      [],
    ],
    [
      'not one that has ended',
      {
        ...custom('batch.volcano.sh/v1alpha1', 'Job', 'shop/x', { tasks: [{ template: template({}) }] }),
        status: { state: { phase: 'Completed' } },
      },
      [],
    ],
    [
      'not the values of a chart',
      custom('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'shop/x', { values: { template: template({}) } }),
      [],
    ],
    [
      'not one whose labels have to be filled in',
      custom('argoproj.io/v1alpha1', 'Rollout', 'shop/x', { template: template({ app: '{{ app }}' }) }),
      [],
    ],
    [
      'not one whose name has to be filled in',
      custom('argoproj.io/v1alpha1', 'Rollout', 'shop/$(APP)', { template: template({}) }),
      [],
    ],
    ['nor that of an operator', custom('postgresql.cnpg.io/v1', 'Cluster', 'shop/$(APP)', {}), []],
    [
      'not a template without containers',
      custom('example.com/v1', 'Thing', 'shop/x', { template: { spec: { containers: [] } } }),
      [],
    ],
  ])('%s', (_, object, names) => {
    expect(namesOf(load(object))).toEqual(names)
  })

  it('and the workload can be named as kubectl names it', () => {
    const knative = custom('serving.knative.dev/v1', 'Service', 'shop/hello', {
      template: template({ app: 'hello' }),
    })
    const world = load(
      namespace('shop'),
      pod('shop/cli'),
      ROLLOUT,
      knative,
      policy('shop/web', { policyTypes: ['Ingress'] }),
      service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
    )
    expect(() => ask(world, 'shop/cli -> shop/rollot/web')).toThrow('no kind that can be an end')
    expect(() => ask(world, 'shop/cli -> shop/dc/web')).toThrow('no DeploymentConfig is called `web`')
    expectRows(world, [
      ['shop/cli -> shop/rollout/web:8080', 'no', 'DENIED_BY_INGRESS'],
      ['shop/cli -> shop/rollouts.argoproj.io/web:8080', 'no', 'DENIED_BY_INGRESS'],
      ['shop/rollout/web -> shop/cli', 'yes'],
      ['shop/cli -> web.shop:80', 'no', 'DENIED_BY_INGRESS'],
      ['shop/cli -> shop/hello', 'yes'],
      ['shop/cli -> shop/ksvc/hello', 'yes'],
      ['shop/cli -> shop/service.serving.knative.dev/hello', 'yes'],
    ])
  })

  it('what is not known of its labels and Services is open', () => {
    const thing = custom('example.com/v1', 'Thing', 'shop/x', { template: template({ app: 'x' }) })
    const knative = custom('serving.knative.dev/v1', 'Service', 'shop/hello', {
      template: template({ app: 'hello' }),
    })
    const world = load(
      namespace('shop'),
      namespace('other'),
      pod('shop/cli'),
      pod('other/cli'),
      thing,
      knative,
      ROLLOUT,
      service('shop/x', { selector: { app: 'x' }, ports: [{ port: 80 }] }),
      service('shop/labeled', { selector: { 'example.com/name': 'x' }, ports: [{ port: 80 }] }),
      service('other/labeled', { selector: { 'example.com/name': 'x' }, ports: [{ port: 80 }] }),
    )
    expectRows(world, [
      ['shop/cli -> x.shop:80', 'yes'],
      ['shop/cli -> labeled.shop:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['shop/cli -> labeled.other:80', 'no', 'SERVICE_HAS_NO_ENDPOINTS'],
      ['shop/cli -> hello.shop:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['shop/cli -> hello:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['shop/cli -> http://hello', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['shop/cli -> hello.shop.svc.cluster.local:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['other/cli -> hello.shop:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['other/cli -> hello:80', 'no', 'NAME_NOT_FOUND'],
      // By their kind or namespace the Pods themselves are meant.
      ['shop/cli -> shop/ksvc/hello:80', 'yes'],
      ['shop/cli -> shop/hello:80', 'yes'],
      ['shop/cli -> x-head.shop:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      // A Rollout creates no Services.
      ['shop/cli -> web-preview.shop:80', 'no', 'NAME_NOT_FOUND'],
      ['shop/cli -> hello.example.com:80', 'yes'],
    ])
  })

  it('as OpenShift wrote it before its API had groups', () => {
    const old = custom('v1', 'DeploymentConfig', 'shop/api', { template: template({ app: 'api' }) })
    expect(namesOf(load(old))).toEqual(['api~1'])
  })

  it('a Rollout takes over the template of a Deployment, which is scaled to none', () => {
    const workloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { replicas: 0, selector: { matchLabels: { app: 'web' } }, template: template({ app: 'web' }) },
    }
    const rollout = custom('argoproj.io/v1alpha1', 'Rollout', 'shop/web', { workloadRef })
    expect(namesOf(load(deployment, rollout))).toEqual(['web~1'])
    const alone = load(namespace('shop'), pod('shop/cli'), rollout)
    expectRows(alone, [
      ['shop/cli -> shop/rollout/web:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['shop/rollout/web -> shop/cli:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
    ])
  })

  it('the Pods of a dump are those of the workload, and no others are made', () => {
    const owned = (name: string, owner: string, kind: string): Json => ({
      ownerReferences: [
        { apiVersion: 'argoproj.io/v1alpha1', kind: owner, name, uid: 'u', controller: true },
      ],
      namespace: 'shop',
      name: `web-${kind}`,
      labels: { app: 'web' },
    })
    const world = load(
      ROLLOUT,
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: owned('web', 'Rollout', 'abc'),
        spec: { selector: { matchLabels: { app: 'web' } }, template: template({ app: 'web' }) },
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: owned('web-abc', 'ReplicaSet', 'abc-1'),
        spec: { containers: [{ name: 'c', image: 'c' }] },
      },
    )
    expect(world.cluster.pods.map(one => [one.name, one.workload?.kind])).toEqual([['web-abc-1', 'Rollout']])
  })

  it('what cannot be known of a label is not taken for a miss', () => {
    const world = load(
      namespace('shop'),
      pod('shop/cli'),
      ROLLOUT,
      policy('shop/x', { podSelector: { matchLabels: { 'rollouts-pod-template-hash': 'abc' } } }, 'hash'),
    )
    expectRows(world, [['shop/cli -> shop/web:80', 'undetermined']])
    expect(codes(world, 'shop/cli -> shop/web:80')).not.toContain('ASSUMED_CREATED_PODS')
  })
})
