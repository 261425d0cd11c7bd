import { describe, expect, it } from 'vitest'
import { ask, codes, expectRows, type Json, pod, policy } from './ask.ts'
import {
  HOST,
  ingressClass,
  inNamespace,
  letsIn,
  letsInNamespace,
  main,
  sourceOf,
  world,
} from './ingress-world.ts'

/* Which Pods serve an Ingress or a Gateway, product by product. */

const URL = `internet -> http://${HOST}/`
const FACING = { 'alb.ingress.kubernetes.io/scheme': 'internet-facing' }

describe('S-355 the controller of an IngressClass, which is not in the input', () => {
  it.each([
    ['k8s.io/ingress-nginx', 'ingress-nginx/ingress-nginx-controller~'],
    ['k8s.io/internal-ingress-nginx', 'ingress-nginx/ingress-nginx-controller~'],
    ['nginx.org/ingress-controller', 'nginx-ingress/nginx-ingress-controller~'],
    ['ingress-controllers.konghq.com/kong', 'kong/kong-controller~'],
    ['haproxy.org/ingress-controller/haproxy', 'haproxy-controller/haproxy-controller-controller~'],
    ['haproxy-ingress.github.io/controller', 'ingress-controller/ingress-controller-controller~'],
    ['projectcontour.io/ingress-controller', 'projectcontour/projectcontour-controller~'],
    [
      'projectcontour.io/ingress-contour/ingress-contour-contour',
      'projectcontour/projectcontour-controller~',
    ],
    ['openshift.io/ingress-to-route', 'openshift-ingress/openshift-ingress-controller~'],
    ['webapprouting.kubernetes.azure.com/nginx/internal', 'ingress-nginx/ingress-nginx-controller~'],
    ['ingress.k8s.aws/alb', 'a load balancer of AWS'],
    ['eks.amazonaws.com/alb', 'a load balancer of AWS'],
    ['cilium.io/ingress-controller', "Cilium's proxy on a node"],
    ['example.com/router', '(unknown Pods)'],
    ['k8s.io', '(unknown Pods)'],
  ])('%s', (controller, expected) =>
    expect(sourceOf(main('edge', FACING), ingressClass('edge', controller))).toBe(expected),
  )

  it.each([
    ['kong', 'kong/kong-controller~'],
    ['contour', 'projectcontour/projectcontour-controller~'],
    ['haproxy', 'haproxy-controller/haproxy-controller-controller~'],
    ['openshift-default', 'openshift-ingress/openshift-ingress-controller~'],
    ['gce', 'a load balancer of Google Cloud'],
    ['acme', '(unknown Pods)'],
  ])('of a class that is not there, by its usual name: %s', (className, expected) =>
    expect(sourceOf(main(className))).toBe(expected),
  )
})

