import { expect, it } from 'vitest'
import { recordOf } from '../../../src/path/dns/zone.ts'
import { load, namespace, pod, service } from '../../semantics/ask.ts'

const WORLD = load(
  namespace('shop'),
  service('shop/web', { clusterIP: 'None', selector: { app: 'web' }, ports: [{ port: 80 }] }),
  pod('shop/a', { app: 'web' }, { status: { phase: 'Running', podIP: '10.0.0.1' } }),
  pod(
    'shop/b',
    { app: 'web' },
    { spec: { hostname: 'b', subdomain: 'web' }, status: { phase: 'Running', podIP: '10.0.0.2' } },
  ),
  service('shop/alias', { type: 'ExternalName', externalName: 'www.example.com' }),
  service('shop/address', { type: 'ExternalName', externalName: '203.0.113.9' }),
)

it.each<[name: string, record: string | undefined]>([
  ['web.shop.svc', 'service'],
  ['web.other.svc', undefined],
  ['web.shop.pod', undefined],
  ['web.shop', undefined],
  ['kubernetes.default.svc', 'api-server'],
  ['kubernetes.shop.svc', undefined],
  ['alias.shop.svc', 'alias'],
  ['address.shop.svc', undefined],
  ['10-0-0-1.web.shop.svc', 'endpoints'],
  ['b.web.shop.svc', 'endpoints'],
  ['10-0-0-2.web.shop.svc', undefined],
  ['10-0-0-1.web.shop.pod', undefined],
  ['10-0-0-1.web.shop.svc.x', undefined],
  ['10-9-9-9.shop.pod', 'address'],
  ['fd00--1.shop.pod', 'address'],
  ['10-9-9-9.other.pod', undefined],
  ['10-9-9-9.shop.x', undefined],
  ['10-9-9-9.shop.pod.x', undefined],
])('S-222 to S-230 %s is a name of the kind %s', (name, record) => {
  expect(recordOf(WORLD, name.split('.'))?.kind).toBe(record)
})
