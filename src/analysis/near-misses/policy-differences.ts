import type { PolicyMiss } from '../../engine/evidence.ts'
import { oneEnd, subjectOf } from '../../engine/others.ts'
import type { Policy } from '../../policy/policy.ts'
import { below } from '../../source/file.ts'
import { endOf } from '../party.ts'
import { type Difference, FORGOTTEN, SLIP } from './difference.ts'
import { labelDifference } from './label-differences.ts'
import { changing } from './mend.ts'
import { idOf, labelledPod, type Side } from './side.ts'

/** What keeps a policy from having a say about the subject of a side, where it is likely not meant so. */
export function policyDifference({ policy, why }: PolicyMiss, side: Side): Difference | undefined {
  switch (why.kind) {
    case 'direction':
      return outsidePolicyTypes(policy, side)
    case 'namespace':
      return otherNamespace(policy, side)
    case 'labels': {
      const [failure, ...more] = why.failures
      const pod = labelledPod(side, side.subject)
      if (failure === undefined || more.length > 0 || pod === undefined) return undefined
      const selectsNothing = selectsNobody(policy, side)
      const difference = labelDifference(failure, {
        object: pod,
        labels: pod.pod.labels,
        reason: selectsNothing ? 'POLICY_SELECTS_NOTHING' : 'NEAR_MISS_SUBJECT_LABEL',
        selectsNothing,
      })
      return difference.cost <= SLIP ? difference : undefined
    }
  }
}

/** S-010. */
function outsidePolicyTypes({ name, direction, at }: Policy, side: Side): Difference {
  const type = direction === 'egress' ? 'Egress' : 'Ingress'
  const types = below(at, 'spec', 'policyTypes')
  return {
    reason: 'RULES_OUTSIDE_POLICY_TYPES',
    message: `the ${direction} rules of ${name} have no effect on ${idOf(side, side.subject)}, because its policyTypes do not name ${type}`,
    at: types,
    mend: changing(`add ${type} to policyTypes`, { kind: 'append', to: types, item: type }),
    cost: SLIP / 2,
  }
}

/** S-001. */
function otherNamespace(policy: Policy, side: Side): Difference {
  const { namespace, name, at } = policy
  const here = side.subjectEnd.namespace
  const id = idOf(side, side.subject)
  const selectsNothing = selectsNobody(policy, side)
  const nobody = selectsNothing ? ', where it selects no Pod' : ''
  const place = below(at, 'metadata', 'namespace')
  return {
    reason: 'NEAR_MISS_POLICY_NAMESPACE',
    message: `${name} is in namespace ${namespace}${nobody}, and policies select Pods of their own namespace only: ${id} is in ${here}`,
    at: place,
    mend: changing(`write namespace: ${here}`, { kind: 'write', at: place, value: here }),
    cost: selectsNothing ? SLIP / 2 : FORGOTTEN,
  }
}

/** Whether a policy selects no Pod of the input. */
function selectsNobody(policy: Policy, { world }: Side): boolean {
  return world.cluster.pods.every(
    pod =>
      pod.namespace !== policy.namespace ||
      pod.hostNetwork ||
      subjectOf(policy, oneEnd(endOf(world, { kind: 'pod', pod }, undefined))) === 'no',
  )
}
