import { apiGroup } from '../../model/api-group.ts'
import { fields, items, text } from '../../model/decode/decode.ts'
import { type Field, isPresent, locationOf } from '../../model/decode/field.ts'
import { unwrittenNamespace } from '../../model/decode/metadata.ts'
import { decodeSelector } from '../../model/decode/selector.ts'
import type { Selector } from '../../model/selector.ts'
import type { Location } from '../../source/file.ts'

/** A policy of a kind that decides about connections and is not evaluated: only what it could select is known (S-071). */
export interface UnmodeledPolicy {
  readonly kind: string
  /** The only namespace whose Pods it can select; undefined where that is any. */
  readonly namespace: string | undefined
  readonly name: string
  /** The namespace of an object that makes a controller create it, which may be another one. */
  readonly ownNamespace?: string
  /** Whether it can select nodes, and Pods on their network. */
  readonly nodes: boolean
  /** It can select what any of these does; `any` where netpol cannot read the selector. */
  readonly subjects: readonly UnmodeledSubject[]
  readonly at: Location
}

interface UnmodeledSubject {
  readonly namespaces: Selector | 'any'
  readonly pods: Selector | 'any'
}

/** How to read what the policies of a kind select: a selector that cannot be read may select anything. */
type UnmodeledKind = readonly [
  group: string,
  kind: RegExp,
  /** Where they select: in their namespace, in any, or in any and nodes as well. */
  reach: 'namespace' | 'cluster' | 'nodes',
  subjects: (spec: Field) => readonly UnmodeledSubject[],
]

const ANY: readonly UnmodeledSubject[] = [{ namespaces: 'any', pods: 'any' }]
const any = (): readonly UnmodeledSubject[] => ANY

/** The first that fits a kind. */
const KINDS: readonly UnmodeledKind[] = [
  // Evaluated, but for one that is a template.
  ['networking.k8s.io', /^NetworkPolicy$/, 'namespace', byPodSelector],
  ['policy.networking.k8s.io', /NetworkPolicy$/, 'cluster', networkPolicyApi],
  ['cilium.io', /^CiliumNetworkPolicy$/, 'namespace', cilium],
  ['cilium.io', /NetworkPolicy$/, 'nodes', cilium],
  ['crd.projectcalico.org', /^NetworkPolicy$/, 'namespace', any],
  ['crd.projectcalico.org', /NetworkPolicy$/, 'nodes', any],
  ['projectcalico.org', /^NetworkPolicy$/, 'namespace', any],
  ['projectcalico.org', /NetworkPolicy$/, 'nodes', any],
  ['crd.antrea.io', /^NetworkPolicy$/, 'namespace', antrea],
  ['crd.antrea.io', /NetworkPolicy$/, 'nodes', antrea],
  ['security.antrea.tanzu.vmware.com', /NetworkPolicy$/, 'nodes', any],
  ['k8s.ovn.org', /^EgressFirewall$/, 'namespace', any],
  ['k8s.ovn.org', /NetworkPolicy$/, 'nodes', any],
  ['security.istio.io', /^(Authorization|PeerAuthentication)/, 'namespace', istio],
  ['policy.linkerd.io', /^Server$/, 'namespace', byPodSelector],
  ['policy.linkerd.io', /^(Authorization|Server)/, 'namespace', any],
  ['consul.hashicorp.com', /Intentions$/, 'cluster', any],
  ['kuma.io', /Permission$/, 'cluster', any],
  ['vpcresources.k8s.aws', /^SecurityGroupPolicy$/, 'namespace', byPodSelector],
]

function unmodeledKind(apiVersion: string, kind: string): UnmodeledKind | undefined {
  const group = apiGroup(apiVersion)
  const known = KINDS.find(([ofGroup, pattern]) => ofGroup === group && pattern.test(kind))
  if (known !== undefined) return known
  // A plugin that netpol does not know: its kinds are in a group of their own.
  const isPolicy = group.includes('.') && group !== 'networking.k8s.io' && kind.endsWith('NetworkPolicy')
  return isPolicy ? [group, /NetworkPolicy$/, 'nodes', any] : undefined
}

