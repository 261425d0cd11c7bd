import type { Service } from '../model/objects.ts'
import { portQuestion, splitPort } from '../naming/port.ts'
import {
  balancerCalled,
  type EndpointsTarget,
  findObject,
  type IngressTarget,
  type NamedTarget,
  resolve,
  serviceTarget,
  type Target,
} from '../naming/resolve.ts'
import { isHttp, isUrl, portOfScheme, readUrl } from '../naming/url.ts'
import { nodePortAt } from '../network/address-owner.ts'
import type { Endpoint } from '../network/endpoint.ts'
import type { PortQuestion } from '../network/flow.ts'
import { hostPortsOf } from '../network/host-ports.ts'
import { backendsOf } from '../network/service-backends.ts'
import { parseAddress } from '../sets/addresses.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import type { World } from '../world/world.ts'
import { lookUp } from './dns/lookup.ts'
import { findService } from './dns/zone.ts'
import { routesRequests } from './http/controllers.ts'
import type { HttpRequest } from './http/request.ts'
import type { Assumed } from './path.ts'
import type { ClusterSettings, PathQuestion } from './question.ts'

/** What TO was read as. */
type Destination =
  | {
      readonly kind: 'object'
      readonly target: Target
      readonly assumed: Assumed | undefined
    }
  /** A name that the source has to look up. */
  | { readonly kind: 'name'; readonly name: string; readonly request: HttpRequest | undefined }
  /** Every path of an Ingress. */
  | IngressTarget
  /** HTTP from outside the cluster, through an Ingress or a Gateway. */
  | { readonly kind: 'request'; readonly request: HttpRequest }

export interface DestinationQuestion {
  readonly destination: Destination
  readonly asked: PortQuestion
}

/** Reads TO as the source would. Throws CannotAnswer for what names nothing. */
export function readDestination(
  world: World,
  source: EndpointsTarget,
  question: PathQuestion,
): DestinationQuestion {
  const { to: typed, namespace, port, protocol } = question
  if (isUrl(typed)) return readUrlDestination(world, source, question)
  const { name, port: written } = splitPort(typed)
  if (!isValidName(name))
    cannotAnswer(
      'BAD_NAME',
      `\`${typed}\` is no name, address or URL`,
      'write it as in `api:8080`, `shop/api` or `10.0.0.7`',
    )
  const asked = portQuestion(written, port, protocol)
  const hasPort = written !== undefined || port !== undefined
  // S-044: what a Pod calls by a loopback address is itself.
  if (isLoopback(name) && source.endpoints[0]?.kind === 'pod')
    return { asked, destination: { kind: 'name', name: 'localhost', request: undefined } }
  const called = serviceCalled(world, source, name, question)
  if (called !== undefined) return { asked, destination: called }
  if (isNameToLookUp(world, source, name, hasPort, question))
    return { asked, destination: { kind: 'name', name, request: undefined } }
  const destination = asDialed(source, resolve(world, name, namespace), question)
  const looksLikeName = written !== undefined && isPlain(name) && source.endpoints[0]?.kind === 'pod'
  if (destination.kind !== 'object' || !looksLikeName) return { asked, destination }
  // `curl backend:8080` would ask for a name, and Pods have none (S-222).
  const assumed = { kind: 'object', typed: name, object: destination.target.ref } as const
  return { asked, destination: { ...destination, assumed } }
}

export const isLoopback = (name: string): boolean => /^127\.\d+\.\d+\.\d+$|^::1$/.test(name)

/** Whether a name is one: not empty, without a second port, no malformed IPv4 address. */
export function isValidName(name: string): boolean {
  if (parseAddress(name) !== undefined || name.includes('/')) return true
  const isMeantForAddress = /^\d+(\.\d+)+$/.test(name)
  return name !== '' && !name.includes(':') && !isMeantForAddress
}

function asObject(target: NamedTarget): Destination {
  return target.kind === 'ingress' ? target : { kind: 'object', target, assumed: undefined }
}

/** A single word that is not an address. */
const isPlain = (name: string): boolean =>
  !name.includes('/') && name !== 'internet' && parseAddress(name) === undefined

