import { fields, items, text } from '../../model/decode/decode.ts'
import { type Field, isPresent, locationOf } from '../../model/decode/field.ts'
import { DEFAULT_NAMESPACE } from '../../model/decode/metadata.ts'
import { decodeSelector } from '../../model/decode/selector.ts'
import type { Selector } from '../../model/selector.ts'
import type { Location } from '../../source/file.ts'
import type { UnmodeledPolicy, UnmodeledSubject } from '../unmodeled.ts'

/** How to read whom the policies of a kind select: what cannot be read is taken for everybody. */
interface UnmodeledKind {
  readonly group: string
  readonly kind: RegExp
  /** `cluster` where the kind has no namespace, or reaches beyond it. */
  readonly scope: 'namespace' | 'cluster'
  readonly nodes: boolean
  readonly subjects: (spec: Field) => readonly UnmodeledSubject[]
}

const ANYBODY: readonly UnmodeledSubject[] = [{ namespaces: 'any', pods: 'any' }]
const anybody = (): readonly UnmodeledSubject[] => ANYBODY

/**
 * By group, and by the kind where the group has others as well. Policies that are in a namespace come before those of
 * the whole cluster where one pattern fits both.
 */
const KINDS: readonly UnmodeledKind[] = [
  inCluster('policy.networking.k8s.io', /NetworkPolicy$/, spec => [
    networkPolicyApi(fields(spec)('subject')),
  ]),
  inNamespace('cilium.io', /^CiliumNetworkPolicy$/, cilium),
  onNodes('cilium.io', /NetworkPolicy$/, cilium),
  inNamespace('crd.projectcalico.org', /^NetworkPolicy$/, anybody),
  onNodes('crd.projectcalico.org', /NetworkPolicy$/, anybody),
  inNamespace('projectcalico.org', /^NetworkPolicy$/, anybody),
  onNodes('projectcalico.org', /NetworkPolicy$/, anybody),
  inNamespace('crd.antrea.io', /^NetworkPolicy$/, antrea),
  onNodes('crd.antrea.io', /NetworkPolicy$/, antrea),
  onNodes('security.antrea.tanzu.vmware.com', /NetworkPolicy$/, anybody),
  inNamespace('k8s.ovn.org', /^EgressFirewall$/, anybody),
  onNodes('k8s.ovn.org', /NetworkPolicy$/, anybody),
  inNamespace('security.istio.io', /^(Authorization|PeerAuthentication)/, istio),
  inNamespace('policy.linkerd.io', /^Server$/, spec => [ofPods(fields(spec)('podSelector'))]),
  inNamespace('policy.linkerd.io', /^(Authorization|Server)/, anybody),
  inCluster('consul.hashicorp.com', /Intentions$/, anybody),
  inCluster('kuma.io', /Permission$/, anybody),
  inNamespace('vpcresources.k8s.aws', /^SecurityGroupPolicy$/, spec => [ofPods(fields(spec)('podSelector'))]),
]

type Reader = UnmodeledKind['subjects']

function inNamespace(group: string, kind: RegExp, subjects: Reader): UnmodeledKind {
  return { group, kind, scope: 'namespace', nodes: false, subjects }
}

function inCluster(group: string, kind: RegExp, subjects: Reader): UnmodeledKind {
  return { group, kind, scope: 'cluster', nodes: false, subjects }
}

function onNodes(group: string, kind: RegExp, subjects: Reader): UnmodeledKind {
  return { group, kind, scope: 'cluster', nodes: true, subjects }
}

/** The kind that decides about connections without being evaluated here, if it is one. */
function unmodeledKind(apiVersion: string, kind: string): UnmodeledKind | undefined {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return (
    KINDS.find(known => known.group === group && known.kind.test(kind)) ??
    (isUnknownPolicy(group, kind) ? onNodes(group, /NetworkPolicy$/, anybody) : undefined)
  )
}

/** A plugin that we have not heard of: its kinds are in a domain of its own, and say what they are. */
const isUnknownPolicy = (group: string, kind: string): boolean =>
  group.includes('.') && group !== 'networking.k8s.io' && kind.endsWith('NetworkPolicy')

