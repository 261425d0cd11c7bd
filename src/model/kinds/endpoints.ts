import { contains, type Family, familyOf } from '../../sets/addresses.ts'
import { hosts } from '../../sets/hosts.ts'
import { decodeAddress } from '../decode/address-fields.ts'
import {
  ENDPOINT_ADDRESS,
  ENDPOINT_CONDITIONS,
  ENDPOINT_PORT,
  ENDPOINT_SLICE,
  ENDPOINT_SUBSET,
  ENDPOINTS,
  SLICE_ENDPOINT,
} from '../decode/api-fields.ts'
import { duplicates, invalid, required } from '../decode/complaints.ts'
import { choice, fields, items, text } from '../decode/decode.ts'
import { type Field, isPresent, unlessEmpty } from '../decode/field.ts'
import { decodeMetadata } from '../decode/metadata.ts'
import { portNumber, SUBDOMAIN_NAME } from '../decode/validation.ts'
import type { EndpointPort, Endpoints, WrittenEndpoint } from '../objects.ts'
import { SORTED_PROTOCOLS } from './pod.ts'

/** The label that names the Service of a slice (S-216). */
const SERVICE_LABEL = 'kubernetes.io/service-name'
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
/** The controllers that write slices from the Service's selector or from Endpoints objects. */
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
    return { ports: decodeEndpointPorts(get('ports'), 'every name'), endpoints: [...ready, ...notReady] }
  })
  if (metadata === undefined) return undefined
  const { namespace, name, at } = metadata
  return { kind: 'Endpoints', namespace, service: name, subsets, origin: 'Endpoints', at }
}

/** `discovery.k8s.io/v1` EndpointSlice; undefined for one without the label of a Service. */
export function decodeEndpointSlice(object: Field): Endpoints | undefined {
  const get = fields(object, ENDPOINT_SLICE)
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
  const type = get('addressType')
  if (!isPresent(unlessEmpty(type))) required(type, '', 'write `addressType: IPv4`')
  const family = choice(unlessEmpty(type), ADDRESS_TYPES, 'IPv4')
  // kube-proxy does not resolve names.
  const endpoints =
    family === 'FQDN' ? [] : items(get('endpoints')).flatMap(item => decodeSliceEndpoint(item, family))
  const subsets = [{ ports: decodeEndpointPorts(get('ports'), 'each name once'), endpoints }]
  const service = metadata?.labels.get(SERVICE_LABEL)
  if (metadata === undefined || service === undefined) return undefined
  const origin = CONTROLLERS.includes(metadata.labels.get(MANAGED_BY)) ? 'controller' : 'EndpointSlice'
  return { kind: 'Endpoints', namespace: metadata.namespace, service, subsets, origin, at: metadata.at }
}

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'] as const

/** S-217: only the first address counts, and absent conditions mean ready. */
function decodeSliceEndpoint(field: Field, family: Family): readonly WrittenEndpoint[] {
  const get = fields(field, SLICE_ENDPOINT)
  const condition = fields(get('conditions'), ENDPOINT_CONDITIONS)
  const ready = condition('ready').value !== false
  const lastResort = condition('serving').value !== false && condition('terminating').value === true
  const [first] = items(get('addresses'))
  if (first === undefined) return []
  const [endpoint] = asEndpoint(first, get('hostname'), { ready, lastResort })
  if (endpoint === undefined) return []
  if (familyOf(endpoint.address) === family) return [endpoint]
  invalid(first, `must be a valid ${family} address`, 'put it into a slice of its own `addressType`')
  return []
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
  if (address === undefined) return []
  if (!contains(hosts(), address)) {
    invalid(
      field,
      `may not be ${specialRange(String(field.value))}`,
      'write the address that others reach it at',
    )
    return []
  }
  return [{ address, ...state, hostname: text(unlessEmpty(hostname)) }]
}

/** The special range of an address, in the API server's words. */
function specialRange(written: string): string {
  if (/^(?:0\.0\.0\.0|[0:]*)$/.test(written)) return `unspecified (${written})`
  if (/^(?:127\.|[0:]*:0*1$)/.test(written)) return 'in the loopback range (127.0.0.0/8, ::1/128)'
  return /^(?:169\.254\.|fe[89ab])/i.test(written)
    ? 'in the link-local range (169.254.0.0/16, fe80::/10)'
    : 'in the link-local multicast range (224.0.0.0/24, ff02::/10)'
}

/** Of several ports, those of Endpoints each need a name, and those of a slice different ones. */
function decodeEndpointPorts(field: Field, names: 'every name' | 'each name once'): readonly EndpointPort[] {
  const list = items(field)
  const checkName = duplicates('give each port a name of its own')
  return list.flatMap(item => {
    const get = fields(item, ENDPOINT_PORT)
    const name = text(unlessEmpty(get('name')))
    if (names === 'every name' && name === undefined && list.length > 1)
      required(get('name'), '', 'give each port a name where there are several')
    if (names === 'each name once') checkName({ ...get('name'), value: name ?? '' })
    const protocol = choice(unlessEmpty(get('protocol')), SORTED_PROTOCOLS, 'TCP')
    const port = isPresent(get('port')) ? portNumber(get('port')) : undefined
    return port === undefined ? [] : [{ name, protocol, port }]
  })
}
