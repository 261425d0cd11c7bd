import { describe, expect, it } from 'vitest'
import type { WorkloadEnd } from '../../src/compare/by-workload.ts'
import type { Path } from '../../src/path/path.ts'
import type { EndpointRef, Port } from '../../src/report/common.ts'
import { EVERY_ADDRESS, NO_ADDRESS, parseCidr, unionOf } from '../../src/sets/addresses.ts'
import { ALL, type Connections, ports, union } from '../../src/sets/connections.ts'
import { askedBy } from '../../src/suggest/asked-connections.ts'

const pod = (name: string): EndpointRef => ({
  id: `app/${name}`,
  kind: 'Pod',
  namespace: 'app',
  name,
  workload: null,
})
const ofApi: EndpointRef = { ...pod('api-1'), workload: { kind: 'Deployment', name: 'api' } }
const api: EndpointRef = { id: 'app/api', kind: 'Deployment', namespace: 'app', name: 'api', pods: 1 }
const service: EndpointRef = { id: 'app/api', kind: 'Service', namespace: 'app', name: 'api' }
const [web, db] = [pod('web'), pod('db')]
const external = (...cidrs: readonly string[]): EndpointRef => ({ id: cidrs.join(), kind: 'External', cidrs })

const object = (ref: EndpointRef): WorkloadEnd => ({ kind: 'object', ref })
const outside = (...cidrs: readonly string[]): WorkloadEnd => ({
  kind: 'outside',
  addresses: unionOf(
    cidrs.map(cidr => {
      const read = parseCidr(cidr)
      return read.kind === 'block' ? read.addresses : NO_ADDRESS
    }),
  ),
})

type Asked = readonly [from: EndpointRef, to: EndpointRef, port: Port | null]
const TCP_80: Port = { protocol: 'TCP', number: 80 }
const TCP: Port = { protocol: 'TCP' }
const on = (...numbers: readonly number[]): Connections =>
  numbers.reduce<Connections>((set, number) => union(set, ports('TCP', number, number)), ports('TCP', 1, 0))

describe('what is opened', () => {
  it.each<
    [
      what: string,
      asked: readonly Asked[],
      from: WorkloadEnd,
      to: WorkloadEnd,
      opened: Connections,
      is: boolean,
    ]
  >([
    ['just what is asked', [[web, db, TCP_80]], object(web), object(db), on(80), true],
    ['another port', [[web, db, TCP_80]], object(web), object(db), on(81), false],
    ['more ports', [[web, db, TCP_80]], object(web), object(db), on(80, 81), false],
    ['another protocol', [[web, db, TCP_80]], object(web), object(db), ports('UDP', 80, 80), false],
    ['to another Pod', [[web, db, TCP_80]], object(web), object(pod('db-2')), on(80), false],
    ['the other way', [[web, db, TCP_80]], object(db), object(web), on(80), false],
    ['everything, where all is asked', [[web, db, null]], object(web), object(db), ALL, true],
    ['from another Pod, where all is asked', [[web, db, null]], object(pod('x')), object(db), ALL, false],
    ['a whole protocol', [[web, db, TCP]], object(web), object(db), ports('TCP'), true],
    ['two protocols', [[web, db, TCP]], object(web), object(db), union(ports('TCP'), ports('UDP')), false],
    [
      'several ports, each of them asked',
      [
        [web, db, TCP_80],
        [web, db, { protocol: 'TCP', number: 81 }],
      ],
      object(web),
      object(db),
      on(80, 81),
      true,
    ],
    [
      'the workload of the Pod that is asked for',
      [[ofApi, db, TCP_80]],
      object(api),
      object(db),
      on(80),
      true,
    ],
    [
      'a workload that is called like a Service',
      [[web, service, TCP_80]],
      object(web),
      object(api),
      on(80),
      false,
    ],
    [
      'the address',
      [[external('10.0.0.7/32'), db, TCP_80]],
      outside('10.0.0.7/32'),
      object(db),
      on(80),
      true,
    ],
    [
      'more addresses',
      [[external('10.0.0.7/32'), db, TCP_80]],
      outside('10.0.0.0/24'),
      object(db),
      on(80),
      false,
    ],
    [
      'a part of the addresses',
      [[external('10.0.0.0/24'), db, TCP_80]],
      outside('10.0.0.7/32'),
      object(db),
      on(80),
      true,
    ],
    [
      'addresses of two paths',
      [
        [web, external('0.0.0.0/1'), TCP_80],
        [web, external('128.0.0.0/1', '::/0'), TCP_80],
      ],
      object(web),
      { kind: 'outside', addresses: EVERY_ADDRESS },
      on(80),
      true,
    ],
    [
      'addresses of two paths, on the port of one',
      [
        [web, external('0.0.0.0/1'), TCP_80],
        [web, external('128.0.0.0/1', '::/0'), null],
      ],
      object(web),
      { kind: 'outside', addresses: EVERY_ADDRESS },
      on(443),
      false,
    ],
    [
      'an address that is not known',
      [[external(), db, TCP_80]],
      outside('10.0.0.7/32'),
      object(db),
      on(80),
      false,
    ],
  ])('%s', (_, asked, from, to, connections, is) => {
    const paths = asked.map(
      ([source, destination, port]): Path => ({ from: source, to: destination, port, hops: [] }),
    )
    expect(askedBy(paths)({ from, to, connections })).toBe(is)
  })
})
