import type { EndpointsTarget } from '../naming/resolve.ts'
import { isApiServer } from '../network/api-server.ts'
import type { Endpoint, External } from '../network/endpoint.ts'
import {
  type Addresses,
  contains,
  FAMILIES,
  familyOf,
  intersect,
  isEmpty,
  subtract,
} from '../sets/addresses.ts'
import { privateAddresses } from '../sets/hosts.ts'

/** The clients that a load balancer or a controller admits: all that do not come from the internet, or those with some addresses. */
export type Admits = 'private networks' | Addresses

/** Clients outside, with the part of their addresses that is admitted, and with the part that is not. */
export interface Divided {
  readonly admitted: readonly Endpoint[]
  readonly refused: readonly Endpoint[]
}

/** Undefined where not all of them are clients outside with known addresses. */
export function divide({ ref, endpoints }: EndpointsTarget, admits: Admits): Divided | undefined {
  if (!endpoints.every(isKnownOutside)) return undefined
  if (admits === 'private networks' && ref.id === 'internet') return { admitted: [], refused: endpoints }
  const addresses = admits === 'private networks' ? privateAddresses() : admits
  return {
    admitted: endpoints.flatMap(endpoint => narrowed(endpoint, intersect(endpoint.addresses, addresses))),
    refused: endpoints.flatMap(endpoint => narrowed(endpoint, subtract(endpoint.addresses, addresses))),
  }
}

/** Whether all addresses of the family of each client are admitted: who replaces one by its own has another of that family. */
export const admitsFamilies = ({ endpoints }: EndpointsTarget, admits: Addresses): boolean =>
  endpoints.every(endpoint => {
    const family = isKnownOutside(endpoint) ? familyOf(endpoint.addresses) : undefined
    return family !== undefined && contains(admits, FAMILIES[family])
  })

type KnownOutside = External & { readonly addresses: Addresses }

/** The API server is a client inside, though not a Pod. */
export const isKnownOutside = (endpoint: Endpoint): endpoint is KnownOutside =>
  endpoint.kind === 'external' && endpoint.addresses !== undefined && !isApiServer(endpoint)

const narrowed = (endpoint: KnownOutside, addresses: Addresses): readonly Endpoint[] =>
  isEmpty(addresses) ? [] : [{ ...endpoint, addresses }]
