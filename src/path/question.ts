import type { ClusterSettings } from './settings.ts'

/** A question as it was typed. */
export interface ReachQuestion {
  readonly from: string
  readonly to: string
  readonly port: string | undefined
  readonly protocol: string | undefined
  /** The namespace of names that are given without one. */
  readonly namespace: string
  readonly settings: ClusterSettings
}
