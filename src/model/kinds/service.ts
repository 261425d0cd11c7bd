import { type Addresses, NO_ADDRESS, union } from '../../sets/addresses.ts'
import {
  choice,
  duplicate,
  type Field,
  fields,
  flag,
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
} from '../validation.ts'
import { decodeAddress, SORTED_PROTOCOLS } from './pod.ts'

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'] as const
const TRAFFIC_POLICIES = ['Cluster', 'Local'] as const

export function decodeService(object: Field): Service | undefined {
  misspellings(object, ['metadata', 'spec'])
  const metadata = decodeMetadata(object, serviceNameFaults)
  const spec = fields(object)('spec')
  misspellings(spec, ['selector', 'ports', 'type', 'clusterIP', 'clusterIPs', 'publishNotReadyAddresses'])
  const get = fields(spec)
  const type = choice(unlessEmpty(get('type')), TYPES, 'ClusterIP')
  const headless = text(get('clusterIP')) === 'None'
  const ports = decodePorts(get('ports'))
  // S-154: only a Service that proxies nothing can do without ports.
  if (items(get('ports')).length === 0 && !headless && type !== 'ExternalName') required(get('ports'))
  const selector = textMap(get('selector'))
  if (metadata === undefined) return undefined
  return {
    kind: 'Service',
    namespace: metadata.namespace,
    name: metadata.name,
    type,
    headless,
    clusterIPs: decodeClusterIPs([get('clusterIP'), ...items(get('clusterIPs'))]),
    selector: selector.size > 0 ? selector : undefined,
    ports,
    publishNotReadyAddresses: flag(get('publishNotReadyAddresses')),
    internalTrafficPolicy: choice(unlessEmpty(get('internalTrafficPolicy')), TRAFFIC_POLICIES, 'Cluster'),
    externalTrafficPolicy: choice(unlessEmpty(get('externalTrafficPolicy')), TRAFFIC_POLICIES, 'Cluster'),
    at: metadata.at,
  }
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
    misspellings(item, ['name', 'port', 'targetPort', 'protocol'])
    const get = fields(item)
    const name = checkedText(unlessEmpty(get('name')), labelFaults)
    if (list.length > 1 && !isPresent(unlessEmpty(get('name')))) required(get('name'))
    if (name !== undefined && names.has(name)) duplicate(get('name'))
    if (name !== undefined) names.add(name)
    const protocol = choice(unlessEmpty(get('protocol')), SORTED_PROTOCOLS, 'TCP')
    if (!isPresent(get('port'))) required(get('port'))
    const port = portNumber(get('port'))
    return port === undefined
      ? []
      : [
          {
            name,
            protocol,
            port,
            targetPort: decodeTargetPort(get('targetPort')) ?? port,
          },
        ]
  })
}

function decodeTargetPort(field: Field): number | string | undefined {
  if (!isPresent(unlessEmpty(field))) return undefined
  if (typeof field.value !== 'number') return checkedText(field, portNameFaults)
  // Zero is how the API writes "as the port".
  return field.value !== 0 && check(field, portNumberFaults(field.value)) ? field.value : undefined
}
