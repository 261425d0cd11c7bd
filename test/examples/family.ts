export type Verdict = 'yes' | 'no' | 'partial'
/** The scenario, the paths for -f inside the family's folder, FROM, TO with its flags, verdict, reason, code of a near miss. */
export type Row = readonly [string, string, string, string, Verdict, string?, string?]

/** What a family of scenarios asks, and where its manifests are. */
export interface Family {
  readonly folder: string
  /** What stands behind every question, beside the paths of its row. */
  readonly always?: string
  readonly rows: readonly Row[]
}

export const open = 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'
export const openSource = 'ALLOWED_NO_POLICY_SELECTS_SOURCE'
export const rule = 'ALLOWED_BY_RULE'
export const self = 'SELF_TRAFFIC'
export const egress = 'DENIED_BY_EGRESS'
export const ingress = 'DENIED_BY_INGRESS'
export const both = 'DENIED_BY_BOTH'
export const part = 'OPEN_IN_PART'
