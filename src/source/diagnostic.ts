import type { Location, Place } from './file.ts'

/** Stable, UPPER_SNAKE: each has a page (report/codes.ts), without which `world/problems.ts` does not compile. */
export type DiagnosticCode =
  | 'AMBIGUOUS_NAME'
  | 'BAD_ADDRESS'
  | 'BAD_DOMAIN'
  | 'BAD_LABEL'
  | 'BAD_NAME'
  | 'BAD_OPTION'
  | 'BAD_OUTPUT'
  | 'BAD_PORT'
  | 'BAD_PROTOCOL'
  | 'BAD_SELECTOR'
  | 'BAD_URL'
  | 'CANNOT_READ'
  | 'CANNOT_RENDER'
  | 'CANNOT_WRITE'
  | 'DIFFERS_BY_SOURCE'
  | 'DUPLICATE_FIELD'
  | 'DUPLICATE_VALUE'
  | 'FORBIDDEN'
  | 'INGRESS_IS_FOR_OUTSIDE'
  | 'INVALID_VALUE'
  | 'IPV6_SPELLING'
  | 'IS_KUSTOMIZATION'
  | 'JSON_SYNTAX'
  | 'NAMESPACE_NOT_FOUND'
  | 'NAME_NEEDS_1_36'
  | 'NAME_NOT_FOUND'
  | 'NOT_A_POD'
  | 'NOT_IN_MATRIX'
  | 'NO_NODES'
  | 'NO_CONTROLLER'
  | 'NO_IDENTITY'
  | 'NO_MANIFESTS'
  | 'NO_NAME'
  | 'NO_ROUTES'
  | 'OUTSIDE_THE_CLUSTER'
  | 'PORT_GIVEN_TWICE'
  | 'REPLACED_OBJECT'
  | 'REQUIRED_VALUE'
  | 'SOURCE_HAS_NO_PORT'
  | 'SOURCE_IS_AN_INGRESS'
  | 'SOURCE_IS_A_SERVICE'
  | 'TOO_LONG'
  | 'UNKNOWN_CNI'
  | 'UNKNOWN_CODE'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_KIND'
  | 'UNSUPPORTED_VALUE'
  | 'WRONG_TYPE'
  | 'YAML_SYNTAX'
  | 'YAML_TOO_LARGE'

/** One thing that is wrong with the input, as data; `frame` (frame.ts) draws it. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly code: DiagnosticCode
  /** What is wrong, in one line; lower case, no full stop. Rejections of the API are in the API server's own words. */
  readonly message: string
  /** The message without its example, where it has one. */
  readonly brief?: string
  /** An example and a regular expression, which make the message too long for a sentence. */
  readonly example?: string
  /** Where; a question is in no file. */
  readonly at?: Place
  /** The field that it is about, by its path from the root of its object: `spec.ingress[0].from[1]` (S-136). */
  readonly field?: string
  /** The object that is refused for it: `NetworkPolicy shop/api`. */
  readonly object?: string
  /** What to do. */
  readonly help?: string
  /** Other places that one has to see to understand it. */
  readonly related?: readonly { readonly at: Location; readonly message: string }[]
}

/** Readers report an error and go on, so that all errors of a file are reported at once. */
export type Complain = (diagnostic: Diagnostic) => void
