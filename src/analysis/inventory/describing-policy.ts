import type { NetworkPolicy } from '../../policy/policy.ts'
import type { Description } from '../../report/inventory.ts'
import type { World } from '../world.ts'
import { assumptionsOfWorld } from './assumptions.ts'
import { description, fact, named } from './facts.ts'
import { networkPolicyItem } from './items.ts'
import { meaningOf } from './meaning.ts'
import { specLines } from './spec-lines.ts'

/** A NetworkPolicy as kubectl describes it, and in words. */
export function describeNetworkPolicy(world: World, policy: NetworkPolicy): Description {
  const item = networkPolicyItem(world, policy)
  const facts = [
    ...named(item),
    fact('Source', `${item.source.file}:${item.source.line}`),
    fact('Spec', ...specLines(policy)),
  ]
  const meaning = meaningOf(world, policy)
  return description('networkpolicies', item.id, { facts, meaning }, assumptionsOfWorld(world))
}
