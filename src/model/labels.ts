/** The value of a label that a controller adds and that no manifest contains, such as a hash (S-303). */
export const UNKNOWABLE: unique symbol = Symbol('unknowable')

export type Labels = ReadonlyMap<string, string | typeof UNKNOWABLE>

/** The label that the API server writes on every Namespace, whatever the manifest says (S-022). */
export const NAME_LABEL = 'kubernetes.io/metadata.name'
