import type { Node, Service } from '../model/objects.ts'
import type { Parties } from '../naming/names.ts'
import { addressesOf, isSame, nodeOf, type Party } from '../network/endpoint.ts'
import { partyEndpoint, serviceEndpoint } from '../network/endpoint-ids.ts'
import type { Leg } from '../network/flow.ts'
import { asPort, type PortQuestion } from '../network/port.ts'
import type { ServiceEndpoint } from '../network/service-backends.ts'
import type { Assumption } from '../report/common.ts'
import {
  type Addresses,
  familyOf,
  intersect,
  isEmpty,
  NO_ADDRESS,
  subtract,
  union,
} from '../sets/addresses.ts'
import type { World } from '../world/world.ts'
import { answerLeg, type Detail, type Judged, refusal } from './answer.ts'
import type { Stage } from './hop.ts'
import { SYMPTOMS } from './symptoms.ts'

/*
 * The clients of a Service: whom it lets in, and what the Pods behind it see of them.
 */

/** A Service as it is dialled. */
export interface ServiceCall {
  readonly service: Service
  /**
   * By its name or ClusterIP, by an address that it has for clients outside, by its port of a node; or not at all, by a
   * proxy that dials the endpoints itself.
   */
  readonly dialled: 'inside' | 'outside' | Node | 'endpoints'
  readonly asked: PortQuestion
  readonly detail: Detail
  /** Those of its endpoints that are asked, where not all of them are. */
  readonly endpoints?: readonly ServiceEndpoint[]
}

/** `loadBalancerSourceRanges` keep clients outside from the load balancer; the rest is refused before any policy. */
export function admittedTo(
  source: Parties,
  { service, asked }: ServiceCall,
): { readonly admitted: readonly Party[]; readonly refused: readonly Judged[] } {
  const { sourceRanges, type } = service
  const isKnown = source.parties.every(party => party.kind === 'external' && party.addresses !== undefined)
  if (sourceRanges === undefined || type !== 'LoadBalancer' || !isKnown)
    return { admitted: source.parties, refused: [] }
  const admitted = source.parties.flatMap(party => narrowed(party, one => intersect(one, sourceRanges)))
  const kept = source.parties.flatMap(party => narrowed(party, one => subtract(one, sourceRanges)))
  if (kept.length === 0) return { admitted, refused: [] }
  const to = serviceEndpoint(service)
  const reason = 'OUTSIDE_SOURCE_RANGES'
  const message = `the load balancer of Service ${service.name} lets in its loadBalancerSourceRanges only`
  const step = { step: 'service', verdict: 'no', reason, message, object: to.id } as const
  const why = { reason, message, symptom: SYMPTOMS.no, steps: [step] } as const
  return { admitted, refused: [refusal({ from: source.endpoint, to, port: asPort(asked) }, why)] }
}

function narrowed(party: Party, part: (addresses: Addresses) => Addresses): readonly Party[] {
  if (party.kind !== 'external' || party.addresses === undefined) return []
  const addresses = part(party.addresses)
  return isEmpty(addresses) ? [] : [{ ...party, addresses }]
}

/** S-205: where a Service keeps to a node, an endpoint on another one is not asked; unknown where the input tells no nodes. */
export function isServed(
  { internalTrafficPolicy, externalTrafficPolicy }: Service,
  dialled: ServiceCall['dialled'],
  from: Party,
  to: Party,
): 'yes' | 'no' | 'unknown' {
  // From outside, a load balancer knows which nodes have an endpoint.
  if (dialled === 'endpoints' || (dialled !== 'inside' && typeof dialled !== 'object')) return 'yes'
  if (dialled === 'inside' && from.kind === 'external') return 'yes'
  if ((dialled === 'inside' ? internalTrafficPolicy : externalTrafficPolicy) === 'Cluster') return 'yes'
  const here = typeof dialled === 'object' ? dialled.name : nodeOf(from)
  const there = nodeOf(to)
  if (here === undefined || there === undefined) return isSame(from, to) ? 'yes' : 'unknown'
  return here === there ? 'yes' : 'no'
}

/** Said where the input does not tell whether an endpoint is on the node that a Service keeps to. */
export const assumedServed = ({ name }: Service): Assumption => ({
  code: 'ASSUMED_LOCAL_ENDPOINT',
  message: `Service ${name} keeps to the client's node (traffic policy Local), and the input does not tell the nodes: the endpoint is taken to be there`,
})

/**
 * Whom the Pods behind a Service see. A client that comes from outside keeps its address with `externalTrafficPolicy:
 * Local` (S-066); else a node puts its own in its place (S-064), as it does for a Pod that comes by way of a port of a
 * node (S-067), and which of the nodes' that is nobody can tell.
 */
export function seenAs(
  world: World,
  source: Party,
  { externalTrafficPolicy }: Service,
  dialled: ServiceCall['dialled'],
): Party {
  const isOutside = source.kind === 'external'
  const isRewritten = isOutside ? externalTrafficPolicy === 'Cluster' : dialled !== 'inside'
  const keeps = dialled === 'endpoints' || !isRewritten
  if (keeps) return source
  const name = partyEndpoint(world, source).id
  const ofNodes = world.cluster.nodes.flatMap(node => node.addresses)
  // One family is used at a time (S-035): that of the client, as far as it is known.
  const [own] = addressesOf(world.cluster, source)
  const family = (own && familyOf(own)) ?? familyOf(ofNodes[0] ?? NO_ADDRESS)
  const addresses = ofNodes.filter(address => familyOf(address) === family).reduce(union, NO_ADDRESS)
  // Where the input has the nodes, it is one of theirs.
  return isEmpty(addresses)
    ? { kind: 'external', name, addresses: undefined, isRewritten: true }
    : { kind: 'external', name, addresses, isOneOf: true, isRewritten: true }
}

/**
 * What a Pod's own policies say of a connection whose source a node rewrites: they see the Pod behind the Service,
 * because its address has taken the place of what was dialled (S-060, S-067). Undefined for a client that has none.
 */
export function egressBeforeRewrite(world: World, leg: Leg, detail: Detail): Stage | undefined {
  const [first] = answerLeg(world, leg, detail)
  const egress = first?.answer.steps.find(({ step }) => step === 'egress')
  if (first === undefined || egress === undefined) return undefined
  const { verdict, reason, message } = egress
  return {
    verdict,
    reason,
    message,
    symptom: SYMPTOMS[verdict],
    steps: [egress],
    assumptions: first.assumptions,
    warnings: [],
    sides: first.sides.filter(({ side }) => side.direction === 'egress'),
    goneRoundByAddress: false,
  }
}
