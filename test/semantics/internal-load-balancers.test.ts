import { describe, expect, it } from 'vitest'
import { sourcesReport } from '../../src/questions/who-can-reach/who-can-reach.ts'
import { ask, expectRows, type Json, load, pod, service } from './ask.ts'

/* S-064 to S-066: load balancers without an address in the internet. */

const world = (...objects: readonly Json[]) => load(pod('shop/client', { app: 'client' }), ...objects)
const front = (spec: Json): Json =>
  service('shop/front', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec })

describe('an internal load balancer', () => {
  const pods = pod('shop/web', { app: 'web' })
  const annotated = (annotations: Json, spec: Json = { type: 'LoadBalancer' }): Json => ({
    ...front(spec),
    metadata: { namespace: 'shop', name: 'front', annotations },
    status: { loadBalancer: { ingress: [{ ip: '10.128.0.5' }] } },
  })
  it.each<[string, Json, 'yes' | 'no']>([
    ['of GKE', annotated({ 'networking.gke.io/load-balancer-type': 'Internal' }), 'no'],
    ['of AWS', annotated({ 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' }), 'no'],
    [
      'of the AWS controller',
      annotated({ 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' }),
      'no',
    ],
    ['of Azure', annotated({ 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }), 'no'],
    [
      'that is said to be none',
      annotated({ 'service.beta.kubernetes.io/azure-load-balancer-internal': 'false' }),
      'yes',
    ],
    [
      'of the AWS controller that faces the internet',
      annotated({ 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' }),
      'yes',
    ],
    [
      'of the AWS controller, where nothing else is said',
      annotated({ 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' }),
      'no',
    ],
    [
      'of the AWS controller by its class',
      annotated({}, { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' }),
      'no',
    ],
    [
      'of the AWS controller, which faces the internet by its class',
      annotated(
        { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
        { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' },
      ),
      'yes',
    ],
    [
      "of the cloud provider's own controller",
      annotated({ 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' }),
      'yes',
    ],
    [
      'of Tencent Cloud',
      annotated({ 'service.kubernetes.io/qcloud-loadbalancer-internal-subnetid': 'subnet-1' }),
      'no',
    ],
    [
      'of Baidu Cloud',
      annotated({ 'service.beta.kubernetes.io/cce-load-balancer-internal-vpc': 'true' }),
      'no',
    ],
    ['of Hetzner', annotated({ 'load-balancer.hetzner.cloud/disable-public-network': 'true' }), 'no'],
    [
      'of Hetzner, with a public network',
      annotated({ 'load-balancer.hetzner.cloud/disable-public-network': 'false' }),
      'yes',
    ],
    [
      'of DigitalOcean',
      annotated({ 'service.beta.kubernetes.io/do-loadbalancer-network': 'INTERNAL' }),
      'no',
    ],
    ['with other annotations', annotated({ a: 'internal' }), 'yes'],
    [
      'an annotation on a NodePort means nothing',
      annotated({ 'networking.gke.io/load-balancer-type': 'Internal' }, { type: 'NodePort' }),
      'yes',
    ],
  ])('%s', (_, object, verdict) => {
    const loaded = world(pods, object)
    for (const from of ['internet', '8.8.8.8'])
      expect(ask(loaded, `${from} -> shop/svc/front:80`).verdict).toBe(verdict)
    // The private network, the cluster.
    for (const from of ['10.0.0.9', 'shop/client'])
      expect(ask(loaded, `${from} -> shop/svc/front:80`).verdict).toBe('yes')
    const { sources } = sourcesReport(loaded, {
      to: 'shop/svc/front',
      port: undefined,
      protocol: undefined,
      namespace: 'default',
      selector: undefined,
      by: 'pod',
    })
    const outside = [...sources].filter(({ from }) => from.kind === 'External').map(({ from }) => from.cidrs)
    expect(outside).toEqual(
      verdict === 'yes'
        ? [['0.0.0.0/0', '::/0']]
        : [['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']],
    )
  })

  const internal = annotated({ 'networking.gke.io/load-balancer-type': 'Internal' })
  const ranges = annotated(
    { 'networking.gke.io/load-balancer-type': 'Internal' },
    { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/9', '8.8.8.0/24'] },
  )
  it.each<[string, Json, from: string, 'yes' | 'no' | 'partial', reason?: string]>([
    ['a block is all of its addresses', internal, '0.0.0.0/0', 'partial'],
    ['a block with private and public ones', internal, '8.0.0.0/6', 'partial'],
    ['a public block', internal, '8.0.0.0/8', 'no', 'SERVICE_NOT_EXPOSED'],
    ['a private block', internal, '10.1.0.0/16', 'yes'],
    ['a private client that its ranges admit', ranges, '10.1.0.1', 'yes'],
    ['a private client that they refuse', ranges, '10.129.0.1', 'no', 'OUTSIDE_SOURCE_RANGES'],
    ['a public client that they admit', ranges, '8.8.8.8', 'no', 'SERVICE_NOT_EXPOSED'],
    ['a block that both admit in part', ranges, '10.0.0.0/8', 'partial'],
  ])('%s', (_, object, from, verdict, reason) =>
    expectRows(world(pods, object), [
      reason === undefined
        ? [`${from} -> shop/svc/front:80`, verdict]
        : [`${from} -> shop/svc/front:80`, verdict, reason],
    ]),
  )
})
