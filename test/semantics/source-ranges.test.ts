import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, node, pod, policy, type Rows, service } from './ask.ts'

/* S-064: whom the `loadBalancerSourceRanges` of a Service keep out. */

const web = [
  pod('shop/client', { app: 'client' }),
  pod('shop/web', { app: 'web' }),
  node('n1', '192.168.0.1'),
]
const balancer = (range: string, spec: Json = {}): Json => ({
  ...service('shop/front', {
    type: 'LoadBalancer',
    loadBalancerSourceRanges: [range],
    selector: { app: 'web' },
    ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
    ...spec,
  }),
  status: { loadBalancer: { ingress: [{ ip: '198.51.100.5' }] } },
})
const office = balancer('203.0.113.0/24')
const PLUGIN = 'UNDETERMINED_CNI_BEHAVIOUR'

describe('the source ranges of a load balancer', () => {
  it.each<[string, readonly Json[], Rows]>([
    [
      'let in some addresses only',
      [office],
      [
        ['203.0.113.7 -> shop/svc/front:80', 'yes'],
        ['198.51.100.77 -> shop/svc/front:80', 'no', 'OUTSIDE_SOURCE_RANGES'],
        ['internet -> shop/svc/front:80', 'partial', 'ENDPOINTS_DIFFER'],
      ],
    ],
    [
      'are nothing to ports of nodes',
      [office],
      [
        ['198.51.100.77 -> node/n1:30080', 'yes'],
        ['198.51.100.77 -> shop/svc/front:30080', 'yes'],
      ],
    ],
    [
      'are nothing to externalIPs',
      [balancer('203.0.113.0/24', { externalIPs: ['198.51.100.9'] })],
      [
        ['198.51.100.77 -> 198.51.100.9:80', 'yes'],
        ['internet -> 198.51.100.9:80', 'yes'],
        ['shop/client -> 198.51.100.9:80', 'yes'],
        ['node/n1 -> 198.51.100.9:80', 'yes'],
        ['198.51.100.77 -> 198.51.100.5:80', 'no', 'OUTSIDE_SOURCE_RANGES'],
        ['shop/client -> 198.51.100.5:80', 'undetermined', PLUGIN],
        // Either of the two.
        ['198.51.100.77 -> shop/svc/front:80', 'yes'],
      ],
    ],
    [
      'are nothing to an address that is both',
      [balancer('203.0.113.0/24', { externalIPs: ['198.51.100.5'] })],
      [['198.51.100.77 -> 198.51.100.5:80', 'yes']],
    ],
    ['are nothing to the ClusterIP', [office], [['shop/client -> shop/svc/front:80', 'yes']]],
    [
      'may keep out who dials it in the cluster',
      [office],
      [
        ['shop/client -> 198.51.100.5:80', 'undetermined', PLUGIN],
        ['node/n1 -> 198.51.100.5:80', 'undetermined', PLUGIN],
      ],
    ],
    ['that has one of the addresses', [balancer('192.168.0.0/24')], [['node/n1 -> 198.51.100.5:80', 'yes']]],
    [
      'unless a policy denies',
      [office, policy('shop/web', {})],
      [['shop/client -> 198.51.100.5:80', 'no', 'DENIED_BY_INGRESS']],
    ],
  ])('%s', (_, objects, rows) => expectRows(load(...web, ...objects), rows))

  it('a client in the cluster is told that it hangs on the plugin', () =>
    expect(ask(load(...web, office), 'shop/client -> 198.51.100.5:80').message).toBe(
      'open if the network plugin lets shop/client pass the loadBalancerSourceRanges of a load balancer that is dialed in the cluster, as Cilium does and kube-proxy does not; else the load balancer of Service front lets in its loadBalancerSourceRanges only',
    ))
})

describe('annotations by which a load balancer may limit its clients', () => {
  const BETA = 'service.beta.kubernetes.io'
  const annotated = (annotations: Json, spec: Json = {}): Json => ({
    ...balancer('', { loadBalancerSourceRanges: undefined, ...spec }),
    metadata: { namespace: 'shop', name: 'front', annotations },
  })
  it.each<[string, Json, Rows]>([
    [
      'keep to clients outside, and to the load balancer',
      annotated({ [`${BETA}/load-balancer-source-ranges`]: '203.0.113.0/24' }),
      [
        ['internet -> shop/svc/front:80', 'undetermined', 'UNDETERMINED_ROUTE'],
        ['203.0.113.7 -> 198.51.100.5:80', 'undetermined', 'UNDETERMINED_ROUTE'],
        ['internet -> node/n1:30080', 'yes'],
        ['shop/client -> shop/svc/front:80', 'yes'],
        ['shop/client -> 198.51.100.5:80', 'yes'],
      ],
    ],
    [
      'come after loadBalancerSourceRanges',
      annotated(
        { [`${BETA}/load-balancer-source-ranges`]: '192.0.2.0/24' },
        { loadBalancerSourceRanges: ['203.0.113.0/24'] },
      ),
      [['203.0.113.7 -> shop/svc/front:80', 'yes']],
    ],
    [
      'of a Service that has none',
      annotated({ [`${BETA}/load-balancer-source-ranges`]: '203.0.113.0/24' }, { type: 'NodePort' }),
      [['internet -> shop/svc/front:80', 'yes']],
    ],
    [
      'that are empty',
      annotated({ [`${BETA}/azure-allowed-ip-ranges`]: '' }),
      [['internet -> shop/svc/front:80', 'yes']],
    ],
    [
      'that are about something else',
      annotated({ [`${BETA}/aws-load-balancer-nlb-target-type`]: 'ip' }),
      [['internet -> shop/svc/front:80', 'yes']],
    ],
  ])('%s', (_, service, rows) => expectRows(load(...web, service), rows))

  it('are named', () => {
    const groups = annotated({ [`${BETA}/aws-load-balancer-security-groups`]: 'sg-1' })
    expect(ask(load(...web, groups), 'internet -> shop/svc/front:80').message).toBe(
      `whether shop/front admits this client depends on ${BETA}/aws-load-balancer-security-groups, which netpol does not read`,
    )
  })
})
