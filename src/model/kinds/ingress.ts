import { placeholderInPath } from '../../source/placeholders.ts'
import {
  INGRESS_BACKEND,
  INGRESS_CLASS_SPEC,
  INGRESS_HTTP,
  INGRESS_PATH,
  INGRESS_RULE,
  INGRESS_SERVICE,
  INGRESS_SERVICE_PORT,
  INGRESS_SPEC,
  NAMED_OBJECT,
} from '../decode/api-fields.ts'
import { invalid, required, unsupported } from '../decode/complaints.ts'
import { fieldAt, fields, isEmptyList, items, text } from '../decode/decode.ts'
import { type Field, isPresent, locationOf, unlessEmpty } from '../decode/field.ts'
import { decodeClusterMetadata, decodeMetadata } from '../decode/metadata.ts'
import {
  checkedText,
  HOST_NAME,
  PORT_NAME,
  portNumber,
  SERVICE_NAME,
  SUBDOMAIN_NAME,
} from '../decode/validation.ts'
import type { Ingress, IngressBackend, IngressClass, IngressPath, IngressRule } from '../routes.ts'

/** The annotation that `spec.ingressClassName` has replaced; it still works (S-355). */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class'
const DEFAULT_CLASS_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class'

export function decodeIngressClass(object: Field): IngressClass | undefined {
  const metadata = decodeClusterMetadata(object, SUBDOMAIN_NAME)
  const get = fields(fields(object, NAMED_OBJECT)('spec'), INGRESS_CLASS_SPEC)
  const controller = text(get('controller')) ?? ''
  const hasParameters = isPresent(get('parameters'))
  if (metadata === undefined) return undefined
  const { name, annotations, at } = metadata
  const isDefault = annotations.get(DEFAULT_CLASS_ANNOTATION) === 'true'
  return { kind: 'IngressClass', name, controller, hasParameters, isDefault, at }
}

/** S-157. */
export function decodeIngress(object: Field): Ingress | undefined {
  const spec = fields(object, NAMED_OBJECT)('spec')
  const get = fields(spec, INGRESS_SPEC)
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
  const rules = items(get('rules')).map(decodeIngressRule)
  const defaultBackend = isPresent(get('defaultBackend'))
    ? decodeIngressBackend(get('defaultBackend'))
    : undefined
  if (isEmptyList(get('rules')) && !isPresent(get('defaultBackend')))
    invalid(
      { ...spec, value: spec.value ?? {} },
      'either `defaultBackend` or `rules` must be specified',
      'write a rule, or a `defaultBackend` that takes every request',
    )
  const written = checkedText(get('ingressClassName'), SUBDOMAIN_NAME)
  const annotated = metadata?.annotations.get(CLASS_ANNOTATION)
  if (written !== undefined && annotated !== undefined && written !== annotated)
    invalid(
      fieldAt(object, 'metadata', 'annotations', CLASS_ANNOTATION),
      'must match `ingressClassName` when both are specified',
      'remove the annotation: `ingressClassName` has taken its place',
    )
  if (metadata === undefined) return undefined
  const { namespace, name, annotations, at } = metadata
  const tls = items(get('tls')).length > 0
  const className = written ?? annotated
  return { kind: 'Ingress', namespace, name, className, annotations, rules, defaultBackend, tls, at }
}

function decodeIngressRule(field: Field): IngressRule {
  const get = fields(field, INGRESS_RULE)
  const host = checkedText(unlessEmpty(get('host')), HOST_NAME)
  const http = get('http')
  const paths = fields(http, INGRESS_HTTP)('paths')
  if (isPresent(http) && isEmptyList(paths))
    required(paths, '', 'write a path with its `backend`, or remove `http`')
  return { host, paths: items(paths).flatMap(decodePath), at: locationOf(field) }
}

const INGRESS_PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'] as const

