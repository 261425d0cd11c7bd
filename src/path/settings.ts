import { parseAddress } from '../sets/addresses.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'

/** What of a cluster no manifest tells, and a user may. */
export interface ClusterSettings {
  /** The domain that the names of Services end in: `--cluster-domain`. */
  readonly domain: string
  /** Where Pods send their DNS questions, as typed behind `--dns`; undefined for the cluster's own DNS Pods. */
  readonly dns: string | undefined
  /** The Pods that serve Ingresses and Gateways, as typed behind `--ingress-controller`. */
  readonly ingressController: string | undefined
}

/** A setup as it was typed, without what was not. */
export interface TypedSettings {
  readonly clusterDomain?: string | undefined
  readonly dns?: string | undefined
  readonly ingressController?: string | undefined
}

const STANDARD_DOMAIN = 'cluster.local'

/** Throws CannotAnswer for a domain that is none. */
export function settingsOf({
  clusterDomain = STANDARD_DOMAIN,
  dns,
  ingressController,
}: TypedSettings): ClusterSettings {
  const domain = clusterDomain.toLowerCase().replace(/\.$/, '')
  if (
    !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(domain) ||
    parseAddress(domain)
  )
    cannotAnswer('BAD_DOMAIN', `\`${clusterDomain}\` is no DNS domain`, 'write it as in `cluster.local`')
  return { domain, dns, ingressController }
}
