import type { PolicyMiss } from '../../engine/evidence.ts'
import { failures } from '../../engine/match.ts'
import { DEFAULT_NAMESPACE } from '../../model/decode/metadata.ts'
import type { Pod } from '../../model/objects.ts'
import { endpointId } from '../../network/endpoint-ids.ts'
import type { PolicySide } from '../../network/policy-side.ts'
import type { NetworkPolicy, Policy } from '../../policy/policy.ts'
import { below } from '../../source/file.ts'
import { writtenAt } from '../../source/position.ts'
import type { World } from '../../world/world.ts'
import { changing, labeledPod } from '../fixes.ts'
import { policyRef } from '../policy-facts.ts'
import { worldIndex } from '../world-index.ts'
import { type Difference, TYPO } from './difference.ts'
import { type LabelDifference, labelDifference } from './labels.ts'

type Subject = Pick<PolicySide, 'subject' | 'subjectIdentity'>

/** What keeps a policy from having a say about a Pod, where it is likely not intended so. */
export function policyDifference(
  world: World,
  subject: Subject,
  { policy, why }: Pick<PolicyMiss, 'policy' | 'why'>,
): Difference | undefined {
  switch (why.kind) {
    case 'direction':
      return outsidePolicyTypes(world, subject, policy)
    case 'namespace':
      return otherNamespace(world, subject, policy)
    case 'labels':
      return otherSubjectLabel(world, subject, policy, why.failures)
  }
}

function otherSubjectLabel(
  world: World,
  { subject }: Subject,
  policy: Policy,
  [failure, ...more]: Extract<PolicyMiss['why'], { kind: 'labels' }>['failures'],
): Difference | undefined {
  const pod = labeledPod(world, subject)
  if (failure === undefined || more.length > 0 || pod === undefined) return undefined
  const matchesNothing = worldIndex(world).selectsNothing(policy)
  const { facts, ...difference } = labelDifference(failure, {
    requirements: policy.scope.pods.requirements,
    object: pod,
    labels: pod.pod.labels,
    matchesNothing,
  })
  if (difference.cost > TYPO) return undefined
  return matchesNothing
    ? { code: 'POLICY_SELECTS_NOTHING', facts: { nearest: facts }, ...difference }
    : { code: 'NEAR_MISS_SUBJECT_LABEL', facts, ...difference }
}

/**
 * Of a policy that selects no Pod of the input, whatever is asked: with the Pod of its namespace that it would select, were
 * one label otherwise. Undefined for one that selects some.
 */
export function selectsNothing(world: World, policy: NetworkPolicy): Difference | undefined {
  const { namespace, scope, at } = policy
  const index = worldIndex(world)
  if (!index.selectsNothing(policy)) return undefined
  const nearest = index
    .podsIn(namespace)
    .flatMap(pod => oneLabelAway(world, policy, pod))
    .sort((a, b) => a.cost - b.cost)[0]
  if (nearest === undefined)
    return {
      code: 'POLICY_SELECTS_NOTHING',
      facts: {},
      at: scope.pods.requirements[0]?.at ?? below(at, 'spec', 'podSelector'),
      fix: undefined,
      cost: TYPO,
    }
  const { facts, ...difference } = nearest
  return { code: 'POLICY_SELECTS_NOTHING', facts: { nearest: facts }, ...difference }
}

function oneLabelAway(world: World, { scope }: NetworkPolicy, pod: Pod): readonly LabelDifference[] {
  const [failure, ...more] = failures(scope.pods, pod.labels)
  const object = labeledPod(world, { kind: 'pod', pod })
  if (failure === undefined || more.length > 0 || object === undefined) return []
  const { requirements } = scope.pods
  const difference = labelDifference(failure, {
    requirements,
    object,
    labels: pod.labels,
    matchesNothing: true,
  })
  return difference.cost > TYPO ? [] : [difference]
}

/** S-010. */
function outsidePolicyTypes(world: World, { subject }: Subject, policy: Policy): Difference {
  const { direction, at, rules } = policy
  const type = direction === 'egress' ? 'Egress' : 'Ingress'
  const types = below(at, 'spec', 'policyTypes')
  if (rules.length === 0)
    return {
      code: 'POLICY_TYPES_LEFT_OUT',
      facts: { direction, isIsolated: false },
      at: below(at, 'spec', direction),
      fix: changing(
        { kind: 'write', fields: [{ field: 'policyTypes', value: ['Ingress', 'Egress'] }] },
        { kind: 'write', at: types, value: ['Ingress', 'Egress'] },
      ),
      cost: TYPO / 2,
    }
  return {
    code: 'RULES_OUTSIDE_POLICY_TYPES',
    facts: { policy: policyRef(policy), direction, object: endpointId(world, subject) },
    at: types,
    fix: changing({ kind: 'add-policy-type', type }, { kind: 'append', at: types, item: type }),
    cost: TYPO / 2,
  }
}

/** S-001: one that selects no Pod where it is; one that selects some there is where it belongs. */
function otherNamespace(
  world: World,
  { subject, subjectIdentity: { namespace: here } }: Subject,
  policy: Policy,
): Difference | undefined {
  const { namespace, at } = policy
  const place = below(at, 'metadata', 'namespace')
  const isWritten = namespace !== DEFAULT_NAMESPACE || /^["']?default/.test(writtenAt(place))
  // One for all Pods of another namespace is hardly intended for this one, unless it names none.
  if (policy.scope.pods.requirements.length === 0 && isWritten) return undefined
  return {
    code: 'NEAR_MISS_POLICY_NAMESPACE',
    facts: {
      policyNamespace: namespace,
      isWritten,
      object: endpointId(world, subject),
      objectNamespace: here,
    },
    at: place,
    fix: changing(
      { kind: 'write', fields: [{ field: 'namespace', value: here }] },
      { kind: 'write', at: place, value: here },
    ),
    cost: TYPO / 2,
  }
}
