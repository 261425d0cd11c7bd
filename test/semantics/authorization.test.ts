import { describe, expect, it } from 'vitest'
import { ask, codes, expectRows, type Json, load, pod, policy, service } from './ask.ts'
import { app, HOST, ingressClass, inNamespace, main } from './ingress-world.ts'

/*
 * SEMANTICS E: a controller that asks another server first whether it may admit a client has to reach it. What that answers is about
 * credentials, and no question of the network.
 */

type Word = 'yes' | 'no' | 'partial' | 'undetermined'
const URL = `http://${HOST}/`
const NGINX = 'nginx.ingress.kubernetes.io'
const labels = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' }
const controller = pod('ingress-nginx/c', labels, { ports: [{ name: 'http', containerPort: 80 }] })
const auth: readonly Json[] = [
  pod('auth/proxy', { app: 'proxy' }),
  service('auth/proxy', { selector: { app: 'proxy' }, ports: [{ port: 80, targetPort: 4180 }] }),
]
const asking = (url: string, annotations: Json = {}): Json =>
  main('nginx', { [`${NGINX}/auth-url`]: url, ...annotations })
const LIST: Json = { [`${NGINX}/whitelist-source-range`]: '10.0.0.0/8' }
const anyOf = (annotations: Json): Json => ({ ...annotations, [`${NGINX}/satisfy`]: 'any' })
const CLUSTER_URL = 'http://proxy.auth.svc.cluster.local/oauth2/auth'
const deny = policy('auth/proxy', {})
const dns = { to: [inNamespace('kube-system')] }
const held = (...egress: readonly Json[]): Json =>
  policy('ingress-nginx/c', { podSelector: {}, policyTypes: ['Egress'], egress: [dns, ...egress] })
const toShop = { to: [inNamespace('shop')] }

describe('a server that is asked whether a client may get in', () => {
  it.each<[string, readonly Json[], Word]>([
    ['that can be reached', [controller, ...auth, asking(CLUSTER_URL)], 'yes'],
    ['whose policies let nobody in', [controller, ...auth, asking(CLUSTER_URL), deny], 'no'],
    ['also where the controller is not in the input', [...auth, asking(CLUSTER_URL), deny], 'no'],
    ['which the controller may not call', [controller, ...auth, asking(CLUSTER_URL), held(toShop)], 'no'],
    [
      'which the controller may call',
      [controller, ...auth, asking(CLUSTER_URL), held(toShop, { to: [inNamespace('auth')] })],
      'yes',
    ],
    [
      'on another port than it listens on',
      [controller, ...auth, asking('http://proxy.auth.svc.cluster.local:4180/')],
      'no',
    ],
    ['that is not there', [controller, asking(CLUSTER_URL)], 'no'],
    ['at its own host', [controller, ...auth, asking('https://$host/oauth2/auth'), deny], 'yes'],
    ['outside the cluster', [controller, asking('https://auth.example.com/')], 'yes'],
    [
      'outside, which the controller may not call',
      [controller, asking('https://auth.example.com/'), held(toShop)],
      'no',
    ],
    ['at an address', [controller, asking('http://203.0.113.5:4180/'), held(toShop)], 'no'],
    ['by what is no URL', [controller, asking('proxy')], 'yes'],
    [
      'in place of a list of clients',
      [controller, ...auth, asking(CLUSTER_URL, anyOf(LIST)), deny],
      'undetermined',
    ],
    ['as well as a list of clients', [controller, ...auth, asking(CLUSTER_URL, LIST), deny], 'no'],
    ['in place of no list', [controller, ...auth, asking(CLUSTER_URL, anyOf({})), deny], 'no'],
    [
      'of another controller',
      [...auth, main('contour', { [`${NGINX}/auth-url`]: CLUSTER_URL }), deny],
      'yes',
    ],
    [
      'HAProxy Ingress',
      [
        ...auth,
        ingressClass('edge', 'haproxy-ingress.github.io/controller'),
        main('edge', { 'haproxy-ingress.github.io/auth-url': CLUSTER_URL }),
        deny,
      ],
      'no',
    ],
    [
      'APISIX',
      [
        ...auth,
        ingressClass('edge', 'apisix.apache.org/apisix-ingress'),
        main('edge', { 'k8s.apisix.apache.org/auth-uri': CLUSTER_URL }),
        deny,
      ],
      'no',
    ],
  ])('%s', (_, objects, verdict) =>
    expectRows(load(...app('api'), ...objects), [[`internet -> ${URL}`, verdict]]),
  )

  it('the client is told so', () => {
    const { reason, message, symptom } = ask(
      load(...app('api'), controller, ...auth, asking(CLUSTER_URL), deny),
      `internet -> ${URL}`,
    )
    expect([reason, message, symptom]).toEqual([
      'DENIED_BY_INGRESS',
      `the controller ingress-nginx/c does not get through to ${CLUSTER_URL}, which it asks first whether to admit the client (${NGINX}/auth-url): proxy (world.json:1) isolates it for ingress and has no ingress rule`,
      'HTTP 500',
    ])
  })

  it('nothing is said of it where it is reached', () => {
    const world = load(...app('api'), controller, ...auth, asking(CLUSTER_URL))
    expect(ask(world, `internet -> ${URL}`).steps.map(({ step }) => step)).toEqual(
      ask(load(...app('api'), controller, main('nginx')), `internet -> ${URL}`).steps.map(({ step }) => step),
    )
    expect(codes(world, `internet -> ${URL}`)).toEqual(
      codes(load(...app('api'), controller, main('nginx')), `internet -> ${URL}`),
    )
  })

  describe('by a setting of the controller', () => {
    const named = pod('ingress-nginx/c', labels, {
      spec: {
        containers: [
          {
            name: 'c',
            args: ['--configmap=ingress-nginx/settings'],
            ports: [{ name: 'http', containerPort: 80 }],
          },
        ],
      },
    })
    const settings: Json = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'ingress-nginx', name: 'settings' },
      data: { 'global-auth-url': CLUSTER_URL },
    }
    const without = { [`${NGINX}/enable-global-auth`]: 'false' }
    it.each<[string, readonly Json[], Word]>([
      ['reached', [named, settings, main('nginx')], 'yes'],
      ['not reached', [named, settings, main('nginx'), deny], 'no'],
      ['not for this Ingress', [named, settings, main('nginx', without), deny], 'yes'],
      [
        'instead of which the Ingress names one',
        [named, settings, asking('https://auth.example.com/'), deny],
        'yes',
      ],
      ['perhaps of this controller', [controller, settings, main('nginx'), deny], 'undetermined'],
      ['perhaps of this controller, and reached', [controller, settings, main('nginx')], 'yes'],
    ])('%s', (_, objects, verdict) =>
      expectRows(load(...app('api'), ...auth, ...objects), [[`internet -> ${URL}`, verdict]]),
    )

    it('is named', () => {
      const { message } = ask(
        load(...app('api'), ...auth, named, settings, main('nginx'), deny),
        `internet -> ${URL}`,
      )
      expect(message).toContain('(global-auth-url of ConfigMap ingress-nginx/settings)')
      const unsure = load(...app('api'), ...auth, controller, settings, main('nginx'), deny)
      expect(ask(unsure, `internet -> ${URL}`)).toMatchObject({
        reason: 'UNDETERMINED_ROUTE',
        message:
          'global-auth-url of ConfigMap ingress-nginx/settings may not admit this client to shop/ingress/main, and it is unknown whether its controller uses the ConfigMap: its Pods name one with --configmap',
      })
    })
  })
})
