import { placeholderInPath } from '../../source/placeholders.ts'
import { choice, fieldAt, fields, integer, items, knownFields, text } from '../decode/decode.ts'
import { type Field, isPresent, locationOf, unlessEmpty } from '../decode/field.ts'
import { decodeClusterMetadata, decodeMetadata } from '../decode/metadata.ts'
import { decodeSelector } from '../decode/selector.ts'
import { checkedText, HOST_NAME, portNumber, SUBDOMAIN_NAME } from '../decode/validation.ts'
import type {
  Gateway,
  GatewayClass,
  GatewayListener,
  GatewayRoute,
  GatewayRouteRule,
  ListenerSet,
  NamespacesAllowed,
  ReferenceGrant,
  RefusingFilter,
  RouteBackendRef,
  RouteMatch,
  RouteParent,
} from '../routes.ts'

/*
 * The Gateway API, gateway.networking.k8s.io, as far as it leads connections to Services (S-365, S-366).
 */

const GROUP = 'gateway.networking.k8s.io'
const GROUPS: readonly string[] = [GROUP, 'gateway.networking.x-k8s.io']

export function decodeGatewayClass(object: Field): GatewayClass | undefined {
  const metadata = decodeClusterMetadata(object, SUBDOMAIN_NAME)
  const controller = text(fieldAt(object, 'spec', 'controllerName')) ?? ''
  return metadata && { kind: 'GatewayClass', name: metadata.name, controller, at: metadata.at }
}

export function decodeGateway(object: Field): Gateway | undefined {
  const spec = knownFields(object, ['metadata', 'spec', 'status'])('spec')
  const get = knownFields(spec, ['gatewayClassName', 'listeners', 'addresses', 'allowedListeners'])
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
  const className = text(get('gatewayClassName')) ?? ''
  const listeners = items(get('listeners')).flatMap(decodeListener)
  if (metadata === undefined) return undefined
  const { namespace, name, at } = metadata
  const listenersFrom = decodeNamespaces(get('allowedListeners'), 'None')
  return { kind: 'Gateway', namespace, name, className, listeners, listenersFrom, at }
}

export function decodeListenerSet(object: Field): ListenerSet | undefined {
  const spec = knownFields(object, ['metadata', 'spec', 'status'])('spec')
  const get = knownFields(spec, ['parentRef', 'listeners'])
  const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
  const listeners = items(get('listeners')).flatMap(decodeListener)
  if (metadata === undefined) return undefined
  const { namespace, name, at } = metadata
  const parent = fields(get('parentRef'))
  const gateway = text(parent('name'))
  const within = text(unlessEmpty(parent('namespace'))) ?? namespace
  return {
    kind: 'ListenerSet',
    namespace,
    name,
    gateway: gateway === undefined ? undefined : { namespace: within, name: gateway },
    listeners,
    at,
  }
}

/** `namespaces` of `allowedRoutes` or `allowedListeners`. */
function decodeNamespaces<T extends string>(field: Field, fallback: T | 'Same'): NamespacesAllowed | T {
  const get = fields(fieldAt(field, 'namespaces'))
  const from = choice(unlessEmpty(get('from')), ['Same', 'All', 'Selector', fallback] as const, fallback)
  return from === 'Selector' ? decodeSelector(get('selector')) : from
}

function decodeListener(field: Field): readonly GatewayListener[] {
  const get = knownFields(field, ['name', 'port', 'protocol', 'hostname', 'allowedRoutes'])
  const port = portNumber(get('port'))
  const name = text(get('name')) ?? ''
  const protocol = text(get('protocol')) ?? ''
  const hostname = checkedText(unlessEmpty(get('hostname')), HOST_NAME)
  const routesFrom = decodeNamespaces(get('allowedRoutes'), 'Same')
  const routeKinds = items(fieldAt(get('allowedRoutes'), 'kinds')).flatMap(
    item => text(fields(item)('kind')) ?? [],
  )
  return port === undefined ? [] : [{ name, port, protocol, hostname, routesFrom, routeKinds }]
}

export const decodeGatewayRoute =
  (kind: GatewayRoute['kind']) =>
  (object: Field): GatewayRoute | undefined => {
    const spec = knownFields(object, ['metadata', 'spec', 'status'])('spec')
    const get = knownFields(spec, ['parentRefs', 'hostnames', 'rules'])
    const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
    if (metadata === undefined) return undefined
    const { namespace, name, annotations, at } = metadata
    return {
      kind,
      namespace,
      name,
      rules: items(get('rules')).map(rule => decodeRouteRule(rule, namespace, kind)),
      parents: items(get('parentRefs')).flatMap(parent => decodeParent(parent, namespace)),
      annotations,
      hostnames: items(get('hostnames')).flatMap(host => checkedText(host, HOST_NAME) ?? []),
      at,
    }
  }

