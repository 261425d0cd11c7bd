import { type LabelChoice, labelsOf, peersFor } from '../explain/near-misses/peer-value.ts'
import { labeledPod } from '../explain/near-misses/side.ts'
import { placeText } from '../explain/phrases.ts'
import type { PolicySide } from '../network/policy-side.ts'
import type { Port } from '../report/common.ts'
import { portText } from '../report/open.ts'
import { below } from '../source/file.ts'
import type { World } from '../world/world.ts'
import type { Candidate } from './candidate.ts'

/** Refused sides of one direction, between the same two ends, on one port or several. */
export interface RefusedGroup {
  readonly world: World
  readonly side: PolicySide
  readonly sides: readonly PolicySide[]
  /** Null for all ports. */
  readonly ports: readonly Port[] | null
  /** The ids of the two ends, of a workload where they are its Pods. */
  readonly subject: string
  readonly other: string
}

/** One more rule for a policy that isolates the Pod already; undefined where none has rules of its own to stand with. */
export function ruleFix(group: RefusedGroup, choice: LabelChoice): Candidate | undefined {
  const { side, sides } = group
  const rule = ruleFor(group, choice)
  const policies = sides[0]?.verdict.selecting.filter(({ selects }) => selects === 'yes') ?? []
  // A policy for all Pods of a namespace would open it for all of them.
  const own = policies.filter(({ policy }) => policy.subject.requirements.length > 0)
  const [chosen] = own.length > 0 ? own : []
  if (chosen === undefined) return undefined
  const { policy } = chosen
  const path = ['spec', side.direction]
  return {
    edits: [{ kind: 'policy', policy, changes: [{ kind: 'append', path, item: rule }] }],
    text: `add to ${policy.name} (${placeText(below(policy.at, ...path))}) ${ruleWords(group)}`,
    closesNothing: false,
  }
}

/** A new policy for the Pod, which adds to what others open. */
export function policyFix(group: RefusedGroup, choice: LabelChoice): Candidate | undefined {
  const { world, side } = group
  const pod = labeledPod(world, side.subject)?.pod
  if (pod === undefined) return undefined
  const { direction, subjectIdentity } = side
  const name = unusedName(group, nameFor(side))
  const value = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: subjectIdentity.namespace },
    spec: {
      podSelector: selectorFor(labelsOf(world, pod.labels, choice)),
      policyTypes: [direction === 'egress' ? 'Egress' : 'Ingress'],
      [direction]: [ruleFor(group, choice)],
    },
  }
  return {
    edits: [{ kind: 'create', value }],
    text: `a new NetworkPolicy ${subjectIdentity.namespace}/${name}: ${ruleWords(group)}`,
    closesNothing: false,
  }
}

const selectorFor = (labels: Readonly<Record<string, string>>) =>
  Object.keys(labels).length === 0 ? {} : { matchLabels: labels }

/** Where the address of the other end is not known, only a rule for everybody would do. */
function ruleFor(
  { world, side, ports }: RefusedGroup,
  choice: LabelChoice,
): Readonly<Record<string, unknown>> {
  const peers = peersFor(world, side, choice)
  return {
    ...(peers !== undefined && { [side.direction === 'egress' ? 'to' : 'from']: peers.values }),
    ...(ports !== null && { ports: ports.map(writtenPort) }),
  }
}

const writtenPort = ({ protocol, number, name }: Port) => ({
  protocol,
  ...(number !== undefined ? { port: number } : name !== undefined && { port: name }),
})

/** `egress to app/database, TCP 5432`. */
function ruleWords({ world, side, ports, other }: RefusedGroup): string {
  const word = side.direction === 'egress' ? 'egress to' : 'ingress from'
  const what = ports === null ? 'all ports' : ports.map(portText).join(', ')
  const whom = peersFor(world, side, 'all') === undefined ? 'anywhere' : (everyPodOf(world, side) ?? other)
  return `${word} ${whom}, ${what}`
}

function nameFor({ direction, flow }: PolicySide): string {
  const [from, to] = [nameOfEndpoint(flow.from), nameOfEndpoint(flow.to)]
  return direction === 'egress' ? `${from}-to-${to}` : `${to}-from-${from}`
}

/** Something that can be part of the name of a policy (S-106). */
function nameOfEndpoint(endpoint: PolicySide['subject']): string {
  const name =
    endpoint.kind === 'pod'
      ? (endpoint.pod.workload?.name ?? endpoint.pod.name)
      : endpoint.kind === 'node'
        ? endpoint.node.name
        : endpoint.name
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return plain === '' ? 'address' : plain.slice(0, 60).replace(/-+$/, '')
}

function unusedName({ world, side: { subjectIdentity } }: RefusedGroup, wanted: string): string {
  const used = new Set(
    world.networkPolicies
      .filter(({ namespace }) => namespace === subjectIdentity.namespace)
      .map(({ name }) => name),
  )
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (!used.has(name)) return name
  }
}

/** A Pod without labels can be meant only with all others of its namespace. */
function everyPodOf(world: World, { other }: PolicySide): string | undefined {
  if (other.kind !== 'pod' || other.pod.hostNetwork) return undefined
  const isNameless = Object.keys(labelsOf(world, other.pod.labels, 'all')).length === 0
  return isNameless ? `every Pod of namespace ${other.pod.namespace}` : undefined
}
