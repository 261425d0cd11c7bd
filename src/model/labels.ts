/** The value of a label that a controller will add and that no manifest can tell, such as a hash (S-303). */
export const UNKNOWABLE: unique symbol = Symbol('unknowable')

export type Labels = ReadonlyMap<string, string | typeof UNKNOWABLE>
