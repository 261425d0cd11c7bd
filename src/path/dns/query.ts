import type { Endpoint } from '../../network/endpoint.ts'
import { dialed } from '../../network/service-backends.ts'
import { type Protocol, ports } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import { connect } from '../connect.ts'
import type { DnsQuery, Path } from '../path.ts'
import type { DnsServers } from './servers.ts'

/** What becomes of a client's query to its DNS servers: connections like any other (S-241). */
export function queryDns(world: World, client: Endpoint, servers: DnsServers): DnsQuery {
  return {
    servers,
    udp: pathsOver(world, client, servers, 'UDP'),
    tcp: pathsOver(world, client, servers, 'TCP'),
  }
}

function pathsOver(
  world: World,
  from: Endpoint,
  { arrivals, service }: DnsServers,
  protocol: Protocol,
): readonly Path[] {
  const servicePort = service?.ports.find(port => port.protocol === protocol && port.port === 53)
  const through =
    service === undefined || servicePort === undefined ? undefined : { service, dialed: dialed(servicePort) }
  return arrivals(protocol).flatMap(({ to, port: number }) =>
    connect(world, {
      from,
      to,
      ask: ports(protocol, number, number),
      port: { protocol, number },
      through,
    }),
  )
}
