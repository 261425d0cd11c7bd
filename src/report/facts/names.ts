/*
 * What a name stands for, or why for nothing.
 */

export interface NameFacts {
  readonly NAME_RESOLVES: NameResolves
  readonly NAME_NOT_FOUND: NameNotFound
  readonly UNDETERMINED_NAME: NamePerhapsOutside
}

export interface NameResolves {
  readonly name: string
  /** The full name that was answered, where it is not the one that was typed. */
  readonly as?: string
  readonly aliases: readonly { readonly service: string; readonly externalName: string }[]
  readonly targets: readonly NameTarget[]
  readonly byHostsFile: boolean
}

/** What a name resolves to. */
export type NameTarget =
  | { readonly kind: 'Service' | 'Pod' | 'Node'; readonly id: string }
  | { readonly kind: 'API server' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'address'; readonly name: string }

export type NameNotFound =
  | { readonly why: 'alias'; readonly name: string; readonly service: string; readonly externalName: string }
  | {
      readonly why: 'unknown'
      readonly name: string
      readonly namespace?: string
      /** The full names that were tried, if they are of interest. */
      readonly tried: readonly string[]
      readonly hint?: NameHint
    }

/** A spelling that would resolve, or why none does. */
export type NameHint =
  | { readonly kind: 'spelling'; readonly name: string }
  | { readonly kind: 'dns-policy'; readonly policy: string; readonly hostNetwork: boolean }
  | { readonly kind: 'node-dns' }
  | { readonly kind: 'external-name-is-address'; readonly service: string; readonly address: string }
  | { readonly kind: 'is-a-pod'; readonly pod: string }

/** A name that is none of the cluster, and that a search domain of the Pod makes another one of. */
export interface NamePerhapsOutside {
  readonly name: string
  /** The full name that is asked for, and that a server outside may know. */
  readonly searched: string
  readonly hint?: NameHint
}

/** A DNS name made of an address that no Pod is known to have, in a namespace with policies. */
export interface UnverifiedName {
  readonly about: 'name'
  readonly why: 'unverified-name'
  readonly namespace: string
}
