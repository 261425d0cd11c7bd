import {
  ENDPOINT_ADDRESS,
  ENDPOINT_CONDITIONS,
  ENDPOINT_PORT,
  ENDPOINT_SLICE,
  ENDPOINT_SUBSET,
  ENDPOINTS,
  SLICE_ENDPOINT,
} from '../api-fields.ts'
import { choice, fields, items, text } from '../decode.ts'
import { type Field, isPresent, unlessEmpty } from '../field.ts'
import { decodeMetadata } from '../metadata.ts'
import type { EndpointPort, Endpoints, WrittenEndpoint } from '../objects.ts'
import { portNumber, SUBDOMAIN_NAME } from '../validation.ts'
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
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
  const subsets = items(fields(object, ENDPOINTS)('subsets')).map(subset => {
    const get = fields(subset, ENDPOINT_SUBSET)
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
  const get = fields(object, ENDPOINT_SLICE)
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
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
  const get = fields(field, SLICE_ENDPOINT)
  const condition = fields(get('conditions'), ENDPOINT_CONDITIONS)
  const ready = condition('ready').value !== false
  const lastResort = condition('serving').value !== false && condition('terminating').value === true
  const [first] = items(get('addresses'))
  return first === undefined ? [] : asEndpoint(first, get('hostname'), { ready, lastResort })
}

function decodeAddressItem(field: Field, ready: boolean): readonly WrittenEndpoint[] {
  const get = fields(field, ENDPOINT_ADDRESS)
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
    const get = fields(item, ENDPOINT_PORT)
    const name = text(unlessEmpty(get('name')))
    const protocol = choice(unlessEmpty(get('protocol')), SORTED_PROTOCOLS, 'TCP')
    const port = isPresent(get('port')) ? portNumber(get('port')) : undefined
    return port === undefined ? [] : [{ name, protocol, port }]
  })
}
