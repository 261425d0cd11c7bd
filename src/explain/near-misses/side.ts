import type { Identity, PodIdentity } from '../../engine/evidence.ts'
import { type Endpoint, identityOf } from '../../network/endpoint.ts'
import { endpointRef, workloadRef } from '../../network/endpoint-ids.ts'
import type { Flow } from '../../network/flow.ts'
import type { PairVerdict } from '../../network/pair.ts'
import type { Direction } from '../../policy/policy.ts'
import type { World } from '../../world/world.ts'
import type { Asked } from '../rules.ts'
import type { LabeledObject } from './fix.ts'

/** One side of a connection: whose policies are asked, about whom, and what. */
export interface Side {
  readonly world: World
  readonly direction: Direction
  /** The Pod whose policies decide. */
  readonly subject: Endpoint
  readonly other: Endpoint
  readonly subjectIdentity: PodIdentity
  readonly otherIdentity: Identity
  readonly asked: Asked
  readonly flow: Flow
}

/** Undefined for an end that no policy can select. */
export function sideOf(
  world: World,
  flow: Flow,
  { addresses: [here, there] }: Pick<PairVerdict, 'addresses'>,
  direction: Direction,
  asked: Asked,
): Side | undefined {
  const from = identityOf(world, flow.from, here)
  const to = identityOf(world, flow.to, there)
  const ends =
    direction === 'egress'
      ? { subject: flow.from, other: flow.to, subjectIdentity: from, otherIdentity: to }
      : { subject: flow.to, other: flow.from, subjectIdentity: to, otherIdentity: from }
  const { subjectIdentity } = ends
  return subjectIdentity.kind === 'pod'
    ? { world, direction, ...ends, subjectIdentity, asked, flow }
    : undefined
}

/** The end that a rule opens ports of. */
export const destinationOf = ({ direction, subjectIdentity, otherIdentity }: Side): Identity =>
  direction === 'ingress' ? subjectIdentity : otherIdentity

/** A Pod, as an object whose labels can be changed: those of a workload change in its template. */
export function labeledPod(
  { world }: Side,
  endpoint: Endpoint,
): Extract<LabeledObject, { kind: 'Pod' }> | undefined {
  if (endpoint.kind !== 'pod') return undefined
  const { pod } = endpoint
  const { workload } = pod
  const id = workload === undefined ? endpointRef(world, endpoint).id : workloadRef(world, workload, 1).id
  return { kind: 'Pod', pod, id }
}

export const idOf = ({ world }: Side, endpoint: Endpoint): string => endpointRef(world, endpoint).id
