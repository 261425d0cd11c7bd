import type { PodsTrace, RequirementTrace } from '../../engine/evidence.ts'
import type { Labels } from '../../model/labels.ts'
import type { Pod } from '../../model/objects.ts'
import { meets, type Requirement } from '../../model/selector.ts'
import { below } from '../../source/file.ts'
import {
  changing,
  type LabeledObject,
  labeledNamespace,
  labeledPod,
  labeledRef,
  writtenSelector,
} from '../fixes.ts'
import { requirementFacts } from '../policy-facts.ts'
import { namespacePeer } from '../written-peers.ts'
import { type Difference, FORGOTTEN, type RuleContext, SURE } from './difference.ts'

/**
 * Labels that a namespaceSelector requires and only the Pod has, or that a podSelector requires and only its namespace has.
 * Undefined unless that is all that keeps a peer from matching.
 */
export function misplacedLabels(
  context: RuleContext,
  { peer, podFailures, namespaceFailures }: PodsTrace,
  pod: Pod,
  matchesNothing: boolean,
): Difference | undefined {
  const { world } = context
  const misplaced = { matchesNothing, at: peer.at }
  const namespaces = peer.namespaces === 'own' ? [] : peer.namespaces.requirements
  const pods = peer.pods?.requirements ?? []
  if (podFailures.length === 0 && isOnlyOn(pod.labels, namespaceFailures)) {
    const requirements = namespaceFailures.map(({ requirement }) => requirement)
    const left = namespaces.filter(one => !requirements.includes(one))
    // All Pods with these labels, of whatever namespace, are more than was meant.
    const isByName = left.length === 0 && pod.namespace !== context.namespace
    return moving({ ...misplaced, requirements, object: labeledPod(world, pod) }, 'podSelector', {
      podSelector: writtenOrNone([...pods, ...requirements]),
      namespaceSelector: isByName ? namespacePeer(pod.namespace) : writtenOrNone(left),
      ...(isByName && { namespace: pod.namespace }),
    })
  }
  const namespace = labeledNamespace(world, pod.namespace)
  if (namespaceFailures.length > 0 || !isOnlyOn(namespace.labels, podFailures)) return undefined
  const requirements = podFailures.map(({ requirement }) => requirement)
  return moving({ ...misplaced, requirements, object: namespace }, 'namespaceSelector', {
    podSelector: writtenOrNone(pods.filter(one => !requirements.includes(one))),
    namespaceSelector: writtenOrNone([...namespaces, ...requirements]),
  })
}

/** Whether all that is not met would be by these labels, and not by other values of the same keys. */
const isOnlyOn = (labels: Labels, failed: readonly RequirementTrace[]): boolean =>
  failed.length > 0 &&
  failed.every(
    ({ requirement, actual }) =>
      actual === undefined &&
      (requirement.operator === 'In' || requirement.operator === 'Exists') &&
      meets(requirement, labels) === 'yes',
  )

interface Misplaced extends Pick<Difference, 'at'> {
  readonly requirements: readonly Requirement[]
  /** What has the labels. */
  readonly object: LabeledObject
  readonly matchesNothing: boolean
}

/** The peer with its selectors as they should be; `namespace` is the one that a selector by its name is added for. */
function moving(
  { requirements, object, matchesNothing, at }: Misplaced,
  to: 'podSelector' | 'namespaceSelector',
  { namespace, ...selectors }: { podSelector: unknown; namespaceSelector: unknown; namespace?: string },
): Difference {
  const labels = requirements.map(requirementFacts)
  return {
    code: 'NEAR_MISS_SELECTOR',
    facts: { requirements: labels, object: labeledRef(object), ...(matchesNothing && { matchesNothing }) },
    at: requirements[0]?.at ?? at,
    fix: changing(
      { kind: 'move-labels', to, labels, ...(namespace !== undefined && { namespace }) },
      { kind: 'write', at: below(at, 'podSelector'), value: selectors.podSelector },
      { kind: 'write', at: below(at, 'namespaceSelector'), value: selectors.namespaceSelector },
    ),
    cost: matchesNothing ? SURE : FORGOTTEN,
  }
}

const writtenOrNone = (requirements: readonly Requirement[]): unknown =>
  requirements.length === 0 ? undefined : writtenSelector({ requirements })
