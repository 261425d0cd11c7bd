import { type Cluster, hasNamespace } from '../../model/cluster.ts'
import type { Creator } from '../../model/kinds/custom/creators.ts'
import type { Service } from '../../model/objects.ts'
import { endpointAt, serviceAt } from '../../network/address-owner.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import type { Addresses } from '../../sets/addresses.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { creatorsOf } from '../../world/creators.ts'
import type { World } from '../../world/world.ts'
import { candidatesOf, type Resolver, resolverOf, withoutFinalDot } from './resolver.ts'
import { recordOf, type ZoneRecord } from './zone.ts'

/** What a client's lookup of a name gives. */
export type Lookup =
  | {
      readonly kind: 'found'
      readonly record: Exclude<ZoneRecord, { kind: 'alias' }>
      /** The full name that was answered. */
      readonly as: string
      readonly aliases: readonly Service[]
    }
  /** No server of the cluster knows the name; one outside may. */
  | { readonly kind: 'outside'; readonly as: string; readonly aliases: readonly Service[] }
  | {
      readonly kind: 'not-found'
      readonly tried: readonly string[]
      readonly aliases: readonly Service[]
      /** Which objects may create a Service of that name. */
      readonly by: readonly Creator[]
      /** A name that a search domain of the client makes of it, which a server outside may know (S-221). */
      readonly searched?: string
    }
  /** In the client's own /etc/hosts: no server is asked (S-233). */
  | { readonly kind: 'in-hosts-file'; readonly addresses: 'itself' | readonly Addresses[] }

/** Looks a name up as the client would (S-221 to S-233); upper and lower case are the same. */
export function lookUp(world: World, client: Endpoint, typed: string, domain: string): Lookup {
  const name = typed.toLowerCase()
  return inHostsFile(client, withoutFinalDot(name)) ?? ask(world, resolverOf(client, domain), name, domain)
}

function inHostsFile(client: Endpoint, name: string): Lookup | undefined {
  if (name === 'localhost') return { kind: 'in-hosts-file', addresses: 'itself' }
  if (client.kind !== 'pod') return undefined
  const { pod } = client
  const aliased = pod.hostAliases
    .filter(({ hostnames }) => hostnames.includes(name))
    .map(({ address }) => address)
  if (aliased.length > 0) return { kind: 'in-hosts-file', addresses: aliased }
  // A Pod on its node's network has the node's host name.
  const own = !pod.hostNetwork && name === (pod.hostname ?? pod.name)
  return own ? { kind: 'in-hosts-file', addresses: 'itself' } : undefined
}

/** A chain of aliases is cut where it comes back to itself. */
const LONGEST_ALIAS_CHAIN = 8

function ask(
  world: World,
  resolver: Resolver,
  name: string,
  domain: string,
  aliases: readonly Service[] = [],
): Lookup {
  const tried = candidatesOf(name, resolver)
  for (const candidate of tried) {
    const record = knowsCluster(world, resolver, domain) ? recordIn(world, candidate, domain) : undefined
    if (record?.kind === 'alias') {
      const chain = [...aliases, record.service]
      return chain.length > LONGEST_ALIAS_CHAIN
        ? { kind: 'not-found', tried, aliases: chain, by: [] }
        : ask(world, resolver, `${withoutFinalDot(record.to)}.`, domain, chain)
    }
    if (record !== undefined) return { kind: 'found', record, as: candidate, aliases }
    const by = creatorsOfService(world, candidate, domain)
    if (by.length > 0) return { kind: 'not-found', tried, aliases, by }
    if (candidate === withoutFinalDot(name) && mayBeOutside(world, candidate, domain))
      return { kind: 'outside', as: candidate, aliases }
  }
  const searched = searchedOutside(tried, name, domain)
  const notFound = { kind: 'not-found', tried, aliases, by: [] } as const
  if (searched === undefined) return notFound
  // What was meant for the cluster may be a typo, of which nothing is taken to exist.
  return isMeantForCluster(world, withoutFinalDot(name))
    ? { ...notFound, searched }
    : { kind: 'outside', as: searched, aliases }
}

