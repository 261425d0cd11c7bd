import { asPort, onPort } from '../naming/port.ts'
import {
  API_SERVER_SERVICE,
  balancerCalled,
  type EndpointsTarget,
  endpointsTarget,
  serviceTarget,
  type Target,
  targetAt,
} from '../naming/resolve.ts'
import { addressesOf, type Endpoint, type External } from '../network/endpoint.ts'
import { endpointClassifier } from '../network/endpoint-classes.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import type { PortQuestion } from '../network/flow.ts'
import { translatedNames } from '../network/nat64.ts'
import { dialed } from '../network/service-backends.ts'
import type { EndpointRef } from '../report/common.ts'
import {
  type Addresses,
  contains,
  FAMILIES,
  type Family,
  familyOf,
  intersect,
  union,
} from '../sets/addresses.ts'
import type { Protocol } from '../sets/connections.ts'
import { groupBy } from '../sets/group-by.ts'
import { hosts, loopback, publicHosts } from '../sets/hosts.ts'
import { printable } from '../source/printable.ts'
import type { World } from '../world/world.ts'
import { type Lookup, lookUp } from './dns/lookup.ts'
import { resolverOf } from './dns/resolver.ts'
import { DNS_PORT, type DnsServers, dnsServersOf } from './dns/servers.ts'
import {
  connect,
  type DeadEnd,
  type DnsQuery,
  deadEnd,
  type Hop,
  type NameHop,
  type Path,
  type PathEnds,
} from './path.ts'
import type { ClusterSettings } from './question.ts'
import { pathsToTarget, portOfTarget, whyWithoutPods } from './to-target.ts'

/** What is asked of a name. */
interface NameAsked {
  /** As it was typed. */
  readonly name: string
  readonly asked: PortQuestion
  readonly settings: ClusterSettings
}

/** The paths to what a question names, and what that is in the report. */
export interface PathsFound extends Pick<PathEnds, 'to' | 'port'> {
  readonly paths: readonly Path[]
}

/** The paths to a name, as each of the sources looks it up: the lookup, then the path to what was found. */
export function throughName(world: World, source: EndpointsTarget, question: NameAsked): PathsFound {
  const to = nameRef(question.name)
  const port = asPort(question.asked)
  const idle = nothingRuns(source, question.asked)
  if (idle !== undefined) return { paths: [deadEnd({ from: source.ref, to, port }, idle)], to, port }
  const found = equalClients(world, source.endpoints, question).map(endpoints =>
    pathsOfClients(world, { ...source, endpoints }, question),
  )
  const [first, ...others] = found
  const paths = found.flatMap(one => one.paths)
  const isAgreed = first !== undefined && others.every(one => one.to.id === first.to.id)
  return isAgreed ? { ...first, paths } : { paths, to, port }
}

/** Whether the name led to an address outside the cluster. */
export const leadsOutside = ({ paths }: PathsFound): boolean =>
  paths.some(({ hops }) => hops.some(hop => hop.kind === 'name' && hop.lookup.kind === 'outside'))

/** S-050, S-302: the source has no Pod that could look a name up. */
function nothingRuns(source: EndpointsTarget, asked: PortQuestion): DeadEnd | undefined {
  const { endpoints } = source
  if (endpoints.length === 0) return whyWithoutPods(source, true, asked)
  const hasFinished = endpoints.every(endpoint => endpoint.kind === 'pod' && endpoint.pod.finished)
  return hasFinished ? { kind: 'source-finished' } : undefined
}

const nameRef = (name: string): EndpointRef => ({ id: printable(name), kind: 'Name' })

/** Equivalence classes of sources: the same resolver settings, and to policies the same endpoint. */
function equalClients(
  world: World,
  endpoints: readonly Endpoint[],
  { name, settings }: NameAsked,
): readonly (readonly Endpoint[])[] {
  const classOf = endpointClassifier(world, endpoints)
  const keyOf = (endpoint: Endpoint): string => {
    const lookup = lookUp(world, endpoint, name, settings.domain)
    const itself = lookup.kind === 'in-hosts-file' && lookup.addresses === 'itself'
    return JSON.stringify([
      resolvConf(endpoint, settings),
      itself ? endpointRef(world, endpoint).id : classOf(endpoint),
    ])
  }
  return [...groupBy(endpoints, keyOf).values()]
}

/** All settings of a client that its lookups depend on, as texts to compare. */
function resolvConf(client: Endpoint, { domain }: ClusterSettings): readonly string[] {
  const { search, ndots, servers } = resolverOf(client, domain)
  const aliases = client.kind === 'pod' ? client.pod.hostAliases : []
  return [
    search.join(),
    String(ndots),
    typeof servers === 'string' ? servers : servers.join(';'),
    ...aliases.map(({ address, hostnames }) => `${address.join()} ${hostnames.join()}`),
  ]
}

/** For equivalent sources, of which the first is asked. */
function pathsOfClients(world: World, source: EndpointsTarget, question: NameAsked): PathsFound {
  const { name, asked } = question
  const [client] = source.endpoints
  const nowhere = { to: nameRef(name), port: asPort(asked) }
  if (client === undefined) return { ...nowhere, paths: [] }
  const hop = nameHop(world, client, question)
  const [target] = hop.targets
  if (target === undefined) return { ...nowhere, paths: [{ from: source.ref, ...nowhere, hops: [hop] }] }
  const unverified = target.ref.kind === 'External' ? unverifiedHops(world, hop) : []
  const paths = hop.targets.flatMap(one => pathsToTarget(world, source, one, asked))
  return {
    paths: paths.map(path => ({ ...path, hops: [hop, ...unverified, ...path.hops] })),
    to: hop.targets.length === 1 ? target.ref : nowhere.to,
    port: portOfTarget(source, target, asked),
  }
}

