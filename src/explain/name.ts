import type { Service } from '../model/objects.ts'
import type { Target } from '../naming/resolve.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { externalId } from '../network/endpoint-ids.ts'
import { serviceSelects } from '../network/service-backends.ts'
import { lookUp } from '../path/dns/lookup.ts'
import { resolverOf } from '../path/dns/resolver.ts'
import type { NameHop } from '../path/path.ts'
import { verdictOfAll, verdictOfHop } from '../path/verdict.ts'
import type { Symptom, VerdictWord } from '../report/common.ts'
import type { NameHint, NameNotFound, NameResolves, NameTarget } from '../report/facts/names.ts'
import type { Conclusion } from '../report/facts/paths.ts'
import { nearest } from '../source/did-you-mean.ts'
import { printable } from '../source/printable.ts'
import type { World } from '../world/world.ts'
import { creatorName } from './assumptions/created.ts'
import { type Explanation, explanationOf } from './explanation.ts'

const NAME_SYMPTOMS: Readonly<Record<VerdictWord, Symptom>> = {
  yes: 'connects',
  no: 'name-does-not-resolve',
  partial: 'name-resolves-at-times',
  undetermined: 'unknown',
}

/** Why a name resolves or does not; `query` explains the query over UDP, and is undefined where no server is there to ask. */
export function explainName(world: World, hop: NameHop, query: Explanation | undefined): Explanation {
  const verdict = verdictOfHop(hop)
  const why = nameConclusion(world, hop, query)
  const steps = query === undefined || query.steps.length === 0 ? {} : { steps: query.steps }
  return explanationOf({ step: 'name', verdict, why, object: hop.typed, ...steps }, NAME_SYMPTOMS[verdict])
}

function nameConclusion(world: World, hop: NameHop, asked: Explanation | undefined): Conclusion {
  const { typed: name, query } = hop
  if (query === undefined) return { code: 'NAME_RESOLVES', facts: resolvesFacts(hop) }
  const missing = nameNotFound(world, hop)
  const blocked = { name, servers: query.servers.name, ...(asked && { why: asked.why }) }
  const verdict = verdictOfAll(query.udp)
  if (verdict === 'no') return { code: 'DNS_BLOCKED', facts: { ...blocked, ...(missing && { missing }) } }
  const by = hop.lookup.kind === 'not-found' ? hop.lookup.by.map(creatorName) : []
  if (by.length > 0) return { code: 'UNDETERMINED_CREATED_OBJECT', facts: { what: 'name', name, by } }
  const searched = hop.lookup.kind === 'not-found' ? hop.lookup.searched : undefined
  if (searched !== undefined && missing?.why === 'unknown') {
    const { hint } = missing
    const facts = { name, searched: printable(searched), ...(hint !== undefined && { hint }) }
    return { code: 'UNDETERMINED_NAME', facts }
  }
  if (missing !== undefined) return { code: 'NAME_NOT_FOUND', facts: missing }
  if (verdict === 'yes') return { code: 'NAME_RESOLVES', facts: resolvesFacts(hop) }
  return verdict === 'partial'
    ? { code: 'DNS_BLOCKED', facts: blocked }
    : { code: 'UNDETERMINED_DNS', facts: blocked }
}

function resolvesFacts({ typed, lookup, targets }: NameHop): NameResolves {
  const byHostsFile = lookup.kind === 'in-hosts-file'
  const isAsked = lookup.kind === 'found' || lookup.kind === 'outside'
  const as = isAsked ? printable(lookup.as) : undefined
  const aliases = isAsked ? lookup.aliases : []
  return {
    name: typed,
    ...(as !== undefined && as !== typed.toLowerCase() && { as }),
    aliases: aliases.map(({ namespace, name, externalName = '' }) => ({
      service: `${namespace}/${name}`,
      externalName,
    })),
    targets: targets.flatMap(targetsOf),
    byHostsFile,
  }
}

function targetsOf(target: Target): readonly NameTarget[] {
  switch (target.kind) {
    case 'service':
      return [{ kind: 'Service', id: target.ref.id }]
    case 'api-server':
      return [{ kind: 'API server' }]
    case 'endpoints':
      return target.endpoints.map(targetOfEndpoint)
  }
}

function targetOfEndpoint(endpoint: Endpoint): NameTarget {
  switch (endpoint.kind) {
    case 'pod':
      return { kind: 'Pod', id: `${endpoint.pod.namespace}/${endpoint.pod.name}` }
    case 'node':
      return { kind: 'Node', id: endpoint.node.name }
    case 'external':
      return endpoint.isOneOf ? { kind: 'outside' } : { kind: 'address', name: externalId(endpoint.name) }
  }
}

