/** Why a document of the input has no part in the answers, though nothing is wrong with it. */
export type UnusedReason =
  | { readonly kind: 'not-an-object' }
  /** A Helm template, which is rendered to objects first; a policy among them could select any Pod. */
  | { readonly kind: 'template'; readonly mayBePolicy: boolean }
  /** A patch or another part of a kustomization, which is the file `of`. */
  | { readonly kind: 'part-of-kustomization'; readonly of: string }
  /** A later document of the input has the same object. */
  | { readonly kind: 'replaced' }
  /** By an edit; `object` is `NetworkPolicy shop/api`, as are all of these. */
  | { readonly kind: 'replaced-by-applied'; readonly object: string }
  /** A Pod whose workload was applied again and creates another one. */
  | { readonly kind: 'created-again'; readonly pod: string; readonly workload: string }
  | { readonly kind: 'deleted'; readonly object: string }
  /** Endpoints that belong to no Service. */
  | { readonly kind: 'without-service'; readonly of: string }
  /** `of` is the kind of the object here and below: an unknown one that creates Pods. */
  | { readonly kind: 'unknown-workload'; readonly of: string; readonly apiVersion: string }
  | { readonly kind: 'irrelevant'; readonly of: string }
  /** A policy of a kind that is not modeled. */
  | { readonly kind: 'not-evaluated'; readonly of: string }
