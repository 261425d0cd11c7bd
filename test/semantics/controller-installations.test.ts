import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, pod, policy } from './ask.ts'
import { HOST, ingress, ingressClass, letsInNamespace, main, rule, sourceOf, world } from './ingress-world.ts'

/* Which of a controller's Pods serve a class, and on which ports. */

const URL = `internet -> http://${HOST}/`

describe('several installations, of which each serves a class of its own', () => {
  const installed = (id: string, ...args: readonly string[]) =>
    pod(
      id,
      { 'app.kubernetes.io/name': 'ingress-nginx' },
      { spec: { containers: [{ name: 'c', image: 'c', args }] } },
    )
  const inner = installed('inner/x', '/nginx-ingress-controller', '--ingress-class=internal')
  const outer = installed('outer/x', '--controller-class=k8s.io/outer-ingress-nginx')
  const silent = installed('edge/x', '--election-id=x')
  const sources = (...objects: readonly Json[]) =>
    ask(world(...objects), URL).endpoints?.map(({ from: one }) => one.id)

  it.each<[string, readonly Json[], readonly string[]]>([
    ['by the name of the class', [main('internal'), inner, outer, silent], ['inner/x']],
    [
      'by the controller of the class',
      [main('edge'), ingressClass('edge', 'k8s.io/outer-ingress-nginx'), inner, outer, silent],
      ['outer/x'],
    ],
    ['else the one that names none', [main('nginx'), inner, outer, silent], ['edge/x']],
  ])('%s', (_, objects, expected) => expect(sources(...objects)).toEqual(expected))

  it('what another class explains is no sign of this one', () => {
    const other = ingress('other', { ingressClassName: 'kong', rules: [rule('x.example.com', ['/', 'web'])] })
    const kong = pod('kong/x', { 'app.kubernetes.io/name': 'kong' })
    expect(sourceOf(main('acme'), kong)).toBe('kong/x')
    expect(sourceOf(main('acme'), other, kong)).toBe('(unknown Pods)')
    expect(sourceOf(main('acme'), letsInNamespace('kong'))).toBe('kong/kong-controller~')
    expect(sourceOf(main('acme'), other, letsInNamespace('kong'))).toBe('(unknown Pods)')
  })
})

describe('S-351 the port that a controller listens on, without a Service in front of it in the input', () => {
  const onPort = (namespace: string, port: number) =>
    policy(`${namespace}/x`, { podSelector: {}, ingress: [{ ports: [{ port }] }] })

  it.each<[string, string, string, Json, readonly Json[], number]>([
    [
      'Kong',
      'kong',
      'kong/x',
      { 'app.kubernetes.io/name': 'kong' },
      [{ name: 'proxy', containerPort: 8000 }],
      8000,
    ],
    [
      'Traefik',
      'traefik',
      'kube-system/x',
      { 'app.kubernetes.io/name': 'traefik' },
      [{ name: 'web', containerPort: 8000 }],
      8000,
    ],
    ['a product, where its Pods declare none', 'contour', 'projectcontour/x', { app: 'envoy' }, [], 8080],
    [
      'what the Pods declare in its place',
      'contour',
      'projectcontour/x',
      { app: 'envoy' },
      [{ containerPort: 80 }],
      80,
    ],
  ])('%s', (_, className, id, labels, ports, expected) => {
    const [namespace = ''] = id.split('/')
    const at = (port: number) => world(main(className), pod(id, labels, { ports }), onPort(namespace, port))
    expectRows(at(expected), [[URL, 'yes']])
    expectRows(at(expected + 1), [[URL, 'no', 'DENIED_BY_INGRESS']])
  })
})
