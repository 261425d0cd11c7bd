import { type Addresses, equal, parseAddress } from '../../sets/addresses.ts'
import type { Protocol } from '../../sets/connections.ts'
import { decodeAddress } from '../decode/address-fields.ts'
import {
  CONTAINER,
  CONTAINER_PORT,
  HOST_ALIAS,
  NAMED_OBJECT,
  POD_DNS_CONFIG,
  POD_DNS_OPTION,
  POD_SPEC,
} from '../decode/api-fields.ts'
import { duplicates, invalid, required } from '../decode/complaints.ts'
import { choice, fields, flag, isEmptyList, items, text } from '../decode/decode.ts'
import { type Field, isPresent, unlessEmpty } from '../decode/field.ts'
import { decodeMetadata } from '../decode/metadata.ts'
import {
  checkedText,
  LABEL_NAME,
  PORT_NAME,
  portNumber,
  SEARCH_DOMAIN,
  SUBDOMAIN_NAME,
  type ValueRule,
} from '../decode/validation.ts'
import type { Labels } from '../labels.ts'
import type { ContainerPort, DnsSettings, HostAlias, HostPort, PodSpec, WrittenPod } from '../objects.ts'

/** The API server lists the protocols of containers and Services in this order (S-152, S-154). */
export const SORTED_PROTOCOLS: readonly Protocol[] = ['SCTP', 'TCP', 'UDP']

export function decodePod(object: Field): WrittenPod | undefined {
  const get = fields(object, NAMED_OBJECT)
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
  const spec = decodePodSpec(get('spec'), metadata?.labels ?? new Map())
  if (metadata === undefined) return undefined
  const { name, namespace, owner, at } = metadata
  const status = fields(get('status'))
  const terminating = isPresent(fields(get('metadata'))('deletionTimestamp'))
  const phase = text(status('phase'))
  const addresses = decodeAddresses(status('podIP'), status('podIPs'))
  return {
    ...spec,
    kind: 'Pod',
    namespace,
    name,
    addresses,
    hostAddresses: decodeAddresses(status('hostIP'), status('hostIPs')),
    pending: phase === 'Pending' && addresses.length === 0,
    finished: phase === 'Succeeded' || phase === 'Failed',
    ready: !isPresent(get('status')) || isReady(status('conditions'), phase),
    terminating,
    owner,
    at,
  }
}

/** `spec` of a Pod or of a workload's template; `hostnames` is what `hostname` and `subdomain` have to obey. */
export function decodePodSpec(
  field: Field,
  labels: Labels,
  hostnames: ValueRule<string> = LABEL_NAME,
): PodSpec {
  const get = fields(field, POD_SPEC)
  const hostNetwork = flag(get('hostNetwork'))
  const written = items(get('containers')).map(container => fields(container, CONTAINER))
  const containers = written.flatMap(container =>
    decodeContainerPorts(container('ports'), false, hostNetwork),
  )
  const sidecars = items(get('initContainers')).flatMap(container => {
    const init = fields(container, CONTAINER)
    return text(init('restartPolicy')) === 'Always'
      ? decodeContainerPorts(init('ports'), true, hostNetwork)
      : []
  })
  const ports = [...containers, ...sidecars]
  return {
    labels,
    ports: ports.map(({ port }) => port),
    hostPorts: ports.flatMap(({ hostPort }) => hostPort ?? []),
    hostNetwork,
    node: checkedText(unlessEmpty(get('nodeName')), SUBDOMAIN_NAME),
    hostname: checkedText(unlessEmpty(get('hostname')), hostnames),
    subdomain: checkedText(unlessEmpty(get('subdomain')), hostnames),
    dnsCache: written.flatMap(container => localAddresses(container('args'))),
    images: written.flatMap(container => text(container('image')) ?? []),
    servedClasses: written.flatMap(container => classesIn(container('args'))),
    configMaps: written.flatMap(container => configMapsIn(container('args'))),
    ...decodeDns(get),
  }
}

