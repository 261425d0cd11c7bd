import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, loadWith, node, pod, policy } from './ask.ts'
import { app, HOST, ingress, ingressClass, rule } from './ingress-world.ts'

/* Controllers whose proxies are no Pods, product by product. */

type Word = 'yes' | 'no' | 'undetermined'
const OPEN = 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'
const URL = `internet -> http://${HOST}/`
const from = (...peers: readonly Json[]) => policy('shop/api', { ingress: [{ from: peers }] })
const main = (className?: string, annotations: Json = {}) =>
  ingress(
    'main',
    { ingressClassName: className, rules: [rule(HOST, ['/', 'api'])] },
    { annotations: { ...(className === 'alb' && FACING), ...annotations } },
  )
const FACING = { 'alb.ingress.kubernetes.io/scheme': 'internet-facing' }

it("a backend of AWS' load balancer may be an action that an annotation says, and no Service", () => {
  const action = (className: string) =>
    ingress(
      'main',
      { ingressClassName: className, rules: [rule(HOST, ['/', 'ssl-redirect:use-annotation'])] },
      { annotations: { ...FACING, 'alb.ingress.kubernetes.io/actions.ssl-redirect': '{}' } },
    )
  const answer = ask(load(...app('api'), action('alb')), URL)
  expect([answer.verdict, answer.message]).toEqual([
    'undetermined',
    'the backend is alb.ingress.kubernetes.io/actions.ssl-redirect, which only its controller knows',
  ])
  expectRows(load(...app('api'), action('nginx')), [[URL, 'no']])
})

/* kubernetes-sigs.github.io/aws-load-balancer-controller, Ingress annotations: target-type is `instance` by default, and that needs a node port. */
describe("AWS' load balancer dials Pods, or ports of their nodes", () => {
  const TYPE = 'alb.ingress.kubernetes.io/target-type'
  const target = (value?: string): Json => (value === undefined ? {} : { [TYPE]: value })
  const front = (type: string, annotations: Json = {}, spec: Json = {}): Json => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'shop', name: 'api', annotations },
    spec: { type, selector: { app: 'api' }, ports: [{ port: 80, targetPort: 5678 }], ...spec },
  })
  const backend = pod('shop/api', { app: 'api' })
  const nodes = [node('n1', '10.1.0.1')]
  const withParameters = {
    ...ingressClass('alb', 'ingress.k8s.aws/alb'),
    spec: {
      controller: 'ingress.k8s.aws/alb',
      parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'a' },
    },
  }
  const block = (cidr: string) => from({ ipBlock: { cidr } })
  it.each<[string, readonly Json[], Word, string]>([
    ['instance, ClusterIP', [main('alb', target('instance')), front('ClusterIP')], 'no', 'BACKEND_UNUSABLE'],
    [
      'instance, headless',
      [main('alb', target('instance')), front('ClusterIP', {}, { clusterIP: 'None' })],
      'no',
      'BACKEND_UNUSABLE',
    ],
    ['instance, NodePort', [main('alb', target('instance')), front('NodePort')], 'yes', OPEN],
    ['instance, LoadBalancer', [main('alb', target('instance')), front('LoadBalancer')], 'yes', OPEN],
    ['ip, ClusterIP', [main('alb', target('ip')), front('ClusterIP')], 'yes', OPEN],
    ['of the Service: ip', [main('alb', target('instance')), front('ClusterIP', target('ip'))], 'yes', OPEN],
    [
      'of the Service: instance',
      [main('alb', target('ip')), front('ClusterIP', target('instance'))],
      'no',
      'BACKEND_UNUSABLE',
    ],
    ['not written, ClusterIP', [main('alb'), front('ClusterIP')], 'undetermined', 'UNDETERMINED_BACKEND'],
    ['not written, NodePort', [main('alb'), front('NodePort')], 'yes', OPEN],
    [
      'not written, and policies deny',
      [main('alb'), front('ClusterIP'), policy('shop/api', {})],
      'no',
      'DENIED_BY_INGRESS',
    ],
    ['of another controller', [main('nginx', target('instance')), front('ClusterIP')], 'yes', OPEN],
    [
      'ip: policies see an unknown address',
      [main('alb', target('ip')), front('NodePort'), ...nodes, block('10.1.0.0/16')],
      'undetermined',
      'UNDETERMINED_ADDRESS',
    ],
    [
      'instance: policies see the node',
      [main('alb', target('instance')), front('NodePort'), ...nodes, block('10.1.0.0/16')],
      'yes',
      'ALLOWED_BY_RULE',
    ],
    [
      'instance, Local: policies see an unknown address',
      [
        main('alb', target('instance')),
        front('NodePort', {}, { externalTrafficPolicy: 'Local' }),
        ...nodes,
        block('10.1.0.0/16'),
      ],
      'undetermined',
      'UNDETERMINED_ADDRESS',
    ],
  ])('%s', (_, objects, verdict, reason) => expectRows(load(backend, ...objects), [[URL, verdict, reason]]))

  it('by parameters of the class, which decide about clients of the internet as well', () =>
    expectRows(load(backend, main('alb', target('instance')), front('ClusterIP'), withParameters), [
      [URL.replace('internet', '10.0.0.9'), 'undetermined', 'UNDETERMINED_BACKEND'],
      [URL, 'undetermined', 'UNDETERMINED_ROUTE'],
    ]))

  it.each([
    [
      target('instance'),
      `${TYPE}: instance requires a Service of type NodePort or LoadBalancer, but Service shop/api is of type ClusterIP`,
    ],
    [{}, `only with ${TYPE}: ip, which neither it nor the Ingress sets`],
  ])('the answer names the annotation', (annotations, expected) =>
    expect(ask(load(backend, main('alb', annotations), front('ClusterIP')), URL).message).toContain(expected),
  )
})

