import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, pod, policy, service } from './ask.ts'
import { ALB, facing, HOST, ingress, ingressClass, main, rule, onNodePorts as shop } from './ingress-world.ts'

/* Which clients outside a controller admits before any policy, product by product. */

type Word = 'yes' | 'no' | 'undetermined'
const URL = `http://${HOST}/`

describe('clients that annotations admit', () => {
  const proxy = (namespace: string, labels: Json): readonly Json[] => [
    pod(`${namespace}/c`, labels, { ports: [{ name: 'http', containerPort: 80 }] }),
    service(`${namespace}/c`, {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      selector: labels,
      ports: [{ port: 80, targetPort: 'http' }],
    }),
  ]
  const haproxy = proxy('haproxy-controller', { 'app.kubernetes.io/name': 'kubernetes-ingress' })
  const haproxyIngress = proxy('ingress-controller', { 'app.kubernetes.io/name': 'haproxy-ingress' })
  const apisix = proxy('ingress-apisix', { 'app.kubernetes.io/name': 'apisix' })
  const APISIX = 'apisix.apache.org/apisix-ingress'
  const router = proxy('openshift-ingress', {
    'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default',
  })
  const withClass = (controller: string, annotations: Json): readonly Json[] => [
    ingressClass('edge', controller),
    main('edge', annotations),
  ]
  const openshiftRoute = (annotations: Json, spec: Json = {}): Json => ({
    apiVersion: 'route.openshift.io/v1',
    kind: 'Route',
    metadata: { namespace: 'shop', name: 'r', annotations },
    spec: { host: HOST, to: { kind: 'Service', name: 'api' }, ...spec },
  })
  const HAPROXY = 'haproxy.org/ingress-controller'
  const HAPROXY_INGRESS = 'haproxy-ingress.github.io/controller'
  const IP_LIST = 'haproxy.router.openshift.io/ip_allowlist'
  const WHITE = '10.0.0.0/8,203.0.113.7'
  const cidrs = { [`${ALB}/inbound-cidrs`]: WHITE }
  it.each<[string, readonly Json[], admitted: Word, refused: Word]>([
    ['AWS', [main('alb', { ...facing, ...cidrs })], 'yes', 'no'],
    [
      'AWS, with security groups',
      [main('alb', { ...facing, ...cidrs, [`${ALB}/security-groups`]: 'sg-1' })],
      'undetermined',
      'undetermined',
    ],
    ['HAProxy', [...haproxy, ...withClass(HAPROXY, { 'haproxy.org/allow-list': WHITE })], 'yes', 'no'],
    [
      'HAProxy, as it was called',
      [...haproxy, ...withClass(HAPROXY, { 'haproxy.org/whitelist': WHITE })],
      'yes',
      'no',
    ],
    [
      'HAProxy, denying',
      [...haproxy, ...withClass(HAPROXY, { 'haproxy.org/deny-list': '192.0.2.0/24' })],
      'yes',
      'no',
    ],
    [
      'HAProxy, denying, as it was called',
      [...haproxy, ...withClass(HAPROXY, { 'haproxy.org/blacklist': '192.0.2.0/24' })],
      'yes',
      'no',
    ],
    [
      'HAProxy, a file of patterns',
      [...haproxy, ...withClass(HAPROXY, { 'haproxy.org/allow-list': 'patterns/ips' })],
      'undetermined',
      'undetermined',
    ],
    [
      'HAProxy, not in the input',
      withClass(HAPROXY, { 'haproxy.org/allow-list': WHITE }),
      'undetermined',
      'undetermined',
    ],
    [
      'HAProxy Ingress',
      [
        ...haproxyIngress,
        ...withClass(HAPROXY_INGRESS, { 'haproxy-ingress.github.io/allowlist-source-range': WHITE }),
      ],
      'yes',
      'no',
    ],
    [
      'HAProxy Ingress, denying',
      [
        ...haproxyIngress,
        ...withClass(HAPROXY_INGRESS, { 'haproxy-ingress.github.io/denylist-source-range': '192.0.2.0/24' }),
      ],
      'yes',
      'no',
    ],
    [
      'APISIX',
      [...apisix, ...withClass(APISIX, { 'k8s.apisix.apache.org/allowlist-source-range': WHITE })],
      'yes',
      'no',
    ],
    [
      'APISIX, denying',
      [...apisix, ...withClass(APISIX, { 'k8s.apisix.apache.org/blocklist-source-range': '192.0.2.0/24' })],
      'yes',
      'no',
    ],
    [
      'OpenShift',
      [...router, openshiftRoute({ 'haproxy.router.openshift.io/ip_whitelist': '10.0.0.0/8 203.0.113.7' })],
      'yes',
      'no',
    ],
    [
      'OpenShift, by its other name',
      [...router, openshiftRoute({ 'haproxy.router.openshift.io/ip_allowlist': '10.0.0.0/8  203.0.113.7' })],
      'yes',
      'no',
    ],
    [
      'OpenShift, with commas',
      [...router, openshiftRoute({ 'haproxy.router.openshift.io/ip_whitelist': WHITE })],
      'undetermined',
      'undetermined',
    ],
    [
      'OpenShift, with a redirect',
      [
        ...router,
        openshiftRoute(
          { 'haproxy.router.openshift.io/ip_whitelist': '203.0.113.7' },
          { tls: { termination: 'edge', insecureEdgeTerminationPolicy: 'Redirect' } },
        ),
      ],
      'yes',
      'no',
    ],
    [
      'OpenShift, not in the input',
      [openshiftRoute({ 'haproxy.router.openshift.io/ip_whitelist': '203.0.113.7' })],
      'undetermined',
      'undetermined',
    ],
    [
      'Traefik',
      [main('traefik', { 'traefik.ingress.kubernetes.io/router.middlewares': 'shop-ips@kubernetescrd' })],
      'undetermined',
      'undetermined',
    ],
    [
      'Traefik, without middlewares',
      [main('traefik', { 'traefik.ingress.kubernetes.io/router.tls': 'true' })],
      'yes',
      'yes',
    ],
    ['Kong', [main('kong', { 'konghq.com/plugins': 'ips' })], 'undetermined', 'undetermined'],
    // Whatever address the controller sees, it is of the family of the client.
    ['all of a family, not in the input', [openshiftRoute({ [IP_LIST]: '0.0.0.0/0' })], 'yes', 'yes'],
    ['all of the other family', [openshiftRoute({ [IP_LIST]: '::/0' })], 'undetermined', 'undetermined'],
    [
      'of another controller',
      [main('contour', { 'konghq.com/plugins': 'ips', ...cidrs, 'haproxy.org/allow-list': WHITE })],
      'yes',
      'yes',
    ],
  ])('%s', (_, objects, admitted, refused) =>
    expectRows(load(...shop, ...objects), [
      [`203.0.113.7 -> ${URL}`, admitted],
      [`192.0.2.1 -> ${URL}`, refused],
    ]),
  )

  it('what is not read is named, unless a policy denies', () => {
    const kong = main('kong', { 'konghq.com/plugins': 'ips' })
    expect(ask(load(...shop, kong), `internet -> ${URL}`).message).toBe(
      'whether shop/ingress/main admits this client depends on konghq.com/plugins, which netpol does not read',
    )
    expectRows(load(...shop, kong, policy('shop/api', {})), [
      [`internet -> ${URL}`, 'no', 'DENIED_BY_INGRESS'],
    ])
  })

  it.each<[string, readonly Json[], symptom: string]>([
    ['a proxy answers', [...haproxy, ...withClass(HAPROXY, { 'haproxy.org/allow-list': WHITE })], 'HTTP 403'],
    ['a load balancer does not', [main('alb', { ...facing, ...cidrs })], 'connection times out'],
  ])('%s', (_, objects, symptom) =>
    expect(ask(load(...shop, ...objects), `192.0.2.1 -> ${URL}`).symptom).toBe(symptom),
  )
})

