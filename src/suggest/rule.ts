import { labeledPod } from '../explain/fixes.ts'
import {
  changingLabels,
  type LabelChoice,
  peersFor,
  podSelectorFor,
  stableLabels,
} from '../explain/written-peers.ts'
import { type Endpoint, isSubject } from '../network/endpoint.ts'
import { externalId } from '../network/endpoint-ids.ts'
import type { PolicySide } from '../network/policy-side.ts'
import type { Port } from '../report/common.ts'
import type { ChangingLabels, SuggestedRule } from '../report/facts/suggestion.ts'
import { addressTexts, NO_ADDRESS } from '../sets/addresses.ts'
import { below } from '../source/file.ts'
import { sourceOf } from '../source/source-of.ts'
import type { World } from '../world/world.ts'
import type { Candidate } from './candidate.ts'
import type { DeniedGroup } from './denied-groups.ts'

/** One more rule for a policy that isolates the Pod already; undefined where all of them select every Pod of the namespace. */
export function newRule(group: DeniedGroup, choice: LabelChoice): Candidate | undefined {
  const { side, sides } = group
  const rule = ruleFor(group, choice)
  // In a policy for all Pods of a namespace the rule would allow it for all of them; other kinds have other rules.
  const chosen = sides[0]?.verdict.maySelect.find(
    ({ selects, policy }) =>
      selects === 'yes' && policy.kind === 'NetworkPolicy' && policy.scope.pods.requirements.length > 0,
  )
  if (chosen === undefined) return undefined
  const { kind, namespace, name, at } = chosen.policy
  const path = ['spec', side.direction]
  return {
    edits: [
      {
        kind: 'change',
        object: { kind, namespace, name },
        changes: [{ kind: 'append', at: path, item: rule }],
      },
    ],
    facts: [
      {
        kind: 'new-rule',
        policy: name,
        source: sourceOf(below(at, ...path)),
        opens: suggestedRuleFacts(group, [group.side.other]),
      },
    ],
    closesNothing: false,
  }
}

/** A new policy for the Pod, which adds to what other policies allow. */
export function newPolicy(group: DeniedGroup, choice: LabelChoice): Candidate | undefined {
  const { world, side } = group
  const { direction, subject, subjectIdentity } = side
  if (subject.kind !== 'pod') return undefined
  const name = unusedName(group, nameFor(side))
  const value = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: subjectIdentity.namespace },
    spec: {
      podSelector: podSelectorFor(world, subject.pod, choice),
      policyTypes: [direction === 'egress' ? 'Egress' : 'Ingress'],
      [direction]: [ruleFor(group, choice)],
    },
  }
  return {
    edits: [{ kind: 'create', value }],
    facts: [
      {
        kind: 'new-policy',
        namespace: subjectIdentity.namespace,
        name,
        opens: suggestedRuleFacts(group, [subject, side.other]),
      },
    ],
    closesNothing: false,
  }
}

/** For an endpoint whose address is not known, only a rule without peers. */
function ruleFor(
  { world, side, ports }: DeniedGroup,
  choice: LabelChoice,
): Readonly<Record<string, unknown>> {
  const peers = peersFor(world, side, choice)
  return {
    ...(peers !== undefined && { [side.direction === 'egress' ? 'to' : 'from']: peers }),
    ...(ports !== null && { ports: ports.map(writtenPort) }),
  }
}

const writtenPort = ({ protocol, number, name }: Port) => ({
  protocol,
  ...(number !== undefined ? { port: number } : name !== undefined && { port: name }),
})

/** `selected`: the Pods that are selected by labels. */
function suggestedRuleFacts(group: DeniedGroup, selected: readonly Endpoint[]): SuggestedRule {
  const changing = selected.filter(isSubject).flatMap(endpoint => changingFacts(group.world, endpoint))
  return {
    direction: group.side.direction,
    peer: suggestedPeerFacts(group),
    ports: group.ports,
    ...(changing.length > 0 && { changing }),
  }
}

function changingFacts(world: World, endpoint: Endpoint): readonly ChangingLabels[] {
  if (endpoint.kind !== 'pod') return []
  const labels = changingLabels(endpoint.pod)
  return labels.length === 0
    ? []
    : [{ of: labeledPod(world, endpoint.pod).id, labels: Object.fromEntries(labels) }]
}

function suggestedPeerFacts({ world, side, sides, other: id }: DeniedGroup): SuggestedRule['peer'] {
  const { other } = side
  if (peersFor(world, side, 'all') === undefined) return { kind: 'any' }
  if (other.kind === 'external' && other.isRewritten)
    return { kind: 'nodes', addresses: addressTexts(other.addresses ?? NO_ADDRESS), client: id }
  if (other.kind !== 'pod') return { kind: 'endpoint', id }
  if (other.pod.hostNetwork) {
    const ids = new Set(
      sides.flatMap(one => (one.other.kind === 'pod' ? labeledPod(world, one.other.pod).id : [])),
    )
    return ids.size > 1 ? { kind: 'endpoints', ids: [...ids] } : { kind: 'endpoint', id }
  }
  // A Pod without labels can be selected only together with all others of its namespace.
  return stableLabels(other.pod).length === 0
    ? { kind: 'every-pod', namespace: other.pod.namespace }
    : { kind: 'endpoint', id }
}

function nameFor({ direction, flow }: PolicySide): string {
  const [from, to] = [nameOfEndpoint(flow.from), nameOfEndpoint(flow.to)]
  return direction === 'egress' ? `${from}-to-${to}` : `${to}-from-${from}`
}

function plainName(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'pod':
      return endpoint.pod.workload?.name ?? endpoint.pod.name
    case 'node':
      return endpoint.node.name
    case 'external':
      return endpoint.isRewritten ? 'nodes' : externalId(endpoint.name)
  }
}

/** A part of the name of a policy (S-106). */
function nameOfEndpoint(endpoint: Endpoint): string {
  const plain = plainName(endpoint)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return plain === '' ? 'address' : plain.slice(0, 60).replace(/-+$/, '')
}

function unusedName({ world, side: { subjectIdentity } }: DeniedGroup, wanted: string): string {
  const used = new Set(
    world.policyObjects
      .filter(({ namespace }) => namespace === subjectIdentity.namespace)
      .map(({ name }) => name),
  )
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (!used.has(name)) return name
  }
}
