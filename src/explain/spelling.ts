import type { Service } from '../model/objects.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { chosenPods } from '../network/service-backends.ts'
import { lookUp } from '../path/dns/lookup.ts'
import { nearest } from '../source/did-you-mean.ts'
import type { World } from '../world/world.ts'

/** A spelling of a name that the client would get an answer for: it has been looked up. */
export interface Spelling {
  readonly name: string
  readonly service: Service
}

/** The Service that was probably meant, by the shortest name that works for this client; undefined where none does. */
export function spellingThatWorks(
  world: World,
  client: Endpoint,
  typed: string,
  domain: string,
): Spelling | undefined {
  const own = ownName(world, client, typed.toLowerCase(), domain)
  if (own !== undefined) return own
  for (const service of servicesMeant(world, client, typed.toLowerCase())) {
    const { name, namespace } = service
    const spellings = [name, `${name}.${namespace}`, `${name}.${namespace}.svc.${domain}`]
    const works = spellings.find(spelling => leadsTo(world, client, spelling, domain, service))
    if (works !== undefined) return { name: works, service }
  }
  return undefined
}

/** For the name of a Pod of a StatefulSet behind another Service than its own (S-227). */
function ownName(world: World, client: Endpoint, typed: string, domain: string): Spelling | undefined {
  const [first, second] = typed.split('.')
  for (const { hostname, subdomain, namespace } of second === undefined ? [] : world.cluster.pods) {
    if (hostname !== first || subdomain === undefined) continue
    const service = world.cluster.services.find(one => one.name === subdomain && one.namespace === namespace)
    const name = [`${hostname}.${subdomain}`, `${hostname}.${subdomain}.${namespace}`].find(spelling => {
      const found = lookUp(world, client, spelling, domain)
      return found.kind === 'found' && found.record.kind === 'endpoints'
    })
    if (service !== undefined && name !== undefined) return { name, service }
  }
  return undefined
}

function leadsTo(world: World, client: Endpoint, name: string, domain: string, service: Service): boolean {
  const found = lookUp(world, client, name, domain)
  if (found.kind !== 'found' && found.kind !== 'outside') return false
  if (found.aliases[0] !== undefined) return found.aliases[0] === service
  return found.kind === 'found' && found.record.kind === 'service' && found.record.service === service
}

/** Services by how likely they were meant: of this very name, with its parts turned round, in front of a Pod of this name, nearly so called. */
function servicesMeant(world: World, client: Endpoint, typed: string): readonly Service[] {
  const { services, pods } = world.cluster
  const [first = '', second = ''] = typed.split('.')
  const own = client.kind === 'pod' ? client.pod.namespace : undefined
  const ownFirst = [...services].sort((a, b) => Number(b.namespace === own) - Number(a.namespace === own))
  const byName = ownFirst.filter(({ name, namespace }) => name === first && namespace === second)
  const elsewhere = ownFirst.filter(({ name }) => name === first)
  const turned = ownFirst.filter(({ name, namespace }) => name === second && namespace === first)
  const named = pods.filter(pod => pod.name === first)
  const inFront = ownFirst.filter(service => chosenPods(world, service).some(pod => named.includes(pod)))
  const ids = ownFirst.map(({ name, namespace }) => `${name}.${namespace}`)
  const near = nearest(second === '' ? `${first}.${own}` : `${first}.${second}`, ids)
  const alike = ownFirst.filter(({ name, namespace }) => `${name}.${namespace}` === near)
  return [...byName, ...elsewhere, ...turned, ...inFront, ...alike]
}
