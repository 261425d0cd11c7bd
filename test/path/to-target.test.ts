import { expect, it } from 'vitest'
import { ask, expectRows, type Json, load, openPorts, pod, policy, service } from '../semantics/ask.ts'

const client = pod('shop/client')
const db = pod('shop/db', { app: 'db' }, { ports: [{ name: 'sql', containerPort: 5432 }] })
const none: Json = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'shop', name: 'none' },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: 'none' } },
    template: { metadata: { labels: { app: 'none' } }, spec: { containers: [{ name: 'c', image: 'c' }] } },
  },
}
const front = (spec: Json) => service('shop/front', { selector: { app: 'db' }, ...spec })

it('S-302 a workload without Pods connects to nothing, and nothing to it', () => {
  const world = load(client, db, none, front({ ports: [{ port: 80, targetPort: 5432 }] }))
  expectRows(world, [
    ['shop/deploy/none -> shop/db:5432', 'no', 'WORKLOAD_HAS_NO_PODS'],
    ['shop/deploy/none -> shop/svc/front:80', 'no', 'WORKLOAD_HAS_NO_PODS'],
    ['shop/client -> shop/deploy/none:80', 'no', 'WORKLOAD_HAS_NO_PODS'],
  ])
})

it('a port by its name is that of the Pod', () => {
  const open = policy('shop/db', { ingress: [{ ports: [{ port: 5432 }] }] })
  expectRows(load(client, db, open), [
    ['shop/client -> shop/db:sql', 'yes'],
    ['shop/client -> shop/db:http', 'no', 'NAMED_PORT_UNRESOLVED'],
  ])
})

it('S-069 the API server listens on one port', () => {
  expectRows(load(client), [
    ['shop/client -> kubernetes.default.svc', 'yes'],
    ['shop/client -> kubernetes.default.svc:443', 'yes'],
    ['shop/client -> kubernetes.default.svc:https', 'yes'],
    ['shop/client -> kubernetes.default.svc:80', 'no', 'SERVICE_PORT_UNKNOWN'],
    ['shop/client -> kubernetes.default.svc:443/udp', 'no', 'SERVICE_PORT_UNKNOWN'],
  ])
})

it('S-215 a headless Service with ports, asked for none, stands for these', () => {
  const ports = [{ port: 5432 }]
  expect(
    openPorts(load(client, db, front({ clusterIP: 'None', ports })), 'shop/client -> shop/svc/front'),
  ).toBe('TCP 5432')
  expect(
    openPorts(load(client, db, front({ clusterIP: 'None', ports: [] })), 'shop/client -> shop/svc/front'),
  ).toBe('all')
})

it('of the ports of a Service those count alone that lead to none of the Pods', () => {
  const ports = [
    { name: 'sql', port: 80, targetPort: 'sql' },
    { name: 'metrics', port: 81, targetPort: 'metrics' },
  ]
  const { verdict, endpoints } = ask(load(client, db, front({ ports })), 'shop/client -> shop/svc/front')
  expect([verdict, endpoints?.map(answer => [answer.to.id, answer.reason])]).toEqual([
    'partial',
    [
      ['shop/db', 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'],
      ['shop/front', 'NAMED_PORT_UNRESOLVED'],
    ],
  ])
})
