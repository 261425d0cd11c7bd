import type { PolicyMiss, RequirementTrace } from '../../engine/evidence.ts'
import { unwrittenNamespace } from '../../model/decode/metadata.ts'
import type { Pod } from '../../model/objects.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import { isNetworkPolicy, type NetworkPolicy, type Policy } from '../../policy/policy.ts'
import { below } from '../../source/file.ts'
import type { World } from '../../world/world.ts'
import { changing, labeledPod, writingFields } from '../fixes.ts'
import { policyRef } from '../policy-facts.ts'
import { worldIndex } from '../world-index.ts'
import { type Difference, SURE, TYPO } from './difference.ts'
import { isLikelyMistake, labelDifference } from './labels.ts'

/** What keeps a policy from applying to a Pod, where that is likely not intended. */
export function policyDifference(
  world: World,
  pod: Pod,
  { policy, why }: Pick<PolicyMiss, 'policy' | 'why'>,
): Difference | undefined {
  switch (why.kind) {
    case 'direction':
      return outsidePolicyTypes(world, pod, policy)
    case 'namespace':
      return otherNamespace(world, pod, policy)
    case 'labels':
      return otherSubjectLabel(world, pod, policy, why.failures)
  }
}

/** The one label that keeps a policy from selecting a Pod; undefined where it is more than a typo. */
function otherSubjectLabel(
  world: World,
  pod: Pod,
  policy: Pick<Policy, 'namespace' | 'scope'>,
  [failure, ...more]: readonly RequirementTrace[],
): Difference | undefined {
  if (failure === undefined || more.length > 0) return undefined
  const { requirements } = policy.scope.pods
  const matchesNothing = worldIndex(world).selectsNothing(policy)
  const object = labeledPod(world, pod)
  // A policy for other Pods, as most are.
  if (!isLikelyMistake(failure.requirement, { requirements, object, matchesNothing })) return undefined
  const { facts, ...difference } = labelDifference(failure, { requirements, object, matchesNothing })
  if (difference.cost > TYPO) return undefined
  return matchesNothing
    ? { code: 'POLICY_SELECTS_NOTHING', facts: { nearest: facts }, ...difference }
    : { code: 'NEAR_MISS_SUBJECT_LABEL', facts, ...difference }
}

/** S-010. */
function outsidePolicyTypes(world: World, pod: Pod, policy: Policy): Difference {
  const { direction, at, rules } = policy
  const type = direction === 'egress' ? 'Egress' : 'Ingress'
  const types = below(at, 'spec', 'policyTypes')
  if (rules.length === 0)
    return {
      code: 'POLICY_TYPES_LEFT_OUT',
      facts: { direction, isIsolated: false },
      at: below(at, 'spec', direction),
      fix: writingFields(below(at, 'spec'), { policyTypes: ['Ingress', 'Egress'] }),
      cost: SURE,
    }
  return {
    code: 'RULES_OUTSIDE_POLICY_TYPES',
    facts: { policy: policyRef(policy), direction, object: podRef(world, pod).id },
    at: types,
    fix: changing({ kind: 'add-policy-type', type }, { kind: 'append', at: types, item: type }),
    cost: SURE,
  }
}

/**
 * For a policy that isolates Pods for ingress only because it has no policyTypes: with egress rules alone it blocks all
 * ingress (S-009).
 */
export function isolatesByDefault(world: World, policy: Policy): readonly Difference[] {
  if (policy.direction !== 'ingress' || policy.rules.length > 0) return []
  const whole = networkPolicyOf(world, policy)
  if (whole === undefined || whole.typesWritten || whole.directions.length < 2) return []
  return [
    {
      code: 'POLICY_TYPES_LEFT_OUT',
      facts: { direction: 'ingress', isIsolated: true },
      at: policy.at,
      fix: writingFields(below(policy.at, 'spec'), { policyTypes: ['Egress'] }),
      cost: TYPO,
    },
  ]
}

/** The object that has a direction with its rules. */
const networkPolicyOf = ({ policyObjects }: World, policy: Policy): NetworkPolicy | undefined =>
  policyObjects.find((one): one is NetworkPolicy => isNetworkPolicy(one) && one.directions.includes(policy))

/** S-001: of a policy that selects no Pod in its own namespace. */
function otherNamespace(world: World, pod: Pod, policy: Policy): Difference | undefined {
  const { namespace, scope, at } = policy
  const isWritten =
    namespace !== unwrittenNamespace(at) || networkPolicyOf(world, policy)?.namespaceWritten === true
  // A policy for all Pods of another namespace is hardly intended for this one, unless it names no namespace.
  if (scope.pods.requirements.length === 0 && isWritten) return undefined
  return {
    code: 'NEAR_MISS_POLICY_NAMESPACE',
    facts: {
      policyNamespace: namespace,
      isWritten,
      object: podRef(world, pod).id,
      objectNamespace: pod.namespace,
    },
    at: below(at, 'metadata', 'namespace'),
    fix: writingFields(below(at, 'metadata'), { namespace: pod.namespace }),
    cost: SURE,
  }
}
