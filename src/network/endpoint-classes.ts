import { classifier } from '../engine/classes.ts'
import type { PolicySet } from '../engine/evaluate.ts'
import type { End } from '../engine/evidence.ts'
import { familyOf } from '../sets/addresses.ts'
import type { World } from '../world/world.ts'
import { addressesOf, endOf, isSubject, type Party } from './endpoint.ts'

/** To go through all policies for each of many questions would take most of the time. */
const known = new WeakMap<PolicySet, (end: End) => string>()

function classifierOf(policies: PolicySet): (end: End) => string {
  const keyOfEnd = known.get(policies) ?? classifier(policies.all)
  known.set(policies, keyOfEnd)
  return keyOfEnd
}

/**
 * A key for each party such that parties with the same key stand alike to every one of `among` (and two of the same
 * key to each other): what policies see of it, and its IP families and its node, which could settle the matter before they
 * are asked.
 */
export function partyClassifier(world: World, among: readonly Party[]): (party: Party) => string {
  const keyOfEnd = classifierOf(world.policies)
  const nodesMatter = among.some(
    party => party.kind === 'node' || (party.kind === 'pod' && party.pod.hostNetwork),
  )
  return party => {
    const addresses = addressesOf(world.cluster, party)
    const ends = (addresses.length === 0 ? [undefined] : addresses).map(
      address => `${address && familyOf(address)} ${keyOfEnd(endOf(world, party, address))}`,
    )
    if (party.kind !== 'pod')
      return JSON.stringify([party.kind, party.kind === 'node' ? party.node.name : '', ends])
    const { finished, node } = party.pod
    return JSON.stringify([isSubject(party), finished, nodesMatter ? (node ?? null) : '', ends])
  }
}
