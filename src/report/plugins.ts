/*
 * What `get cni` answers: what is known of the network plugins, as plain data.
 */

/** The answer of `get cni`: what is known of the network plugins that `--cni` takes. */
export interface NetworkPlugins {
  readonly kind: 'NetworkPlugins'
  readonly plugins: readonly NetworkPlugin[]
}

/** A network plugin. */
export interface NetworkPlugin {
  /** As `--cni` takes it. */
  readonly name: string
  readonly title: string
  /** Other names that `--cni` takes; `means` is null for another spelling of the same plugin. */
  readonly aliases: readonly { readonly name: string; readonly means: string | null }[]
  /** Every plugin has all topics, in the same order. */
  readonly behaviours: readonly PluginBehavior[]
}

/** What a plugin does where the NetworkPolicy API does not say. */
export interface PluginBehavior {
  readonly topic: string
  /** The topic in words. */
  readonly title: string
  /** `depends`: on the release or on a setting; `not-applicable`: it enforces nothing. */
  readonly state: 'known' | 'depends' | 'not-known' | 'not-applicable'
  /** What it does; null where it is not known. */
  readonly value: string | null
  /** How that is known. */
  readonly source: 'code' | 'documentation' | 'issue' | 'common-knowledge' | null
  /** Since when, and under what condition. */
  readonly note: string | null
}
