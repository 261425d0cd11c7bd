/** Which object of a cluster. */
export interface ObjectRef {
  readonly kind: string
  /** Undefined for kinds that are in no namespace. */
  readonly namespace: string | undefined
  readonly name: string
  /** Absent where the kind is enough: Kubernetes' own kinds take precedence over others of the same name. */
  readonly group?: string
}

/** `[[NAMESPACE/]KIND/]NAME`, split; without a namespace, `word` may be one instead of a kind. */
export interface TypedName {
  readonly namespace: string | undefined
  readonly word: string | undefined
  readonly name: string
}

/** Undefined for what has too many parts, or an empty one. */
export function typedName(typed: string): TypedName | undefined {
  const parts = typed.split('/')
  const [name = '', word, namespace] = parts.toReversed()
  return parts.length > 3 || parts.includes('') ? undefined : { namespace, word, name }
}

/** `api.shop` or `api.shop.svc`, split; undefined for the name of a Service alone, which has no dots. */
export function dnsNameOfService(
  typed: string,
): { readonly namespace: string; readonly name: string } | undefined {
  const [, name, namespace] = /^([^.]+)\.([^.]+)(?:\.svc)?$/.exec(typed) ?? []
  return name === undefined || namespace === undefined ? undefined : { namespace, name }
}

/** NAMESPACE/KIND/NAME, which is never ambiguous. */
export const spelled = ({
  kind,
  namespace,
  name,
}: Pick<ObjectRef, 'namespace' | 'name'> & { readonly kind: string | undefined }): string =>
  [namespace, kind?.toLowerCase(), name].filter(part => part !== undefined).join('/')
