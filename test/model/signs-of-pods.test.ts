import { describe, expect, it } from 'vitest'
import { expectRows, type Json, load, namespace, pod, service } from '../semantics/ask.ts'
import { custom } from './custom-objects.ts'

/* Of kinds that nobody knows, whether they create Pods: by the fields that hardly anything else has. */

const worldWith = (object: Json) =>
  load(
    namespace('shop'),
    pod('shop/cli'),
    service('shop/search', { selector: { app: 'search' }, ports: [{ port: 80 }] }),
    object,
  )

describe('an unknown kind may create Pods', () => {
  it.each<[string, Json]>([
    ['with the spec of a Pod', { podSpec: { containers: [{ image: 'search:1' }] } }],
    ['with one for each part', { parts: [{ podTemplates: [{ name: 'x', spec: { containers: [{}] } }] }] }],
    ['with containers, however deep', { server: { pods: { main: { containers: [{ image: 's' }] } } } }],
    ['with init containers', { server: { pods: { initContainers: [{ name: 'wait' }] } } }],
    ['with a Pod template without containers', { server: { podTemplate: { spec: { affinity: {} } } } }],
    ['with replicas one level down', { server: { replicas: 2 } }],
    ['with replicas of the items of a list', { pools: [{ name: 'hot', replicas: 2 }] }],
    ['with resources one level down', { server: { resources: { limits: { memory: '1Gi' } } } }],
    ['with where they run one level down', { server: { nodeSelector: { disk: 'ssd' } } }],
    ['with an image one level down', { server: { image: { repository: 'search', tag: '1' } } }],
  ])('%s', (_, spec) => {
    const world = worldWith(custom('example.com/v1', 'Search', 'shop/search', spec))
    expect(world.creators).toMatchObject([{ kind: 'Search', creates: 'pods', into: 'shop' }])
    expectRows(world, [['shop/cli -> shop/svc/search', 'undetermined', 'UNDETERMINED_CREATED_OBJECT']])
  })
})

describe('fields that look like those of Pods, of what creates none', () => {
  it.each<[string, string, string, Json]>([
    [
      'an issuer, whose Pods answer a challenge and are gone',
      'cert-manager.io/v1',
      'Issuer',
      {
        acme: { solvers: [{ http01: { ingress: { podTemplate: { spec: { nodeSelector: { a: 'b' } } } } } }] },
      },
    ],
    ['a database of Google Cloud', 'sql.cnrm.cloud.google.com/v1beta1', 'SQLInstance', { instances: 2 }],
    ['a database of AWS', 'rds.services.k8s.aws/v1alpha1', 'DBInstance', { image: 'x' }],
    ['a machine of Azure', 'compute.azure.com/v1api20220301', 'VirtualMachine', { replicas: 2 }],
    ['a machine by Crossplane', 'ec2.aws.upbound.io/v1beta1', 'Instance', { image: 'x' }],
    [
      'a task, of which others make runs',
      'tekton.dev/v1',
      'Task',
      { steps: [{ image: 'x', resources: { limits: { cpu: 1 } } }] },
    ],
    [
      'a pipeline of tasks',
      'tekton.dev/v1',
      'Pipeline',
      { tasks: [{ taskSpec: { podTemplate: { nodeSelector: { a: 'b' } } } }] },
    ],
    [
      'a rule about containers',
      'constraints.gatekeeper.sh/v1beta1',
      'K8sPods',
      { parameters: { containers: [{ name: 'x' }] } },
    ],
    ['something of a cloud', 'rds.aws.upbound.io/v1beta1', 'Cluster', { forProvider: { instances: 2 } }],
    [
      'a range of addresses for nodes',
      'crd.projectcalico.org/v1',
      'IPPool',
      { cidr: '10.0.0.0/8', nodeSelector: 'all()' },
    ],
    [
      'what announces addresses of nodes',
      'example.com/v1',
      'Announcement',
      { nodeSelector: { matchLabels: { a: 'b' } } },
    ],
    [
      'a list of images',
      'postgresql.cnpg.io/v1',
      'ClusterImageCatalog',
      { images: [{ major: 1, image: 'x' }] },
    ],
    ['what builds an image', 'shipwright.io/v1beta1', 'Build', { output: { image: 'x' } }],
    [
      'a volume to be filled',
      'cdi.kubevirt.io/v1beta1',
      'DataVolume',
      { storage: { resources: { requests: { storage: '1Gi' } } } },
    ],
    ['a stream with copies', 'jetstream.nats.io/v1beta2', 'Stream', { replicas: 3, mirror: { replicas: 2 } }],
    [
      'a Gateway with addresses',
      'networking.istio.io/v1',
      'Gateway',
      { servers: [{ port: { number: 80 } }] },
    ],
    ['a rule of a mesh', 'networking.istio.io/v1', 'ServiceEntry', { endpoints: [{ address: '10.0.0.1' }] }],
    ['a secret', 'external-secrets.io/v1', 'ExternalSecret', { target: { template: { data: { a: 'b' } } } }],
  ])('%s', (_, apiVersion, kind, spec) => {
    const world = worldWith(custom(apiVersion, kind, 'shop/search', spec))
    expect(world.creators).toEqual([])
    expectRows(world, [['shop/cli -> shop/svc/search', 'no', 'SERVICE_HAS_NO_ENDPOINTS']])
  })
})