/* docs.cilium.io, Kubernetes Ingress Support: the identity of its proxy is `reserved:ingress`. */
describe("Cilium's own controller: no block and no selector matches its proxy", () => {
  const block = (cidr: string) => from({ ipBlock: { cidr } })
  const SERVED = [
    [main('cilium')],
    [main('edge'), ingressClass('edge', 'cilium.io/ingress-controller')],
    [main(undefined, { 'ingress.cilium.io/force-https': 'enabled' })],
  ]
  it.each<[string, Json, 'yes' | 'no', string]>([
    ['any IPv4 address', block('0.0.0.0/0'), 'no', 'DENIED_BY_INGRESS'],
    [
      'any address',
      from({ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }),
      'no',
      'DENIED_BY_INGRESS',
    ],
    ['the nodes', block('10.1.0.0/16'), 'no', 'DENIED_BY_INGRESS'],
    ['the Pods of every namespace', from({ namespaceSelector: {} }), 'no', 'DENIED_BY_INGRESS'],
    ['every source', policy('shop/api', { ingress: [{}] }), 'yes', 'ALLOWED_BY_RULE'],
    ['another Pod is isolated', policy('shop/web', {}), 'yes', 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'],
  ])('%s', (_, allowing, verdict, reason) => {
    for (const cni of [undefined, 'cilium'])
      for (const served of SERVED)
        expectRows(loadWith(cni, ...app('api'), ...served, node('n1', '10.1.0.1'), allowing), [
          [URL, verdict, reason],
        ])
  })

  it('the answer says so, and nothing of a node', () => {
    const answer = ask(loadWith('cilium', ...app('api'), main('cilium'), block('0.0.0.0/0')), URL)
    expect(answer.assumptions.map(({ message }) => message)).toEqual([
      "assuming requests come from Cilium's proxy on a node, which no ipBlock and no selector of a NetworkPolicy matches",
    ])
    expect(answer.message).toContain(
      "matches addresses outside the cluster only, and Cilium's proxy on a node is inside",
    )
  })
})