/** Istio's root namespace, whose policies are for the whole mesh. */
const ISTIO_ROOT = 'istio-system'

/** Undefined for a kind that does not decide about connections. Never complains: what it cannot read may select anything. */
export function decodeUnmodeled(apiVersion: string, kind: string, given: Field): UnmodeledPolicy | undefined {
  const known = unmodeledKind(apiVersion, kind)
  if (known === undefined) return undefined
  const [group, , reach, subjectsOf] = known
  const object = { ...given, object: { ...given.object, complain: () => undefined } }
  const metadata = fields(fields(object)('metadata'))
  const written = text(metadata('namespace')) || unwrittenNamespace(given.object.at)
  // Cilium may have both.
  const specs = [fields(object)('spec'), ...items(fields(object)('specs'))].filter(isPresent)
  const isRoot = group === 'security.istio.io' && written === ISTIO_ROOT
  return {
    kind,
    namespace: reach === 'namespace' && !isRoot ? written : undefined,
    name: text(metadata('name')) ?? '',
    nodes: reach === 'nodes',
    subjects: specs.length === 0 ? ANY : specs.flatMap(subjectsOf),
    at: locationOf(given),
  }
}

/** A template that may make a policy of any kind. */
export const unmodeledTemplate = (at: Location): UnmodeledPolicy => ({
  kind: 'the template',
  namespace: undefined,
  name: at.file.path,
  nodes: true,
  subjects: ANY,
  at,
})

/** `any` for a selector that is absent or has faults. */
function readable(field: Field): Selector | 'any' {
  let faults = 0
  const selector = decodeSelector({
    ...field,
    object: { ...field.object, served: false, complain: () => faults++ },
  })
  return faults === 0 && isPresent(field) ? selector : 'any'
}

const ofPods = (field: Field): UnmodeledSubject => ({ namespaces: 'any', pods: readable(field) })

function byPodSelector(spec: Field): readonly UnmodeledSubject[] {
  return [ofPods(fields(spec)('podSelector'))]
}

/** AdminNetworkPolicy, BaselineAdminNetworkPolicy, ClusterNetworkPolicy. */
function networkPolicyApi(spec: Field): readonly UnmodeledSubject[] {
  const get = fields(fields(spec)('subject'))
  if (isPresent(get('namespaces'))) return [{ namespaces: readable(get('namespaces')), pods: 'any' }]
  const pods = fields(get('pods'))
  return [{ namespaces: readable(pods('namespaceSelector')), pods: readable(pods('podSelector')) }]
}

/** `endpointSelector`, of whose keys some name the source of the label. */
function cilium(spec: Field): readonly UnmodeledSubject[] {
  const get = fields(spec)
  const selector = get('endpointSelector')
  if (!isPresent(selector)) return ANY
  const labels = fields(selector)('matchLabels')
  const expressions = items(fields(selector)('matchExpressions'))
  const keys = Object.keys(typeof labels.value === 'object' && labels.value !== null ? labels.value : {})
  const isPlain = keys.every(isPodLabel) && expressions.length === 0
  if (!isPlain) return ANY
  const stripped = Object.fromEntries(keys.map(key => [key.replace(SOURCE, ''), fields(labels)(key).value]))
  return [ofPods({ ...selector, value: { matchLabels: stripped } })]
}

/** A source ends with a colon: `k8s.example.com/tier` is a key like any other. */
const SOURCE = /^(?:k8s|any):/
const isPodLabel = (key: string): boolean =>
  !/^(?:io\.|reserved)/.test(key.replace(SOURCE, '')) && !key.replace(SOURCE, '').includes(':')

function antrea(spec: Field): readonly UnmodeledSubject[] {
  const applied = items(fields(spec)('appliedTo'))
  if (applied.length === 0) return ANY
  return applied.map(entry => {
    const get = fields(entry)
    return { namespaces: readable(get('namespaceSelector')), pods: readable(get('podSelector')) }
  })
}

function istio(spec: Field): readonly UnmodeledSubject[] {
  const selector = fields(spec)('selector')
  return isPresent(selector) ? [ofPods(selector)] : ANY
}
