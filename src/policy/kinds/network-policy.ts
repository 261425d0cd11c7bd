import {
  choice,
  type Field,
  fields,
  forbidden,
  integer,
  invalid,
  isPresent,
  items,
  required,
  text,
  unsupported,
} from '../../model/decode.ts'
import { decodeMetadata } from '../../model/metadata.ts'
import { decodeSelector, type Selector } from '../../model/selector.ts'
import { check, portNameFaults, portNumberFaults, subdomainFaults } from '../../model/validation.ts'
import { type Addresses, contains, equal, parseCidr, subtract } from '../../sets/addresses.ts'
import { HIGHEST_PORT, LOWEST_PORT, PROTOCOLS, type Protocol, ports } from '../../sets/connections.ts'
import type { Block, Direction, NetworkPolicy, Peer, Policy, PortMatch, Rule } from '../policy.ts'

/** A `networking.k8s.io/v1` NetworkPolicy, defaulted and refused as the API server does (S-008, S-105 to S-126). */
export function decodeNetworkPolicy(object: Field): NetworkPolicy | undefined {
  // `status` was a field from 1.24 to 1.27, and a dump of such a cluster has it.
  const get = fields(object, ['apiVersion', 'kind', 'metadata', 'spec', 'status'])
  const metadata = decodeMetadata(object, subdomainFaults)
  const spec = fields(get('spec'), ['podSelector', 'ingress', 'egress', 'policyTypes'])
  const subject = decodeSelector(spec('podSelector'))
  const ingress = items(spec('ingress')).map(rule => decodeRule(rule, 'from'))
  const egress = items(spec('egress')).map(rule => decodeRule(rule, 'to'))
  const written = decodePolicyTypes(spec('policyTypes'))
  const types = written ?? defaultTypes(egress)
  if (metadata === undefined) return undefined
  const { name, namespace, at } = metadata
  const identity = {
    kind: 'NetworkPolicy',
    namespace,
    name,
    subject,
    at,
  } as const
  const both: readonly Policy[] = [
    { ...identity, direction: 'egress', rules: egress },
    { ...identity, direction: 'ingress', rules: ingress },
  ]
  return {
    ...identity,
    directions: both.filter(policy => types.includes(policy.direction)),
    inert: both.filter(policy => !types.includes(policy.direction) && policy.rules.length > 0),
    typesWritten: written !== undefined,
  }
}

/** S-008: Ingress always, Egress only where an egress rule is written. */
function defaultTypes(egress: readonly Rule[]): readonly Direction[] {
  return egress.length > 0 ? ['ingress', 'egress'] : ['ingress']
}

/** Undefined for a list that is absent or empty, which is defaulted (S-008); S-119, S-120. */
function decodePolicyTypes(field: Field): readonly Direction[] | undefined {
  const list = items(field)
  if (list.length > 2) invalid(field, 'may not specify more than two policyTypes')
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
  const portMatches = items(get('ports')).flatMap(decodePort)
  const peers = items(get(peersField)).flatMap(decodePeer)
  return {
    index: Number(field.at.path.at(-1)),
    // Empty and absent are the same: no limit (S-013, S-016).
    peers: items(get(peersField)).length === 0 ? 'any' : peers,
    ports: items(get('ports')).length === 0 ? 'any' : portMatches,
    at: field.at,
  }
}

/** S-025 to S-033, S-109 to S-112. */
function decodePort(field: Field): readonly PortMatch[] {
  const get = fields(field, ['protocol', 'port', 'endPort'])
  const protocol = choice(get('protocol'), PROTOCOLS, 'TCP')
  const port = get('port')
  const at = field.at
  if (typeof port.value === 'string') return decodeNamedPort(port, get('endPort'), protocol, at)
  const first = integer(port)
  const last = integer(get('endPort'))
  if (first === undefined) {
    if (last !== undefined && !isPresent(port))
      forbiddenRange(get('endPort'), 'may not be specified when `port` is not specified')
    return [{ kind: 'numbers', protocol, open: ports(protocol), at }]
  }
  const valid = check(port, portNumberFaults(first)) && checkEndPort(get('endPort'), first, last)
  if (!valid) return []
  return [
    {
      kind: 'numbers',
      protocol,
      open: ports(protocol, first, last ?? first),
      at,
    },
  ]
}

