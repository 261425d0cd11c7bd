import type { HostPort } from '../model/objects.ts'
import type { EndpointsTarget } from '../naming/resolve.ts'
import { type Endpoint, isSame, isSubject, nodeOf } from '../network/endpoint.ts'
import { endpointClassifier, pairsOf } from '../network/endpoint-classes.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import type { HostPortOwner } from '../network/host-ports.ts'
import { evaluatePair, withoutEgress } from '../network/pair.ts'
import { type Connections, ports } from '../sets/connections.ts'
import { distinctBy } from '../sets/group-by.ts'
import type { World } from '../world/world.ts'
import { connect, type Hop, type Path } from './path.ts'
import { rewritten } from './service-clients.ts'

type NodeEndpoint = Extract<Endpoint, { kind: 'node' }>

/** A connection to a port of a node that leads to a Pod there, or may lead to one of some Pods. */
export function throughHostPort(
  world: World,
  source: EndpointsTarget,
  to: NodeEndpoint,
  owners: readonly HostPortOwner[],
): readonly Path[] {
  const distinct = alike(world, to, owners)
  const isSure = distinct.some(({ isThere }) => isThere === 'yes')
  return pairsOf(world, source.endpoints, [to]).flatMap(([from]) =>
    isSure
      ? distinct.flatMap(owner => toPod(world, from, to, owner))
      : distinct.map(owner => perhapsToPod(world, from, to, owner)),
  )
}

/** Of Pods that no policy tells apart, such as the replicas of a Deployment, one is asked. */
function alike(world: World, to: NodeEndpoint, owners: readonly HostPortOwner[]): readonly HostPortOwner[] {
  const endpoints = owners.map(({ pod }): Endpoint => ({ kind: 'pod', pod }))
  const classOf = endpointClassifier(world, [...endpoints, to])
  return distinctBy(
    owners,
    ({ pod, hostPort }) => `${hostPort.containerPort} ${classOf({ kind: 'pod', pod })}`,
  )
}

/** To the Pod if it runs on the node; else to the node itself. */
function perhapsToPod(world: World, from: Endpoint, to: NodeEndpoint, owner: HostPortOwner): Path {
  const { pod, hostPort } = owner
  const ask = onNode(hostPort)
  const port = { protocol: hostPort.protocol, number: hostPort.number }
  return {
    from: endpointRef(world, from),
    to: endpointRef(world, to),
    port,
    hops: [
      {
        kind: 'either',
        depends: { on: 'placement', pod, node: to.node, hostPort, from },
        ways: [toPod(world, from, to, owner), connect(world, { from, to, ask, port, through: undefined })],
        ask,
      },
    ],
  }
}

const onNode = ({ protocol, number }: HostPort): Connections => ports(protocol, number, number)

/**
 * The node translates where the connection arrives, and keeps the client's address (as the portmap plugin of CNI and Cilium do).
 * The way of a Pod depends on where it runs: on the same node its policies see the other Pod; from another node they see the node
 * that is dialed, and its own node may have replaced its address by the time that it arrives (S-067).
 */
function toPod(world: World, from: Endpoint, to: NodeEndpoint, owner: HostPortOwner): readonly Path[] {
  const { pod, hostPort } = owner
  const { node } = to
  const { containerPort: number, protocol } = hostPort
  const there: Endpoint = { kind: 'pod', pod }
  const port = { protocol, number }
  const flow = { to: there, ask: ports(protocol, number, number), port, through: undefined }
  const forwarded: Hop = { kind: 'host-port', node, pod, hostPort }
  const connected = (seen: Endpoint): readonly Path[] =>
    connect(world, { ...flow, from: seen }).map(path => ({ ...path, from: endpointRef(world, from) }))
  const withHop = (paths: readonly Path[]): readonly Path[] =>
    paths.map(path => ({ ...path, dialed: onNode(hostPort), hops: [forwarded, ...path.hops] }))
  const isSameNode = nodeOf(from) === node.name || isSame(from, there)
  if (!isSubject(from) || isSameNode) return withHop(connected(from))
  const asked = {
    from,
    to,
    ask: onNode(hostPort),
    port: { protocol, number: hostPort.number },
    through: undefined,
  }
  const leaving = evaluatePair(world, from, to).map((pair): Hop => ({ kind: 'source', flow: asked, pair }))
  const arriving = (seen: Endpoint): readonly Path[] =>
    leaving.flatMap(hop =>
      connected(seen).map(path => ({ ...path, hops: [hop, ...path.hops.map(withoutEgressHop)] })),
    )
  const fromElsewhere = [arriving(rewritten(world, from)), arriving(from)]
  const ways = nodeOf(from) === undefined ? [connected(from), ...fromElsewhere] : fromElsewhere
  return withHop([
    {
      from: endpointRef(world, from),
      to: endpointRef(world, there),
      port,
      hops: [{ kind: 'either', depends: { on: 'client', pod, node, hostPort, from }, ways, ask: flow.ask }],
    },
  ])
}

const withoutEgressHop = (hop: Hop): Hop =>
  hop.kind === 'connection' ? { ...hop, pair: withoutEgress(hop.pair) } : hop