describe('S-350 the Pods of a controller in the input', () => {
  const NAME = 'app.kubernetes.io/name'
  const COMPONENT = 'app.kubernetes.io/component'

  it.each<[what: string, className: string, id: string, labels: Json, image?: string]>([
    ['RKE2', 'nginx', 'kube-system/x', { [NAME]: 'rke2-ingress-nginx', [COMPONENT]: 'controller' }],
    ['microk8s', 'nginx', 'ingress/x', { name: 'nginx-ingress-microk8s' }],
    ['Bitnami', 'nginx', 'web/x', { [NAME]: 'nginx-ingress-controller', [COMPONENT]: 'controller' }],
    ['AKS', 'webapprouting.kubernetes.azure.com', 'app-routing-system/x', { app: 'nginx' }],
    ['Traefik of k3s', 'traefik', 'kube-system/x', { [NAME]: 'traefik' }],
    ['the chart kong', 'kong', 'gate/x', { [NAME]: 'kong', [COMPONENT]: 'app' }],
    ['the chart of Kong with its own gateway', 'kong', 'kong/x', { [NAME]: 'gateway', [COMPONENT]: 'app' }],
    ["Kong's manifests", 'kong', 'kong/x', { app: 'ingress-kong' }],
    ['HAProxy', 'haproxy', 'gate/x', { [NAME]: 'kubernetes-ingress' }],
    ['HAProxy Ingress', 'haproxy', 'gate/x', { [NAME]: 'haproxy-ingress' }],
    ['Contour', 'contour', 'projectcontour/x', { app: 'envoy' }],
    ["Bitnami's Contour", 'contour', 'gate/x', { [NAME]: 'contour', [COMPONENT]: 'envoy' }],
    [
      'OpenShift',
      'openshift-default',
      'openshift-ingress/x',
      { 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default' },
    ],
    [
      'an image',
      'nginx',
      'edge/x',
      { app: 'lb' },
      'registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:ab',
    ],
    ['an image of a mirror', 'kong', 'edge/x', {}, 'mirror.example.com:5000/kong:3.9'],
  ])('%s', (_, className, id, labels, image) => {
    const containers = [{ name: 'c', image: image ?? 'c' }]
    expect(sourceOf(main(className), pod(id, labels, { spec: { containers } }))).toBe(id)
  })

  it.each<[what: string, className: string, id: string, labels: Json, image?: string]>([
    ['its control plane', 'contour', 'gate/x', { [NAME]: 'contour', [COMPONENT]: 'contour' }],
    ['labels that others use as well', 'contour', 'shop/x', { app: 'envoy' }],
    ['any Pod called nginx', 'webapprouting.kubernetes.azure.com', 'shop/x', { app: 'nginx' }],
    ['an image whose name ends alike', 'kong', 'shop/x', {}, 'registry.example.com/hongkong:1'],
    ['the image of its control plane', 'kong', 'shop/x', {}, 'kong/kubernetes-ingress-controller:3.4'],
  ])('not %s', (_, className, id, labels, image) => {
    const containers = [{ name: 'c', image: image ?? 'c' }]
    expect(sourceOf(main(className), pod(id, labels, { spec: { containers } }))).not.toBe(id)
  })

  it.each<[string, readonly Json[], string]>([
    ['the only one that there is', [main('edge'), pod('kong/x', { [NAME]: 'kong' })], 'kong/x'],
    ['without a class, the only one that there is', [main(), pod('kong/x', { [NAME]: 'kong' })], 'kong/x'],
    [
      'not one of two',
      [main(), pod('kong/x', { [NAME]: 'kong' }), pod('edge/x', { [NAME]: 'traefik' })],
      '(unknown Pods)',
    ],
    [
      'not the only one, where the class has another',
      [main('edge'), ingressClass('edge', 'example.com/router'), pod('kong/x', { [NAME]: 'kong' })],
      '(unknown Pods)',
    ],
    [
      'by annotations, where the class tells nothing',
      [main(undefined, { 'traefik.ingress.kubernetes.io/router.entrypoints': 'web' })],
      'traefik/traefik-controller~',
    ],
  ])('%s', (_, objects, expected) => expect(sourceOf(...objects)).toBe(expected))
})

describe('S-350 where the policies expect it', () => {
  const kubeSystem = inNamespace('kube-system')

  it.each<[string, string | undefined, Json, 'yes' | 'no' | 'undetermined', string]>([
    ['its usual namespace', 'nginx', letsInNamespace('ingress-nginx'), 'yes', 'ingress-nginx'],
    ['RKE2', 'nginx', letsInNamespace('kube-system'), 'yes', 'kube-system'],
    ['microk8s', 'nginx', letsInNamespace('ingress'), 'yes', 'ingress'],
    [
      'AKS',
      'webapprouting.kubernetes.azure.com',
      letsInNamespace('app-routing-system'),
      'yes',
      'app-routing-system',
    ],
    ['k3s', 'traefik', letsInNamespace('kube-system'), 'yes', 'kube-system'],
    ['a namespace with its name', 'traefik', letsInNamespace('traefik-v2'), 'yes', 'traefik-v2'],
    ['a namespace for it', 'nginx', letsInNamespace('public-ingress'), 'yes', 'public-ingress'],
    ['a namespace for something else', 'nginx', letsInNamespace('monitoring'), 'no', 'ingress-nginx'],
    ['every namespace', 'nginx', letsIn({ namespaceSelector: {} }), 'yes', 'ingress-nginx'],
    [
      'Pods of its own',
      'nginx',
      letsIn({ podSelector: { matchLabels: { app: 'web' } } }),
      'no',
      'ingress-nginx',
    ],
    [
      "OpenShift's ingress namespaces",
      'openshift-default',
      letsIn({ namespaceSelector: { matchLabels: { 'network.openshift.io/policy-group': 'ingress' } } }),
      'yes',
      'openshift-ingress',
    ],
    [
      "OpenShift's ingress namespaces, by the other label",
      undefined,
      letsIn({ namespaceSelector: { matchLabels: { 'policy-group.network.openshift.io/ingress': '' } } }),
      'yes',
      'openshift-ingress',
    ],
    ['without a class', undefined, letsInNamespace('kong'), 'yes', 'kong'],
    [
      'without a class, by Pods',
      undefined,
      letsIn({ ...kubeSystem, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } } }),
      'yes',
      'kube-system',
    ],
  ])('%s', (_, className, expecting, verdict, namespace) => {
    const answer = ask(world(main(className), expecting), URL)
    expect([answer.verdict, answer.endpoints?.[0]?.from.namespace]).toEqual([verdict, namespace])
    expect(answer.assumptions.map(({ code }) => code)).toContain('ASSUMED_INGRESS_CONTROLLER')
  })

  it('a namespace with Pods of the input is not taken for it', () => {
    const app = pod('ingress-demo/x', { app: 'x' })
    expectRows(world(main('nginx'), letsInNamespace('ingress-demo'), app), [[URL, 'no', 'DENIED_BY_INGRESS']])
  })
})

