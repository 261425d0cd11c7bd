import type { Creator } from '../model/kinds/custom/creators.ts'
import type { Service, Workload } from '../model/objects.ts'
import type { Ingress } from '../model/routes.ts'
import { endpointAt, endpointsWithin, serviceAt, serviceExposedAt } from '../network/address-owner.ts'
import { apiServerOf, isUnbackedApiServer } from '../network/api-server.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { endpointRef, ingressRef, serviceRef, workloadRef } from '../network/endpoint-ids.ts'
import { externalEndpoints } from '../network/external-blocks.ts'
import { outsideOfPods } from '../network/ip-families.ts'
import { type Backend, backendsOf } from '../network/service-backends.ts'
import type { EndpointRef } from '../report/common.ts'
import {
  type Addresses,
  contains,
  EVERY_ADDRESS,
  type Family,
  familyOf,
  isEmpty,
  mappedAddress,
  parseAddress,
  parseCidr,
  toCidrs,
} from '../sets/addresses.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { printable } from '../source/printable.ts'
import { creatorsCalled } from '../world/creators.ts'
import { dnsNameOfService, spelled, typedName } from '../world/object-name.ts'
import type { World } from '../world/world.ts'
import { endpointKindCalled, noEndpointKind } from './endpoint-kinds.ts'
import { type NameReading, nameNotFound } from './name-not-found.ts'

/** What a name on the command line refers to. */
export type NamedTarget = EndpointsTarget | ServiceTarget | IngressTarget | ApiServerTarget

/** An Ingress, whose rules route clients outside to Services. */
export interface IngressTarget {
  readonly kind: 'ingress'
  readonly ref: EndpointRef
  readonly ingress: Ingress
}

export interface ServiceTarget {
  readonly kind: 'service'
  readonly ref: EndpointRef
  readonly service: Service
  /** `inside`: by its name or ClusterIP; `outside`: by an address of its load balancer, or by one of its `externalIPs`. */
  readonly dialed: 'inside' | 'outside' | 'external IP'
  /** Of the address by which it is dialed. */
  readonly family?: Family
  /** The representatives of its endpoints, where only these are asked. */
  readonly backends?: readonly Backend[]
}

/** What can be the destination of a connection. */
export type Target = EndpointsTarget | ServiceTarget | ApiServerTarget

/** The API server, or its Service where the input does not say what is behind it (S-069). */
export interface ApiServerTarget {
  readonly kind: 'api-server'
  readonly ref: EndpointRef
  readonly dialed: 'itself' | 'service'
}

export interface EndpointsTarget {
  readonly kind: 'endpoints'
  readonly ref: EndpointRef
  readonly endpoints: readonly Endpoint[]
  /** Of something that is not in the input: the objects that may create it. */
  readonly by?: readonly Creator[]
}

/** Finds what was typed; `namespace` is the default one. Throws CannotAnswer for what does not exist. */
export function resolve(world: World, typed: string, namespace: string): NamedTarget {
  const target = findObject(world, typed, namespace) ?? balancerCalled(world, typed)
  if (target !== undefined) return target
  const readings = readingsOf(world, typed, namespace)
  const by = creatorsCalled(world, readings)
  if (by.length === 0) return nameNotFound(world, typed, readings)
  return { kind: 'endpoints', ref: { id: printable(typed), kind: 'Name' }, endpoints: [], by }
}