function decodePath(field: Field): readonly IngressPath[] {
  const get = fields(field, INGRESS_PATH)
  const type = decodePathType(get('pathType'))
  const path = text(get('path')) ?? ''
  if (type !== undefined) checkPath({ ...get('path'), value: path }, path, type)
  if (!isPresent(get('backend'))) required(get('backend'), '', SERVICE_FORM)
  const backend = decodeIngressBackend(get('backend'))
  const placeholder = placeholderInPath(path)
  // Without a path the controller decides; all common ones take it for every path.
  return type === undefined || backend === undefined
    ? []
    : [
        {
          path: path || '/',
          ...(placeholder !== undefined && { placeholder }),
          type,
          backend,
          at: locationOf(field),
        },
      ]
}

function decodePathType(field: Field): IngressPath['type'] | undefined {
  const written = text(unlessEmpty(field))
  if (written === undefined) {
    required({ ...field, value: undefined }, 'pathType must be specified', 'write `pathType: Prefix`')
    return undefined
  }
  const type = INGRESS_PATH_TYPES.find(candidate => candidate === written)
  if (type === undefined) unsupported(field, INGRESS_PATH_TYPES)
  return type
}

const PLAIN_PATH = 'write the path as it is after `.`, `..` and `//` are resolved'

function checkPath(field: Field, path: string, type: IngressPath['type']): void {
  const optional = type === 'ImplementationSpecific'
  if (!path.startsWith('/')) {
    if (!optional || path !== '')
      invalid(field, 'must be an absolute path', `write \`/${path}\`: a path starts with \`/\``)
    return
  }
  if (optional) return
  for (const part of ['//', '/./', '/../', '%2f', '%2F'])
    if (path.includes(part)) invalid(field, `must not contain '${part}'`, PLAIN_PATH)
  for (const end of ['/..', '/.'])
    if (path.endsWith(end)) invalid(field, `cannot end with '${end}'`, PLAIN_PATH)
}

function decodeIngressBackend(field: Field): IngressBackend | undefined {
  const get = fields(field, INGRESS_BACKEND)
  const [service, resource] = [get('service'), get('resource')]
  if (isPresent(service) && isPresent(resource))
    invalid({ ...field, value: '' }, 'cannot set both resource and service backends', 'keep one of the two')
  if (isPresent(service)) return decodeServiceBackend(field, service)
  if (isPresent(resource))
    return { kind: 'resource', resource: ['kind', 'name'].map(key => text(fields(resource)(key))).join('/') }
  if (isPresent(field))
    invalid({ ...field, value: '' }, 'resource or service backend is required', helpForBackend(field))
  return undefined
}

const SERVICE_FORM = 'write `service: {name: ..., port: {number: ...}}`'

/** Many tutorials still have the form before `networking.k8s.io/v1`. */
function helpForBackend(field: Field): string {
  return isPresent(fields(field)('serviceName'))
    ? `this is the form of an older API: ${SERVICE_FORM}`
    : SERVICE_FORM
}

function decodeServiceBackend(backend: Field, field: Field): IngressBackend | undefined {
  const get = fields(field, INGRESS_SERVICE)
  const service = checkedText(unlessEmpty(get('name')), SERVICE_NAME)
  if (!isPresent(unlessEmpty(get('name')))) required(get('name'), '', 'write the name of the Service')
  const port = fields(get('port'), INGRESS_SERVICE_PORT)
  const name = unlessEmpty(port('name'))
  const number = port('number').value === 0 ? { ...port('number'), value: undefined } : port('number')
  if (isPresent(name) && isPresent(number))
    invalid({ ...backend, value: '' }, 'cannot set both port name & port number', 'keep one of the two')
  if (!isPresent(name) && !isPresent(number))
    required(backend, 'port name or number is required', SERVICE_FORM)
  const found = isPresent(name) ? checkedText(name, PORT_NAME) : portNumber(number)
  return service === undefined || found === undefined ? undefined : { kind: 'service', service, port: found }
}
