import { describe, expect, it } from 'vitest'
import { ask, type Json, pod, policy } from './ask.ts'
import { ends, HOST, ingress, ingressClass, routed, rule, world } from './ingress-world.ts'

/* The controller of an Ingress. */

describe('S-355 classes', () => {
  const main = (className?: string, metadata: Json = {}) =>
    ingress('main', { ingressClassName: className, rules: [rule(HOST, ['/', 'api'])] }, metadata)
  const controllerOf = (...objects: readonly Json[]) =>
    ask(world(...objects), `internet -> http://${HOST}/`).endpoints?.[0]?.from.id

  it.each<[string, readonly Json[], string]>([
    ['a class by its usual name', [main('traefik')], 'traefik/traefik-controller~'],
    [
      'a class by what it says',
      [main('edge'), ingressClass('edge', 'traefik.io/ingress-controller')],
      'traefik/traefik-controller~',
    ],
    [
      'the default class',
      [main(), ingressClass('edge', 'traefik.io/ingress-controller', true)],
      'traefik/traefik-controller~',
    ],
    [
      'the annotation of old',
      [main(undefined, { annotations: { 'kubernetes.io/ingress.class': 'traefik' } })],
      'traefik/traefik-controller~',
    ],
    ['no class at all', [main()], '(unknown Pods)'],
    [
      'no class, where none of those that are there is the default',
      [main(), ingressClass('edge', 'traefik.io/ingress-controller')],
      '(unknown Pods)',
    ],
    [
      'one of several classes',
      [
        main('edge'),
        ingressClass('nginx', 'k8s.io/ingress-nginx'),
        ingressClass('edge', 'traefik.io/ingress-controller'),
      ],
      'traefik/traefik-controller~',
    ],
    [
      'a class by its usual name, where other controllers are installed as well',
      [
        main('traefik'),
        pod('edge/nginx', { 'app.kubernetes.io/name': 'ingress-nginx' }),
        pod('edge/traefik', { 'app.kubernetes.io/name': 'traefik' }),
      ],
      'edge/traefik',
    ],
  ])('%s', (_, objects, expected) => expect(controllerOf(...objects)).toBe(expected))

  const warnings = (...objects: readonly Json[]) =>
    ask(world(...objects), `internet -> http://${HOST}/`).warnings.map(({ code }) => code)

  it('an Ingress without a class gets a warning, and one of a class that is not there is nobody’s', () => {
    const nginx = ingressClass('nginx', 'k8s.io/ingress-nginx')
    expect(warnings(main())).toEqual(['INGRESS_CLASS_UNKNOWN'])
    expect(warnings(main('nginx'), nginx)).toEqual([])
    expect(warnings(main('nginx'))).toEqual([])
    const answer = ask(world(main('ngnix'), nginx), `internet -> http://${HOST}/`)
    expect(answer).toMatchObject({ verdict: 'no', reason: 'NO_ROUTE', symptom: 'HTTP 404' })
    expect(answer.message).toContain('did you mean nginx?')
  })

  it('each class is a controller of its own', () => {
    const other = ingress('other', {
      ingressClassName: 'traefik',
      rules: [rule('other.example.com', ['/', 'web'])],
    })
    expect(ends(world(main('nginx'), other), 'http://other.example.com/')).toBe('web')
    expect(ends(world(main('nginx'), other), `http://${HOST}/`)).toBe('api')
  })
})

describe('S-350 the Pods of a controller', () => {
  const NGINX = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' }

  it.each<[string, string, Json, string]>([
    [
      'with the label that tells its name',
      'edge',
      { 'app.kubernetes.io/name': 'ingress-nginx' },
      'edge/controller',
    ],
    [
      'that is another part of it',
      'edge',
      { ...NGINX, 'app.kubernetes.io/component': 'default-backend' },
      'ingress-nginx/ingress-nginx-controller~',
    ],
    [
      'in its usual namespace, whatever the labels',
      'ingress-nginx',
      { app: 'mine' },
      'ingress-nginx/controller',
    ],
    ['that is another one whose class is called nginx', 'edge', { app: 'nginx-ingress' }, 'edge/controller'],
    [
      'of an installation of another name',
      'edge',
      { ...NGINX, 'app.kubernetes.io/instance': 'mine' },
      'edge/controller',
    ],
    ['in the usual namespace of another one', 'nginx-ingress', { app: 'mine' }, 'nginx-ingress/controller'],
    [
      'in the usual namespace of a third, which has no such class',
      'traefik',
      { app: 'mine' },
      'ingress-nginx/ingress-nginx-controller~',
    ],
  ])('a Pod %s', (_, ns, labels, expected) => {
    const main = ingress('main', { ingressClassName: 'nginx', rules: [rule(HOST, ['/', 'api'])] })
    const { endpoints } = ask(world(main, pod(`${ns}/controller`, labels)), `internet -> http://${HOST}/`)
    expect(endpoints?.[0]?.from.id).toBe(expected)
  })

  it('what has finished, and what a Job runs, is no controller', () => {
    const main = ingress('main', { ingressClassName: 'nginx', rules: [rule(HOST, ['/', 'api'])] })
    const done = pod('edge/done', NGINX, { status: { phase: 'Succeeded' } })
    const job: Json = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { namespace: 'edge', name: 'job' },
      spec: {
        template: {
          metadata: { labels: NGINX },
          spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'c' }] },
        },
      },
    }
    const { endpoints } = ask(world(main, done, job), `internet -> http://${HOST}/`)
    expect(endpoints?.map(({ from }) => from.id)).toEqual(['ingress-nginx/ingress-nginx-controller~'])
  })

  it('the labels that tell an assumed controller are without the name of its installation', () => {
    const { assumptions } = ask(routed(['/api', 'api']), `internet -> http://${HOST}/api`)
    expect(assumptions).toContainEqual(
      expect.objectContaining({
        code: 'ASSUMED_INGRESS_CONTROLLER',
        facts: { kind: 'pods', namespace: 'ingress-nginx', labels: NGINX },
      }),
    )
  })

  it.each<[string, Json, string]>([
    ['no policy closes egress', policy('shop/in', { policyTypes: ['Ingress'], ingress: [{}] }), 'yes'],
    [
      'one closes that of a whole namespace',
      policy('edge/deny', { podSelector: {}, policyTypes: ['Egress'] }),
      'undetermined',
    ],
    [
      'one opens the backend from there',
      policy('edge/out', {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'api' } } }] }],
      }),
      'yes',
    ],
    [
      'one opens some of it',
      policy('edge/dns', { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 53 }] }] }),
      'undetermined',
    ],
    [
      'one opens all of it',
      policy('edge/all', { podSelector: {}, policyTypes: ['Egress'], egress: [{}] }),
      'yes',
    ],
    [
      'one closes that of Pods that it selects by their labels',
      policy('edge/db', { policyTypes: ['Egress'] }),
      'yes',
    ],
  ])('S-350 of a controller of which nothing is known: %s', (_, object, verdict) => {
    const main = ingress('main', { ingressClassName: 'acme', rules: [rule(HOST, ['/', 'api'])] })
    const answer = ask(world(main, object), `internet -> http://${HOST}/`)
    expect(answer.verdict).toBe(verdict)
    if (verdict === 'undetermined') expect(answer.reason).toBe('UNDETERMINED_CONTROLLER')
  })
})
