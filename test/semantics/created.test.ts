import { describe, expect, it } from 'vitest'
import { buildWorld, type World } from '../../src/world/world.ts'
import { run } from '../cli/run.ts'
import { ask, codes, expectRows, type Json, load, namespace, pod, service } from './ask.ts'

/* What objects make controllers create, and the input does not have: only answers that it could change are marked. */

function object(apiVersion: string, kind: string, id: string, spec: Json): Json {
  const [name, ns] = id.split('/').toReversed()
  return { apiVersion, kind, metadata: { ...(ns !== undefined && { namespace: ns }), name }, spec }
}

const RELEASE = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'shop/search', {
  chart: { spec: { chart: 'opensearch' } },
})
const BASE = [
  namespace('shop'),
  namespace('other'),
  pod('shop/cli'),
  pod('shop/db', { app: 'db' }),
  pod('other/cli'),
  pod('other/db', { app: 'db' }),
  service('shop/search', { selector: { app: 'search' }, ports: [{ port: 80 }] }),
  service('shop/db', { selector: { app: 'db' }, ports: [{ port: 80 }] }),
  service('shop/manual', { ports: [{ port: 80 }] }),
  service('other/search', { selector: { app: 'search' }, ports: [{ port: 80 }] }),
]

describe('a Pod that something may create leaves open what depends on it', () => {
  it.each<[string, Json]>([
    ['a HelmRelease', RELEASE],
    [
      'a HelmRelease that installs into the namespace',
      object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'flux/search', { targetNamespace: 'shop' }),
    ],
    [
      'a HelmChart of k3s',
      object('helm.cattle.io/v1', 'HelmChart', 'kube-system/search', { targetNamespace: 'shop', chart: 'x' }),
    ],
    [
      'an Application of Argo CD',
      object('argoproj.io/v1alpha1', 'Application', 'argocd/search', {
        destination: { namespace: 'shop' },
        source: { chart: 'opensearch', repoURL: 'https://charts.example.com' },
      }),
    ],
    ['a HelmRelease that is installed', { ...RELEASE, status: { phase: 'Succeeded' } }],
    ['a run of Tekton', object('tekton.dev/v1', 'TaskRun', 'shop/search', {})],
    [
      'an operator that netpol does not know in detail',
      object('psmdb.percona.com/v1', 'PerconaServerMongoDB', 'shop/search', {}),
    ],
    [
      'a kind that nobody knows, with replicas',
      object('example.com/v1', 'Search', 'shop/search', { replicas: 3 }),
    ],
    [
      'a kind that nobody knows, with where its Pods run',
      object('example.com/v1', 'Search', 'shop/search', { resources: { requests: { cpu: 1 } } }),
    ],
    [
      'a kind that nobody knows, with an image',
      object('example.com/v1', 'Search', 'shop/search', { image: 'search:1', port: 80 }),
    ],
    [
      'a kind that nobody knows, with an image in parts',
      object('example.com/v1', 'Search', 'shop/search', { image: { repository: 'search', tag: '1' } }),
    ],
    [
      'a kind that carries whole objects',
      object('kubernetes.crossplane.io/v1', 'Object', 'shop/search', {
        forProvider: {
          manifest: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'search' } },
        },
      }),
    ],
  ])('%s', (_, creator) => {
    const world = load(...BASE, creator)
    expectRows(world, [
      ['shop/cli -> search.shop:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['shop/cli -> shop/svc/search', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['shop/cli -> search-gateway.shop:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['shop/cli -> shop/search-0:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      ['shop/search-0 -> shop/db:80', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
      // What has nothing to do with it.
      ['shop/cli -> db.shop:80', 'yes'],
      ['shop/cli -> shop/svc/manual', 'no', 'SERVICE_HAS_NO_ENDPOINTS'],
      ['shop/cli -> elsewhere.shop:80', 'no', 'NAME_NOT_FOUND'],
    ])
    expect(() => ask(world, 'shop/cli -> shop/elsewhere:80')).toThrow('no Pod, workload or Service is called')
  })

  it.each<[string, Json]>([
    [
      'a run that has ended',
      {
        ...object('tekton.dev/v1', 'TaskRun', 'shop/search', {}),
        status: { completionTime: '2026-01-01T00:00:00Z' },
      },
    ],
    ['a topic', object('kafka.strimzi.io/v1beta2', 'KafkaTopic', 'shop/search', { replicas: 3 })],
    ['a budget', object('policy/v1', 'PodDisruptionBudget', 'shop/search', { minAvailable: 1 })],
    ['an autoscaler', object('autoscaling/v2', 'HorizontalPodAutoscaler', 'shop/search', { minReplicas: 1 })],
    ['a monitor', object('monitoring.coreos.com/v1', 'ServiceMonitor', 'shop/search', { selector: {} })],
    ['a certificate', object('cert-manager.io/v1', 'Certificate', 'shop/search', { secretName: 'x' })],
    [
      'a Machine of a cloud',
      object('cluster.x-k8s.io/v1beta1', 'MachineDeployment', 'shop/search', { replicas: 3 }),
    ],
    [
      'a repository of images',
      object('image.toolkit.fluxcd.io/v1', 'ImageRepository', 'shop/search', { image: 'search' }),
    ],
    ['a config', object('v1', 'ConfigMap', 'shop/search', { replicas: 3 })],
  ])('%s creates none', (_, creator) => {
    const world = load(...BASE, creator)
    expect(world.creators).toEqual([])
    expectRows(world, [
      ['shop/cli -> search.shop:80', 'no', 'SERVICE_HAS_NO_ENDPOINTS'],
      ['shop/cli -> search-gateway.shop:80', 'no', 'NAME_NOT_FOUND'],
    ])
  })

  it('only in the namespace that it is for', () => {
    const world = load(...BASE, RELEASE)
    expectRows(world, [
      ['other/cli -> search.other:80', 'no', 'SERVICE_HAS_NO_ENDPOINTS'],
      ['other/cli -> search-gateway.other:80', 'no', 'NAME_NOT_FOUND'],
    ])
  })

  it('a name outside is none that an object of any namespace creates', () => {
    const anywhere = object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux/github', {
      path: './apps',
    })
    expectRows(load(...BASE, anywhere), [
      ['shop/cli -> github.com:443', 'yes'],
      ['shop/cli -> github.shop:443', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
    ])
  })

  it('an Ingress may lead to a Service that a chart has', () => {
    const ingress = object('networking.k8s.io/v1', 'Ingress', 'shop/web', {
      ingressClassName: 'nginx',
      defaultBackend: { service: { name: 'search-ui', port: { number: 80 } } },
    })
    expectRows(load(...BASE, ingress, RELEASE), [
      ['internet -> http://search.example.com/', 'undetermined', 'UNDETERMINED_CREATED_OBJECT'],
    ])
    expectRows(load(...BASE, ingress), [
      ['internet -> http://search.example.com/', 'no', 'SERVICE_NOT_FOUND'],
    ])
  })

  it('a query that does not get to the DNS server is a no all the same', () => {
    const deny = object('networking.k8s.io/v1', 'NetworkPolicy', 'shop/deny', {
      podSelector: {},
      policyTypes: ['Egress'],
    })
    expectRows(load(...BASE, RELEASE, deny), [['shop/cli -> search-ui.shop:80', 'no', 'DNS_BLOCKED']])
  })
})

