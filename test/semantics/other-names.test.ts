import { describe, expect, it } from 'vitest'
import {
  codes,
  expectRows,
  type Json,
  load,
  namespace,
  node,
  pod,
  policy,
  type Rows,
  service,
} from './ask.ts'

/* Names outside the cluster, other domains, and what is no name. */

const open = 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'
const missing = 'NAME_NOT_FOUND'
const full = 'web.shop.svc.cluster.local'

const world = (...more: readonly Json[]) =>
  load(
    pod('shop/client', { app: 'client' }),
    pod('other/client', { app: 'client' }),
    pod('shop/web-1', { app: 'web' }),
    service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80 }] }),
    ...more,
  )

describe('names outside the cluster', () => {
  const egress = (...to: readonly Json[]) =>
    policy('shop/client', {
      policyTypes: ['Egress'],
      egress: [{ to }, { ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }],
    })
  const block = (cidr: string, ...except: readonly string[]): Json => ({ ipBlock: { cidr, except } })

  it.each<[string, Json, 'yes' | 'no' | 'undetermined']>([
    ['every address', block('0.0.0.0/0'), 'yes'],
    [
      'every address but private ones',
      block('0.0.0.0/0', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'),
      'yes',
    ],
    ['private addresses', block('10.0.0.0/8'), 'no'],
    ['some public addresses', block('8.8.8.0/24'), 'undetermined'],
    ['Pods', { namespaceSelector: {} }, 'no'],
  ])('are public addresses: with a rule for %s', (_, peer, verdict) => {
    const question = 'shop/client -> https://www.example.com'
    expectRows(world(egress(peer)), [[question, verdict]])
    expect(codes(world(egress(peer)), question)).toContain('ASSUMED_OUTSIDE_NAME')
  })
})

describe('the name of a load balancer (`status.loadBalancer`)', () => {
  const name = 'x.elb.amazonaws.com'
  const balancer = (annotations: Json = {}, selector: Json = { app: 'web' }): Json => ({
    ...service('shop/lb', { type: 'LoadBalancer', selector, ports: [{ port: 80, targetPort: 8080 }] }),
    metadata: { namespace: 'shop', name: 'lb', annotations },
    status: { loadBalancer: { ingress: [{ hostname: 'X.elb.amazonaws.com' }] } },
  })
  const internal = { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' }
  const fromClient = policy('shop/web', {
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }] }],
  })
  const out = (...except: readonly string[]) =>
    policy('shop/client', {
      policyTypes: ['Egress'],
      egress: [
        { to: [{ ipBlock: { cidr: '0.0.0.0/0', except } }] },
        { ports: [{ port: 53, protocol: 'UDP' }] },
      ],
    })
  const none = policy('shop/client', {
    policyTypes: ['Egress'],
    egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }],
  })
  it.each<[string, readonly Json[], Rows]>([
    [
      'leads to the Service',
      [balancer()],
      [
        [`internet -> http://${name}/`, 'yes'],
        [`internet -> ${name}:80`, 'yes'],
        [`internet -> ${name}:81`, 'no', 'SERVICE_PORT_UNKNOWN'],
        [`shop/client -> http://${name}/`, 'yes'],
        [`shop/client -> ${name}:80`, 'yes'],
      ],
    ],
    [
      'through which a Pod is no Pod',
      [balancer(), fromClient],
      [[`shop/client -> ${name}:80`, 'no', 'DENIED_BY_INGRESS']],
    ],
    [
      'to which a Pod has to get out',
      [balancer(), none],
      [[`shop/client -> ${name}:80`, 'no', 'DENIED_BY_EGRESS']],
    ],
    ['which is public', [balancer(), out('10.0.0.0/8')], [[`shop/client -> ${name}:80`, 'yes']]],
    [
      'or not',
      [balancer(internal), out('10.0.0.0/8')],
      [
        [`shop/client -> ${name}:80`, 'undetermined'],
        [`internet -> ${name}:80`, 'no', 'SERVICE_NOT_EXPOSED'],
      ],
    ],
    [
      'without Pods',
      [balancer({}, { app: 'none' })],
      [[`shop/client -> ${name}:80`, 'no', 'SERVICE_HAS_NO_ENDPOINTS']],
    ],
  ])('%s', (_, objects, rows) => expectRows(world(...objects), rows))
})

