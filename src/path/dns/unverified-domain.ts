import { printable } from '../../source/printable.ts'
import type { World } from '../../world/world.ts'
import type { Hop } from '../hop.ts'
import { SYMPTOMS } from '../symptoms.ts'
import type { Lookup } from './lookup.ts'

/**
 * A Pod's name that is made of an address (S-228), and no Pod of the input is known to have it: where policies isolate
 * Pods of its namespace, it may be one of theirs. Undefined where it makes no difference.
 */
export function strangerStage(world: World, lookup: Lookup, name: string): Hop | undefined {
  if (lookup.kind !== 'found' || lookup.record.kind !== 'address') return undefined
  const { namespace } = lookup.record
  if (world.policies.in(namespace, 'ingress').length === 0) return undefined
  const verdict = 'undetermined'
  const reason = 'UNDETERMINED_ADDRESS'
  const message = `no Pod of the input is known to have this address, and policies isolate Pods of namespace ${namespace}`
  const step = { step: 'ingress', verdict, reason, message, object: printable(name) } as const
  const why = { verdict, reason, message, symptom: SYMPTOMS[verdict] } as const
  return { ...why, steps: [step], assumptions: [], warnings: [], sides: [], goneRoundByAddress: false }
}
