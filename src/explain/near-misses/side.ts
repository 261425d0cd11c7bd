import type { Identity } from '../../engine/evidence.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { endpointRef, workloadRef } from '../../network/endpoint-ids.ts'
import type { PolicySide } from '../../network/policy-side.ts'
import type { World } from '../../world/world.ts'
import type { Asked } from '../rules.ts'
import type { LabeledObject } from './fix.ts'

/** A side of a connection, with what is asked of it. */
export interface Side extends PolicySide {
  readonly world: World
  readonly asked: Asked
}

/** The endpoint that a rule opens ports of. */
export const destinationOf = ({ direction, subjectIdentity, otherIdentity }: Side): Identity =>
  direction === 'ingress' ? subjectIdentity : otherIdentity

/** A Pod, as an object whose labels can be changed: those of a workload change in its template. */
export function labeledPod(
  world: World,
  endpoint: Endpoint,
): Extract<LabeledObject, { kind: 'Pod' }> | undefined {
  if (endpoint.kind !== 'pod') return undefined
  const { pod } = endpoint
  const { workload } = pod
  const id = workload === undefined ? endpointRef(world, endpoint).id : workloadRef(world, workload, 1).id
  return { kind: 'Pod', pod, id }
}

export const idOf = ({ world }: Pick<Side, 'world'>, endpoint: Endpoint): string =>
  endpointRef(world, endpoint).id