describe('a controller that cannot be found', () => {
  const edge = letsInNamespace('edge')

  it.each<[string, readonly Json[], 'yes' | 'no' | 'undetermined']>([
    ['no policy', [], 'yes'],
    ['a rule for all', [policy('shop/api', { ingress: [{}] })], 'yes'],
    ['a rule for all on another port', [policy('shop/api', { ingress: [{ ports: [{ port: 1 }] }] })], 'no'],
    ['no rule', [policy('shop/api', {})], 'no'],
    ['a namespace', [edge], 'undetermined'],
    ['every namespace', [letsIn({ namespaceSelector: {} })], 'undetermined'],
    ['Pods of its own', [letsIn({ podSelector: {} })], 'undetermined'],
    ['addresses', [letsIn({ ipBlock: { cidr: '10.0.0.0/8' } })], 'undetermined'],
    [
      'a namespace, on another port',
      [
        policy('shop/api', {
          ingress: [{ from: [inNamespace('edge')], ports: [{ port: 1 }] }],
        }),
      ],
      'no',
    ],
  ])('the answer depends on it only where policies ask for the source: %s', (_, policies, verdict) => {
    const acme = ingressClass('acme', 'acme.example.com/router')
    const answer = ask(world(main('acme'), acme, ...policies), URL)
    expect(answer.verdict).toBe(verdict)
    if (verdict === 'undetermined')
      expect(answer).toMatchObject({
        reason: 'UNDETERMINED_CONTROLLER',
        facts: { kind: 'IngressClass', className: 'acme', controller: 'acme.example.com/router' },
        suggestions: [],
      })
  })

  it('says what is missing: the class, its controller, or any class', () => {
    const why = (...objects: readonly Json[]) => ask(world(edge, ...objects), URL).message
    expect(why(main('acme'))).toContain('IngressClass acme, which is not in the manifests')
    expect(why(main('acme'), ingressClass('acme', 'a.b/c'))).toContain('the Pods of a.b/c run')
    expect(why(main())).toContain('the Ingress has no class')
  })

  it('says of a policy that it may or may not let it in, and assumes nothing of its address', () => {
    const { endpoints = [], assumptions } = ask(world(main('acme'), edge), URL)
    const [step] = endpoints.flatMap(({ steps }) => steps.filter(one => one.step === 'ingress'))
    expect(step?.message).toMatch(/ingress\[0\] .*: whether it matches is not known$/)
    expect(assumptions.map(({ code }) => code)).not.toContain('ASSUMED_CLIENT_IP')
  })

  it('on other ports than the usual ones it is not known to listen', () => {
    expectRows(world(main('acme')), [
      [`internet -> https://${HOST}/`, 'yes'],
      [`internet -> http://${HOST}:8080/`, 'undetermined', 'UNDETERMINED_CONTROLLER_PORT'],
    ])
  })

  it('--ingress-controller NAMESPACE/LABELS names it, in the input or not', () => {
    const options = { ingressController: 'edge/app=router,tier=front' }
    const toRouter = (labels: Json) =>
      letsIn({ ...inNamespace('edge'), podSelector: { matchLabels: labels } })
    expectRows(world(main('acme'), edge), [[URL, 'yes']], options)
    expectRows(world(main('acme'), toRouter({ tier: 'front' })), [[URL, 'yes']], options)
    expectRows(world(main('acme'), toRouter({ tier: 'back' })), [[URL, 'no', 'DENIED_BY_INGRESS']], options)
    expectRows(world(main('acme'), letsInNamespace('kong')), [[URL, 'no', 'DENIED_BY_INGRESS']], options)
    const there = pod('edge/r', { app: 'router', tier: 'front', zone: 'a' })
    const answer = ask(world(main('acme'), there, toRouter({ zone: 'a' })), URL, options)
    expect([answer.verdict, answer.endpoints?.[0]?.from.id]).toEqual(['yes', 'edge/r'])
    expect(codes(world(main('acme'), there), URL, options)).not.toContain('ASSUMED_INGRESS_CONTROLLER')
    expect(codes(world(main('acme')), URL, options)).toContain('ASSUMED_INGRESS_CONTROLLER')
    expect(() => ask(world(main('acme')), URL, { ingressController: 'edge/app=' + '!' })).toThrow(
      'invalid label',
    )
  })

  it('its labels may have a domain, as the charts of most controllers have', () => {
    const options = { ingressController: 'edge/app.kubernetes.io/name=router' }
    expectRows(world(main('acme'), edge), [[URL, 'yes']], options)
  })
})
