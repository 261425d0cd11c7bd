import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, pod, policy, service } from './ask.ts'
import { app, HOST, ingress, rule } from './ingress-world.ts'

/* Annotations of Ingresses that say who gets in, and where to. */

type Word = 'yes' | 'no' | 'partial' | 'undetermined'
const NGINX = 'nginx.ingress.kubernetes.io'
const URL = `http://${HOST}/`
const shop = [...app('api'), ...app('web')]
const labels = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' }
const controller = pod('ingress-nginx/c', labels, { ports: [{ name: 'http', containerPort: 80 }] })
const front = (externalTrafficPolicy: string): Json =>
  service('ingress-nginx/c', {
    type: 'LoadBalancer',
    externalTrafficPolicy,
    selector: labels,
    ports: [{ port: 80, targetPort: 'http' }],
  })
const nginx = (annotations: Json, className = 'nginx', spec: Json = {}) =>
  ingress(
    'main',
    { ingressClassName: className, rules: [rule(HOST, ['/', 'api'])], ...spec },
    { annotations },
  )

describe('clients that an Ingress admits (kubernetes.github.io/ingress-nginx, annotations: source-range)', () => {
  const local = [...shop, controller, front('Local')]
  const white = { [`${NGINX}/whitelist-source-range`]: '10.0.0.0/8, 203.0.113.7' }
  const allow = { [`${NGINX}/allowlist-source-range`]: '10.0.0.0/8,203.0.113.7/32' }
  const deny = { [`${NGINX}/denylist-source-range`]: '10.1.0.0/16' }
  it.each<[string, Json, from: string, Word, string?]>([
    ['within the ranges', white, '10.2.3.4', 'yes'],
    ['an address among the ranges', white, '203.0.113.7', 'yes'],
    ['outside of them', white, '203.0.113.8', 'no', 'OUTSIDE_SOURCE_RANGES'],
    ['of the other family', white, '2001:db8::1', 'no', 'OUTSIDE_SOURCE_RANGES'],
    ['a block that is admitted in part', white, '203.0.113.0/24', 'partial'],
    ['all of the internet', white, 'internet', 'partial'],
    ['by its other name', allow, '10.2.3.4', 'yes'],
    ['by its other name, outside', allow, '203.0.113.8', 'no', 'OUTSIDE_SOURCE_RANGES'],
    ['not denied', deny, '10.2.3.4', 'yes'],
    ['denied', deny, '10.1.3.4', 'no', 'OUTSIDE_SOURCE_RANGES'],
    ['allowed, and denied', { ...white, ...deny }, '10.1.3.4', 'no', 'OUTSIDE_SOURCE_RANGES'],
    ['allowed, and not denied', { ...white, ...deny }, '10.2.3.4', 'yes'],
    ['allowed and not denied, neither', { ...white, ...deny }, '192.0.2.1', 'no', 'OUTSIDE_SOURCE_RANGES'],
    ['host bits are ignored', { [`${NGINX}/whitelist-source-range`]: '10.0.0.1/8' }, '10.2.3.4', 'yes'],
    ['every address', { [`${NGINX}/whitelist-source-range`]: '0.0.0.0/0,::/0' }, 'internet', 'yes'],
    [
      'no addresses',
      { [`${NGINX}/whitelist-source-range`]: 'office' },
      '10.2.3.4',
      'undetermined',
      'UNDETERMINED_ROUTE',
    ],
    [
      'authentication is not about the network',
      { [`${NGINX}/auth-url`]: 'https://auth.example.com' },
      'internet',
      'yes',
    ],
  ])('where the controller sees them: %s', (_, annotations, from, verdict, reason) => {
    const answer = ask(load(...local, nginx(annotations)), `${from} -> ${URL}`)
    expect([answer.verdict, ...(reason === undefined ? [] : [answer.reason])]).toEqual([
      verdict,
      ...(reason === undefined ? [] : [reason]),
    ])
  })

  it.each<[string, readonly Json[], Json, Word, string]>([
    ['its Service hides them', [controller, front('Cluster')], white, 'undetermined', 'UNDETERMINED_ROUTE'],
    ['it is not in the input', [], white, 'undetermined', 'UNDETERMINED_ROUTE'],
    ['and policies deny it', [policy('shop/api', {})], white, 'no', 'DENIED_BY_INGRESS'],
    [
      'all are admitted',
      [],
      { [`${NGINX}/whitelist-source-range`]: '0.0.0.0/0,::/0' },
      'yes',
      'ALLOWED_NO_POLICY_SELECTS_DESTINATION',
    ],
  ])('where the controller may not see them: %s', (_, more, annotations, verdict, reason) =>
    expectRows(load(...shop, ...more, nginx(annotations)), [[`10.2.3.4 -> ${URL}`, verdict, reason]]),
  )

  it('of another controller, the annotation means nothing', () => {
    expectRows(load(...shop, nginx(white, 'traefik')), [[`192.0.2.1 -> ${URL}`, 'yes']])
  })

  it('of the path that gets the request', () => {
    const other = ingress('open', { rules: [rule(HOST, ['/open', 'web'])] })
    expectRows(load(...local, nginx(white), other), [
      [`192.0.2.1 -> http://${HOST}/open`, 'yes'],
      [`192.0.2.1 -> http://${HOST}/`, 'no', 'OUTSIDE_SOURCE_RANGES'],
    ])
  })

  it('the client is told so', () => {
    const { message, symptom } = ask(load(...local, nginx(white)), `192.0.2.1 -> ${URL}`)
    expect([message, symptom]).toEqual([
      `the controller does not admit this client address to shop/ingress/main (${NGINX}/whitelist-source-range)`,
      'HTTP 403',
    ])
  })
})

