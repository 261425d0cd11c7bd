import { assumptionsOfPolicies } from '../../explain/assumptions/plugin.ts'
import { notEnforced } from '../../explain/enforcement.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import type { NetworkPolicy } from '../../policy/policy.ts'
import type { Description } from '../../report/inventory.ts'
import type { World } from '../../world/world.ts'
import { assumptionsOfWorld } from './assumptions.ts'
import { description, fact, named, sentence } from './facts.ts'
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
  const why = notEnforced(world)
  const withoutEffect = why === undefined ? [] : [sentence(`It is without effect: ${why}. If they were:`)]
  const meaning = [...withoutEffect, ...meaningOf(world, policy)]
  const pods = world.cluster.pods.map((pod): Endpoint => ({ kind: 'pod', pod }))
  const assumptions = [...assumptionsOfWorld(world), ...assumptionsOfPolicies(world, [policy], pods)]
  return description('networkpolicies', item.id, { facts, meaning }, assumptions)
}