/** `--ingress-class=internal`, `--controller-class=k8s.io/internal-ingress-nginx`, `--providers.kubernetesingress.ingressclass=x`. */
function classesIn(args: Field): readonly string[] {
  return items(args).flatMap(arg => /^--[\w.-]*class(?:-name)?=(.+)$/i.exec(text(arg) ?? '')?.[1] ?? [])
}

/** `--configmap=$(POD_NAMESPACE)/ingress-nginx-controller`, `-nginx-configmaps=…` (F5), or the name as an argument of its own. */
function configMapsIn(args: Field): readonly string[] {
  const words = items(args).map(word => text(word) ?? '')
  return words.flatMap((word, place) => {
    const [found, named] = /^(?:--configmap|--?nginx-configmaps)(?:=(.*))?$/.exec(word) ?? []
    return found === undefined ? [] : (named ?? words[place + 1] ?? [])
  })
}

/** `-localip 169.254.20.10,10.96.0.10`, as the node-local DNS cache has it; what is not an address is a placeholder of its template. */
function localAddresses(args: Field): readonly Addresses[] {
  const words = items(args).map(text)
  const place = words.findIndex(word => /^--?localip(?:=|$)/.test(word ?? ''))
  const word = words[place]
  if (word === undefined) return []
  const list = word.includes('=') ? word.slice(word.indexOf('=') + 1) : (words[place + 1] ?? '')
  return list.split(',').flatMap(one => {
    const address = parseAddress(one.trim())
    return address === undefined ? [] : [address]
  })
}

/** A declared port of a container, and the port of the node that leads to it. */
interface DeclaredPort {
  readonly port: ContainerPort
  readonly hostPort: HostPort | undefined
}

/** The declared ports of one container (S-152). */
function decodeContainerPorts(list: Field, sidecar: boolean, hostNetwork: boolean): readonly DeclaredPort[] {
  const checkName = duplicates('give each port of a container a name of its own')
  return items(list).flatMap((field): readonly DeclaredPort[] => {
    const get = fields(field, CONTAINER_PORT)
    const name = checkedText(unlessEmpty(get('name')), PORT_NAME)
    if (name !== undefined) checkName(get('name'))
    const protocol = choice(unlessEmpty(get('protocol')), SORTED_PROTOCOLS, 'TCP')
    const isWritten = isPresent(get('containerPort')) && get('containerPort').value !== 0
    if (!isWritten)
      required(get('containerPort'), '', 'write the number of the port that the container listens on')
    const number = isWritten ? portNumber(get('containerPort')) : undefined
    const hostPort = decodeHostPort(get('hostPort'), number, hostNetwork)
    if (number === undefined) return []
    const port = { name, number, protocol, sidecar }
    if (hostPort === undefined || hostNetwork) return [{ port, hostPort: undefined }]
    const hostIP = decodeHostIP(get('hostIP'))
    return [{ port, hostPort: { number: hostPort, protocol, containerPort: number, hostIP } }]
  })
}

/** S-152: without a network of its own, a Pod cannot have a port of another number on its node. */
function decodeHostPort(
  field: Field,
  containerPort: number | undefined,
  hostNetwork: boolean,
): number | undefined {
  const hostPort = !isPresent(field) || field.value === 0 ? undefined : portNumber(field)
  if (hostNetwork && hostPort !== undefined && containerPort !== undefined && hostPort !== containerPort)
    invalid(
      field,
      'must match `containerPort` when `hostNetwork` is true',
      `write ${containerPort}, or leave it out`,
    )
  return hostPort
}

/** Undefined for every address of the node, which the unspecified address stands for. The API server takes any text. */
function decodeHostIP(field: Field): Addresses | undefined {
  const written = text(field)
  return written === undefined || /^(?:0\.0\.0\.0|[0:]+)$/.test(written) ? undefined : parseAddress(written)
}

