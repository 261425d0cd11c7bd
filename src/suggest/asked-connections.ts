import type { WorkloadConnections, WorkloadEnd } from '../compare/by-workload.ts'
import type { Path } from '../path/path.ts'
import { connectionOf } from '../path/verdict.ts'
import type { EndpointRef, Port } from '../report/common.ts'
import { contains as containsAddresses, fromCidrs } from '../sets/addresses.ts'
import { ALL, type Connections, contains, PORTLESS, ports, unionOf } from '../sets/connections.ts'

/** Whether connections are among those that a question is about, by its paths. */
export function askedBy(paths: readonly Path[]): (connections: WorkloadConnections) => boolean {
  const asked = paths.map(path => ({
    from: path.from,
    to: path.to,
    ask: connectionOf(path)?.flow.ask ?? connectionsOn(path.port),
  }))
  return ({ from, to, connections }) => {
    const between = asked.filter(one => belongsTo(one.from, from) && belongsTo(one.to, to))
    const end = from.kind === 'outside' ? from : to.kind === 'outside' ? to : undefined
    if (end === undefined) return contains(unionOf(between.map(({ ask }) => ask)), connections)
    const wide = between.filter(({ ask }) => contains(ask, connections))
    const cidrs = wide.flatMap(one => (end === from ? one.from : one.to).cidrs ?? [])
    return containsAddresses(fromCidrs(cidrs), end.addresses)
  }
}

const connectionsOn = (port: Port | null): Connections =>
  port === null ? ALL : port.protocol === 'ICMP' ? PORTLESS : ports(port.protocol, port.number, port.number)

/** Whether an endpoint belongs to a workload, or may have one of some addresses. */
function belongsTo({ kind, namespace, name, workload }: EndpointRef, end: WorkloadEnd): boolean {
  if (end.kind === 'outside') return kind === 'External'
  const own = workload ?? { kind, name }
  return end.ref.namespace === namespace && end.ref.kind === own.kind && end.ref.name === own.name
}