/** The namespace of Istio's own, whose policies are for all of the mesh. */
const ISTIO_ROOT = 'istio-system'

/** Undefined for a kind that has no say in connections. Never complains: what it cannot read selects everybody. */
export function decodeUnmodeled(apiVersion: string, kind: string, given: Field): UnmodeledPolicy | undefined {
  const known = unmodeledKind(apiVersion, kind)
  if (known === undefined) return undefined
  const object = { ...given, object: { ...given.object, complain: () => undefined } }
  const metadata = fields(fields(object)('metadata'))
  const written = text(metadata('namespace')) || DEFAULT_NAMESPACE
  // Cilium may have both, and means all of them.
  const specs = [fields(object)('spec'), ...items(fields(object)('specs'))].filter(isPresent)
  const isRoot = known.group === 'security.istio.io' && written === ISTIO_ROOT
  return {
    kind,
    namespace: known.scope === 'cluster' || isRoot ? undefined : written,
    name: text(metadata('name')) ?? '',
    nodes: known.nodes,
    subjects: specs.length === 0 ? ANYBODY : specs.flatMap(known.subjects),
    at: locationOf(given),
  }
}

/** A template that a policy of any kind may be made of. */
export const unmodeledTemplate = (at: Location): UnmodeledPolicy => ({
  kind: 'the Helm template',
  namespace: undefined,
  name: at.file.path,
  nodes: true,
  subjects: ANYBODY,
  at,
})

/** A selector that says what it says to all that read it; `any` where it has a fault or is not there. */
function readable(field: Field): Selector | 'any' {
  let faults = 0
  const selector = decodeSelector({
    ...field,
    object: { ...field.object, served: false, complain: () => faults++ },
  })
  return faults === 0 && isPresent(field) ? selector : 'any'
}

const ofPods = (field: Field): UnmodeledSubject => ({ namespaces: 'any', pods: readable(field) })

/** AdminNetworkPolicy, BaselineAdminNetworkPolicy, ClusterNetworkPolicy. */
function networkPolicyApi(subject: Field): UnmodeledSubject {
  const get = fields(subject)
  if (isPresent(get('namespaces'))) return { namespaces: readable(get('namespaces')), pods: 'any' }
  const pods = fields(get('pods'))
  return { namespaces: readable(pods('namespaceSelector')), pods: readable(pods('podSelector')) }
}

/** `endpointSelector`, once or in a list; its keys say where a label comes from. */
function cilium(spec: Field): readonly UnmodeledSubject[] {
  const get = fields(spec)
  const selector = get('endpointSelector')
  if (!isPresent(selector)) return ANYBODY
  const labels = fields(selector)('matchLabels')
  const expressions = items(fields(selector)('matchExpressions'))
  const keys = Object.keys(typeof labels.value === 'object' && labels.value !== null ? labels.value : {})
  const isPlain = keys.every(isPodLabel) && expressions.length === 0
  if (!isPlain) return ANYBODY
  const stripped = Object.fromEntries(keys.map(key => [key.replace(SOURCE, ''), fields(labels)(key).value]))
  return [ofPods({ ...selector, value: { matchLabels: stripped } })]
}

/** A colon ends the source in a manifest; `k8s.example.com/tier` is a key like any other. */
const SOURCE = /^(?:k8s|any):/
const isPodLabel = (key: string): boolean =>
  !/^(?:io\.|reserved)/.test(key.replace(SOURCE, '')) && !key.replace(SOURCE, '').includes(':')

function antrea(spec: Field): readonly UnmodeledSubject[] {
  const applied = items(fields(spec)('appliedTo'))
  if (applied.length === 0) return ANYBODY
  return applied.map(entry => {
    const get = fields(entry)
    return { namespaces: readable(get('namespaceSelector')), pods: readable(get('podSelector')) }
  })
}

/** Without a selector, everybody of the namespace. */
function istio(spec: Field): readonly UnmodeledSubject[] {
  const selector = fields(spec)('selector')
  return isPresent(selector) ? [ofPods(selector)] : ANYBODY
}
