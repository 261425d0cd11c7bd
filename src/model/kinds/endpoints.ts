import { choice, type Field, fields, isPresent, items, misspellings, text, unlessEmpty } from '../decode.ts'
import { decodeMetadata } from '../metadata.ts'
import type { EndpointPort, Endpoints, WrittenEndpoint } from '../objects.ts'
import { portNumber, subdomainFaults } from '../validation.ts'
import { decodeAddress } from './address.ts'
import { SORTED_PROTOCOLS } from './pod.ts'

/** Says which Service a slice belongs to (S-216). */
const SERVICE_LABEL = 'kubernetes.io/service-name'
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
/** Those that write down what the cluster knows already. */
const CONTROLLERS: readonly unknown[] = [
  'endpointslice-controller.k8s.io',
  'endpointslicemirroring-controller.k8s.io',
]

/** `v1` Endpoints: they belong to the Service of their name. */
export function decodeEndpoints(object: Field): Endpoints | undefined {
  misspellings(object, ['metadata', 'subsets'])
  const metadata = decodeMetadata(object, subdomainFaults)
  const subsets = items(fields(object)('subsets')).map(subset => {
    misspellings(subset, ['addresses', 'notReadyAddresses', 'ports'])
    const get = fields(subset)
    const ready = items(get('addresses')).flatMap(field => decodeAddressItem(field, true))
    const notReady = items(get('notReadyAddresses')).flatMap(field => decodeAddressItem(field, false))
    return { ports: decodePorts(get('ports')), endpoints: [...ready, ...notReady] }
  })
  if (metadata === undefined) return undefined
  const { namespace, name, at } = metadata
  return { kind: 'Endpoints', namespace, service: name, subsets, origin: 'Endpoints', at }
}

/** `discovery.k8s.io/v1` EndpointSlice; one that is labelled for no Service is of no use to any. */
export function decodeEndpointSlice(object: Field): Endpoints | undefined {
  misspellings(object, ['metadata', 'addressType', 'endpoints', 'ports'])
  const get = fields(object)
  const metadata = decodeMetadata(object, subdomainFaults)
  // Names that stand for addresses are resolved by nobody in the way of a connection.
  const isAddresses = text(get('addressType')) !== 'FQDN'
  const endpoints = isAddresses ? items(get('endpoints')).flatMap(decodeSliceEndpoint) : []
  const subsets = [{ ports: decodePorts(get('ports')), endpoints }]
  const service = metadata?.labels.get(SERVICE_LABEL)
  if (metadata === undefined || service === undefined) return undefined
  const origin = CONTROLLERS.includes(metadata.labels.get(MANAGED_BY)) ? 'controller' : 'EndpointSlice'
  return { kind: 'Endpoints', namespace: metadata.namespace, service, subsets, origin, at: metadata.at }
}

/** S-217: only the first address counts, and what is not said of its condition is ready. */
function decodeSliceEndpoint(field: Field): readonly WrittenEndpoint[] {
  misspellings(field, ['addresses', 'conditions', 'hostname'])
  const get = fields(field)
  const condition = fields(get('conditions'))
  const ready = condition('ready').value !== false
  const lastResort = condition('serving').value !== false && condition('terminating').value === true
  const [first] = items(get('addresses'))
  return first === undefined ? [] : asEndpoint(first, get('hostname'), { ready, lastResort })
}

function decodeAddressItem(field: Field, ready: boolean): readonly WrittenEndpoint[] {
  const get = fields(field)
  return asEndpoint(get('ip'), get('hostname'), { ready, lastResort: false })
}

function asEndpoint(
  field: Field,
  hostname: Field,
  state: Pick<WrittenEndpoint, 'ready' | 'lastResort'>,
): readonly WrittenEndpoint[] {
  const address = decodeAddress(field)
  return address === undefined ? [] : [{ address, ...state, hostname: text(unlessEmpty(hostname)) }]
}

function decodePorts(field: Field): readonly EndpointPort[] {
  return items(field).flatMap(item => {
    misspellings(item, ['name', 'port', 'protocol'])
    const get = fields(item)
    const name = text(unlessEmpty(get('name')))
    const protocol = choice(unlessEmpty(get('protocol')), SORTED_PROTOCOLS, 'TCP')
    const port = isPresent(get('port')) ? portNumber(get('port')) : undefined
    return port === undefined ? [] : [{ name, protocol, port }]
  })
}
