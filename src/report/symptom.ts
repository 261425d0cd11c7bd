/** What a client sees of a connection. */
export type Symptom =
  | 'connects'
  | 'times-out'
  | 'times-out-on-some-ports'
  | 'times-out-or-refused'
  | 'refused'
  | 'name-does-not-resolve'
  | 'name-resolves-at-times'
  | 'nothing-connects'
  | 'port-name-unknown'
  | 'unknown'
  /** An HTTP status. */
  | 302
  | 404
  | 500
  | 503
  | 504
  /** Some of the endpoints answer; with the HTTP status of a proxy in between for the others. */
  | { readonly someAnswer: 503 | 504 | 500 | 404 | 302 | 'times-out' }