describe('directives of the proxy in annotations, which may keep clients out', () => {
  const NGINX = 'nginx.ingress.kubernetes.io'
  const server = { [`${NGINX}/server-snippet`]: 'location / {\n  deny 192.0.2.0/24;\n}' }
  const ofClass = (controller: string, annotations: Json): readonly Json[] => [
    ingressClass('edge', controller),
    main('edge', annotations),
  ]
  const otherHost = ingress(
    'other',
    { rules: [rule('other.example.com', ['/', 'api'])] },
    { annotations: server },
  )
  it.each<[string, readonly Json[], Word]>([
    ['nginx, for a host', [main('nginx', server)], 'undetermined'],
    [
      'nginx, for a route',
      [main('nginx', { [`${NGINX}/configuration-snippet`]: 'allow 10.0.0.0/8; deny all;' })],
      'undetermined',
    ],
    [
      'nginx, for the host by another Ingress',
      [main('nginx'), main('nginx', server, 'other')],
      'undetermined',
    ],
    ['nginx, for another host', [main('nginx'), otherHost], 'yes'],
    [
      'nginx, for a route of another Ingress',
      [
        main('nginx'),
        ingress(
          'other',
          { rules: [rule(HOST, ['/other', 'api'])] },
          { annotations: { [`${NGINX}/configuration-snippet`]: 'deny all;' } },
        ),
      ],
      'yes',
    ],
    ['of another controller', [main('contour', server)], 'yes'],
    [
      'F5',
      ofClass('nginx.org/ingress-controller', { 'nginx.org/server-snippets': 'deny all;' }),
      'undetermined',
    ],
    [
      'F5, by a policy',
      ofClass('nginx.org/ingress-controller', { 'nginx.org/policies': 'office' }),
      'undetermined',
    ],
    [
      'HAProxy',
      ofClass('haproxy.org/ingress-controller', {
        'haproxy.org/backend-config-snippet': 'http-request deny if !{ src 10.0.0.0/8 }',
      }),
      'undetermined',
    ],
    [
      'HAProxy Ingress',
      ofClass('haproxy-ingress.github.io/controller', {
        'haproxy-ingress.github.io/config-backend': 'tcp-request content reject',
      }),
      'undetermined',
    ],
    ['AWS, a firewall', [main('alb', { ...facing, [`${ALB}/wafv2-acl-arn`]: 'arn:x' })], 'undetermined'],
  ])('%s', (_, objects, verdict) => expectRows(load(...shop, ...objects), [[`192.0.2.1 -> ${URL}`, verdict]]))

  it('are named, with the Ingress that has them where it is another one', () => {
    const answer = ask(load(...shop, main('nginx'), main('nginx', server, 'other')), `192.0.2.1 -> ${URL}`)
    expect(answer.message).toBe(
      `whether shop/ingress/main admits this client depends on ${NGINX}/server-snippet of shop/ingress/other, which netpol does not read`,
    )
  })
})
