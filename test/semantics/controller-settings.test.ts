import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, pod, service } from './ask.ts'
import { app, HOST, ingress, ingressClass, rule } from './ingress-world.ts'

/* The settings of a controller for all of its routes that say who gets in. */

type Word = 'yes' | 'no' | 'partial' | 'undetermined'
const NGINX = 'nginx.ingress.kubernetes.io'
const URL = `http://${HOST}/`
const shop = [...app('api'), ...app('web')]
const labels = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' }
const frontOf = (namespace: string, selector: Json): Json =>
  service(`${namespace}/c`, {
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    selector,
    ports: [{ port: 80, targetPort: 'http' }],
  })
const front = frontOf('ingress-nginx', labels)
const nginx = (annotations: Json, className = 'nginx') =>
  ingress('main', { ingressClassName: className, rules: [rule(HOST, ['/', 'api'])] }, { annotations })
const running = (id: string, of: Json, args: readonly string[]): Json =>
  pod(id, of, { spec: { containers: [{ name: 'c', args, ports: [{ name: 'http', containerPort: 80 }] }] } })
const settings = (data: Json, id = 'ingress-nginx/settings'): Json => {
  const [namespace, name] = id.split('/')
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, data }
}

describe('clients that the ConfigMap of a controller admits (ingress-nginx: configmap, block-cidrs and others)', () => {
  const installed = (args: readonly string[], name = 'c'): Json =>
    running(`ingress-nginx/${name}`, labels, args)
  const own = installed(['/nginx-ingress-controller', '--configmap=$(POD_NAMESPACE)/settings'])
  const white = { 'whitelist-source-range': '10.0.0.0/8, 203.0.113.7' }
  const deny = { 'denylist-source-range': '10.1.0.0/16' }
  const block = { 'block-cidrs': '10.1.0.0/16' }
  const whiteOfRoute = { [`${NGINX}/whitelist-source-range`]: '192.0.2.0/24,10.0.0.0/8' }
  const denyOfRoute = { [`${NGINX}/denylist-source-range`]: '192.0.2.0/24' }
  it.each<[string, objects: readonly Json[], annotations: Json, from: string, Word, string?]>([
    ['admitted', [own, settings(white)], {}, '10.2.3.4', 'yes'],
    ['not admitted', [own, settings(white)], {}, '192.0.2.1', 'no', 'OUTSIDE_SOURCE_RANGES'],
    ['some of the internet', [own, settings(white)], {}, 'internet', 'partial'],
    ['denied', [own, settings(deny)], {}, '10.1.3.4', 'no', 'OUTSIDE_SOURCE_RANGES'],
    ['not denied', [own, settings(deny)], {}, '10.2.3.4', 'yes'],
    ['blocked', [own, settings(block)], {}, '10.1.3.4', 'no', 'OUTSIDE_SOURCE_RANGES'],
    ['blocks are nothing to a route with a list', [own, settings(block)], denyOfRoute, '10.1.3.4', 'yes'],
    ['nor beside a list for all', [own, settings({ ...white, ...block })], {}, '10.1.3.4', 'yes'],
    ['the annotation is used instead', [own, settings(white)], whiteOfRoute, '192.0.2.1', 'yes'],
    [
      'the other list stays that for all',
      [own, settings({ ...white, ...deny })],
      whiteOfRoute,
      '10.1.3.4',
      'no',
      'OUTSIDE_SOURCE_RANGES',
    ],
    ['empty', [own, settings({ 'whitelist-source-range': '' })], {}, '192.0.2.1', 'yes'],
    ['unreadable', [own, settings({ 'whitelist-source-range': 'office' })], {}, '10.2.3.4', 'undetermined'],
    ['of another ConfigMap', [own, settings(white, 'ingress-nginx/other')], {}, '192.0.2.1', 'yes'],
    ['of another namespace', [own, settings(white, 'shop/settings')], {}, '192.0.2.1', 'yes'],
    [
      'named by an argument of its own',
      [installed(['--configmap', 'ingress-nginx/settings']), settings(white)],
      {},
      '192.0.2.1',
      'no',
    ],
    ['not named, and it would admit it', [installed([]), settings(white)], {}, '10.2.3.4', 'yes'],
    ['not named', [installed([]), settings(white)], {}, '192.0.2.1', 'undetermined', 'UNDETERMINED_ROUTE'],
    ['not named, and of no effect', [installed([]), settings(white)], whiteOfRoute, '192.0.2.1', 'yes'],
    [
      'named by a placeholder',
      [installed(['--configmap=$(POD_NAMESPACE)/$(NAME)']), settings(white)],
      {},
      '192.0.2.1',
      'undetermined',
    ],
    [
      'named by one of two Pods',
      [own, installed([], 'd'), settings(white)],
      {},
      '192.0.2.1',
      'undetermined',
      'UNDETERMINED_ROUTE',
    ],
    [
      'not named, and that of another Pod',
      [installed([]), settings(white, 'edge/settings'), running('edge/x', {}, ['--configmap=edge/settings'])],
      {},
      '192.0.2.1',
      'yes',
    ],
    [
      'directives',
      [own, settings({ 'http-snippet': 'deny 192.0.2.0/24;' })],
      {},
      '192.0.2.1',
      'undetermined',
    ],
    ['other directives', [own, settings({ 'http-snippet': 'more_set_headers x;' })], {}, '192.0.2.1', 'yes'],
  ])('%s', (_, objects, annotations, from, verdict, reason) => {
    const answer = ask(load(...shop, front, ...objects, nginx(annotations)), `${from} -> ${URL}`)
    expect([answer.verdict, reason && answer.reason]).toEqual([verdict, reason])
  })

  it('where the controller is not in the input, a ConfigMap with such settings may be its own', () => {
    const id = 'ingress-nginx/ingress-nginx-controller'
    const answer = ask(load(...shop, nginx({}), settings(white, id)), `192.0.2.1 -> ${URL}`)
    expect([answer.verdict, answer.message]).toEqual([
      'undetermined',
      `whitelist-source-range of ConfigMap ${id} may not admit this client to shop/ingress/main, and it is unknown whether its controller uses the ConfigMap: its Pods name one with --configmap`,
    ])
  })

  it('the client is told so', () => {
    const { message, symptom } = ask(
      load(...shop, front, own, settings(white), nginx({})),
      `192.0.2.1 -> ${URL}`,
    )
    expect([message, symptom]).toEqual([
      'the controller does not admit this client address to shop/ingress/main (whitelist-source-range of ConfigMap ingress-nginx/settings)',
      'HTTP 403',
    ])
  })

  it('of a class whose controller is another one, the settings mean nothing', () => {
    expectRows(load(...shop, own, settings(white), nginx({}, 'traefik')), [[`192.0.2.1 -> ${URL}`, 'yes']])
  })
})

