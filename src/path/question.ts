import { parseAddress } from '../sets/addresses.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'

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
}

/** What no manifest says about a cluster. */
export interface ClusterOptions {
  /** The domain that the names of Services end in: `cluster.local` unless it is given. */
  readonly clusterDomain?: string | undefined
  /** Where Pods send DNS questions, if not to the cluster's own DNS Pods: an address or a Service, `:5353` for another port. */
  readonly dns?: string | undefined
  /** The Pods that serve Ingresses and Gateways: `ingress/deploy/controller`, or in the input or not, `ingress/app=controller`. */
  readonly ingressController?: string | undefined
}

const STANDARD_DOMAIN = 'cluster.local'

/** Throws CannotAnswer for a domain that is none. */
export function settingsOf({
  clusterDomain = STANDARD_DOMAIN,
  dns,
  ingressController,
}: ClusterOptions): ClusterSettings {
  const domain = clusterDomain.toLowerCase().replace(/\.$/, '')
  if (
    !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(domain) ||
    parseAddress(domain)
  )
    cannotAnswer('BAD_DOMAIN', `\`${clusterDomain}\` is no DNS domain`, 'write it as in `cluster.local`')
  return { domain, dns, ingressController }
}
