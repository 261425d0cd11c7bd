import type { Endpoint } from '../../network/endpoint.ts'
import { endpointId, podRef } from '../../network/endpoint-ids.ts'
import type { DnsServers } from '../../path/dns/servers.ts'
import type { Controller } from '../../path/http/controllers.ts'
import type { EntryPoint } from '../../path/http/entry-points.ts'
import type { Assumed, ConnectionHop, Hop, HostPortHop, Path, SourceHop } from '../../path/path.ts'
import { verdictOfAll, verdictOfHop } from '../../path/verdict.ts'
import type { AssumptionReason, WarningReason } from '../../report/assumption.ts'
import type { World } from '../../world/world.ts'
import { explainSource } from '../connection.ts'
import { assumptionsOfEndpoints } from './endpoints.ts'
import { assumptionsOfPair } from './pair.ts'

type OfEndpoints = (endpoints: readonly Endpoint[]) => readonly AssumptionReason[]

/** What is assumed on a path, in the order of its hops. */
export const assumptionsOfPath = (
  world: World,
  { hops }: Path,
  ofEndpoints: OfEndpoints = endpoints => assumptionsOfEndpoints(world, endpoints),
): readonly AssumptionReason[] => hops.flatMap(hop => assumptionsOfHop(world, hop, ofEndpoints))

/** The same without what is assumed of its endpoints: an answer about many paths says that once. */
export const assumptionsBetweenEndpoints = (world: World, path: Path): readonly AssumptionReason[] =>
  assumptionsOfPath(world, path, () => [])

function assumptionsOfHop(world: World, hop: Hop, ofEndpoints: OfEndpoints): readonly AssumptionReason[] {
  const ofPaths = (paths: readonly Path[]) =>
    paths.flatMap(path => assumptionsOfPath(world, path, ofEndpoints))
  const ofConnection = ({ flow, pair }: ConnectionHop | SourceHop) => [
    ...ofEndpoints([flow.from, flow.to]),
    ...assumptionsOfPair(world, flow, pair),
  ]
  switch (hop.kind) {
    case 'name':
      return hop.query === undefined
        ? []
        : [...assumedServers(world, hop.client, hop.query.servers), ...ofPaths(hop.query.udp)]
    case 'route':
      return [
        ...assumedGateway(hop.entryPoint),
        ...assumedController(hop.entryPoint.controller),
        ...ofPaths(hop.entry),
      ]
    case 'authorization':
      return verdictOfHop(hop) === 'yes' ? [] : ofPaths(hop.paths)
    case 'source':
      return explainSource(world, hop) === undefined ? [] : ofConnection(hop)
    case 'connection':
      return ofConnection(hop)
    case 'dead-end':
      return hop.why.kind === 'port-not-declared' ? ofEndpoints(hop.why.endpoints) : []
    case 'host-port':
      return assumedHostPort(world, hop)
    case 'either':
      return ofPaths(hop.ways.flat())
    case 'assumed':
      return [assumedByHop(world, hop.what)]
    case 'service':
    case 'unverified-name':
      return []
  }
}

function assumedByHop(world: World, what: Assumed): AssumptionReason {
  switch (what.kind) {
    case 'object':
      return { code: 'ASSUMED_OBJECT', facts: { typed: what.typed, object: what.object } }
    case 'local-endpoint': {
      const { namespace, name } = what.service
      return { code: 'ASSUMED_LOCAL_ENDPOINT', facts: { service: { namespace, name } } }
    }
    case 'nat64':
      return { code: 'ASSUMED_NAT64', facts: { address: endpointId(world, what.to) } }
    case 'api-server':
      return { code: 'ASSUMED_API_SERVER', facts: { port: what.port } }
  }
}

/** Of no interest where no policy could make a difference. */
function assumedHostPort(world: World, { node, pod, hostPort }: HostPortHop): readonly AssumptionReason[] {
  if (world.policies.candidates(pod.namespace, 'ingress').length === 0) return []
  const port = { protocol: hostPort.protocol, number: hostPort.number }
  return [
    { code: 'ASSUMED_HOST_PORT', facts: { node: node.name, hostPort: port, pod: podRef(world, pod).id } },
  ]
}

/** A cache is of no interest to a Pod that no policy could keep from it. */
function assumedServers(
  world: World,
  client: Endpoint,
  { assumed }: DnsServers,
): readonly AssumptionReason[] {
  const mayBeHeld =
    client.kind === 'pod' && world.policies.candidates(client.pod.namespace, 'egress').length > 0
  return assumed.filter(what => mayBeHeld || what === 'node' || what.kind !== 'cache').map(assumedDns)
}

const assumedDns = (what: DnsServers['assumed'][number]): AssumptionReason =>
  what === 'node' ? { code: 'ASSUMED_NODE_DNS', facts: {} } : { code: 'ASSUMED_CLUSTER_DNS', facts: what }

function assumedGateway({ assumedGateway: gateway, routing }: EntryPoint): readonly AssumptionReason[] {
  return gateway === undefined || routing.kind === 'no-route'
    ? []
    : [{ code: 'ASSUMED_GATEWAY', facts: { gateway, route: routing.object } }]
}

export const assumedController = ({ assumed: what }: Controller): readonly AssumptionReason[] =>
  what === undefined ? [] : [{ code: 'ASSUMED_INGRESS_CONTROLLER', facts: what }]

/** What works on a path, but not always, or not as well as it should. */
export const warningsOfPath = ({ hops }: Path): readonly WarningReason[] => hops.flatMap(warningsOfHop)

function warningsOfHop(hop: Hop): readonly WarningReason[] {
  switch (hop.kind) {
    case 'name': {
      const { query } = hop
      if (query === undefined || verdictOfAll(query.udp) !== 'yes' || verdictOfAll(query.tcp) === 'yes')
        return []
      return [{ code: 'DNS_OVER_TCP_BLOCKED', facts: { servers: query.servers.name } }]
    }
    case 'route':
      return hop.entryPoint.isWithoutClass ? [{ code: 'INGRESS_CLASS_UNKNOWN', facts: {} }] : []
    case 'authorization':
    case 'service':
    case 'host-port':
    case 'either':
    case 'unverified-name':
    case 'source':
    case 'connection':
    case 'dead-end':
    case 'assumed':
      return []
  }
}
