import type { Service } from '../model/objects.ts'
import type { Open, Port } from '../report/common.ts'
import { byProtocol, type Connections, isAll, type Protocol } from '../sets/connections.ts'
import type { Endpoint } from './endpoint.ts'

/** One connection to be evaluated: between two endpoints, about some connections. */
export interface Flow {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly ask: Connections
  readonly port: Port | null
  /** The Service that the client dialed, and what it dialed there. */
  readonly through: { readonly service: Service; readonly dialed: Connections } | undefined
}

/** Which connections a question is about; everything where neither is given. A name is resolved on the destination. */
export type PortQuestion =
  | { readonly protocol: Protocol | undefined; readonly port: number | string | undefined }
  /** What has no ports (S-054). */
  | { readonly protocol: 'ICMP'; readonly port: undefined }

/** A set of connections as a report shows it. */
export const openOf = (set: Connections): Open => (isAll(set) ? 'all' : byProtocol(set))