describe('lists beside credentials (ingress-nginx: satisfy)', () => {
  const own = running('ingress-nginx/c', labels, ['--configmap=$(POD_NAMESPACE)/settings'])
  const white = { [`${NGINX}/whitelist-source-range`]: '203.0.113.7' }
  const any = { [`${NGINX}/satisfy`]: 'any' }
  it.each<[string, data: Json, annotations: Json, from: string, Word]>([
    ['both', {}, { ...white, [`${NGINX}/satisfy`]: 'all' }, '192.0.2.1', 'no'],
    ['either', {}, { ...white, ...any }, '192.0.2.1', 'undetermined'],
    ['either, for who is on the list', {}, { ...white, ...any }, '203.0.113.7', 'yes'],
    ['either, for all of the internet', {}, { ...white, ...any }, 'internet', 'undetermined'],
    [
      'either, with a list for all',
      { 'whitelist-source-range': '203.0.113.7' },
      any,
      '192.0.2.1',
      'undetermined',
    ],
    ['either, without a list', {}, any, '192.0.2.1', 'yes'],
  ])('%s', (_, data, annotations, from, verdict) =>
    expectRows(load(...shop, front, own, settings(data), nginx(annotations)), [
      [`${from} -> ${URL}`, verdict],
    ]),
  )

  it('are named', () =>
    expect(ask(load(...shop, front, own, nginx({ ...white, ...any })), `192.0.2.1 -> ${URL}`).message).toBe(
      `shop/ingress/main admits only some client addresses (${NGINX}/whitelist-source-range), but a client with credentials as well (${NGINX}/satisfy: any)`,
    ))
})

describe('directives in the ConfigMap of another product', () => {
  it.each([
    [
      'F5',
      'nginx.org/ingress-controller',
      'nginx-ingress',
      '-nginx-configmaps',
      'http-snippets',
      'deny all;',
    ],
    [
      'F5, for servers',
      'nginx.org/ingress-controller',
      'nginx-ingress',
      '-nginx-configmaps',
      'server-snippets',
      'return 403;',
    ],
    [
      'F5, for routes',
      'nginx.org/ingress-controller',
      'nginx-ingress',
      '--nginx-configmaps',
      'location-snippets',
      'deny all;',
    ],
    [
      'HAProxy',
      'haproxy.org/ingress-controller',
      'kubernetes-ingress',
      '--configmap',
      'frontend-config-snippet',
      'http-request deny if !{ src 10.0.0.0/8 }',
    ],
    [
      'HAProxy Ingress',
      'haproxy-ingress.github.io/controller',
      'haproxy-ingress',
      '--configmap',
      'config-frontend',
      'http-request deny if !{ src 10.0.0.0/8 }',
    ],
  ])('%s', (_, controller, name, argument, key, directives) => {
    const of = { 'app.kubernetes.io/name': name }
    const installed = (data: Json, id = 'edge/settings') =>
      load(
        ...shop,
        ingressClass('edge', controller),
        nginx({}, 'edge'),
        running('edge/c', of, [`${argument}=$(POD_NAMESPACE)/settings`]),
        frontOf('edge', of),
        settings(data, id),
      )
    expectRows(installed({ [key]: directives }), [[`192.0.2.1 -> ${URL}`, 'undetermined']])
    expectRows(installed({ [key]: '# nothing' }), [[`192.0.2.1 -> ${URL}`, 'yes']])
    expectRows(installed({ [key]: directives }, 'shop/settings'), [[`192.0.2.1 -> ${URL}`, 'yes']])
  })
})

describe('clients that the ConfigMap of another product admits', () => {
  it.each([
    ['HAProxy', 'haproxy.org/ingress-controller', 'kubernetes-ingress', { 'allow-list': '10.0.0.0/8' }],
    [
      'HAProxy, denying',
      'haproxy.org/ingress-controller',
      'kubernetes-ingress',
      { 'deny-list': '192.0.2.1' },
    ],
    [
      'HAProxy Ingress',
      'haproxy-ingress.github.io/controller',
      'haproxy-ingress',
      { 'allowlist-source-range': '10.0.0.0/8' },
    ],
  ])('%s', (_, controller, name, data) => {
    const of = { 'app.kubernetes.io/name': name }
    const world = load(
      ...shop,
      ingressClass('edge', controller),
      nginx({}, 'edge'),
      running('edge/c', of, ['--configmap=edge/settings']),
      frontOf('edge', of),
      settings(data, 'edge/settings'),
    )
    expectRows(world, [
      [`10.2.3.4 -> ${URL}`, 'yes'],
      [`192.0.2.1 -> ${URL}`, 'no', 'OUTSIDE_SOURCE_RANGES'],
    ])
  })
})
