import { splitPort } from '../naming/port.ts'
import { parseAddress } from '../sets/addresses.ts'
import { HIGHEST_PORT, LOWEST_PORT } from '../sets/connections.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import type { World } from '../world/world.ts'

/** A question about one connection, as it was typed. */
export interface PathQuestion {
  readonly from: string
  readonly to: string
  readonly port: string | undefined
  readonly protocol: string | undefined
  /** The namespace of names that are given without one. */
  readonly namespace: string
  readonly settings: ClusterSettings
}

/** `ClusterOptions` with the defaults. */
export interface ClusterSettings {
  readonly domain: string
  readonly dns: string | undefined
  readonly ingressController: string | undefined
  readonly apiServer: World['apiServer']
}

/** What no manifest says about a cluster. */
export interface ClusterOptions {
  /** The domain that the names of Services end in: `cluster.local` unless it is given. */
  readonly clusterDomain?: string | undefined
  /** Where Pods send DNS questions, if not to the cluster's own DNS Pods: an address or a Service, `:5353` for another port. */
  readonly dns?: string | undefined
  /** The Pods that serve Ingresses and Gateways: `ingress/deploy/controller`, or in the input or not, `ingress/app=controller`. */
  readonly ingressController?: string | undefined
  /** Where the API server is: ADDRESS[:PORT]; port 443 unless it is given. */
  readonly apiServer?: string | undefined
}

const STANDARD_DOMAIN = 'cluster.local'

/** Throws CannotAnswer for a domain that is none. */
export function settingsOf({
  clusterDomain = STANDARD_DOMAIN,
  dns,
  ingressController,
  apiServer,
}: ClusterOptions): ClusterSettings {
  const domain = clusterDomain.toLowerCase().replace(/\.$/, '')
  if (
    !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(domain) ||
    parseAddress(domain)
  )
    cannotAnswer('BAD_DOMAIN', `\`${clusterDomain}\` is no DNS domain`, 'write it as in `cluster.local`')
  return {
    domain,
    dns,
    ingressController,
    apiServer: apiServer === undefined ? undefined : serverAt(apiServer),
  }
}

/** Throws CannotAnswer for what is no address. */
export function serverAt(typed: string): NonNullable<World['apiServer']> {
  const { name, port: written } = splitPort(typed)
  const addresses = parseAddress(name)
  const port = written === undefined ? 443 : Number(written)
  if (addresses === undefined)
    cannotAnswer('BAD_ADDRESS', `\`--api-server ${typed}\` is no address`, 'write it as in `10.0.0.10:6443`')
  if (!Number.isInteger(port) || port < LOWEST_PORT || port > HIGHEST_PORT)
    cannotAnswer('BAD_PORT', `\`${written}\` in \`--api-server ${typed}\` is no port`)
  return { addresses, port }
}
