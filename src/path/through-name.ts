import { type Parties, partiesTarget, serviceTarget, type Target, targetAt } from '../naming/names.ts'
import { addressesOf, type External, type Party } from '../network/endpoint.ts'
import { partyClassifier } from '../network/endpoint-classes.ts'
import { partyEndpoint } from '../network/endpoint-ids.ts'
import { asPort, type PortQuestion } from '../network/port.ts'
import type { Endpoint, Port } from '../report/common.ts'
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
import type { Setup } from './settings.ts'
import { portOfTarget, reachTarget } from './to-target.ts'

/** What is asked of a name. */
export interface NameAsked {
  /** As it was typed. */
  readonly name: string
  readonly asked: PortQuestion
  readonly setup: Setup
  readonly detail: Detail
}

/** The answers, and what the name stood for. */
export interface NameReached {
  readonly judged: readonly Judged[]
  readonly to: Endpoint
  readonly port: Port | null
  /** It led to an address outside the cluster. */
  readonly isOutside?: boolean
}

/** A connection to a name, as each of the sources looks it up: the lookup, then the way to what was found. */
export function reachName(world: World, source: Parties, question: NameAsked): NameReached {
  const idle = nothingRuns(source)
  if (idle !== undefined) {
    const [to, port] = [nameEndpoint(question.name), asPort(question.asked)]
    return { judged: [refusal({ from: source.endpoint, to, port }, idle)], to, port }
  }
  const ways = clientsAlike(world, source.parties, question).map(parties =>
    wayOf(world, { ...source, parties }, question),
  )
  const [first, ...others] = ways
  const judged = ways.flatMap(way => way.judged)
  const agree = first !== undefined && others.every(({ to }) => to.id === first.to.id)
  return agree
    ? { ...first, judged }
    : { judged, to: nameEndpoint(question.name), port: asPort(question.asked) }
}

/** S-050, S-302: nobody is there to look a name up. */
function nothingRuns({ endpoint, parties }: Parties): Why | undefined {
  const symptom = 'nothing runs that could connect'
  if (parties.length === 0)
    return { reason: 'WORKLOAD_HAS_NO_PODS', message: `${endpoint.id} has no Pods`, symptom, steps: [] }
  if (parties.some(party => party.kind !== 'pod' || !party.pod.finished)) return undefined
  return { reason: 'POD_HAS_TERMINATED', message: POD_HAS_FINISHED, symptom, steps: [] }
}

const nameEndpoint = (name: string): Endpoint => ({ id: printable(name), kind: 'Name' })

/** Sources that look names up alike, and that no policy tells apart on the way to the DNS server. */
function clientsAlike(
  world: World,
  parties: readonly Party[],
  { name, setup }: NameAsked,
): readonly (readonly Party[])[] {
  const classOf = partyClassifier(world, parties)
  const groups = new Map<string, Party[]>()
  for (const party of parties) {
    const lookup = lookUp(world, party, name, setup.domain)
    const itself = lookup.kind === 'in-hosts-file' && lookup.addresses === 'itself'
    const key = JSON.stringify([
      resolvConf(party, setup),
      itself ? partyEndpoint(world, party).id : classOf(party),
    ])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [party])
    else group.push(party)
  }
  return [...groups.values()]
}

/** Everything that the answer to a lookup hangs on, as a text that can be compared. */
function resolvConf(client: Party, { domain }: Setup): readonly string[] {
  const { search, ndots, servers } = resolverOf(client, domain)
  const aliases = client.kind === 'pod' ? client.pod.hostAliases : []
  return [
    search.join(),
    String(ndots),
    typeof servers === 'string' ? servers : servers.join(';'),
    ...aliases.map(({ address, hostnames }) => `${address.join()} ${hostnames.join()}`),
  ]
}

function wayOf(world: World, source: Parties, { name, asked, setup, detail }: NameAsked): NameReached {
  const [client] = source.parties
  if (client === undefined) return { judged: [], to: nameEndpoint(name), port: asPort(asked) }
  const lookup = lookUp(world, client, name, setup.domain)
  const targets = targetsOf(world, client, lookup, name)
  const question = {
    typed: printable(name),
    client,
    lookup,
    meaning: targets.map(meaningOf).join(', '),
    domain: setup.domain,
  }
  const servers = dnsServersOf(world, resolverOf(client, setup.domain), setup)
  const stage =
    lookup.kind === 'in-hosts-file'
      ? inHostsFileStage(question)
      : nameStage(world, question, servers, askDns(world, client, servers, detail))
  const [target] = targets
  if (target === undefined) {
    const [to, port] = [nameEndpoint(name), asPort(asked)]
    const { reason, message, symptom } = stage
    const unknown = refusal({ from: source.endpoint, to, port }, { reason, message, symptom, steps: [] })
    return { judged: behind(stage, [unknown]), to, port }
  }
  const reached = targets.flatMap(one => reachTarget(world, source, one, asked, detail))
  const unsure = target.endpoint.kind === 'External' ? strangerStage(world, lookup, name) : undefined
  const judged = unsure === undefined ? reached : behind(unsure, reached)
  const isOutside = lookup.kind === 'outside'
  return {
    judged: behind(stage, judged),
    to: targets.length === 1 ? target.endpoint : nameEndpoint(name),
    port: portOfTarget(source, target, asked),
    isOutside,
  }
}

/** What a lookup leads to: more than one thing where /etc/hosts has several addresses, and none where it leads nowhere. */
function targetsOf(world: World, client: Party, lookup: Lookup, name: string): readonly Target[] {
  switch (lookup.kind) {
    case 'in-hosts-file':
      return lookup.addresses === 'itself'
        ? [partiesTarget(world, [client], name)]
        : lookup.addresses.map(address =>
            contains(loopback(), address)
              ? partiesTarget(world, [client], name)
              : ofAddress(world, address, name),
          )
    case 'outside':
      return [partiesTarget(world, outside(world, client, lookup.as), name)]
    case 'not-found':
      return []
    case 'found':
      return [ofRecord(world, lookup.record, name)]
  }
}

/** What of the cluster has the address, or an end outside that is called by the name. */
function ofAddress(world: World, addresses: Addresses, name: string): Target {
  const party: Party = { kind: 'external', name, addresses }
  return targetAt(world, addresses) ?? partiesTarget(world, [party], name)
}

function ofRecord(world: World, record: Extract<Lookup, { kind: 'found' }>['record'], name: string): Target {
  switch (record.kind) {
    case 'service':
      return serviceTarget(record.service)
    case 'endpoints':
      return partiesTarget(world, record.parties, name)
    case 'address':
      return ofAddress(world, record.address, name)
    case 'api-server':
      return { kind: 'api-server', endpoint: API_SERVER }
  }
}

const API_SERVER: Endpoint = {
  id: 'default/kubernetes',
  kind: 'Service',
  namespace: 'default',
  name: 'kubernetes',
}

/** A name of the world outside is some public address: IPv4, and IPv6 where the client has an address of that family. */
function outside(world: World, client: Party, name: string): readonly External[] {
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
      return `Service ${target.endpoint.id}`
    case 'api-server':
      return 'the Service of the API server'
    case 'parties':
      return target.parties.map(meaningOfParty).join(', ')
  }
}

function meaningOfParty(party: Party): string {
  switch (party.kind) {
    case 'pod':
      return `Pod ${party.pod.namespace}/${party.pod.name}`
    case 'node':
      return `node ${party.node.name}`
    case 'external':
      return party.isOneOf ? 'an address outside the cluster' : party.name
  }
}
