import {
  type EndpointsTarget,
  endpointsTarget,
  serviceTarget,
  type Target,
  targetAt,
} from '../naming/names.ts'
import { asPort } from '../naming/port.ts'
import { addressesOf, type Endpoint, type External } from '../network/endpoint.ts'
import { endpointClassifier } from '../network/endpoint-classes.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import type { PortQuestion } from '../network/flow.ts'
import type { EndpointRef, Port } from '../report/common.ts'
import { type Addresses, contains, familyOf } from '../sets/addresses.ts'
import { loopback, publicHosts } from '../sets/hosts.ts'
import { printable } from '../source/printable.ts'
import type { World } from '../world/world.ts'
import { type Detail, type Judged, POD_HAS_FINISHED, refusal, type Why } from './answer.ts'
import { type Lookup, lookUp } from './dns/lookup.ts'
import { inHostsFileStage, nameStage } from './dns/name-hop.ts'
import { askDns } from './dns/question.ts'
import { resolverOf } from './dns/resolver.ts'
import { dnsServersOf } from './dns/servers.ts'
import { strangerStage } from './dns/unverified-domain.ts'
import { behind } from './hop.ts'
import type { ClusterSettings } from './settings.ts'
import { portOfTarget, reachTarget } from './to-target.ts'

/** What is asked of a name. */
export interface NameAsked {
  /** As it was typed. */
  readonly name: string
  readonly asked: PortQuestion
  readonly settings: ClusterSettings
  readonly detail: Detail
}

/** The answers, and what the name stood for. */
export interface NameReached {
  readonly judged: readonly Judged[]
  readonly to: EndpointRef
  readonly port: Port | null
  /** It led to an address outside the cluster. */
  readonly isOutside?: boolean
}

/** A connection to a name, as each of the sources looks it up: the lookup, then the way to what was found. */
export function reachName(world: World, source: EndpointsTarget, question: NameAsked): NameReached {
  const idle = nothingRuns(source)
  if (idle !== undefined) {
    const [to, port] = [nameEndpoint(question.name), asPort(question.asked)]
    return { judged: [refusal({ from: source.ref, to, port }, idle)], to, port }
  }
  const ways = clientsAlike(world, source.endpoints, question).map(endpoints =>
    wayOf(world, { ...source, endpoints }, question),
  )
  const [first, ...others] = ways
  const judged = ways.flatMap(way => way.judged)
  const agree = first !== undefined && others.every(({ to }) => to.id === first.to.id)
  return agree
    ? { ...first, judged }
    : { judged, to: nameEndpoint(question.name), port: asPort(question.asked) }
}

/** S-050, S-302: nobody is there to look a name up. */
function nothingRuns({ ref, endpoints }: EndpointsTarget): Why | undefined {
  const symptom = 'nothing runs that could connect'
  if (endpoints.length === 0)
    return { reason: 'WORKLOAD_HAS_NO_PODS', message: `${ref.id} has no Pods`, symptom, steps: [] }
  if (endpoints.some(endpoint => endpoint.kind !== 'pod' || !endpoint.pod.finished)) return undefined
  return { reason: 'POD_HAS_TERMINATED', message: POD_HAS_FINISHED, symptom, steps: [] }
}

const nameEndpoint = (name: string): EndpointRef => ({ id: printable(name), kind: 'Name' })

/** Sources that look names up alike, and that no policy tells apart on the way to the DNS server. */
function clientsAlike(
  world: World,
  endpoints: readonly Endpoint[],
  { name, settings }: NameAsked,
): readonly (readonly Endpoint[])[] {
  const classOf = endpointClassifier(world, endpoints)
  const groups = new Map<string, Endpoint[]>()
  for (const endpoint of endpoints) {
    const lookup = lookUp(world, endpoint, name, settings.domain)
    const itself = lookup.kind === 'in-hosts-file' && lookup.addresses === 'itself'
    const key = JSON.stringify([
      resolvConf(endpoint, settings),
      itself ? endpointRef(world, endpoint).id : classOf(endpoint),
    ])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [endpoint])
    else group.push(endpoint)
  }
  return [...groups.values()]
}

/** Everything that the answer to a lookup hangs on, as a text that can be compared. */
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

function wayOf(
  world: World,
  source: EndpointsTarget,
  { name, asked, settings, detail }: NameAsked,
): NameReached {
  const [client] = source.endpoints
  if (client === undefined) return { judged: [], to: nameEndpoint(name), port: asPort(asked) }
  const lookup = lookUp(world, client, name, settings.domain)
  const targets = targetsOf(world, client, lookup, name)
  const question = {
    typed: printable(name),
    client,
    lookup,
    meaning: targets.map(meaningOf).join(', '),
    domain: settings.domain,
  }
  const servers = dnsServersOf(world, resolverOf(client, settings.domain), settings)
  const hop =
    lookup.kind === 'in-hosts-file'
      ? inHostsFileStage(question)
      : nameStage(world, question, servers, askDns(world, client, servers, detail))
  const [target] = targets
  if (target === undefined) {
    const [to, port] = [nameEndpoint(name), asPort(asked)]
    const { reason, message, symptom } = hop
    const unknown = refusal({ from: source.ref, to, port }, { reason, message, symptom, steps: [] })
    return { judged: behind(hop, [unknown]), to, port }
  }
  const reached = targets.flatMap(one => reachTarget(world, source, one, asked, detail))
  const unsure = target.ref.kind === 'External' ? strangerStage(world, lookup, name) : undefined
  const judged = unsure === undefined ? reached : behind(unsure, reached)
  const isOutside = lookup.kind === 'outside'
  return {
    judged: behind(hop, judged),
    to: targets.length === 1 ? target.ref : nameEndpoint(name),
    port: portOfTarget(source, target, asked),
    isOutside,
  }
}

/** What a lookup leads to: more than one thing where /etc/hosts has several addresses, and none where it leads nowhere. */
function targetsOf(world: World, client: Endpoint, lookup: Lookup, name: string): readonly Target[] {
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
      return [endpointsTarget(world, outside(world, client, lookup.as), name)]
    case 'not-found':
      return []
    case 'found':
      return [ofRecord(world, lookup.record, name)]
  }
}

/** What of the cluster has the address, or an end outside that is called by the name. */
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
      return { kind: 'api-server', ref: API_SERVER }
  }
}

const API_SERVER: EndpointRef = {
  id: 'default/kubernetes',
  kind: 'Service',
  namespace: 'default',
  name: 'kubernetes',
}

/** A name of the world outside is some public address: IPv4, and IPv6 where the client has an address of that family. */
function outside(world: World, client: Endpoint, name: string): readonly External[] {
  const families = new Set(addressesOf(world.cluster, client).map(familyOf))
  const wanted = families.has('IPv6')
    ? (['IPv4', 'IPv6'] as const).filter(family => families.has(family))
    : (['IPv4'] as const)
  return wanted.map(family => ({
    kind: 'external',
    name: printable(name),
    addresses: publicHosts(family),
    isOneOf: true,
  }))
}

function meaningOf(target: Target): string {
  switch (target.kind) {
    case 'service':
      return `Service ${target.ref.id}`
    case 'api-server':
      return 'the Service of the API server'
    case 'endpoints':
      return target.endpoints.map(meaningOfEndpoint).join(', ')
  }
}

function meaningOfEndpoint(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'pod':
      return `Pod ${endpoint.pod.namespace}/${endpoint.pod.name}`
    case 'node':
      return `node ${endpoint.node.name}`
    case 'external':
      return endpoint.isOneOf ? 'an address outside the cluster' : endpoint.name
  }
}
