import { type Addresses, equal } from '../../sets/addresses.ts'
import type { Protocol } from '../../sets/connections.ts'
import { decodeAddress } from '../decode/addresses.ts'
import { CONTAINER, CONTAINER_PORT, NAMED_OBJECT, POD_SPEC } from '../decode/api-fields.ts'
import { duplicate, invalid, required } from '../decode/complaints.ts'
import { choice, fields, flag, items, text } from '../decode/decode.ts'
import { type Field, isPresent, unlessEmpty } from '../decode/field.ts'
import { decodeMetadata } from '../decode/metadata.ts'
import {
  checkedText,
  LABEL_NAME,
  PORT_NAME,
  portNumber,
  type Rule,
  SUBDOMAIN_NAME,
} from '../decode/validation.ts'
import type { Labels } from '../labels.ts'
import type { ContainerPort, PodSpec, WrittenPod } from '../objects.ts'
import { decodeDns } from './pod-dns.ts'

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
export function decodePodSpec(field: Field, labels: Labels, hostnames: Rule<string> = LABEL_NAME): PodSpec {
  const get = fields(field, POD_SPEC)
  const hostNetwork = flag(get('hostNetwork'))
  const containers = items(get('containers')).flatMap(container =>
    decodePorts(fields(container, CONTAINER)('ports'), false, hostNetwork),
  )
  const sidecars = items(get('initContainers')).flatMap(container => {
    const init = fields(container, CONTAINER)
    return text(init('restartPolicy')) === 'Always' ? decodePorts(init('ports'), true, hostNetwork) : []
  })
  return {
    labels,
    ports: [...containers, ...sidecars],
    hostNetwork,
    node: checkedText(unlessEmpty(get('nodeName')), SUBDOMAIN_NAME),
    hostname: checkedText(unlessEmpty(get('hostname')), hostnames),
    subdomain: checkedText(unlessEmpty(get('subdomain')), hostnames),
    ...decodeDns(get),
  }
}

/** The declared ports of one container (S-152). */
function decodePorts(list: Field, sidecar: boolean, hostNetwork: boolean): readonly ContainerPort[] {
  const names = new Set<string>()
  return items(list).flatMap(field => {
    const get = fields(field, CONTAINER_PORT)
    const name = checkedText(unlessEmpty(get('name')), PORT_NAME)
    if (name !== undefined && names.has(name))
      duplicate(get('name'), 'give each port of a container a name of its own')
    if (name !== undefined) names.add(name)
    const protocol = choice(unlessEmpty(get('protocol')), SORTED_PROTOCOLS, 'TCP')
    const isWritten = isPresent(get('containerPort')) && get('containerPort').value !== 0
    if (!isWritten)
      required(get('containerPort'), '', 'write the number of the port that the container listens on')
    const number = isWritten ? portNumber(get('containerPort')) : undefined
    if (hostNetwork) checkHostPort(get('hostPort'), number)
    return number === undefined ? [] : [{ name, number, protocol, sidecar }]
  })
}

/** S-152: without a network of its own, a Pod cannot have a port of another number on its node. */
function checkHostPort(field: Field, containerPort: number | undefined): void {
  const hostPort = field.value === 0 ? undefined : portNumber(field)
  if (hostPort !== undefined && containerPort !== undefined && hostPort !== containerPort)
    invalid(
      field,
      'must match `containerPort` when `hostNetwork` is true',
      `write ${containerPort}, or leave it out`,
    )
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