describe('names that were meant for the cluster', () => {
  it.each([
    ['S-230 a name of a service and a protocol', '_http._tcp.web.shop:80'],
    ['a name below a Service', 'a.b.web.shop:80'],
    ['a slip in the namespace', 'web.shpo:80'],
    ['a slip in both', 'webb.shpo:80'],
    ['three labels of which the last is a namespace', 'v1.web2.shop:80'],
    ['three labels of which the last is a Service', 'v1.shop.web:80'],
  ])('%s is none of the world outside', (_, name) => {
    expectRows(world(), [[`other/client -> ${name}`, 'no', missing]])
  })

  it('what is like no Service may be outside', () => {
    expectRows(world(), [['other/client -> example.com:80', 'yes']])
  })
})

describe('the name of the client itself', () => {
  it('is in its /etc/hosts, but for a Pod on the network of its node, which has the node’s (S-233)', () => {
    const onHost = world(pod('shop/agent', {}, { spec: { hostNetwork: true } }))
    expectRows(onHost, [
      ['shop/client -> client:80', 'yes'],
      ['shop/agent -> agent:80', 'no', missing],
    ])
  })
})

describe('the cluster’s own domain', () => {
  it('is set by an option; names with another one do not resolve', () => {
    const rows: Rows = [
      ['other/client -> web.shop.svc.k8s.example:80', 'yes', open],
      ['other/client -> web.shop.svc:80', 'yes', open],
      [`other/client -> ${full}:80`, 'no', missing],
    ]
    expectRows(world(), rows, { clusterDomain: 'k8s.example' })
    expectRows(world(), [['other/client -> web.shop.svc.k8s.example:80', 'no', missing]])
  })
})

describe('what stands in the place of a name', () => {
  it('with a port, a Service of the namespace asked for is still a name, which has to resolve', () => {
    const two = [
      { ...pod('default/web', { app: 'web' }) },
      service('default/web', { selector: { app: 'web' }, ports: [{ port: 80 }] }),
    ]
    expectRows(load(...two, pod('other/client')), [
      ['other/client -> web:80', 'no', missing],
      ['other/client -> pod/web:80', 'yes', open],
      ['other/client -> svc/web:80', 'yes', open],
      ['other/client -> web', 'yes', open],
    ])
  })

  it('a word with a port is a Pod where no Service is called so, and the answer says so', () => {
    const pods = load(pod('default/a'), pod('default/b'), namespace('default'))
    expectRows(pods, [['a -> b:80', 'yes']])
    expect(codes(pods, 'a -> b:80')).toContain('ASSUMED_OBJECT')
    expect(codes(pods, 'a -> pod/b:80')).not.toContain('ASSUMED_OBJECT')
  })

  it.each<[string, Json, string]>([
    [
      'a workload without Pods',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'none', namespace: 'shop' },
        spec: {
          replicas: 0,
          selector: { matchLabels: { app: 'n' } },
          template: { metadata: { labels: { app: 'n' } }, spec: { containers: [] } },
        },
      },
      'WORKLOAD_HAS_NO_PODS',
    ],
    [
      'a Pod that has finished',
      pod('shop/none', {}, { status: { phase: 'Succeeded' } }),
      'POD_HAS_TERMINATED',
    ],
  ])('%s looks nothing up', (_, source, reason) => {
    expectRows(world(source), [['shop/none -> http://web', 'no', reason]])
  })

  it('a node looks up no names of the cluster', () => {
    expectRows(world(node('n1', '192.168.0.1')), [[`node/n1 -> http://${full}`, 'no', missing]])
  })
})

describe('what is no name', () => {
  it.each(['10.0.0.300:80', '256.1.1.1', '1.2.3:80', ':80', 'web:80:90'])('%s is an error', to => {
    expect(() => codes(world(), `shop/client -> ${to}`)).toThrow('is no name, address or URL')
  })

  it('S-044 a loopback address is the Pod itself', () => {
    const closed = policy('shop/client', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
    expectRows(world(closed), [
      ['shop/client -> 127.0.0.1:80', 'yes', 'SELF_TRAFFIC'],
      ['shop/client -> localhost:80', 'yes', 'SELF_TRAFFIC'],
    ])
  })
})
