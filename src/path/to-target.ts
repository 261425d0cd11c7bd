import type { Service } from '../model/objects.ts'
import { askOf, asPort } from '../naming/port.ts'
import type { EndpointsTarget, ServiceTarget, Target } from '../naming/resolve.ts'
import { nodePortAt } from '../network/address-owner.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { pairsOf } from '../network/endpoint-classes.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import type { PortQuestion } from '../network/flow.ts'
import { backendsOf } from '../network/service-backends.ts'
import type { EndpointRef, Port } from '../report/common.ts'
import { ports } from '../sets/connections.ts'
import type { World } from '../world/world.ts'
import { connect, deadEnd, type Path } from './path.ts'
import type { ServiceCall } from './service-clients.ts'
import { servicePortAsked, throughService } from './through-service.ts'

/** The paths from a source to all endpoints of a target. */
export function pathsToTarget(
  world: World,
  source: EndpointsTarget,
  target: Target,
  asked: PortQuestion,
): readonly Path[] {
  if (source.endpoints.length === 0) return [withoutPods(source.ref, target.ref, source.ref, asked)]
  switch (target.kind) {
    case 'service':
      return isOpenEnded(target.service, asked)
        ? toEndpoints(world, source, backendsTarget(world, target), asked)
        : throughService(world, source, { ...target, asked })
    case 'endpoints': {
      const call = nodePortCall(world, target, asked)
      return call === undefined
        ? toEndpoints(world, source, target, asked)
        : throughService(world, source, call)
    }
    case 'api-server':
      return toApiServer(world, source, target, asked)
  }
}

/** S-215: a headless Service without ports, asked without a port, is its backends. */
export const isOpenEnded = ({ headless, ports: listed }: Service, { port }: PortQuestion): boolean =>
  headless && listed.length === 0 && port === undefined

const backendsTarget = (
  world: World,
  { ref, service, backends = backendsOf(world, service) }: ServiceTarget,
): EndpointsTarget => ({
  kind: 'endpoints',
  ref,
  endpoints: backends.map(({ endpoint }) => endpoint),
})

/** The Service whose node port was dialed (S-067). */
function nodePortCall(
  world: World,
  { endpoints: [endpoint, ...others] }: EndpointsTarget,
  asked: PortQuestion,
): ServiceCall | undefined {
  if (endpoint?.kind !== 'node' || others.length > 0 || typeof asked.port !== 'number') return undefined
  const found = nodePortAt(world, asked.protocol ?? 'TCP', asked.port)
  return found && { service: found.service, dialed: endpoint.node, asked }
}

/** The port that a question is about, as a report shows it. */
export function portOfTarget(source: EndpointsTarget, target: Target, asked: PortQuestion): Port | null {
  return target.kind === 'service' ? servicePortAsked(source, { ...target, asked }) : asPort(asked)
}

/** S-302: an object without Pods can be asked about, but nothing connects. */
const withoutPods = (from: EndpointRef, to: EndpointRef, of: EndpointRef, asked: PortQuestion): Path =>
  deadEnd({ from, to, port: asPort(asked) }, { kind: 'no-pods', of, isSource: of === from })

function toEndpoints(
  world: World,
  source: EndpointsTarget,
  target: EndpointsTarget,
  asked: PortQuestion,
): readonly Path[] {
  if (target.endpoints.length === 0) return [withoutPods(source.ref, target.ref, target.ref, asked)]
  return pairsOf(world, source.endpoints, target.endpoints).flatMap(([from, to]) =>
    toEndpoint(world, from, to, asked),
  )
}

function toEndpoint(world: World, from: Endpoint, to: Endpoint, asked: PortQuestion): readonly Path[] {
  const asking = askOf(asked, to.kind === 'pod' ? to.pod : undefined)
  if (asking !== undefined) return connect(world, { from, to, ...asking, through: undefined })
  const ends = { from: endpointRef(world, from), to: endpointRef(world, to), port: asPort(asked) }
  return [deadEnd(ends, { kind: 'port-not-declared', on: ends.to, port: ends.port, endpoints: [from, to] })]
}

/** The target port of port 443 of the API server's Service (S-069). */
const API_SERVER_PORT = 6443

/** S-069: the backends of the API server's Service are nodes, which the manifests need not have. */
function toApiServer(
  world: World,
  source: EndpointsTarget,
  { ref: to }: Extract<Target, { kind: 'api-server' }>,
  { protocol = 'TCP', port = 443 }: PortQuestion,
): readonly Path[] {
  const asked = asPort({ protocol, port })
  if (protocol !== 'TCP' || (port !== 443 && port !== 'https'))
    return [
      deadEnd({ from: source.ref, to, port: asked }, { kind: 'api-server-port-unknown', to, port: asked }),
    ]
  const server: Endpoint = {
    kind: 'external',
    name: { kind: 'api-server' },
    addresses: undefined,
    isNode: true,
  }
  const ask = ports('TCP', API_SERVER_PORT, API_SERVER_PORT)
  const flow = {
    to: server,
    ask,
    port: { protocol: 'TCP', number: API_SERVER_PORT },
    through: undefined,
  } as const
  return pairsOf(world, source.endpoints, [server])
    .flatMap(([from]) => connect(world, { ...flow, from }))
    .map(path => ({
      ...path,
      dialed: ports('TCP', 443, 443),
      hops: [{ kind: 'assumed', what: { kind: 'api-server', port: API_SERVER_PORT } }, ...path.hops],
    }))
}