describe('policies that something may create mark the answers about Pods that they could select', () => {
  const kyverno = (kind: string, id: string): Json =>
    object('kyverno.io/v1', kind, id, {
      rules: [
        {
          name: 'deny',
          match: { any: [{ resources: { kinds: ['Namespace'] } }] },
          generate: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: 'deny' },
        },
      ],
    })
  const IN_SHOP = ['shop/cli -> shop/db:80', 'internet -> shop/db:80']
  const ELSEWHERE = ['other/cli -> other/db:80']

  it.each<[string, Json, marked: readonly string[], not: readonly string[]]>([
    ['a chart, in its namespace', RELEASE, IN_SHOP, ELSEWHERE],
    ['Kyverno, everywhere', kyverno('ClusterPolicy', 'deny'), [...IN_SHOP, ...ELSEWHERE], []],
    ['Kyverno, in a namespace', kyverno('Policy', 'shop/deny'), IN_SHOP, ELSEWHERE],
    [
      'Kyverno, which only validates',
      object('kyverno.io/v1', 'ClusterPolicy', 'labels', {
        rules: [{ validate: { pattern: { spec: { containers: [{ image: '*' }] } } } }],
      }),
      [],
      [...IN_SHOP, ...ELSEWHERE],
    ],
    [
      'Kyverno, which generates something else',
      object('kyverno.io/v1', 'ClusterPolicy', 'quota', {
        rules: [{ generate: { apiVersion: 'v1', kind: 'ResourceQuota', name: 'q' } }],
      }),
      [],
      [...IN_SHOP, ...ELSEWHERE],
    ],
    ['a run, which brings Pods alone', object('tekton.dev/v1', 'TaskRun', 'shop/x', {}), [], IN_SHOP],
    [
      'a Kustomization of Flux, wherever its objects say',
      object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux/apps', { path: './apps' }),
      [...IN_SHOP, ...ELSEWHERE],
      [],
    ],
    [
      'an autoscaler creates nothing',
      object('keda.sh/v1alpha1', 'ScaledObject', 'shop/x', { minReplicaCount: 1 }),
      [],
      IN_SHOP,
    ],
  ])('%s', (_, creator, marked, not) => {
    const world = load(...BASE, creator)
    const isMarked = (question: string): boolean =>
      codes(world, question).includes('UNDETERMINED_CREATED_POLICY')
    expect(marked.filter(question => !isMarked(question))).toEqual([])
    expect(not.filter(isMarked)).toEqual([])
  })

  describe('of a dump', () => {
    const served = (one: Json): Json => {
      const metadata = one['metadata']
      return { ...one, metadata: { ...(typeof metadata === 'object' ? metadata : {}), uid: 'u' } }
    }
    const policyIn = (ns: string): Json =>
      object('networking.k8s.io/v1', 'NetworkPolicy', `${ns}/x`, { podSelector: {} })
    const [own, otherOwn, thirdOwn] = [policyIn('shop'), policyIn('other'), policyIn('third')]
    const creates = (...objects: readonly Json[]): readonly string[] =>
      load(...BASE, ...objects).creators.map(one => one.creates)

    it.each<[string, readonly Json[], readonly string[]]>([
      ['alone', [], ['chart']],
      ['with the Pods of the namespace', [served(pod('shop/a'))], ['policies']],
      ['with those of another one', [served(pod('other/a'))], ['chart']],
      ['with policies', [served(own)], ['pods']],
      ['with those of another namespace', [served(otherOwn)], ['chart']],
      ['with those of several', [served(otherOwn), served(thirdOwn)], ['pods']],
      ['with both', [served(pod('shop/a')), served(own)], []],
      ['with manifests that are no dump', [pod('shop/a'), own], ['chart']],
    ])('a HelmRelease %s', (_, objects, missing) => {
      expect(creates(served(RELEASE), ...objects)).toEqual(missing)
    })
  })

  it('nothing is missing of a folder that is read as well', () => {
    const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux}
spec: {path: ./apps/shop}
`
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: c}]}\n'
    const world = (path: string, more = ''): World =>
      buildWorld([
        { path: 'clusters/prod/apps.yaml', text: kustomization.replace('apps/shop}', `apps/shop${more}}`) },
        { path, text },
      ])
    expect(world('apps/shop/pod.yaml').creators).toEqual([])
    expect(world('apps/shopping/pod.yaml').creators).toHaveLength(1)
    // What it changes is in no file.
    expect(world('apps/shop/pod.yaml', ', targetNamespace: x').creators).toHaveLength(1)
    expect(world('apps/shop/pod.yaml', ', patches: [{patch: "a: b"}]').creators).toHaveLength(1)
  })
})

describe('what is missing is told in one line', () => {
  const files = { 'all.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...BASE, RELEASE] }) }

  it('with counts by kind', async () => {
    const { err, exit } = await run(files, 'matrix')
    expect(exit).toBe(0)
    expect(err).toContain(
      'note: not in the manifests, but may matter: charts of HelmRelease (1) (-v lists them)\n',
    )
  })

  it('and -v says of none that it has no part in the answers', async () => {
    const { err } = await run(files, 'matrix -v')
    expect(err).toContain('HelmRelease shop/search: the objects of its chart are missing')
    expect(err).not.toContain('HelmRelease has no part')
  })

  it('with --strict, answers that it could change exit with 3', async () => {
    expect((await run(files, 'can-reach shop/cli shop/db:80 --strict')).exit).toBe(3)
    expect((await run(files, 'can-reach other/cli other/db:80 --strict')).exit).toBe(0)
  })

  it('in who-can-reach, as what cannot be told', async () => {
    const { out } = await run(files, 'who-can-reach shop/search-ui:80')
    expect(out).toContain('unknown: TCP 80')
  })
})
