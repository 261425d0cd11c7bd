import { type Addresses, type Family, familyOf, NO_ADDRESS, union, unionOf } from '../../sets/addresses.ts'
import { limitedBy } from '../balancer-limits.ts'
import { decodeAddress, decodeCidr } from '../decode/address-fields.ts'
import { NAMED_OBJECT, SERVICE_PORT, SERVICE_SPEC } from '../decode/api-fields.ts'
import { duplicates, duplicateValue, forbidden, invalid, report, required } from '../decode/complaints.ts'
import { choice, fieldAt, fields, flag, isEmptyList, items, text } from '../decode/decode.ts'
import { childOf, type Field, isPresent, locationOf, unlessEmpty } from '../decode/field.ts'
import { decodeMetadata } from '../decode/metadata.ts'
import { decodeMatchLabels } from '../decode/selector.ts'
import {
  check,
  checkedText,
  LABEL_NAME,
  PORT_NAME_OR_NUMBER,
  PORT_NUMBER,
  portNumber,
  SERVICE_NAME,
  SUBDOMAIN_NAME,
  startsWithDigit,
  type ValueRule,
} from '../decode/validation.ts'
import { internalBy } from '../internal-load-balancers.ts'
import type { Service, ServicePort } from '../objects.ts'
import { SORTED_PROTOCOLS } from './pod.ts'

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'] as const
const TRAFFIC_POLICIES = ['Cluster', 'Local'] as const

export function decodeService(object: Field): Service | undefined {
  const metadata = decodeMetadata(object, SERVICE_NAME)
  if (metadata !== undefined && startsWithDigit(metadata.name)) warnOfDigit(object)
  const get = fields(fields(object, NAMED_OBJECT)('spec'), SERVICE_SPEC)
  const type = choice(unlessEmpty(get('type')), TYPES, 'ClusterIP')
  const headless = text(get('clusterIP')) === 'None'
  const ports = decodeServicePorts(get('ports'))
  // S-154: only a Service that proxies nothing can do without ports.
  if (isEmptyList(get('ports')) && !headless && type !== 'ExternalName')
    required(get('ports'), '', 'write a port, or `clusterIP: None` for a Service that only has a name')
  checkType(type, headless, get)
  const own = decodeOwnAddresses(type, get)
  const requirements = decodeMatchLabels(get('selector'))
  const sourceRanges = decodeSourceRanges(get('loadBalancerSourceRanges'))
  if (metadata === undefined) return undefined
  return {
    kind: 'Service',
    namespace: metadata.namespace,
    name: metadata.name,
    type,
    headless,
    ...own,
    ...decodeExternalAddresses(get, fields(object)('status')),
    balancerNames: decodeBalancerNames(fields(object)('status')),
    annotations: metadata.annotations,
    internalBy:
      type === 'LoadBalancer' ? internalBy(metadata.annotations, text(get('loadBalancerClass'))) : undefined,
    limitedBy: type === 'LoadBalancer' ? limitedBy(metadata.annotations, sourceRanges !== undefined) : [],
    sourceRanges,
    externalName: type === 'ExternalName' ? text(get('externalName'))?.toLowerCase() : undefined,
    selector: requirements.length > 0 ? { requirements, at: locationOf(get('selector')) } : undefined,
    ports,
    publishNotReadyAddresses: flag(get('publishNotReadyAddresses')),
    internalTrafficPolicy: choice(unlessEmpty(get('internalTrafficPolicy')), TRAFFIC_POLICIES, 'Cluster'),
    externalTrafficPolicy: choice(unlessEmpty(get('externalTrafficPolicy')), TRAFFIC_POLICIES, 'Cluster'),
    at: metadata.at,
  }
}

/** S-153. */
function warnOfDigit(object: Field): void {
  report(
    fieldAt(object, 'metadata', 'name'),
    'NAME_NEEDS_1_36',
    'the name of a Service may begin with a digit from Kubernetes 1.36 on',
    'begin it with a letter to have it taken by older clusters too',
    { severity: 'warning' },
  )
}