/** As `resolve`, but undefined for what does not exist. */
export function findObject(world: World, typed: string, namespace: string): NamedTarget | undefined {
  const outside = resolveOutside(world, typed)
  if (outside !== undefined) return outside
  const found = readingsOf(world, typed, namespace).flatMap(reading => {
    const target = objectOfReading(world, reading)
    return target === undefined ? [] : [{ reading, target }]
  })
  const [first, second] = found
  if (first === undefined && typed === 'api-server' && !isObjectCalled(world, typed)) return API_SERVER
  if (second !== undefined)
    cannotAnswer(
      'AMBIGUOUS_NAME',
      `\`${typed}\` can be read in two ways`,
      `write ${found.map(({ reading }) => `\`${spelled(reading)}\``).join(' or ')}`,
    )
  return first?.target
}

/** `internet`, an address or a block. The address of an endpoint or Service of the cluster means that. */
function resolveOutside(world: World, typed: string): NamedTarget | undefined {
  if (typed === 'internet') {
    const ref = { id: typed, kind: 'External', cidrs: toCidrs(EVERY_ADDRESS) }
    const { all, blocks } = outsideOfPods(world.cluster)
    return { kind: 'endpoints', ref, endpoints: externalEndpoints(world.policies.all, typed, all, blocks) }
  }
  const mapped = mappedAddress(typed)
  if (mapped !== undefined)
    cannotAnswer(
      'BAD_ADDRESS',
      `\`${typed}\` is an IPv4 address in the form of an IPv6 one`,
      `write \`${mapped}\``,
    )
  const address = parseAddress(typed)
  if (address !== undefined) return targetAt(world, address) ?? outsideTarget(world, typed, address)
  if (!typed.includes('/')) return undefined
  const cidr = parseCidr(typed)
  if (cidr.kind === 'block') return atBlock(world, typed, cidr.addresses)
  if (/^[\d.]+\/\d+$|^[\da-f:.]*:[\da-f:.]*\/\d+$/i.test(typed))
    cannotAnswer('BAD_ADDRESS', `\`${typed}\`: ${cidr.reasons.join('; ')}`)
  return undefined
}

function outsideTarget(world: World, name: string, addresses: Addresses): NamedTarget {
  const ref = { id: name, kind: 'External', cidrs: toCidrs(addresses) }
  return { kind: 'endpoints', ref, endpoints: externalEndpoints(world.policies.all, name, addresses) }
}

/** All addresses of a block: the endpoints of the cluster with one of them, and the addresses outside. */
function atBlock(world: World, typed: string, block: Addresses): NamedTarget {
  const [first, end] = block
  const only = first !== undefined && end === first + 1n ? targetAt(world, block) : undefined
  if (only !== undefined) return only
  const { within, outside } = endpointsWithin(world, block)
  const ref = { id: typed, kind: 'External', cidrs: toCidrs(block) }
  const name = within.length === 0 ? typed : ({ kind: 'rest', of: typed } as const)
  const externals = isEmpty(outside) ? [] : externalEndpoints(world.policies.all, name, outside)
  return { kind: 'endpoints', ref, endpoints: [...externals, ...within] }
}

/** The endpoint or Service of the cluster with an address. */
export function targetAt(world: World, address: Addresses): EndpointsTarget | ServiceTarget | undefined {
  const endpoint = endpointAt(world, address)
  if (endpoint !== undefined) return endpointsTarget(world, [endpoint])
  const service = serviceAt(world, address)
  if (service !== undefined) return dialedAt(service, address)
  const exposed = serviceExposedAt(world, address)
  if (exposed === undefined) return undefined
  const dialed = contains(exposed.externalIPs, address) ? 'external IP' : 'outside'
  return { ...dialedAt(exposed, address), dialed }
}

/** The Service whose load balancer has that name, as clients dial it who get to the load balancer. */
export function balancerCalled({ cluster }: World, name: string): ServiceTarget | undefined {
  const wanted = name.toLowerCase().replace(/\.$/, '')
  const service = cluster.services.find(({ balancerNames }) => balancerNames.includes(wanted))
  return service && { ...serviceTarget(service), dialed: 'outside' }
}

/** S-035: behind an address of a Service are those of its IP family. */
function dialedAt(service: Service, address: Addresses): ServiceTarget {
  const family = service.onlyFamily ?? familyOf(address)
  return { ...serviceTarget(service), ...(family !== undefined && { family }) }
}

/** A single endpoint as itself, or several under a name. */
export function endpointsTarget(world: World, endpoints: readonly Endpoint[], name = ''): EndpointsTarget {
  const [only, ...more] = endpoints
  const isAlone = only !== undefined && more.length === 0
  return {
    kind: 'endpoints',
    ref: isAlone ? endpointRef(world, only) : { id: printable(name), kind: 'Name' },
    endpoints,
  }
}

export const serviceTarget = (service: Service): ServiceTarget => ({
  kind: 'service',
  dialed: 'inside',
  ref: serviceRef(service),
  service,
})

const isFor = ({ at, creates }: Creator, workload: Workload): boolean =>
  at === workload.at && creates === 'pods'

function workloadTarget(world: World, workload: Workload): NamedTarget {
  const pods = world.cluster.pods.filter(pod => pod.workload === workload)
  const endpoints = pods.map((pod): Endpoint => ({ kind: 'pod', pod }))
  const by = pods.length > 0 ? [] : world.creators.filter(creator => isFor(creator, workload))
  return {
    kind: 'endpoints',
    ref: workloadRef(world, workload, pods.length),
    endpoints,
    ...(by.length > 0 && { by }),
  }
}

