import { describe, expect, it } from 'vitest'
import { buildWorld } from '../../src/world/world.ts'

const POLICY = (name: string, types: string, apiVersion = 'networking.k8s.io/v1', kind = 'NetworkPolicy') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\nspec: {podSelector: {}, policyTypes: [${types}]}\n`

const build = (...documents: readonly string[]) =>
  buildWorld([{ path: 'x.yaml', text: documents.join('---\n') }])

const messages = (world: ReturnType<typeof build>, severity: string) =>
  world.diagnostics.filter(one => one.severity === severity).map(({ message }) => message)

const directions = (world: ReturnType<typeof build>) =>
  world.policyObjects.map(policy => policy.directions.map(({ direction }) => direction))

describe('S-006 two manifests for one object', () => {
  it('the later one is in force, and what became of the earlier is said', () => {
    const world = build(POLICY('a', 'Ingress'), POLICY('a', 'Egress'))
    expect(directions(world)).toEqual([['egress']])
    expect(messages(world, 'warning')).toEqual([
      'NetworkPolicy shop/a is there twice: this one replaces the one in x.yaml',
    ])
    expect(world.unused).toMatchObject([{ at: { document: 0 }, why: { kind: 'replaced' } }])
    expect(world.used).toMatchObject([{ at: { document: 1 } }])
  })

  it('one that a cluster would refuse replaces nothing', () => {
    const world = build(POLICY('a', 'Ingress'), POLICY('a', 'Out'))
    expect(directions(world)).toEqual([['ingress']])
    expect(messages(world, 'warning')).toEqual([])
    expect(messages(world, 'error')).toHaveLength(1)
  })

  it('one that is replaced is refused all the same where it has a fault', () => {
    const world = build(POLICY('a', 'Out'), POLICY('a', 'Ingress'))
    expect(directions(world)).toEqual([['ingress']])
    expect(messages(world, 'error')).toHaveLength(1)
  })

  it('they are of one kind and in one namespace', () => {
    const inDefault = POLICY('a', 'Ingress').replace(', namespace: shop', '')
    const namedDefault = POLICY('a', 'Egress').replace('shop', 'default')
    expect(directions(build(inDefault, POLICY('a', 'Ingress')))).toHaveLength(2)
    expect(directions(build(inDefault, namedDefault))).toEqual([['egress']])
  })
})

describe('S-150 a kind that is in no namespace', () => {
  const NAMESPACE = (more: string) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop${more}}\n`

  it.each([
    ['Namespace', NAMESPACE(', namespace: other')],
    [
      'IngressClass',
      'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx, namespace: ingress-nginx}\n',
    ],
  ])('a namespace that is written there is dropped, as by the API server: %s', (kind, text) => {
    const world = build(text)
    expect(world.diagnostics).toEqual([])
    expect([...world.input.inForce.values()]).toMatchObject([{ object: { kind, namespace: undefined } }])
  })

  it('it is the same object without it', () => {
    const world = build(NAMESPACE(', labels: {a: b}, namespace: other'), NAMESPACE(', labels: {a: c}'))
    expect(messages(world, 'warning')).toEqual([
      'Namespace shop is there twice: this one replaces the one in x.yaml',
    ])
    expect([...world.cluster.namespaces.keys()]).toEqual(['shop'])
  })
})

describe('S-143 a policy that no cluster would know is an error, and never left out without a word', () => {
  it.each<[string, string, string]>([
    ['v1', 'NetworkPolicy', 'NetworkPolicy is served as `networking.k8s.io/v1`'],
    ['networking.k8s.io', 'NetworkPolicy', 'NetworkPolicy is served as `networking.k8s.io/v1`'],
    ['networking.k8s.io/v1beta1', 'NetworkPolicy', 'NetworkPolicy is served as `networking.k8s.io/v1`'],
    ['extensions/v1beta1', 'NetworkPolicy', 'NetworkPolicy is served as `networking.k8s.io/v1`'],
    ['network.k8s.io/v1', 'NetworkPolicy', 'NetworkPolicy is served as `networking.k8s.io/v1`'],
    ['networking.k8s.oi/v1', 'NetworkPolicy', 'NetworkPolicy is served as `networking.k8s.io/v1`'],
    ['networking.k8s.io/v1', 'Networkpolicy', 'did you mean `NetworkPolicy`?'],
    ['networking.k8s.io/v1', 'NetworkPolices', 'did you mean `NetworkPolicy`?'],
    ['apps/v1beta2', 'Deployment', 'Deployment is served as `apps/v1`'],
    ['batch/v1beta1', 'CronJob', 'CronJob is served as `batch/v1`'],
    ['v1', 'Deployment', 'Deployment is served as `apps/v1`'],
  ])('%s %s', (apiVersion, kind, help) => {
    expect(build(POLICY('a', 'Ingress', apiVersion, kind)).diagnostics).toMatchObject([
      { code: 'UNKNOWN_KIND', help, at: { document: 0 } },
    ])
  })

  it.each([
    ['projectcalico.org/v3', 'NetworkPolicy', 1],
    ['example.com/v1', 'NetworkPolicy', 1],
    ['serving.knative.dev/v1', 'Service', 0],
    ['gateway.example.com/v1', 'Gateway', 0],
    ['v1', 'ConfigMap', 0],
    ['v1', 'TeamNetworkPolicy', 0],
    ['networking.k8s.io/v1', 'ClusterwideNetworkPolicy', 0],
  ])('%s %s is somebody else’s', (apiVersion, kind, policies) => {
    const { diagnostics, unmodeled, unused } = build(POLICY('a', 'Ingress', apiVersion, kind))
    expect([diagnostics, unmodeled.length, unused.length]).toEqual([[], policies, 1 - policies])
  })
})