function readUrlDestination(
  world: World,
  source: EndpointsTarget,
  question: PathQuestion,
): DestinationQuestion {
  const { scheme, host, path, port: written } = readUrl(question.to)
  const ofScheme = question.port === undefined ? portOfScheme(scheme) : undefined
  const given = portQuestion(written ?? ofScheme?.toString(), question.port, question.protocol)
  // HTTP runs over TCP unless the question says otherwise, also on a named port.
  const asked: PortQuestion =
    isHttp(scheme) && given.protocol === undefined ? { ...given, protocol: 'TCP' } : given
  const isOutside = source.ref.kind === 'External'
  const { port } = asked
  // A port of a Service or a Pod has a name; a route knows numbers alone.
  if (typeof port !== 'number') {
    if (isOutside)
      cannotAnswer('BAD_PORT', `from outside, \`${question.to}\` is asked on a port by its number`)
    const isName = parseAddress(host) === undefined
    return {
      asked,
      destination: isName
        ? { kind: 'name', name: host, request: undefined }
        : asObject(resolve(world, host, question.namespace)),
    }
  }
  const protocol = isHttp(scheme) ? 'TCP' : (asked.protocol ?? (scheme === 'udp' ? 'UDP' : 'TCP'))
  const request = { scheme, protocol, host, path, port }
  const called = serviceCalled(world, source, host, question)
  if (called !== undefined) return { asked, destination: called }
  const balancer = isOutside ? balancerCalled(world, host) : undefined
  if (parseAddress(host) === undefined && balancer === undefined)
    return { asked, destination: { kind: isOutside ? 'request' : 'name', name: host, request } }
  const target = balancer ?? resolve(world, host, question.namespace)
  const isRouted = isOutside && leadsToController(world, target, asked, question.settings)
  return { asked, destination: isRouted ? { kind: 'request', request } : asObject(target) }
}

/** Whether an address or a name leads to an ingress controller: that of its load balancer, or that of a node on a port that leads there. */
export const leadsToController = (
  world: World,
  target: NamedTarget,
  asked: PortQuestion,
  { ingressController }: ClusterSettings,
): boolean => ledTo(world, target, asked).some(endpoint => routesRequests(world, endpoint, ingressController))

function ledTo(world: World, target: NamedTarget, { port }: PortQuestion): readonly Endpoint[] {
  const behind = (service: Service): readonly Endpoint[] =>
    backendsOf(world, service).map(({ endpoint }) => endpoint)
  if (target.kind === 'service') return behind(target.service)
  const [node] = target.kind === 'endpoints' ? target.endpoints : []
  if (node?.kind !== 'node' || typeof port !== 'number') return []
  const found = nodePortAt(world, 'TCP', port)
  if (found !== undefined) return behind(found.service)
  return hostPortsOf(world, node)
    .filter(({ hostPort }) => hostPort.number === port && hostPort.protocol === 'TCP')
    .map(({ pod }) => ({ kind: 'pod', pod }))
}

/** The API server calls webhooks and aggregated APIs by their Services, and asks no DNS server for them. */
function serviceCalled(
  world: World,
  { ref }: EndpointsTarget,
  typed: string,
  { settings }: PathQuestion,
): Destination | undefined {
  if (ref.kind !== 'APIServer') return undefined
  const [service = '', namespace = '', ...more] = typed.toLowerCase().split('.')
  const isWhole = ['', 'svc', `svc.${settings.domain}`].includes(more.join('.'))
  const found = isWhole ? findService(world, service, namespace) : undefined
  return found && asObject(serviceTarget(found))
}

/** An ExternalName Service can be reached by its DNS name alone (S-229). */
function asDialed(source: EndpointsTarget, target: NamedTarget, { settings }: PathQuestion): Destination {
  if (target.kind !== 'service' || target.service.externalName === undefined) return asObject(target)
  if (source.ref.kind === 'External') return asObject(target)
  const { name, namespace } = target.service
  return { kind: 'name', name: `${name}.${namespace}.svc.${settings.domain}`, request: undefined }
}

/**
 * Whether a word is a name that the source looks up. With a port it is, as in `curl`, unless no Service and only a Pod
 * or a workload is called so; alone it is an object, as with kubectl, unless there is none and it looks like a name.
 */
function isNameToLookUp(
  world: World,
  { endpoints: [client] }: EndpointsTarget,
  name: string,
  hasPort: boolean,
  { namespace, settings }: PathQuestion,
): boolean {
  if (client?.kind !== 'pod' || !isPlain(name)) return false
  const lookup = lookUp(world, client, name, settings.domain)
  // An object of the input may create a Service of its name, as a Knative Service does beside its Pods.
  const isPerhapsFound =
    lookup.kind === 'not-found' &&
    lookup.by.some(({ creates, names }) => creates === 'services' && names.includes(name))
  const isFound = lookup.kind === 'found' || lookup.kind === 'in-hosts-file' || (hasPort && isPerhapsFound)
  if (hasPort && (isFound || findService(world, name, namespace) !== undefined)) return true
  const object = findObject(world, name, namespace)
  return object === undefined && (hasPort || isFound || lookup.kind === 'outside' || name.includes('.'))
}
