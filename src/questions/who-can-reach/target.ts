import { portQuestion, splitPort } from '../../naming/port.ts'
import {
  type ApiServerTarget,
  type EndpointsTarget,
  findObject,
  resolve,
  type ServiceTarget,
} from '../../naming/resolve.ts'
import { isUrl, portOfScheme, readUrl } from '../../naming/url.ts'
import { apiServerOf } from '../../network/api-server.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import type { PortQuestion } from '../../network/flow.ts'
import { isLoopback, isValidName } from '../../path/destination.ts'
import { findService } from '../../path/dns/zone.ts'
import { parseAddress } from '../../sets/addresses.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { printable } from '../../source/printable.ts'
import type { World } from '../../world/world.ts'

/** A destination as it was typed, for all sources at once. */
export interface CommonQuestion {
  readonly to: string
  readonly port: string | undefined
  readonly protocol: string | undefined
  /** The namespace of a name that is given without one. */
  readonly namespace: string
  /** What the program is called in what an error tells to type. */
  readonly program?: string | undefined
}

/** A destination that is the same for all sources. */
interface CommonTarget {
  readonly target: EndpointsTarget | ServiceTarget
  readonly asked: PortQuestion
}

/**
 * Reads TO for all sources: as an object, an address or a block. Throws CannotAnswer for what does not exist, and for what can
 * be another destination for each source, such as a name that it looks up.
 */
export function readCommonTarget(world: World, question: CommonQuestion): CommonTarget {
  const { to: typed, namespace, port, protocol, program = 'netpol' } = question
  if (isUrl(typed)) return refuseUrl(world, typed, program)
  const { name, port: behind } = splitPort(typed)
  if (!isValidName(name))
    cannotAnswer(
      'BAD_NAME',
      `\`${typed}\` is no name or address`,
      'write it as in `api:8080`, `shop/api` or `10.0.0.7`',
    )
  const asked = portQuestion(behind, port, protocol)
  if (isLoopback(name)) differsBySource(`\`${name}\` is whoever asks for it`, 'name the Pod that is meant')
  if (isLookedUp(name) && findObject(world, name, namespace) === undefined)
    refuseName(world, name, behind, program)
  const target = resolve(world, name, namespace)
  switch (target.kind) {
    case 'api-server':
      return apiServerFor(world, target, asked)
    case 'ingress':
      return cannotAnswer(
        'INGRESS_IS_FOR_OUTSIDE',
        `${target.ref.id} leads clients outside the cluster to Services`,
        `ask for one of these, or \`${program} can-reach internet ${target.ref.id}\``,
      )
    case 'service': {
      const { externalName } = target.service
      if (externalName === undefined) return { target, asked }
      return differsBySource(
        `Service ${target.ref.id} stands for the name \`${printable(externalName)}\`, which each source looks up for itself`,
        `ask for the address behind it, or for one source: ${oneSource(program)}`,
      )
    }
    case 'endpoints':
      if (target.ref.kind === 'External') refuseLarge(name, target.endpoints, program)
      return { target, asked }
  }
}

/** S-069: its Service has port 443, which leads to the port of the API server. */
function apiServerFor(world: World, { ref, dialed }: ApiServerTarget, asked: PortQuestion): CommonTarget {
  const { endpoints, port: own } = apiServerOf(world)
  if (asked.protocol === 'ICMP') return { target: { kind: 'endpoints', ref, endpoints }, asked }
  const { protocol = 'TCP', port = dialed === 'service' ? 443 : own } = asked
  const isService = dialed === 'service' && protocol === 'TCP' && (port === 443 || port === 'https')
  const target = { kind: 'endpoints', ref, endpoints } as const
  return { target, asked: { protocol, port: isService ? own : port } }
}

const differsBySource = (message: string, help: string): never =>
  cannotAnswer('DIFFERS_BY_SOURCE', message, help)

const oneSource = (program: string): string => `\`${program} can-reach FROM TO\``

const isLookedUp = (name: string): boolean => name.includes('.') && !name.includes('/')

function refuseUrl(world: World, typed: string, program: string): never {
  const { host, port, scheme } = readUrl(typed)
  const number = port ?? portOfScheme(scheme)?.toString()
  if (parseAddress(host) === undefined) return refuseName(world, host, number, program)
  const address = host.includes(':') ? `[${host}]` : host
  return differsBySource(
    `where \`${typed}\` leads depends on which source asks`,
    `ask for the address alone: \`${address}:${number}\``,
  )
}

/** The DNS name of a Service, or of something outside the cluster. */
function refuseName(world: World, host: string, port: string | undefined, program: string): never {
  const [name = '', namespace = ''] = host.split('.')
  const service = `${namespace}/svc/${name}${port === undefined ? '' : `:${port}`}`
  return differsBySource(
    `\`${host}\` is a name, which each source looks up for itself`,
    findService(world, name, namespace) === undefined
      ? `ask for a Pod, a workload, a Service (\`shop/svc/api\`) or an address, or for one source: ${oneSource(program)}`
      : `ask for the Service: \`${service}\``,
  )
}

/** As many as there are addresses in a /24, which is what a node commonly has for its Pods. */
const MOST_OF_BLOCK = 256

/** A block that holds the addresses of many Pods has as many pairs as a matrix. */
function refuseLarge(name: string, endpoints: readonly Endpoint[], program: string): void {
  const inside = endpoints.filter(({ kind }) => kind !== 'external').length
  if (inside <= MOST_OF_BLOCK) return
  cannotAnswer(
    'BAD_ADDRESS',
    `\`${name}\` holds the addresses of ${inside} Pods and nodes: who reaches each of them is a matrix`,
    `ask for a smaller block, or \`${program} matrix\``,
  )
}