/** The endpoints that a name refers to; none for an Ingress, which routes each path to others. */
export function endpointsBehind(world: World, target: NamedTarget): readonly Endpoint[] {
  switch (target.kind) {
    case 'endpoints':
      return target.endpoints
    case 'service':
      return backendsOf(world, target.service, target.family).map(({ endpoint }) => endpoint)
    case 'api-server':
      return apiServerOf(world).endpoints
    case 'ingress':
      return []
  }
}

/** In whatever namespace: it is likely the one that is meant. */
const isObjectCalled = ({ cluster: { pods, workloads, services } }: World, typed: string): boolean =>
  [...pods, ...workloads, ...services].some(({ name }) => name === typed)

/** The API server itself, which `api-server` names unless an object is called so. */
const API_SERVER: ApiServerTarget = {
  kind: 'api-server',
  dialed: 'itself',
  ref: { id: 'api-server', kind: 'APIServer' },
}

/** Its Service, which every cluster has. */
export const API_SERVER_SERVICE: ApiServerTarget = {
  kind: 'api-server',
  dialed: 'service',
  ref: { id: 'default/kubernetes', kind: 'Service', namespace: 'default', name: 'kubernetes' },
}

/** Of two parts, the first may be a kind or a namespace. */
function readingsOf(world: World, typed: string, namespace: string): readonly NameReading[] {
  const parts = typedName(typed)
  if (parts === undefined)
    cannotAnswer(
      'BAD_NAME',
      `\`${typed}\` is no name of an object`,
      'write it as NAME, KIND/NAME, NAMESPACE/NAME or NAMESPACE/KIND/NAME',
    )
  const { namespace: within, word, name } = parts
  if (word === undefined) return [{ kind: undefined, namespace, name }]
  const kind = endpointKindCalled(world, word)
  if (within !== undefined) return [{ kind: kind ?? noEndpointKind(typed, word), namespace: within, name }]
  const inNamespace: NameReading = { kind: undefined, namespace: word, name }
  const service = kind === 'Service' ? dnsNameOfService(name) : undefined
  if (service !== undefined) return [{ kind, ...service }]
  return kind === undefined
    ? [inNamespace]
    : [{ kind, namespace: kind === 'Node' ? undefined : namespace, name }, inNamespace]
}

function objectOfReading(world: World, { kind, namespace, name }: NameReading): NamedTarget | undefined {
  const { pods, workloads, services, nodes } = world.cluster
  const isIt = (object: { readonly namespace: string; readonly name: string }): boolean =>
    object.namespace === namespace && object.name === name
  if (kind === 'Node') {
    const node = nodes.find(candidate => candidate.name === name)
    return node && endpointsTarget(world, [{ kind: 'node', node }])
  }
  if (kind === 'Ingress') {
    const ingress = world.cluster.ingresses.find(isIt)
    return ingress && { kind: 'ingress', ref: ingressRef(ingress), ingress }
  }
  const pod = kind === undefined || kind === 'Pod' ? pods.find(isIt) : undefined
  if (pod !== undefined) return endpointsTarget(world, [{ kind: 'pod', pod }])
  const matching = workloads.filter(
    workload => isIt(workload) && (kind === undefined || workload.kind === kind),
  )
  if (matching.length > 1)
    cannotAnswer(
      'AMBIGUOUS_NAME',
      `\`${namespace}/${name}\` is more than one workload`,
      `write ${matching.map(({ kind: of }) => `\`${namespace}/${of.toLowerCase()}/${name}\``).join(' or ')}`,
    )
  if (matching[0] !== undefined) return workloadTarget(world, matching[0])
  const service = kind === undefined || kind === 'Service' ? services.find(isIt) : undefined
  const isMissing = service === undefined && namespace === 'default' && name === 'kubernetes'
  const mayBeService = kind === undefined || kind === 'Service'
  if ((isMissing && mayBeService) || (service && isUnbackedApiServer(world, service)))
    return API_SERVER_SERVICE
  if (
    namespace === 'kube-system' &&
    (kind === undefined || kind === 'Pod') &&
    /^kube-apiserver(?:$|-)/.test(name)
  )
    return API_SERVER
  return service && serviceTarget(service)
}
