import {
  type Field,
  fields,
  invalid,
  isPresent,
  items,
  misspellings,
  required,
  text,
  unlessEmpty,
  unsupported,
} from '../decode.ts'
import { decodeClusterMetadata, decodeMetadata } from '../metadata.ts'
import type { Ingress, IngressBackend, IngressClass, IngressPath, IngressRule } from '../routes.ts'
import {
  checkedText,
  hostFaults,
  portNameFaults,
  portNumber,
  serviceNameFaults,
  subdomainFaults,
} from '../validation.ts'

/** What came before `spec.ingressClassName` and is honoured still (S-355). */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class'
const DEFAULT_CLASS_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class'

export function decodeIngressClass(object: Field): IngressClass | undefined {
  misspellings(object, ['metadata', 'spec'])
  misspellings(fields(object)('spec'), ['controller', 'parameters'])
  const metadata = decodeClusterMetadata(object, subdomainFaults)
  const controller = text(fields(fields(object)('spec'))('controller')) ?? ''
  if (metadata === undefined) return undefined
  const { name, annotations, at } = metadata
  const isDefault = annotations.get(DEFAULT_CLASS_ANNOTATION) === 'true'
  return { kind: 'IngressClass', name, controller, isDefault, at }
}

/** S-157. */
export function decodeIngress(object: Field): Ingress | undefined {
  misspellings(object, ['metadata', 'spec', 'status'])
  const spec = fields(object)('spec')
  misspellings(spec, ['ingressClassName', 'defaultBackend', 'rules', 'tls'])
  const get = fields(spec)
  const metadata = decodeMetadata(object, subdomainFaults)
  const rules = items(get('rules')).map(decodeRule)
  const defaultBackend = isPresent(get('defaultBackend')) ? decodeBackend(get('defaultBackend')) : undefined
  if (items(get('rules')).length === 0 && !isPresent(get('defaultBackend')))
    invalid({ ...spec, value: spec.value ?? {} }, 'either `defaultBackend` or `rules` must be specified')
  const written = checkedText(get('ingressClassName'), subdomainFaults)
  const annotated = metadata?.annotations.get(CLASS_ANNOTATION)
  if (written !== undefined && annotated !== undefined && written !== annotated)
    invalid(
      fields(fields(fields(object)('metadata'))('annotations'))(CLASS_ANNOTATION),
      'must match `ingressClassName` when both are specified',
    )
  if (metadata === undefined) return undefined
  const { namespace, name, at } = metadata
  const tls = items(get('tls')).length > 0
  return { kind: 'Ingress', namespace, name, className: written ?? annotated, rules, defaultBackend, tls, at }
}

function decodeRule(field: Field): IngressRule {
  misspellings(field, ['host', 'http'])
  const get = fields(field)
  const host = checkedText(unlessEmpty(get('host')), hostFaults)
  const http = get('http')
  misspellings(http, ['paths'])
  const paths = fields(http)('paths')
  if (isPresent(http) && items(paths).length === 0) required(paths)
  return { host, paths: items(paths).flatMap(decodePath), at: field.at }
}

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'] as const

function decodePath(field: Field): readonly IngressPath[] {
  misspellings(field, ['path', 'pathType', 'backend'])
  const get = fields(field)
  const type = decodePathType(get('pathType'))
  const path = text(get('path')) ?? ''
  if (type !== undefined) checkPath({ ...get('path'), value: path }, path, type)
  if (!isPresent(get('backend'))) required(get('backend'))
  const backend = decodeBackend(get('backend'))
  // Without a path, whatever the controller makes of it: everything, with all that are in use.
  return type === undefined || backend === undefined
    ? []
    : [{ path: path || '/', type, backend, at: field.at }]
}

function decodePathType(field: Field): IngressPath['type'] | undefined {
  const written = text(unlessEmpty(field))
  if (written === undefined) {
    required({ ...field, value: undefined }, 'pathType must be specified', 'write `pathType: Prefix`')
    return undefined
  }
  const type = PATH_TYPES.find(candidate => candidate === written)
  if (type === undefined) unsupported(field, PATH_TYPES)
  return type
}

function checkPath(field: Field, path: string, type: IngressPath['type']): void {
  const optional = type === 'ImplementationSpecific'
  if (!path.startsWith('/')) {
    if (!optional || path !== '') invalid(field, 'must be an absolute path')
    return
  }
  if (optional) return
  for (const part of ['//', '/./', '/../', '%2f', '%2F'])
    if (path.includes(part)) invalid(field, `must not contain '${part}'`)
  for (const end of ['/..', '/.']) if (path.endsWith(end)) invalid(field, `cannot end with '${end}'`)
}

function decodeBackend(field: Field): IngressBackend | undefined {
  misspellings(field, ['service', 'resource'])
  const get = fields(field)
  const [service, resource] = [get('service'), get('resource')]
  if (isPresent(service) && isPresent(resource))
    invalid({ ...field, value: '' }, 'cannot set both resource and service backends')
  if (isPresent(service)) return decodeServiceBackend(field, service)
  if (isPresent(resource))
    return { kind: 'resource', resource: ['kind', 'name'].map(key => text(fields(resource)(key))).join('/') }
  if (isPresent(field))
    invalid({ ...field, value: '' }, 'resource or service backend is required', help(field))
  return undefined
}

/** The form of the API that was served before `networking.k8s.io/v1` is in many a tutorial still. */
function help(field: Field): string | undefined {
  return isPresent(fields(field)('serviceName'))
    ? 'this is the form of an older API: write `service: {name: ..., port: {number: ...}}`'
    : undefined
}

function decodeServiceBackend(backend: Field, field: Field): IngressBackend | undefined {
  misspellings(field, ['name', 'port'])
  const service = checkedText(unlessEmpty(fields(field)('name')), serviceNameFaults)
  if (!isPresent(unlessEmpty(fields(field)('name')))) required(fields(field)('name'))
  const port = fields(field)('port')
  misspellings(port, ['name', 'number'])
  const name = unlessEmpty(fields(port)('name'))
  const number = fields(port)('number')
  if (isPresent(name) && isPresent(number))
    invalid({ ...backend, value: '' }, 'cannot set both port name & port number')
  if (!isPresent(name) && !isPresent(number)) required(backend, 'port name or number is required')
  const found = isPresent(name) ? checkedText(name, portNameFaults) : portNumber(number)
  return service === undefined || found === undefined ? undefined : { kind: 'service', service, port: found }
}