/** Gateways and their ListenerSets; a Service as a parent is for traffic inside a mesh. */
function decodeParent(field: Field, namespace: string): readonly RouteParent[] {
  const get = knownFields(field, ['name', 'namespace', 'sectionName', 'port'])
  const name = text(get('name'))
  const kind = PARENTS[text(unlessEmpty(get('kind'))) ?? 'Gateway']
  const isGateway = GROUPS.includes(text(unlessEmpty(get('group'))) ?? GROUP)
  if (name === undefined || kind === undefined || !isGateway) return []
  const listener = text(unlessEmpty(get('sectionName')))
  return [
    { kind, namespace: text(get('namespace')) ?? namespace, name, listener, port: portNumber(get('port')) },
  ]
}

/** ListenerSets were experimental under another name. */
const PARENTS: Readonly<Record<string, RouteParent['kind']>> = {
  Gateway: 'Gateway',
  ListenerSet: 'ListenerSet',
  XListenerSet: 'ListenerSet',
}

/** S-366: a rule without matches, or a match without a path, means everything below `/`. */
function decodeRouteRule(field: Field, namespace: string, kind: GatewayRoute['kind']): GatewayRouteRule {
  const get = knownFields(field, ['matches', 'filters', 'backendRefs'])
  const matches = items(get('matches')).map(kind === 'GRPCRoute' ? decodeGrpcMatch : decodeMatch)
  const filters = items(get('filters')).map(filter => fields(filter))
  return {
    matches: matches.length > 0 ? matches : [ANYTHING],
    backends: items(get('backendRefs')).flatMap(backend => decodeRouteBackend(backend, namespace)),
    redirects: filters.some(filter => text(filter('type')) === 'RequestRedirect'),
    refusing: filters.flatMap(refusedBy),
    at: locationOf(field),
  }
}

/** GEP-1494 has the second. */
function refusedBy(filter: (key: string) => Field): readonly RefusingFilter[] {
  const [own, server] = [filter('extensionRef'), fieldAt(filter('externalAuth'), 'backendRef')]
  const [group = '', kind = '', name = ''] = ['group', 'kind', 'name'].map(key => text(fields(own)(key)))
  return [
    ...(isPresent(own) ? [{ by: `${kind} ${name}`, object: { group, kind, name } }] : []),
    ...(isPresent(server) ? [{ by: `externalAuth by ${text(fields(server)('name'))}` }] : []),
  ]
}

const ANYTHING: RouteMatch = {
  path: { type: 'PathPrefix', value: '/' },
  method: undefined,
  headers: [],
  queryParams: [],
}

const namesIn = (list: Field): readonly string[] => items(list).map(item => text(fields(item)('name')) ?? '')

const ROUTE_PATH_TYPES = ['Exact', 'PathPrefix', 'RegularExpression'] as const

function decodeMatch(field: Field): RouteMatch {
  const get = knownFields(field, ['path', 'method', 'headers', 'queryParams'])
  const path = knownFields(get('path'), ['type', 'value'])
  const value = text(unlessEmpty(path('value'))) ?? '/'
  const placeholder = placeholderInPath(value)
  return {
    path: {
      type: choice(unlessEmpty(path('type')), ROUTE_PATH_TYPES, 'PathPrefix'),
      value,
      ...(placeholder !== undefined && { placeholder }),
    },
    method: text(get('method')),
    headers: namesIn(get('headers')),
    queryParams: namesIn(get('queryParams')),
  }
}

/** A call is a request for `/SERVICE/METHOD`. */
function decodeGrpcMatch(field: Field): RouteMatch {
  const get = knownFields(field, ['method', 'headers'])
  const method = knownFields(get('method'), ['type', 'service', 'method'])
  const type = choice(unlessEmpty(method('type')), ['Exact', 'RegularExpression'] as const, 'Exact')
  const [service, name] = [text(unlessEmpty(method('service'))), text(unlessEmpty(method('method')))]
  return { ...ANYTHING, path: grpcPath(type, service, name), headers: namesIn(get('headers')) }
}

function grpcPath(
  type: 'Exact' | 'RegularExpression',
  service: string | undefined,
  method: string | undefined,
): RouteMatch['path'] {
  if (service === undefined && method === undefined) return ANYTHING.path
  if (type === 'RegularExpression') return { type, value: `/${service ?? '.+'}/${method ?? '.+'}` }
  if (service === undefined) return { type: 'GrpcMethod', value: method ?? '' }
  return method === undefined
    ? { type: 'PathPrefix', value: `/${service}` }
    : { type: 'Exact', value: `/${service}/${method}` }
}

function decodeRouteBackend(field: Field, namespace: string): readonly RouteBackendRef[] {
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
