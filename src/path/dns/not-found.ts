import type { Endpoint } from '../../network/endpoint.ts'
import { printable } from '../../source/printable.ts'
import type { World } from '../../world/world.ts'
import type { Lookup } from './lookup.ts'
import { resolverOf } from './resolver.ts'
import { spellingThatWorks } from './spelling.ts'

/** Why a name does not resolve, as the client would see it, and the spelling that would work. */
export function whyNotFound(
  world: World,
  client: Endpoint,
  typed: string,
  { tried, aliases }: Extract<Lookup, { kind: 'not-found' }>,
  domain: string,
): string {
  const alias = aliases.at(-1)
  if (alias !== undefined)
    return `\`${typed}\` is ExternalName ${alias.namespace}/${alias.name} for ${alias.externalName}, which does not resolve`
  const what = printable(`\`${typed}\` does not resolve${placeOf(client)}${triedText(typed, tried)}`)
  const spelling = spellingThatWorks(world, client, typed, domain)
  if (spelling !== undefined) return `${what}; \`${spelling.name}\` would`
  return `${what}${hint(world, client, typed, domain)}`
}

function placeOf(client: Endpoint): string {
  if (client.kind !== 'pod') return ''
  return ` in namespace ${client.pod.namespace}`
}

function triedText(typed: string, tried: readonly string[]): string {
  const others = tried.filter(name => name !== typed)
  // Behind a name that is full already, the search domains say nothing.
  return others.length === 0 || typed.split('.').length > 3 ? '' : ` (tried ${others.join(', ')})`
}

/** What stands in the way that no other spelling goes round. */
function hint({ cluster }: World, client: Endpoint, typed: string, domain: string): string {
  if (resolverOf(client, domain).servers === 'node')
    return client.kind === 'pod'
      ? `; dnsPolicy ${client.pod.dns.policy}${client.pod.hostNetwork ? ' with hostNetwork' : ''} asks the node's DNS servers, which know no names of the cluster`
      : '; a node asks DNS servers that know no names of the cluster'
  const [name = ''] = typed.split('.')
  const external = cluster.services.find(
    service => service.name === name && service.externalName !== undefined,
  )
  if (external !== undefined)
    return `; ExternalName ${external.namespace}/${name} is for the address ${external.externalName}, and DNS gives no answer for one`
  if (cluster.pods.some(pod => pod.name === name))
    return `; ${name} is a Pod, and a Pod has no name of its own in DNS: put a Service in front of it, or ask for \`pod/${name}\``
  return ''
}