/**
 * The first name that a search domain of the Pod's `dnsConfig` makes and a server outside may know: the Pod asks for it (S-221,
 * S-232), and that it searches the domain says that somebody has it.
 */
function searchedOutside(tried: readonly string[], name: string, domain: string): string | undefined {
  const [first = '', ...others] = withoutFinalDot(name).split('.')
  if (first.startsWith('_') || others.includes('svc') || withoutFinalDot(name).endsWith(`.${domain}`))
    return undefined
  return tried.find(
    candidate =>
      candidate !== withoutFinalDot(name) && candidate !== domain && !candidate.endsWith(`.${domain}`),
  )
}

/** Whether a name is made up of those of the cluster, or nearly: of its Services, Pods and namespaces. */
function isMeantForCluster({ cluster }: World, name: string): boolean {
  const [first = '', ...others] = name.split('.')
  return (
    cluster.services.some(one => one.name === first) ||
    cluster.pods.some(one => one.name === first || one.workload?.name === first) ||
    others.some(label => hasNamespace(cluster, label)) ||
    nearest(
      name,
      cluster.services.map(one => one.name),
    ) !== undefined ||
    isTypoOfService(cluster, name)
  )
}

/**
 * Whether its servers resolve names of the cluster. Servers of the Pod's own `dnsConfig` do where they are in the input, or
 * where the Pod searches the cluster's domain, which is of no use with another server.
 */
function knowsCluster(world: World, { servers, search }: Resolver, domain: string): boolean {
  if (typeof servers === 'string') return servers === 'cluster'
  return (
    search.some(suffix => suffix === domain || suffix.endsWith(`.${domain}`)) ||
    servers.some(
      address => serviceAt(world, address) !== undefined || endpointAt(world, address)?.kind === 'pod',
    )
  )
}

/** Which objects may create the Service that a full name of the cluster is for. */
function creatorsOfService(world: World, name: string, domain: string): readonly Creator[] {
  if (!name.endsWith(`.svc.${domain}`)) return []
  const [namespace = '', service = ''] = name
    .slice(0, -domain.length - 5)
    .split('.')
    .toReversed()
  // What can be in any namespace is in one that is known: github.com is none.
  return creatorsOf(world, namespace, service).filter(
    ({ into }) => into !== undefined || hasNamespace(world.cluster, namespace),
  )
}

function recordIn(world: World, name: string, domain: string): ZoneRecord | undefined {
  if (!name.endsWith(`.${domain}`)) return undefined
  return recordOf(world, name.slice(0, -domain.length - 1).split('.'))
}

/** Domains that no server outside answers for. */
const NEVER_OUTSIDE: readonly string[] = ['svc', 'pod', 'local', 'localhost', 'invalid', 'test']

/**
 * Whether a full name may exist outside. Names in the form of a cluster's do not; nor do those that are made up of a Pod, a
 * Service or a namespace, because they were meant for the cluster.
 */
function mayBeOutside({ cluster }: World, name: string, domain: string): boolean {
  const labels = name.split('.')
  const [first = ''] = labels
  const [last = '', owner = ''] = labels.toReversed()
  const isService = (label: string): boolean => cluster.services.some(service => service.name === label)
  const isPod = (label: string): boolean => cluster.pods.some(pod => pod.name === label)
  if (labels.length < 2 || name === domain || name.endsWith(`.${domain}`)) return false
  if (labels.lastIndexOf('svc') > 0 || NEVER_OUTSIDE.includes(last) || /^\d+$/.test(last)) return false
  // Names of services and protocols (`_http._tcp`) have no addresses, whoever is asked (S-230).
  const isBelowService = cluster.services.some(one => one.name === owner && one.namespace === last)
  if (isBelowService || first.startsWith('_')) return false
  if (labels.length > 3) return true
  if (hasNamespace(cluster, last) || isService(last)) return false
  return labels.length === 3 || !(isService(first) || isPod(first) || isTypoOfService(cluster, name))
}

/** Whether a name is nearly that of a Service with its namespace, and so meant for it. */
const isTypoOfService = ({ services }: Cluster, name: string): boolean =>
  nearest(
    name,
    services.map(service => `${service.name}.${service.namespace}`),
  ) !== undefined