function decodeNamedPort(
  port: Field,
  endPort: Field,
  protocol: Protocol,
  at: PortMatch['at'],
): readonly PortMatch[] {
  const name = String(port.value)
  const help = /^\d+$/.test(name)
    ? `write ${name} without quotes: in quotes it is the name of a port`
    : undefined
  if (isPresent(endPort) && integer(endPort) !== undefined)
    forbiddenRange(endPort, 'may not be specified when `port` is non-numeric')
  return check(port, portNameFaults(name), help) ? [{ kind: 'name', protocol, name, at }] : []
}

/** The API server calls it invalid, with the value, although it is not the value that is wrong (S-112c, S-112d). */
function forbiddenRange(field: Field, detail: string): void {
  invalid(field, detail, 'give `port` as a number: it is where the range starts')
}

/** S-112a, S-112b. */
function checkEndPort(field: Field, first: number, last: number | undefined): boolean {
  if (last === undefined) return !isPresent(field)
  const faults = last < first ? ['must be greater than or equal to `port`'] : []
  return check(field, [
    ...faults,
    ...(last < LOWEST_PORT || last > HIGHEST_PORT ? portNumberFaults(last) : []),
  ])
}

/** S-014, S-113, S-114. */
function decodePeer(field: Field): readonly Peer[] {
  const get = fields(field, ['podSelector', 'namespaceSelector', 'ipBlock'])
  const selector = (key: string): Selector | undefined =>
    isPresent(get(key)) ? decodeSelector(get(key)) : undefined
  const pods = selector('podSelector')
  const namespaces = selector('namespaceSelector')
  const block = isPresent(get('ipBlock')) ? decodeBlock(get('ipBlock')) : undefined
  const selects = pods !== undefined || namespaces !== undefined
  if (!selects && !isPresent(get('ipBlock'))) {
    required(field, 'must specify a peer', 'leave out the whole list to mean everybody')
    return []
  }
  if (selects && isPresent(get('ipBlock'))) {
    forbidden(field, 'may not specify both ipBlock and another peer', 'make them two entries of the list')
    return []
  }
  if (block !== undefined) return [block]
  return selects ? [{ kind: 'pods', namespaces: namespaces ?? 'own', pods, at: field.at }] : []
}

/** S-115 to S-118. */
function decodeBlock(field: Field): Peer | undefined {
  const get = fields(field, ['cidr', 'except'])
  const written = text(get('cidr'))
  if (written === '' || !isPresent(get('cidr'))) required(get('cidr'))
  const cidr = written ? decodeCidr(get('cidr'), written) : undefined
  if (cidr === undefined) return undefined
  const except = items(get('except')).flatMap(item => decodeExcept(item, cidr))
  const addresses = except.reduce<Addresses>((rest, block) => subtract(rest, block.addresses), cidr.addresses)
  return { kind: 'addresses', cidr, except, addresses, at: field.at }
}

function decodeExcept(field: Field, cidr: Block): readonly Block[] {
  const block = decodeCidr(field, isPresent(field) ? (text(field) ?? '') : '')
  if (block === undefined) return []
  if (!contains(cidr.addresses, block.addresses) || equal(cidr.addresses, block.addresses)) {
    invalid(field, 'must be a strict subset of `cidr`')
    return []
  }
  return [block]
}

function decodeCidr(field: Field, written: string): Block | undefined {
  const reading = parseCidr(written)
  switch (reading.kind) {
    case 'block':
      return { text: written, addresses: reading.addresses, at: field.at }
    case 'invalid':
      check({ ...field, value: written }, reading.reasons)
      return undefined
  }
}