function nameHop(world: World, client: Endpoint, { name, settings }: NameAsked): NameHop {
  const { domain } = settings
  const lookup = lookUp(world, client, name, domain)
  const servers = dnsServersOf(world, resolverOf(client, domain), settings)
  return {
    kind: 'name',
    typed: printable(name),
    client,
    lookup,
    targets: targetsOfLookup(world, client, lookup, name),
    domain,
    query: lookup.kind === 'in-hosts-file' ? undefined : queryDns(world, client, servers),
  }
}

/** What becomes of a client's query to its DNS servers: connections like any other (S-241). */
function queryDns(world: World, from: Endpoint, servers: DnsServers): DnsQuery {
  const over = (protocol: Protocol): readonly Path[] => queryOver(world, from, servers, protocol)
  return { servers, udp: over('UDP'), tcp: over('TCP') }
}

function queryOver(world: World, from: Endpoint, servers: DnsServers, protocol: Protocol): readonly Path[] {
  const { others } = servers
  const paths = queryTo(world, from, servers, protocol)
  const [first] = paths
  if (others === undefined || first === undefined) return paths
  const waysTo = (all: readonly DnsServers[]) =>
    all.map(one => ({ name: one.name, paths: queryTo(world, from, one, protocol) }))
  const ways = [{ name: servers.name, paths }, ...waysTo(others.servers)]
  const depends = { on: others.on, servers: ways.map(({ name }) => name) }
  const { ask } = onPort(protocol, DNS_PORT)
  return [{ ...first, hops: [{ kind: 'either', depends, ways: ways.map(way => way.paths), ask }] }]
}

function queryTo(
  world: World,
  from: Endpoint,
  { arrivals, service }: DnsServers,
  protocol: Protocol,
): readonly Path[] {
  const servicePort = service?.ports.find(port => port.protocol === protocol && port.port === DNS_PORT)
  const through = service && servicePort && { service, dialed: dialed(servicePort) }
  return arrivals(protocol).flatMap(({ to, port: number }) =>
    connect(world, { from, to, ...onPort(protocol, number), through }),
  )
}

/** None where no policy could make a difference. */
function unverifiedHops(world: World, { typed, lookup }: NameHop): readonly Hop[] {
  if (lookup.kind !== 'found' || lookup.record.kind !== 'address') return []
  const { namespace } = lookup.record
  return world.policies.candidates(namespace, 'ingress').length === 0
    ? []
    : [{ kind: 'unverified-name', typed, namespace }]
}

/** What a lookup leads to: several targets where /etc/hosts has several addresses, none where the name does not resolve. */
function targetsOfLookup(world: World, client: Endpoint, lookup: Lookup, name: string): readonly Target[] {
  switch (lookup.kind) {
    case 'in-hosts-file':
      return lookup.addresses === 'itself'
        ? [endpointsTarget(world, [client], name)]
        : lookup.addresses.map(address =>
            contains(loopback(), address)
              ? endpointsTarget(world, [client], name)
              : ofAddress(world, address, name),
          )
    case 'outside':
      return [endpointsTarget(world, endpointsOfOutsideName(world, client, lookup.as), name)]
    case 'not-found':
      return []
    case 'found':
      return [ofRecord(world, lookup.record, name)]
  }
}

/** The target in the cluster that has the address, or an endpoint outside under that name. */
function ofAddress(world: World, addresses: Addresses, name: string): Target {
  const endpoint: Endpoint = { kind: 'external', name, addresses }
  return targetAt(world, addresses) ?? endpointsTarget(world, [endpoint], name)
}

function ofRecord(world: World, record: Extract<Lookup, { kind: 'found' }>['record'], name: string): Target {
  switch (record.kind) {
    case 'service':
      return serviceTarget(record.service)
    case 'endpoints':
      return endpointsTarget(world, record.endpoints, name)
    case 'address':
      return ofAddress(world, record.address, name)
    case 'api-server':
      return API_SERVER_SERVICE
  }
}

/** A name outside is some public address, that of an internal load balancer any: IPv4, and IPv6 where the client has an address of that family. */
function endpointsOfOutsideName(world: World, client: Endpoint, name: string): readonly External[] {
  const families = new Set(addressesOf(world.cluster, client).map(familyOf))
  const wanted = families.has('IPv6')
    ? (['IPv4', 'IPv6'] as const).filter(family => families.has(family))
    : (['IPv4'] as const)
  const isInternal = balancerCalled(world, name)?.service.internalBy !== undefined
  const hostsOf = (family: Family): Addresses =>
    isInternal ? intersect(hosts(), FAMILIES[family]) : publicHosts(family)
  return wanted.map(family => ({
    kind: 'external',
    name: printable(name),
    addresses: family === 'IPv6' ? union(hostsOf(family), translatedNames(world, client)) : hostsOf(family),
    isOneOf: true,
  }))
}
