import type { Endpoint } from '../../network/endpoint.ts'
import type { Addresses } from '../../sets/addresses.ts'

/** The resolv.conf of a client. */
export interface Resolver {
  /** Domains that are appended to a name, in this order. */
  readonly search: readonly string[]
  /** A name with as many dots is tried as it is first. */
  readonly ndots: number
  /** The cluster's DNS, the servers of its node, or servers of its own. */
  readonly servers: 'cluster' | 'node' | readonly Addresses[]
}

/** S-220, S-232; `domain` is the cluster's. A node, and a Pod with the DNS settings of its node, resolve no names of the cluster. */
export function resolverOf(client: Endpoint, domain: string): Resolver {
  if (client.kind !== 'pod') return { search: [], ndots: 1, servers: 'node' }
  const { dns, namespace, hostNetwork } = client.pod
  const searches = dns.searches.map(withoutFinalDot)
  const ndots = dns.ndots ?? 1
  if (dns.policy === 'None') return { search: searches, ndots, servers: dns.nameservers }
  const asNode = dns.policy === 'Default' || (dns.policy === 'ClusterFirst' && hostNetwork)
  if (asNode) return { search: searches, ndots, servers: 'node' }
  return {
    search: [`${namespace}.svc.${domain}`, `svc.${domain}`, domain, ...searches],
    ndots: dns.ndots ?? 5,
    servers: 'cluster',
  }
}

/** The full names that are asked for, in order, until one of them is answered (S-221). */
export function candidatesOf(name: string, { search, ndots }: Resolver): readonly string[] {
  if (name.endsWith('.')) return [withoutFinalDot(name)]
  const searched = search.map(suffix => `${name}.${suffix}`)
  const dots = name.split('.').length - 1
  return dots >= ndots ? [name, ...searched] : [...searched, name]
}

export const withoutFinalDot = (name: string): string => name.replace(/\.$/, '')
