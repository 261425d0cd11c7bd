import type { IpBlock, Natural, Open, PolicyRef, Protocol, SourceRef } from '../common.ts'

/*
 * The parts of policies, as they are written: selectors, peers, ports and rules.
 */

/** Of a policy's rules: `egress` governs where its Pods may connect to, `ingress` what may connect to them. */
export type Direction = 'egress' | 'ingress'

/** A condition of a selector on one label; `matchLabels: {app: web}` is `app In [web]`. */
export interface LabelRequirement {
  readonly key: string
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  readonly values: readonly string[]
}

/** A peer with selectors. */
export interface PodsPeer {
  readonly kind: 'pods'
  /** Empty for every Pod of the namespaces. */
  readonly pods: readonly LabelRequirement[]
  /** The requirements of the namespaceSelector; for a podSelector alone, the name of the policy's own namespace. */
  readonly namespaces: string | readonly LabelRequirement[]
}

/** An item of `from` or `to`. */
export type PeerFacts = PodsPeer | ({ readonly kind: 'addresses' } & IpBlock)

/** An item of `ports`. */
export type PortFacts =
  | {
      readonly kind: 'numbers'
      readonly open: Open
      /** What is written, where the network plugin applies only a part. */
      readonly written?: Open
    }
  | NamedPortFacts

export interface NamedPortFacts {
  readonly kind: 'name'
  readonly protocol: Protocol
  readonly name: string
  /** The network plugin does not support named ports: it matches nothing. */
  readonly ignored?: true
}

export interface RuleFacts {
  readonly direction: Direction
  readonly peers: 'any' | readonly PeerFacts[]
  readonly ports: 'any' | readonly PortFacts[]
}

/** One rule of a policy. */
export interface RuleRef {
  readonly policy: PolicyRef
  readonly direction: Direction
  /** Its index in the list of its direction. */
  readonly index: Natural
  readonly source: SourceRef
}
