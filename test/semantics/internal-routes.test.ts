import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load } from './ask.ts'
import { gateway, world as gatewayWorld, route, to } from './gateway-world.ts'
import { ALB, facing, HOST, ingress, ingressClass, main, rule, onNodePorts as shop } from './ingress-world.ts'

/* Load balancers of Ingresses and Gateways that clients of the internet do not reach, product by product. */

type Word = 'yes' | 'no' | 'undetermined'
const URL = `http://${HOST}/`
const ip = { [`${ALB}/target-type`]: 'ip' }
const NOT_EXPOSED = 'SERVICE_NOT_EXPOSED'

describe('load balancers without an address in the internet', () => {
  const group = { [`${ALB}/group.name`]: 'shared' }
  const other = (annotations: Json) =>
    ingress(
      'other',
      { ingressClassName: 'alb', rules: [rule('other.example.com', ['/', 'api'])] },
      { annotations },
    )
  const withParameters = {
    ...ingressClass('alb', 'ingress.k8s.aws/alb'),
    spec: { controller: 'ingress.k8s.aws/alb', parameters: { kind: 'IngressClassParams', name: 'a' } },
  }
  it.each<[string, readonly Json[], internet: Word, reason?: string]>([
    ['AWS', [main('alb', { ...ip, [`${ALB}/scheme`]: 'internal' })], 'no', NOT_EXPOSED],
    ['AWS, which is internal by default', [main('alb', ip)], 'no', NOT_EXPOSED],
    ['AWS, facing the internet', [main('alb', facing)], 'yes'],
    [
      'AWS, of another Ingress of the group',
      [main('alb', { ...ip, ...group }), other({ ...facing, ...group })],
      'yes',
    ],
    ['AWS, of another group', [main('alb', ip), other({ ...facing, ...group })], 'no', NOT_EXPOSED],
    [
      'AWS, of a group that may have others',
      [main('alb', { ...ip, ...group })],
      'undetermined',
      'UNDETERMINED_ROUTE',
    ],
    [
      'AWS, by parameters of the class',
      [main('alb', facing), withParameters],
      'undetermined',
      'UNDETERMINED_ROUTE',
    ],
    ['of another controller', [main('nginx', { [`${ALB}/scheme`]: 'internal' })], 'yes'],
    ['Google Cloud', [main('gce-internal', {})], 'no', NOT_EXPOSED],
    [
      'Google Cloud, by the annotation of old',
      [
        ingress(
          'main',
          { ingressClassName: undefined, rules: [rule(HOST, ['/', 'api'])] },
          { annotations: { 'kubernetes.io/ingress.class': 'gce-internal' } },
        ),
      ],
      'no',
      NOT_EXPOSED,
    ],
    ['Google Cloud, facing the internet', [main('gce', {})], 'yes'],
    [
      'Azure',
      [main('azure-application-gateway', { 'appgw.ingress.kubernetes.io/use-private-ip': 'true' })],
      'no',
      NOT_EXPOSED,
    ],
    [
      'Azure, facing the internet',
      [main('azure-application-gateway', { 'appgw.ingress.kubernetes.io/use-private-ip': 'false' })],
      'yes',
    ],
  ])('%s', (_, objects, verdict, reason) => {
    const world = load(...shop, ...objects)
    for (const from of ['internet', '8.8.8.8']) {
      const answer = ask(world, `${from} -> ${URL}`)
      expect([from, answer.verdict, reason && answer.reason]).toEqual([from, verdict, reason])
    }
    // The private network, the cluster.
    for (const from of ['10.0.0.9', 'shop/client'])
      expect([from, ask(world, `${from} -> ${URL}`).verdict]).toEqual([from, 'yes'])
  })

  it('a block is all of its addresses', () =>
    expectRows(load(...shop, main('gce-internal', {})), [
      [`0.0.0.0/0 -> ${URL}`, 'partial'],
      [`8.0.0.0/8 -> ${URL}`, 'no', NOT_EXPOSED],
      [`10.1.0.0/16 -> ${URL}`, 'yes'],
    ]))

  it.each<[className: string, Word]>([
    ['gke-l7-rilb', 'no'],
    ['gke-l7-rilb-mc', 'no'],
    ['gke-l7-cross-regional-internal-managed-mc', 'no'],
    ['amazon-vpc-lattice', 'no'],
    ['gke-l7-gxlb', 'yes'],
  ])('of a Gateway: %s', (className, verdict) => {
    const world = gatewayWorld(gateway({}, { gatewayClassName: className }), route('shop/r', [to('api')]))
    expectRows(world, [
      [`internet -> ${URL}`, verdict],
      [`10.0.0.9 -> ${URL}`, 'yes'],
    ])
  })

  it('of a Gateway, whose parameters say it', () =>
    expectRows(
      gatewayWorld(gateway({}, { gatewayClassName: 'aws-alb-gateway-class' }), route('shop/r', [to('api')])),
      [[`internet -> ${URL}`, 'undetermined', 'UNDETERMINED_ROUTE']],
    ))

  it('the answer says so', () => {
    const { message, symptom } = ask(load(...shop, main('gce-internal', {})), `internet -> ${URL}`)
    expect([message, symptom]).toEqual([
      'the load balancer of shop/ingress/main is internal (IngressClass gce-internal): it has no address in the internet',
      'connection times out',
    ])
  })
})