/** A DNS name, unlike the name of an object, may end with a dot. */
const EXTERNAL_NAME: ValueRule<string> = {
  faults: name => SUBDOMAIN_NAME.faults(name.replace(/\.$/, '').toLowerCase()),
  help: () => 'write a DNS name such as `db.example.com`',
}

/** S-155. */
function checkType(type: Service['type'], headless: boolean, get: (key: string) => Field): void {
  const exposed = type === 'NodePort' || type === 'LoadBalancer'
  if (headless && exposed)
    invalid(
      // The server writes what `clusterIP` has into `clusterIPs` before it looks.
      { ...childOf(get('clusterIPs'), 0, 'None'), mark: () => locationOf(get('clusterIP')) },
      `may not be set to 'None' for ${type} services`,
      'remove `clusterIP: None`, or write `type: ClusterIP`',
    )
  if (type === 'ExternalName') {
    const name = text(get('externalName')) ?? ''
    if (name === '') required(get('externalName'), '', 'write the DNS name that it stands for')
    else check(get('externalName'), name, EXTERNAL_NAME)
  }
  const external = unlessEmpty(get('externalTrafficPolicy'))
  if (isPresent(external) && !exposed && items(get('externalIPs')).length === 0)
    invalid(
      external,
      'may only be set for externally-accessible services',
      'remove it, or write `type: NodePort` or `type: LoadBalancer`',
    )
  if (!exposed)
    for (const port of items(get('ports')).map(item => fields(item)('nodePort')))
      if (isPresent(port) && port.value !== 0)
        forbidden(port, `may not be used when \`type\` is '${type}'`, 'remove it, or write `type: NodePort`')
}

/** `externalIPs`, the requested address of the load balancer, and the one that it got. */
function decodeExternalAddresses(
  get: (key: string) => Field,
  status: Field,
): Pick<Service, 'externalAddresses' | 'externalIPs'> {
  const addressesAt = (some: readonly Field[]): Addresses =>
    unionOf(some.map(field => decodeAddress(field) ?? NO_ADDRESS))
  const balancers = items(fieldAt(status, 'loadBalancer', 'ingress')).map(item => fields(item)('ip'))
  const externalIPs = addressesAt(items(get('externalIPs')))
  return {
    externalIPs,
    externalAddresses: union(externalIPs, addressesAt([get('loadBalancerIP'), ...balancers])),
  }
}

const decodeBalancerNames = (status: Field): readonly string[] =>
  items(fieldAt(status, 'loadBalancer', 'ingress'))
    .flatMap(item => text(fields(item)('hostname')) ?? [])
    .map(name => name.toLowerCase())

function decodeSourceRanges(field: Field): Addresses | undefined {
  const ranges = items(field)
  if (ranges.length === 0) return undefined
  return unionOf(ranges.map(range => decodeCidr(range, (text(range) ?? '').trim()).block ?? NO_ADDRESS))
}

/** S-154, with the defaults of S-210. */
function decodeServicePorts(field: Field): readonly ServicePort[] {
  const checkName = duplicates('give each port a name of its own')
  const numbers = new Set<string>()
  const list = items(field)
  return list.flatMap(item => {
    const get = fields(item, SERVICE_PORT)
    const name = checkedText(unlessEmpty(get('name')), LABEL_NAME)
    if (list.length > 1 && !isPresent(unlessEmpty(get('name'))))
      required(get('name'), '', 'give each port a name where there are several')
    if (name !== undefined) checkName(get('name'))
    const protocol = choice(unlessEmpty(get('protocol')), SORTED_PROTOCOLS, 'TCP')
    if (!isPresent(get('port')))
      required(get('port'), '', 'write the number of the port that clients ask for')
    const port = portNumber(get('port'))
    if (port === undefined) return []
    const key = `${protocol} ${port}`
    if (numbers.has(key)) duplicateValue(item, `${protocol} ${port} is there already: one entry is enough`)
    numbers.add(key)
    const targetPort = decodeTargetPort(get('targetPort')) ?? port
    // Zero leaves the choice to the server, as an absent one does.
    const nodePort = get('nodePort').value === 0 ? undefined : portNumber(get('nodePort'))
    return [{ name, protocol, port, targetPort, nodePort }]
  })
}

