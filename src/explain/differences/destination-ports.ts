import type { Identity } from '../../engine/evidence.ts'
import type { ContainerPort } from '../../model/objects.ts'
import type { PolicySide } from '../../network/policy-side.ts'
import type { Port } from '../../report/common.ts'
import type { FixFacts } from '../../report/facts/fixes.ts'
import { changing, type Fix } from '../fixes.ts'
import type { Difference } from './difference.ts'

/** The endpoint whose ports a rule allows. */
export const destinationOf = ({ direction, subjectIdentity, otherIdentity }: PolicySide): Identity =>
  direction === 'ingress' ? subjectIdentity : otherIdentity

export function declaredPorts(side: PolicySide): readonly ContainerPort[] {
  const destination = destinationOf(side)
  return destination.kind === 'pod' ? destination.ports : []
}

/** Adds the port that was asked for, beside the one at a place. */
export function addingPort(
  { flow: { port } }: PolicySide,
  at: Difference['at'],
  factsOf = (asked: Port): FixFacts => ({ kind: 'add-port', port: asked }),
): Fix | undefined {
  if (port?.number === undefined) return undefined
  return changing(factsOf(port), {
    kind: 'append',
    at: { ...at, path: at.path.slice(0, -1) },
    item: { protocol: port.protocol, port: port.number },
  })
}
