import fc from 'fast-check'
import { expect, it } from 'vitest'
import { settingsOf } from '../../src/path/question.ts'
import { reachWithoutAdvice } from '../../src/questions/reachability.ts'
import { CannotAnswer } from '../../src/source/cannot-answer.ts'
import { buildWorld } from '../../src/world/world.ts'

const world = buildWorld([
  {
    path: 'shop.yaml',
    text: `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: []}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: NodePort, clusterIP: 10.96.0.1, selector: {app: web}, ports: [{name: http, port: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: shop}
spec: {type: ExternalName, externalName: alias.shop.svc.cluster.local}
---
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: main, namespace: shop}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}}]}
`,
  },
])

/** Words and signs that names are made of, in any order, and anything else. */
const segment = fc.oneof(
  fc.constantFrom(
    'shop',
    'web',
    'alias',
    'svc',
    'pod',
    'node',
    'n1',
    'ing',
    'main',
    'cluster',
    'local',
    'internet',
  ),
  fc.constantFrom(
    'http://',
    'https://',
    'ftp://',
    '10.96.0.1',
    '192.168.0.1',
    '2001:db8::1',
    '10.0.0.0/8',
    '80',
    '30080',
    'http',
    'udp',
  ),
  fc.constantFrom('/', ':', '.', '-', '@', '[', ']', '?', '#', '%', '*', '~', ' '),
  fc.string({ maxLength: 3, unit: 'binary' }),
)
const typed = fc.array(segment, { maxLength: 7 }).map(pieces => pieces.join(''))
const option = fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: typed })

it('whatever is typed is answered or refused with a reason', { timeout: 60_000 }, () => {
  let answers = 0
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom('shop/web', 'internet', 'node/n1'), typed),
      typed,
      option,
      option,
      option,
      (from, to, port, dns, ingressController) => {
        try {
          const settings = settingsOf({ dns, ingressController })
          const question = { from, to, port, protocol: undefined, namespace: 'shop', settings }
          const answer = reachWithoutAdvice(world, question, 'every rule')
          answers += 1
          expect([answer.message, answer.symptom].filter(text => text === '')).toEqual([])
          // Nothing that a terminal would obey: JSON writes such characters as escapes, so they are looked for as these.
          expect(JSON.stringify(answer)).not.toMatch(/\\u00[01][0-9a-f]|\\[bfnrt]/)
        } catch (error) {
          expect(error).toBeInstanceOf(CannotAnswer)
          if (error instanceof CannotAnswer) expect(error.diagnostics[0]?.message).not.toBe('')
        }
      },
    ),
    { numRuns: 5000 },
  )
  // Most of it is nonsense, and some of it must not be.
  expect(answers).toBeGreaterThan(100)
})

it.each([
  ['http://web', '8080', 8080],
  ['http://web:80', undefined, 80],
  ['https://web', undefined, 443],
  ['http://web:8080/a:1', undefined, 8080],
  ['http://me:secret@web:81/?x=:9', undefined, 81],
] as const)('the port of %s with --port %s is %i', (to, port, expected) => {
  const question = { from: 'web', to, port, protocol: undefined, namespace: 'shop', settings: settingsOf({}) }
  expect(reachWithoutAdvice(world, question, 'decisive').port?.number).toBe(expected)
})

it('a port in a URL and another one behind --port contradict each other', () => {
  const question = { from: 'web', to: 'http://web:80/', port: '81', protocol: undefined, namespace: 'shop' }
  expect(() => reachWithoutAdvice(world, { ...question, settings: settingsOf({}) }, 'decisive')).toThrow(
    'the port is given twice',
  )
})