/** Why a name does not resolve for the client, and the spelling that would; undefined where it resolves. */
function nameNotFound(world: World, { typed, client, lookup, domain }: NameHop): NameNotFound | undefined {
  if (lookup.kind !== 'not-found') return undefined
  const { tried, aliases } = lookup
  const alias = aliases.at(-1)
  if (alias !== undefined)
    return {
      why: 'alias',
      name: typed,
      service: `${alias.namespace}/${alias.name}`,
      externalName: alias.externalName ?? '',
    }
  const spelling = spellingThatWorks(world, client, typed, domain)
  const hint: NameHint | undefined =
    spelling === undefined ? obstacle(world, client, typed, domain) : { kind: 'spelling', name: spelling }
  // For a fully qualified name, those that the search domains make are not of interest.
  const isFull = typed.split('.').length > 3
  return {
    why: 'unknown',
    name: typed,
    ...(client.kind === 'pod' && { namespace: client.pod.namespace }),
    tried: isFull ? [] : tried.map(printable).filter(name => name !== typed),
    ...(hint !== undefined && { hint }),
  }
}

/** Why no other spelling would resolve either. */
function obstacle({ cluster }: World, client: Endpoint, typed: string, domain: string): NameHint | undefined {
  if (resolverOf(client, domain).servers === 'node')
    return client.kind === 'pod'
      ? { kind: 'dns-policy', policy: client.pod.dns.policy, hostNetwork: client.pod.hostNetwork }
      : { kind: 'node-dns' }
  const [name = ''] = typed.split('.')
  const external = cluster.services.find(
    service => service.name === name && service.externalName !== undefined,
  )
  if (external?.externalName !== undefined)
    return {
      kind: 'external-name-is-address',
      service: `${external.namespace}/${name}`,
      address: external.externalName,
    }
  return cluster.pods.some(pod => pod.name === name) ? { kind: 'is-a-pod', pod: name } : undefined
}

/** The Service that was probably intended, by the shortest name that resolves for this client. */
function spellingThatWorks(
  world: World,
  client: Endpoint,
  typed: string,
  domain: string,
): string | undefined {
  const own = ownName(world, client, typed.toLowerCase(), domain)
  if (own !== undefined) return own
  for (const service of servicesMeant(world, client, typed.toLowerCase())) {
    const { name, namespace } = service
    const spellings = [name, `${name}.${namespace}`, `${name}.${namespace}.svc.${domain}`]
    const works = spellings.find(spelling => leadsTo(world, client, spelling, domain, service))
    if (works !== undefined) return works
  }
  return undefined
}

/** The name of a Pod of a StatefulSet, where it was typed with another Service than the Pod's own (S-227). */
function ownName(world: World, client: Endpoint, typed: string, domain: string): string | undefined {
  const [first, second] = typed.split('.')
  for (const { hostname, subdomain, namespace } of second === undefined ? [] : world.cluster.pods) {
    if (hostname !== first || subdomain === undefined) continue
    const isThere = world.cluster.services.some(one => one.name === subdomain && one.namespace === namespace)
    const name = [`${hostname}.${subdomain}`, `${hostname}.${subdomain}.${namespace}`].find(spelling => {
      const found = lookUp(world, client, spelling, domain)
      return found.kind === 'found' && found.record.kind === 'endpoints'
    })
    if (isThere && name !== undefined) return name
  }
  return undefined
}

function leadsTo(world: World, client: Endpoint, name: string, domain: string, service: Service): boolean {
  const found = lookUp(world, client, name, domain)
  if (found.kind !== 'found' && found.kind !== 'outside') return false
  if (found.aliases[0] !== undefined) return found.aliases[0] === service
  return found.kind === 'found' && found.record.kind === 'service' && found.record.service === service
}

/**
 * The Services that may have been intended, the likeliest first: of the same name, of this name elsewhere, with name and
 * namespace exchanged, in front of a Pod of this name, of a similar name.
 */
function servicesMeant(world: World, client: Endpoint, typed: string): readonly Service[] {
  const { services, pods } = world.cluster
  const [first = '', second = ''] = typed.split('.')
  const own = client.kind === 'pod' ? client.pod.namespace : undefined
  const ownFirst = [...services].sort((a, b) => Number(b.namespace === own) - Number(a.namespace === own))
  const byName = ownFirst.filter(({ name, namespace }) => name === first && namespace === second)
  const elsewhere = ownFirst.filter(({ name }) => name === first)
  const turned = ownFirst.filter(({ name, namespace }) => name === second && namespace === first)
  const named = pods.filter(pod => pod.name === first)
  const inFront = ownFirst.filter(service => named.some(pod => serviceSelects(service, pod)))
  const ids = ownFirst.map(({ name, namespace }) => `${name}.${namespace}`)
  const near = nearest(second === '' ? `${first}.${own}` : `${first}.${second}`, ids)
  const similar = ownFirst.filter(({ name, namespace }) => `${name}.${namespace}` === near)
  return [...byName, ...elsewhere, ...turned, ...inFront, ...similar]
}
