import { forbidden, invalid, required, unsupported } from '../../model/decode/complaints.ts'
import { fields, hasOnly, items, text } from '../../model/decode/decode.ts'
import { type Field, isPresent, locationOf, unlessEmpty } from '../../model/decode/field.ts'
import { decodeMetadata } from '../../model/decode/metadata.ts'
import { checkObjectMeta } from '../../model/decode/object-meta.ts'
import { decodeSelector } from '../../model/decode/selector.ts'
import { SUBDOMAIN_NAME } from '../../model/decode/validation.ts'
import type { Selector } from '../../model/selector.ts'
import type { Direction } from '../../report/facts/rules.ts'
import { NETWORK_POLICY_TIER, type NetworkPolicy, type Peer, type Policy, type Rule } from '../policy.ts'
import { decodeIpBlock } from './ip-block.ts'
import { decodePort } from './policy-port.ts'

const FIELDS = ['apiVersion', 'kind', 'metadata', 'spec']

/** A `networking.k8s.io/v1` NetworkPolicy, defaulted and refused as the API server does (S-008, S-105 to S-126). */
export function decodeNetworkPolicy(given: Field): NetworkPolicy | undefined {
  // Every field counts, so that an unknown one is refused even where a cluster has accepted it, but for `status`, which
  // was served from 1.24 to 1.27 and is in dumps.
  const object = { ...given, object: { ...given.object, served: false } }
  const get = fields(object, given.object.served ? [...FIELDS, 'status'] : FIELDS)
  checkObjectMeta(get('metadata'))
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
  const spec = fields(get('spec'), ['podSelector', 'ingress', 'egress', 'policyTypes'])
  const pods = decodeSelector(spec('podSelector'))
  const ingress = items(spec('ingress')).map(rule => decodeRule(rule, 'from'))
  const egress = items(spec('egress')).map(rule => decodeRule(rule, 'to'))
  const written = decodePolicyTypes(spec('policyTypes'))
  const types = written ?? defaultTypes(egress)
  if (metadata === undefined) return undefined
  const { name, namespace, at } = metadata
  // `egress: []` without policyTypes denies nothing, and was meant to (S-009).
  const isMeant = ({ direction, rules }: Policy): boolean =>
    rules.length > 0 || (written === undefined && isPresent(spec(direction)))
  const common = {
    kind: 'NetworkPolicy',
    namespace,
    name,
    scope: { namespaces: 'own', pods },
    at,
  } as const
  const compiled = { ...common, tier: NETWORK_POLICY_TIER, priority: 0, isolates: true }
  const both: readonly Policy[] = [
    { ...compiled, direction: 'egress', rules: egress },
    { ...compiled, direction: 'ingress', rules: ingress },
  ]
  return {
    ...common,
    directions: both.filter(policy => types.includes(policy.direction)),
    ineffective: both.filter(policy => !types.includes(policy.direction) && isMeant(policy)),
    typesWritten: written !== undefined,
    namespaceWritten: isPresent(unlessEmpty(fields(get('metadata'))('namespace'))),
  }
}

/** S-008: Ingress always, Egress only where an egress rule is written. */
function defaultTypes(egress: readonly Rule[]): readonly Direction[] {
  return egress.length > 0 ? ['ingress', 'egress'] : ['ingress']
}

/** Undefined for a list that is absent or empty, which is defaulted (S-008); S-119, S-120. */
function decodePolicyTypes(field: Field): readonly Direction[] | undefined {
  const list = items(field)
  if (list.length > 2) invalid(field, 'may not specify more than two policyTypes', 'name each direction once')
  if (list.length === 0 || list.length > 2) return undefined
  return list.flatMap(item => {
    const type = text(item) ?? ''
    if (type === 'Ingress') return 'ingress'
    if (type === 'Egress') return 'egress'
    if (!isPresent(item) || typeof item.value === 'string')
      unsupported({ ...item, value: type }, ['Ingress', 'Egress'])
    return []
  })
}

function decodeRule(field: Field, peersField: 'from' | 'to'): Rule {
  const get = fields(field, ['ports', peersField])
  const ports = items(get('ports'))
  const peers = items(get(peersField))
  return {
    index: Number(field.step),
    action: 'allow',
    // Empty and absent are the same: no limit (S-013, S-016).
    ports: ports.length === 0 ? 'any' : ports.flatMap(decodePort),
    peers: peers.length === 0 ? 'any' : peers.flatMap(decodePeer),
    at: locationOf(field),
  }
}

const PEER_FIELDS = ['podSelector', 'namespaceSelector', 'ipBlock']

/** S-014, S-113, S-114. */
function decodePeer(field: Field): readonly Peer[] {
  const get = fields(field, PEER_FIELDS)
  const selector = (key: string): Selector | undefined =>
    isPresent(get(key)) ? decodeSelector(get(key)) : undefined
  const pods = selector('podSelector')
  const namespaces = selector('namespaceSelector')
  const block = isPresent(get('ipBlock')) ? decodeIpBlock(get('ipBlock')) : undefined
  const selects = pods !== undefined || namespaces !== undefined
  if (!selects && !isPresent(get('ipBlock'))) {
    // A misspelled field is complained about already.
    if (hasOnly(field, PEER_FIELDS))
      required(field, 'must specify a peer', 'leave out the whole list to mean everybody')
    return []
  }
  if (selects && isPresent(get('ipBlock'))) {
    forbidden(field, 'may not specify both ipBlock and another peer', 'make them two entries of the list')
    return []
  }
  if (block !== undefined) return [block]
  return selects ? [{ kind: 'pods', namespaces: namespaces ?? 'own', pods, at: locationOf(field) }] : []
}