describe('canaries (annotations: canary)', () => {
  const canary = (annotations: Json, path = '/', host = HOST) =>
    ingress(
      'canary',
      { rules: [rule(host, [path, 'web'])] },
      { annotations: { [`${NGINX}/canary`]: 'true', ...annotations } },
    )
  const weight = (share: string, total?: string): Json => ({
    [`${NGINX}/canary-weight`]: share,
    ...(total !== undefined && { [`${NGINX}/canary-weight-total`]: total }),
  })
  const main = nginx({})
  it.each<[string, readonly Json[], pods: string]>([
    ['a share', [main, canary(weight('20'))], 'api,web'],
    ['before the main one in the input', [canary(weight('20')), main], 'api,web'],
    ['all', [main, canary(weight('100'))], 'web'],
    ['none', [main, canary(weight('0'))], 'api'],
    ['all of another total', [main, canary(weight('5', '5'))], 'web'],
    ['a share of another total', [main, canary(weight('100', '1000'))], 'api,web'],
    [
      'by a header, which a plain request does not have',
      [main, canary({ [`${NGINX}/canary-by-header`]: 'x' })],
      'api',
    ],
    ['of another path', [main, canary(weight('20'), '/other')], 'api'],
    ['of another host', [main, canary(weight('20'), '/', 'other.example.com')], 'api'],
  ])('%s', (_, ingresses, pods) => {
    const { endpoints, to } = ask(load(...shop, ...ingresses), `internet -> ${URL}`)
    expect((endpoints?.map(one => one.to.name) ?? [to.name]).join()).toBe(pods)
  })

  it('policies of both decide', () => {
    const objects = [...shop, main, canary(weight('20')), policy('shop/web', {})]
    expectRows(load(...objects), [[`internet -> ${URL}`, 'partial']])
  })

  it('alone has no host', () => {
    expectRows(load(...shop, canary(weight('20'))), [[`internet -> ${URL}`, 'no', 'NO_ROUTE']])
  })

  it('of another controller is an Ingress as any other', () => {
    const other = ingress(
      'canary',
      { ingressClassName: 'traefik', rules: [rule(HOST, ['/', 'web'])] },
      { annotations: { [`${NGINX}/canary`]: 'true' } },
    )
    expectRows(load(...shop, other), [[`internet -> ${URL}`, 'yes']])
  })
})