/** `podIP` and `podIPs` of a status, or `hostIP` and `hostIPs`; the former repeats the first of the latter. */
function decodeAddresses(one: Field, all: Field): readonly Addresses[] {
  const out: Addresses[] = []
  for (const field of [one, ...items(all).map(item => fields(item)('ip'))]) {
    const address = decodeAddress(field)
    if (address !== undefined && !out.some(known => equal(known, address))) out.push(address)
  }
  return out
}

/** S-202; a status without conditions and phase is written by hand. */
function isReady(conditions: Field, phase: string | undefined): boolean {
  if (!isPresent(conditions)) return phase === undefined || phase === 'Running'
  return items(conditions).some(condition => {
    const get = fields(condition)
    return text(get('type')) === 'Ready' && text(get('status')) === 'True'
  })
}

const NONE_FORM = 'name a server below `dnsConfig.nameservers`, or write `dnsPolicy: ClusterFirst`'
const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] as const

/** The fields of a Pod's `spec` that decide how it resolves names: `dnsPolicy`, `dnsConfig` (S-232), `hostAliases` (S-233). */
function decodeDns(spec: (key: string) => Field): Pick<PodSpec, 'dns' | 'hostAliases'> {
  const config = spec('dnsConfig')
  const get = fields(config, POD_DNS_CONFIG)
  const nameservers = items(get('nameservers'))
    .map(decodeAddress)
    .filter(address => address !== undefined)
  if (items(get('nameservers')).length > 3)
    invalid(get('nameservers'), 'must not have more than 3 nameservers', 'keep the first three')
  checkSearchList(get('searches'))
  const policy = choice(unlessEmpty(spec('dnsPolicy')), DNS_POLICIES, 'ClusterFirst')
  if (policy === 'None' && !isPresent(config))
    required(config, 'must provide `dnsConfig` when `dnsPolicy` is None', NONE_FORM)
  else if (policy === 'None' && isEmptyList(get('nameservers')))
    required(
      get('nameservers'),
      'must provide at least one DNS nameserver when `dnsPolicy` is None',
      NONE_FORM,
    )
  return {
    dns: {
      policy,
      nameservers,
      searches: items(get('searches')).flatMap(item => checkedText(item, SEARCH_DOMAIN) ?? []),
      ndots: decodeNdots(get('options')),
    },
    hostAliases: items(spec('hostAliases')).flatMap(decodeHostAlias),
  }
}

/** What a resolver can hold, and a Pod's specification therefore too (S-232). */
const MOST_SEARCHES = 32
const MOST_SEARCH_CHARACTERS = 2048

function checkSearchList(field: Field): void {
  const searches = items(field).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  if (searches.length > MOST_SEARCHES)
    invalid(field, `must not have more than ${MOST_SEARCHES} search paths`, `keep the first ${MOST_SEARCHES}`)
  if (searches.join(' ').length > MOST_SEARCH_CHARACTERS)
    invalid(
      field,
      `must not have more than ${MOST_SEARCH_CHARACTERS} characters (including spaces) in the search list`,
      'leave some of them out',
    )
}

/** The last one counts; undefined where no option sets it. */
function decodeNdots(options: Field): DnsSettings['ndots'] {
  const written = items(options)
    .map(option => fields(option, POD_DNS_OPTION))
    .filter(get => text(get('name')) === 'ndots')
    .map(get => get('value'))
    .at(-1)
  if (written === undefined || !isPresent(written)) return undefined
  const value = text(written)
  if (value === undefined) return undefined
  // Anything else is silently accepted, and ignored by the resolver.
  return /^\d{1,3}$/.test(value) ? Number(value) : undefined
}

function decodeHostAlias(field: Field): readonly HostAlias[] {
  const get = fields(field, HOST_ALIAS)
  const address = decodeAddress(get('ip'))
  if (!isPresent(get('ip'))) required(get('ip'), '', 'write the address that the host names stand for')
  const hostnames = items(get('hostnames')).flatMap(item => checkedText(item, SUBDOMAIN_NAME) ?? [])
  return address === undefined ? [] : [{ address, hostnames }]
}
