import type { PolicyMiss } from '../../engine/evidence.ts'
import { DEFAULT_NAMESPACE } from '../../model/decode/metadata.ts'
import type { Policy } from '../../policy/policy.ts'
import { below } from '../../source/file.ts'
import { writtenAt } from '../../source/position.ts'
import { type Difference, SLIP } from './difference.ts'
import { changing } from './fix.ts'
import { labelDifference, meaningNobody } from './label-differences.ts'
import { idOf, labeledPod, type Side } from './side.ts'
import { worldIndex } from './world-index.ts'

/** What keeps a policy from having a say about the subject of a side, where it is likely not meant so. */
export function policyDifference({ policy, why }: PolicyMiss, side: Side): Difference | undefined {
  switch (why.kind) {
    case 'direction':
      return outsidePolicyTypes(policy, side)
    case 'namespace':
      return otherNamespace(policy, side)
    case 'labels': {
      const [failure, ...more] = why.failures
      const pod = labeledPod(side.world, side.subject)
      if (failure === undefined || more.length > 0 || pod === undefined) return undefined
      const selectsNothing = worldIndex(side.world).selectsNobody(policy)
      const difference = labelDifference(failure, {
        requirements: policy.subject.requirements,
        object: pod,
        labels: pod.pod.labels,
        reason: selectsNothing ? 'POLICY_SELECTS_NOTHING' : 'NEAR_MISS_SUBJECT_LABEL',
        selectsNothing,
      })
      if (difference.cost > SLIP) return undefined
      return selectsNothing ? meaningNobody([difference], 'it selects no Pod of the input')[0] : difference
    }
  }
}

/** S-010. */
function outsidePolicyTypes({ name, direction, at, rules }: Policy, side: Side): Difference {
  const type = direction === 'egress' ? 'Egress' : 'Ingress'
  const types = below(at, 'spec', 'policyTypes')
  if (rules.length === 0)
    return {
      reason: 'POLICY_TYPES_LEFT_OUT',
      message: `it has no policyTypes, and without any rule under ${direction} that means Ingress alone`,
      at: below(at, 'spec', direction),
      fix: changing('write policyTypes: [Ingress, Egress]', {
        kind: 'write',
        at: types,
        value: ['Ingress', 'Egress'],
      }),
      cost: SLIP / 2,
    }
  return {
    reason: 'RULES_OUTSIDE_POLICY_TYPES',
    message: `the ${direction} rules of ${name} have no effect on ${idOf(side, side.subject)}, because its policyTypes do not name ${type}`,
    at: types,
    fix: changing(`add ${type} to policyTypes`, { kind: 'append', to: types, item: type }),
    cost: SLIP / 2,
  }
}

/** S-001: one that selects nobody where it is; what selects somebody there is where it belongs. */
function otherNamespace(policy: Policy, side: Side): Difference | undefined {
  const { namespace, at, subject } = policy
  const here = side.subjectIdentity.namespace
  const id = idOf(side, side.subject)
  const place = below(at, 'metadata', 'namespace')
  const isWritten = namespace !== DEFAULT_NAMESPACE || /^["']?default/.test(writtenAt(place))
  // One for all Pods of another namespace is hardly meant for this one, unless it was not said which.
  if (subject.requirements.length === 0 && isWritten) return undefined
  const whose = isWritten ? `is in namespace ${namespace}` : `names no namespace, and so is in ${namespace}`
  return {
    reason: 'NEAR_MISS_POLICY_NAMESPACE',
    message: `it ${whose}, where it selects no Pod, and policies select Pods of their own namespace only: ${id} is in ${here}`,
    at: place,
    fix: changing(`write namespace: ${here}`, { kind: 'write', at: place, value: here }),
    cost: SLIP / 2,
  }
}
