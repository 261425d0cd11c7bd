import type { Assumption } from '../report/report.ts'
import { parseAddress } from '../sets/addresses.ts'
import { lookUp } from './dns/lookup.ts'
import { findService } from './dns/zone.ts'
import type { HttpRequest } from './http/request.ts'
import { findObject, type Parties, resolve, type Target } from './names.ts'
import { type PortQuestion, portQuestion, splitPort } from './port-question.ts'
import type { ReachQuestion } from './reach-question.ts'
import { isUrl, portOfScheme, readUrl } from './url.ts'
import type { World } from './world.ts'

/** What TO was read as. */
export type Destination =
  | { readonly kind: 'object'; readonly target: Target; readonly assumptions: readonly Assumption[] }
  /** A name that the source has to look up. */
  | { readonly kind: 'name'; readonly name: string }
  /** HTTP from outside the cluster, through an Ingress or a Gateway. */
  | { readonly kind: 'request'; readonly request: HttpRequest }

export interface Read {
  readonly destination: Destination
  readonly asked: PortQuestion
}

/** Reads TO with the eyes of the source. Throws CannotAnswer for what names nothing. */
export function readDestination(world: World, source: Parties, question: ReachQuestion): Read {
  const { to: typed, namespace, port, protocol } = question
  if (isUrl(typed)) return readUrlDestination(world, source, question)
  const { name, port: behind } = splitPort(typed)
  const asked = portQuestion(behind, port, protocol)
  if (isLookedUp(world, source, name, behind !== undefined, question))
    return { asked, destination: { kind: 'name', name } }
  const destination = asDialled(source, resolve(world, name, namespace), question)
  const looksLikeName = behind !== undefined && isPlain(name) && source.parties[0]?.kind === 'pod'
  if (destination.kind !== 'object' || !looksLikeName) return { asked, destination }
  return { asked, destination: { ...destination, assumptions: [readAsObject(name, destination.target)] } }
}

const asObject = (target: Target): Destination => ({ kind: 'object', target, assumptions: [] })

/** `curl backend:8080` would ask for a name, and Pods have none (S-222). */
const readAsObject = (name: string, { endpoint: { id, kind } }: Target): Assumption => ({
  code: 'ASSUMED_OBJECT',
  message: `\`${name}\` is taken for ${kind} ${id}, which is asked by its address; as a name it would not resolve`,
})

/** A single word, as a name is and no address. */
const isPlain = (name: string): boolean =>
  !name.includes('/') && name !== 'internet' && parseAddress(name) === undefined

function readUrlDestination(world: World, source: Parties, question: ReachQuestion): Read {
  const url = readUrl(question.to)
  const ofScheme = question.port === undefined ? portOfScheme(url.scheme) : undefined
  const asked = portQuestion(url.port ?? ofScheme?.toString(), question.port, question.protocol)
  if (parseAddress(url.host) !== undefined)
    return { asked, destination: asObject(resolve(world, url.host, question.namespace)) }
  if (source.endpoint.kind === 'External' && typeof asked.port === 'number') {
    const { scheme, host, path } = url
    return { asked, destination: { kind: 'request', request: { scheme, host, port: asked.port, path } } }
  }
  return { asked, destination: { kind: 'name', name: url.host } }
}

/** The only way to an ExternalName Service is by its name (S-229). */
function asDialled(source: Parties, target: Target, { setup }: ReachQuestion): Destination {
  if (target.kind !== 'service' || target.service.externalName === undefined) return asObject(target)
  if (source.endpoint.kind === 'External') return asObject(target)
  const { name, namespace } = target.service
  return { kind: 'name', name: `${name}.${namespace}.svc.${setup.domain}` }
}

/**
 * Whether a word is a name that the source looks up. `NAME:PORT` is, as in `curl`, unless only a Pod or a workload is
 * called so; a `NAME` alone is an object, as with kubectl, unless there is none and a lookup finds something.
 */
function isLookedUp(
  world: World,
  { parties: [client] }: Parties,
  name: string,
  hasPort: boolean,
  { namespace, setup }: ReachQuestion,
): boolean {
  if (client?.kind !== 'pod' || !isPlain(name)) return false
  const object = findObject(world, name, namespace)
  const lookup = lookUp(world, client, name, setup.domain)
  const isFound = lookup.kind === 'found' || lookup.kind === 'in-hosts-file'
  if (!hasPort) return object === undefined && (isFound || name.includes('.'))
  return isFound || object?.kind !== 'parties' || findService(world, name, namespace) !== undefined
}
