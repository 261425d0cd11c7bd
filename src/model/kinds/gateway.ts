import { choice, fieldAt, fields, integer, items, misspellings, text } from '../decode/decode.ts'
import { type Field, isPresent, locationOf, unlessEmpty } from '../decode/field.ts'
import { decodeClusterMetadata, decodeMetadata } from '../decode/metadata.ts'
import { decodeSelector } from '../decode/selector.ts'
import { checkedText, HOST_NAME, portNumber, SUBDOMAIN_NAME } from '../decode/validation.ts'
import type {
  Gateway,
  GatewayClass,
  GatewayListener,
  HttpBackend,
  HttpRoute,
  HttpRouteMatch,
  HttpRouteRule,
  ReferenceGrant,
  RouteParent,
} from '../routes.ts'

/*
 * The Gateway API, gateway.networking.k8s.io/v1, as far as it leads HTTP to Services (S-365, S-366).
 */

const GROUP = 'gateway.networking.k8s.io'

/** The fields of a custom resource, which may have others as well: only likely typos are complained about. */
function knownFields(field: Field, known: readonly string[]): (key: string) => Field {
  misspellings(field, known)
  return fields(field)
}

export function decodeGatewayClass(object: Field): GatewayClass | undefined {
  const metadata = decodeClusterMetadata(object, SUBDOMAIN_NAME)
  const controller = text(fieldAt(object, 'spec', 'controllerName')) ?? ''
  return metadata && { kind: 'GatewayClass', name: metadata.name, controller, at: metadata.at }
}

export function decodeGateway(object: Field): Gateway | undefined {
  const spec = knownFields(object, ['metadata', 'spec', 'status'])('spec')
  const get = knownFields(spec, ['gatewayClassName', 'listeners', 'addresses'])
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
  const className = text(get('gatewayClassName')) ?? ''
  const listeners = items(get('listeners')).flatMap(decodeListener)
  if (metadata === undefined) return undefined
  const { namespace, name, at } = metadata
  return { kind: 'Gateway', namespace, name, className, listeners, at }
}

function decodeListener(field: Field): readonly GatewayListener[] {
  const get = knownFields(field, ['name', 'port', 'protocol', 'hostname', 'allowedRoutes'])
  const port = portNumber(get('port'))
  const name = text(get('name')) ?? ''
  const protocol = text(get('protocol')) ?? ''
  const hostname = checkedText(unlessEmpty(get('hostname')), HOST_NAME)
  const namespaces = fields(fieldAt(get('allowedRoutes'), 'namespaces'))
  const from = choice(unlessEmpty(namespaces('from')), ['Same', 'All', 'Selector'] as const, 'Same')
  const routesFrom = from === 'Selector' ? decodeSelector(namespaces('selector')) : from
  return port === undefined ? [] : [{ name, port, protocol, hostname, routesFrom }]
}

export function decodeHttpRoute(object: Field): HttpRoute | undefined {
  const spec = knownFields(object, ['metadata', 'spec', 'status'])('spec')
  const get = knownFields(spec, ['parentRefs', 'hostnames', 'rules'])
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
  if (metadata === undefined) return undefined
  const { namespace, name, at } = metadata
  return {
    kind: 'HTTPRoute',
    namespace,
    name,
    rules: items(get('rules')).map(rule => decodeRouteRule(rule, namespace)),
    parents: items(get('parentRefs')).flatMap(parent => decodeParent(parent, namespace)),
    hostnames: items(get('hostnames')).flatMap(host => checkedText(host, HOST_NAME) ?? []),
    at,
  }
}

/** Only Gateways; a Service as a parent is for traffic inside a mesh. */
function decodeParent(field: Field, namespace: string): readonly RouteParent[] {
  const get = knownFields(field, ['name', 'namespace', 'sectionName', 'port'])
  const name = text(get('name'))
  const isGateway = (text(get('kind')) ?? 'Gateway') === 'Gateway' && (text(get('group')) ?? GROUP) === GROUP
  if (name === undefined || !isGateway) return []
  const listener = text(unlessEmpty(get('sectionName')))
  return [{ namespace: text(get('namespace')) ?? namespace, name, listener, port: portNumber(get('port')) }]
}

/** S-366: a rule without matches, or a match without a path, means everything below `/`. */
function decodeRouteRule(field: Field, namespace: string): HttpRouteRule {
  const get = knownFields(field, ['matches', 'filters', 'backendRefs'])
  const matches = items(get('matches')).map(decodeMatch)
  const redirects = items(get('filters')).some(filter => text(fields(filter)('type')) === 'RequestRedirect')
  return {
    matches: matches.length > 0 ? matches : [ANYTHING],
    backends: items(get('backendRefs')).flatMap(backend => decodeRouteBackend(backend, namespace)),
    redirects,
    at: locationOf(field),
  }
}

const ANYTHING: HttpRouteMatch = {
  path: { type: 'PathPrefix', value: '/' },
  method: undefined,
  headers: 0,
  queryParams: 0,
}

const ROUTE_PATH_TYPES = ['Exact', 'PathPrefix', 'RegularExpression'] as const

function decodeMatch(field: Field): HttpRouteMatch {
  const get = knownFields(field, ['path', 'method', 'headers', 'queryParams'])
  const path = knownFields(get('path'), ['type', 'value'])
  return {
    path: {
      type: choice(unlessEmpty(path('type')), ROUTE_PATH_TYPES, 'PathPrefix'),
      value: text(unlessEmpty(path('value'))) ?? '/',
    },
    method: text(get('method')),
    headers: items(get('headers')).length,
    queryParams: items(get('queryParams')).length,
  }
}

function decodeRouteBackend(field: Field, namespace: string): readonly HttpBackend[] {
  const get = knownFields(field, ['name', 'namespace', 'port', 'weight', 'kind', 'group'])
  const name = text(get('name'))
  if (name === undefined) return []
  return [
    {
      kind: text(unlessEmpty(get('kind'))) ?? 'Service',
      namespace: text(unlessEmpty(get('namespace'))) ?? namespace,
      name,
      port: isPresent(get('port')) ? portNumber(get('port')) : undefined,
      weight: integer(get('weight')) ?? 1,
      at: locationOf(field),
    },
  ]
}

export function decodeReferenceGrant(object: Field): ReferenceGrant | undefined {
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
  const get = fields(fieldAt(object, 'spec'))
  const from = items(get('from')).map(item => ({
    kind: text(fields(item)('kind')) ?? '',
    namespace: text(fields(item)('namespace')) ?? '',
  }))
  const to = items(get('to')).map(item => ({
    kind: text(fields(item)('kind')) ?? '',
    name: text(unlessEmpty(fields(item)('name'))),
  }))
  if (metadata === undefined) return undefined
  const { namespace, name, at } = metadata
  return { kind: 'ReferenceGrant', namespace, name, from, to, at }
}
