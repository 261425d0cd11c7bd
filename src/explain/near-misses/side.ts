import type { End, PodEnd } from '../../engine/evidence.ts'
import { endOf, type Party } from '../../network/endpoint.ts'
import { partyEndpoint, workloadEndpoint } from '../../network/endpoint-ids.ts'
import type { Leg } from '../../network/flow.ts'
import type { PairVerdict } from '../../network/pair.ts'
import type { Direction } from '../../policy/policy.ts'
import type { World } from '../../world/world.ts'
import type { Asked } from '../rules.ts'
import type { Labelled } from './mend.ts'

/** One side of a connection: whose policies are asked, about whom, and what. */
export interface Side {
  readonly world: World
  readonly direction: Direction
  /** The Pod whose policies decide. */
  readonly subject: Party
  readonly other: Party
  readonly subjectEnd: PodEnd
  readonly otherEnd: End
  readonly asked: Asked
  readonly leg: Leg
}

/** Undefined for an end that no policy can select. */
export function sideOf(
  world: World,
  leg: Leg,
  { addresses: [here, there] }: Pick<PairVerdict, 'addresses'>,
  direction: Direction,
  asked: Asked,
): Side | undefined {
  const from = endOf(world, leg.from, here)
  const to = endOf(world, leg.to, there)
  const ends =
    direction === 'egress'
      ? { subject: leg.from, other: leg.to, subjectEnd: from, otherEnd: to }
      : { subject: leg.to, other: leg.from, subjectEnd: to, otherEnd: from }
  const { subjectEnd } = ends
  return subjectEnd.kind === 'pod' ? { world, direction, ...ends, subjectEnd, asked, leg } : undefined
}

/** The end that a rule opens ports of. */
export const destinationOf = ({ direction, subjectEnd, otherEnd }: Side): End =>
  direction === 'ingress' ? subjectEnd : otherEnd

/** A Pod, as an object whose labels can be changed: those of a workload change in its template. */
export function labelledPod({ world }: Side, party: Party): Extract<Labelled, { kind: 'Pod' }> | undefined {
  if (party.kind !== 'pod') return undefined
  const { pod } = party
  const { workload } = pod
  const id = workload === undefined ? partyEndpoint(world, party).id : workloadEndpoint(world, workload, 1).id
  return { kind: 'Pod', pod, id }
}

export const idOf = ({ world }: Side, party: Party): string => partyEndpoint(world, party).id
