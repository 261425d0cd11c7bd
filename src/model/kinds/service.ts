import { type Addresses, NO_ADDRESS, parseCidr, union } from '../../sets/addresses.ts'
import {
  choice,
  duplicate,
  type Field,
  fields,
  flag,
  forbidden,
  invalid,
  isPresent,
  items,
  misspellings,
  required,
  text,
  textMap,
  unlessEmpty,
} from '../decode.ts'
import { decodeMetadata } from '../metadata.ts'
import type { Service, ServicePort } from '../objects.ts'
import {
  check,
  checkedText,
  labelFaults,
  portNameFaults,
  portNumber,
  portNumberFaults,
  serviceNameFaults,
  subdomainFaults,
} from '../validation.ts'
import { decodeAddress } from './address.ts'
import { SORTED_PROTOCOLS } from './pod.ts'

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'] as const
const TRAFFIC_POLICIES = ['Cluster', 'Local'] as const

const USED_FIELDS: readonly string[] = [
  'selector',
  'ports',
  'type',
  'clusterIP',
  'clusterIPs',
  'externalName',
  'externalIPs',
  'loadBalancerIP',
  'loadBalancerSourceRanges',
  'publishNotReadyAddresses',
  'internalTrafficPolicy',
  'externalTrafficPolicy',
]

export function decodeService(object: Field): Service | undefined {
  misspellings(object, ['metadata', 'spec'])
  const metadata = decodeMetadata(object, serviceNameFaults)
  const spec = fields(object)('spec')
  misspellings(spec, USED_FIELDS)
  const get = fields(spec)
  const type = choice(unlessEmpty(get('type')), TYPES, 'ClusterIP')
  const headless = text(get('clusterIP')) === 'None'
  const ports = decodePorts(get('ports'))
  // S-154: only a Service that proxies nothing can do without ports.
  if (items(get('ports')).length === 0 && !headless && type !== 'ExternalName') required(get('ports'))
  checkType(type, headless, get)
  const selector = textMap(get('selector'))
  if (metadata === undefined) return undefined
  return {
    kind: 'Service',
    namespace: metadata.namespace,
    name: metadata.name,
    type,
    headless,
    clusterIPs: decodeClusterIPs([get('clusterIP'), ...items(get('clusterIPs'))]),
    externalAddresses: decodeExternalAddresses(get, fields(object)('status')),
    sourceRanges: decodeSourceRanges(get('loadBalancerSourceRanges')),
    externalName: type === 'ExternalName' ? text(get('externalName'))?.toLowerCase() : undefined,
    selector: selector.size > 0 ? selector : undefined,
    ports,
    publishNotReadyAddresses: flag(get('publishNotReadyAddresses')),
    internalTrafficPolicy: choice(unlessEmpty(get('internalTrafficPolicy')), TRAFFIC_POLICIES, 'Cluster'),
    externalTrafficPolicy: choice(unlessEmpty(get('externalTrafficPolicy')), TRAFFIC_POLICIES, 'Cluster'),
    at: metadata.at,
  }
}

/** S-155: what goes with which type. */
function checkType(type: Service['type'], headless: boolean, get: (key: string) => Field): void {
  const exposed = type === 'NodePort' || type === 'LoadBalancer'
  if (headless && exposed) invalid(get('clusterIP'), `may not be set to 'None' for ${type} services`)
  if (type === 'ExternalName') {
    const name = text(get('externalName')) ?? ''
    if (name === '') required(get('externalName'))
    // A final dot is good in a DNS name, if in no name of an object.
    else check(get('externalName'), subdomainFaults(name.replace(/\.$/, '').toLowerCase()))
  }
  const external = unlessEmpty(get('externalTrafficPolicy'))
  if (isPresent(external) && !exposed && items(get('externalIPs')).length === 0)
    invalid(external, 'may only be set for externally-accessible services')
  if (!exposed)
    for (const port of items(get('ports')).map(item => fields(item)('nodePort')))
      if (isPresent(port) && port.value !== 0) forbidden(port, `may not be used when \`type\` is '${type}'`)
}

/** `externalIPs`, what was asked of the load balancer, and what it got. */
function decodeExternalAddresses(get: (key: string) => Field, status: Field): Addresses {
  const balancers = items(fields(fields(status)('loadBalancer'))('ingress')).map(item => fields(item)('ip'))
  return [...items(get('externalIPs')), get('loadBalancerIP'), ...balancers]
    .map(field => decodeAddress(field) ?? NO_ADDRESS)
    .reduce(union, NO_ADDRESS)
}

function decodeSourceRanges(field: Field): Addresses | undefined {
  const ranges = items(field)
  if (ranges.length === 0) return undefined
  return ranges.map(decodeRange).reduce(union, NO_ADDRESS)
}

function decodeRange(field: Field): Addresses {
  const reading = parseCidr((text(field) ?? '').trim())
  if (reading.kind === 'block') return reading.addresses
  check(field, reading.reasons)
  return NO_ADDRESS
}

function decodeClusterIPs(written: readonly Field[]): Addresses {
  return written
    .filter(field => field.value !== 'None')
    .map(field => decodeAddress(field) ?? NO_ADDRESS)
    .reduce(union, NO_ADDRESS)
}

/** S-154, with the defaults of S-210. */
function decodePorts(field: Field): readonly ServicePort[] {
  const names = new Set<string>()
  const list = items(field)
  return list.flatMap(item => {
    misspellings(item, ['name', 'port', 'targetPort', 'protocol', 'nodePort'])
    const get = fields(item)
    const name = checkedText(unlessEmpty(get('name')), labelFaults)
    if (list.length > 1 && !isPresent(unlessEmpty(get('name')))) required(get('name'))
    if (name !== undefined && names.has(name)) duplicate(get('name'))
    if (name !== undefined) names.add(name)
    const protocol = choice(unlessEmpty(get('protocol')), SORTED_PROTOCOLS, 'TCP')
    if (!isPresent(get('port'))) required(get('port'))
    const port = portNumber(get('port'))
    if (port === undefined) return []
    const targetPort = decodeTargetPort(get('targetPort')) ?? port
    // Zero leaves the choice to the server, as an absent one does.
    const nodePort = get('nodePort').value === 0 ? undefined : portNumber(get('nodePort'))
    return [{ name, protocol, port, targetPort, nodePort }]
  })
}

function decodeTargetPort(field: Field): number | string | undefined {
  if (!isPresent(unlessEmpty(field))) return undefined
  if (typeof field.value !== 'number') return checkedText(field, portNameFaults)
  // Zero is how the API writes "as the port".
  return field.value !== 0 && check(field, portNumberFaults(field.value)) ? field.value : undefined
}
