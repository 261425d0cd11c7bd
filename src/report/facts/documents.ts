/**
 * What an object makes a controller create: Pods, policies, or all objects of a chart, of manifests that are elsewhere, or
 * written within it; or what is to be rendered from templates first.
 */
export type MissingObjects = 'pods' | 'policies' | 'chart' | 'manifests' | 'objects' | 'templates'

/** Why a document of the input has no part in the answers, though nothing is wrong with it. */
export type UnusedReason =
  | { readonly kind: 'not-an-object' }
  /** A template, which is rendered to objects first; a policy among them could select any Pod. */
  | {
      readonly kind: 'template'
      readonly mayBePolicy: boolean
      /** The folder of its Helm chart. */
      readonly chart?: string
      /** What has to be filled in, in what would be an object otherwise. */
      readonly placeholder?: string
    }
  /** What a test of a tool expects to find in a cluster; `holds` is one of its objects that would count: `NetworkPolicy deny`. */
  | { readonly kind: 'expectation'; readonly tool: string; readonly holds?: string }
  /** A Pod or a Job that runs at some moment only; `hook` is the annotation that says so. */
  | { readonly kind: 'hook'; readonly of: string; readonly hook: string }
  /** A patch or another part of a kustomization, which is the file `of`. */
  | { readonly kind: 'part-of-kustomization'; readonly of: string }
  /** An object that a cluster would refuse as it is, and that the kustomization of the file `of` completes or does not use. */
  | { readonly kind: 'incomplete'; readonly of: string }
  /** An OpenShift Template, whose objects are read with the defaults of its parameters. */
  | { readonly kind: 'processed-template'; readonly name: string; readonly objects: number }
  /** A later document of the input has the same object. */
  | { readonly kind: 'replaced' }
  /** By an edit; `object` is `NetworkPolicy shop/api`, as are all of these. */
  | { readonly kind: 'replaced-by-applied'; readonly object: string }
  /** A Pod whose workload was applied again and creates another one. */
  | { readonly kind: 'created-again'; readonly pod: string; readonly workload: string }
  | { readonly kind: 'deleted'; readonly object: string }
  /** Endpoints that belong to no Service. */
  | { readonly kind: 'without-service'; readonly of: string }
  /** `of` is the kind of the object here and below. */
  | { readonly kind: 'irrelevant'; readonly of: string }
  /** An object that makes a controller create others, which are not in the input; `of` is `HelmRelease shop/search`. */
  | { readonly kind: 'creator'; readonly of: string; readonly creates: MissingObjects }
  /** A policy of a kind that is not modeled. */
  | { readonly kind: 'not-evaluated'; readonly of: string }