function decodeTargetPort(field: Field): number | string | undefined {
  if (!isPresent(unlessEmpty(field))) return undefined
  if (typeof field.value !== 'number') return checkedText(field, PORT_NAME_OR_NUMBER)
  // In the API zero means the same as the port.
  return field.value !== 0 && check(field, field.value, PORT_NUMBER) ? field.value : undefined
}

const FAMILY_NAMES = ['IPv4', 'IPv6'] as const
const FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'] as const

/** A Service's own addresses, and its IP family where it has only one (S-035, S-155). */
function decodeOwnAddresses(
  type: Service['type'],
  get: (key: string) => Field,
): Pick<Service, 'clusterIPs' | 'onlyFamily'> {
  const families = decodeFamilies(get('ipFamilies'))
  choice(unlessEmpty(get('ipFamilyPolicy')), FAMILY_POLICIES, 'SingleStack')
  if (type === 'ExternalName') forbidAddresses(get)
  else checkOrder(get)
  const written = [get('clusterIP'), ...items(get('clusterIPs'))].filter(field => field.value !== 'None')
  const clusterIPs = unionOf(written.map(field => decodeAddress(field) ?? NO_ADDRESS))
  return { clusterIPs, onlyFamily: onlyFamilyOf(get, families, clusterIPs) }
}

function decodeFamilies(field: Field): readonly Family[] {
  const checkFamily = duplicates('each family stands once')
  const list = items(field)
  for (const item of list) checkFamily(item)
  return list.flatMap(item => (text(item) === undefined ? [] : choice(item, FAMILY_NAMES, 'IPv4')))
}

const WITHOUT = 'may not be set for ExternalName services'

function forbidAddresses(get: (key: string) => Field): void {
  const help = 'remove it: an ExternalName Service is a name for a name'
  // The server writes what `clusterIP` has into `clusterIPs` before it looks.
  const single = isPresent(unlessEmpty(get('clusterIP')))
  if (single || items(get('clusterIPs')).length > 0)
    forbidden(
      { ...get('clusterIPs'), ...(single && { mark: () => locationOf(get('clusterIP')) }) },
      WITHOUT,
      help,
    )
  if (items(get('ipFamilies')).length > 0) forbidden(get('ipFamilies'), WITHOUT, help)
  if (isPresent(get('ipFamilyPolicy'))) forbidden(get('ipFamilyPolicy'), WITHOUT, help)
}

function checkOrder(get: (key: string) => Field): void {
  const list = get('clusterIPs')
  const all = items(list).map(({ value }) => value)
  const single = text(get('clusterIP')) ?? ''
  if (all.length === 0) return
  if (single === '')
    invalid(list, 'must be empty when `clusterIP` is not specified', 'write the first as `clusterIP:` too')
  else if (all[0] !== single) invalid(list, 'first value must match `clusterIP`', `begin with \`${single}\``)
  if (all[0] === 'None' && all.length > 1)
    invalid(list, "'None' must be the first and only value", 'remove the others')
}

/** A Service has one family unless it requests two; with PreferDualStack, the cluster decides. */
function onlyFamilyOf(
  get: (key: string) => Field,
  [first, second]: readonly Family[],
  clusterIPs: Addresses,
): Family | undefined {
  const mayGetSecond =
    /DualStack$/.test(text(get('ipFamilyPolicy')) ?? '') && items(get('clusterIPs')).length === 0
  return mayGetSecond || second !== undefined ? undefined : (first ?? familyOf(clusterIPs))
}
