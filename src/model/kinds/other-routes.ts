import { apiGroup } from '../api-group.ts'
import { fieldAt, fields, items, text } from '../decode/decode.ts'
import { type Field, locationOf } from '../decode/field.ts'
import { unwrittenNamespace } from '../decode/metadata.ts'
import type { OtherRoute } from '../routes.ts'

/*
 * Kinds of routes that are not evaluated, of projects with routes of their own: an answer about one of their hosts depends on
 * them. A kind is one row, with where its hosts are written.
 */

/** How to read which hosts the routes of a kind are for; none for one that only others refer to. */
type RouteKind = readonly [group: string, kind: string, hosts: (object: Field) => readonly string[]]

const EVERY_HOST = '*'

/** The first row that fits a kind. */
const KINDS: readonly RouteKind[] = [
  // doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd
  ['traefik.io', 'IngressRoute', traefik],
  ['traefik.io', 'IngressRouteTCP', traefik],
  ['traefik.io', 'IngressRouteUDP', everyHost],
  ['traefik.containo.us', 'IngressRoute', traefik],
  ['traefik.containo.us', 'IngressRouteTCP', traefik],
  ['traefik.containo.us', 'IngressRouteUDP', everyHost],
  ['traefik.io', 'TraefikService', noHost],
  ['traefik.containo.us', 'TraefikService', noHost],
  // istio.io/latest/docs/reference/config/networking
  ['networking.istio.io', 'VirtualService', virtualService],
  ['networking.istio.io', 'Gateway', istioGateway],
  // projectcontour.io/docs/main/config/fundamentals
  ['projectcontour.io', 'HTTPProxy', object => hostAt(fieldAt(object, 'spec', 'virtualhost', 'fqdn'))],
  // docs.nginx.com/nginx-ingress-controller/configuration
  ['k8s.nginx.org', 'VirtualServer', object => hostAt(fieldAt(object, 'spec', 'host'))],
  ['k8s.nginx.org', 'VirtualServerRoute', noHost],
  // emissary-ingress.dev/docs: Mapping and Host
  ['getambassador.io', 'Mapping', ambassador],
  ['getambassador.io', 'Host', ambassador],
  // docs.konghq.com/kubernetes-ingress-controller/latest/reference/custom-resources
  ['configuration.konghq.com', 'TCPIngress', object => inRules(fieldAt(object, 'spec', 'rules'))],
  // apisix.apache.org/docs/ingress-controller/concepts/apisix_route
  ['apisix.apache.org', 'ApisixRoute', apisix],
  // docs.solo.io/gloo-edge
  ['gateway.solo.io', 'VirtualService', object => hostsAt(fieldAt(object, 'spec', 'virtualHost', 'domains'))],
  // opensource.zalando.com/skipper/kubernetes/routegroups
  ['zalando.org', 'RouteGroup', object => hostsAt(fieldAt(object, 'spec', 'hosts'))],
  // knative.dev/docs/serving/services/custom-domains: the name is the host
  ['serving.knative.dev', 'DomainMapping', object => hostAt(fieldAt(object, 'metadata', 'name'))],
  // cloud.google.com/kubernetes-engine/docs/how-to/multi-cluster-ingress
  [
    'networking.gke.io',
    'MultiClusterIngress',
    object => inRules(fieldAt(object, 'spec', 'template', 'spec', 'rules')),
  ],
]

/** Kinds that are evaluated, for those of their objects in which something is filled in first. */
const EVALUATED_KINDS: readonly RouteKind[] = [
  ['gateway.networking.k8s.io', 'Gateway', noHost],
  ['networking.k8s.io', 'Ingress', ingress],
  ['gateway.networking.k8s.io', 'HTTPRoute', gatewayRoute],
  ['gateway.networking.k8s.io', 'GRPCRoute', gatewayRoute],
  ['gateway.networking.k8s.io', 'TLSRoute', gatewayRoute],
  ['gateway.networking.k8s.io', 'TCPRoute', everyHost],
  ['gateway.networking.k8s.io', 'UDPRoute', everyHost],
  ['route.openshift.io', 'Route', object => hostAt(fieldAt(object, 'spec', 'host'))],
]

/** A route in which something is filled in first. Undefined for what is no route. */
export function decodeTemplateOfRoute(
  apiVersion: string,
  kind: string,
  given: Field,
  placeholder: string,
): OtherRoute | undefined {
  const route = decodeAs([...EVALUATED_KINDS, ...KINDS], apiVersion, kind, given)
  return route && { ...route, placeholder }
}

/** Undefined for a kind that is none of these. Never complains: these are for their own controllers to validate. */
export const decodeOtherRoute = (apiVersion: string, kind: string, given: Field): OtherRoute | undefined =>
  decodeAs(KINDS, apiVersion, kind, given)

function decodeAs(
  kinds: readonly RouteKind[],
  apiVersion: string,
  kind: string,
  given: Field,
): OtherRoute | undefined {
  const group = apiGroup(apiVersion)
  const known = kinds.find(([ofGroup, name]) => ofGroup === group && name === kind)
  if (known === undefined) return undefined
  const [, , hostsOf] = known
  const object = { ...given, object: { ...given.object, complain: () => undefined } }
  const metadata = fields(fields(object)('metadata'))
  return {
    kind: 'OtherRoute',
    of: kind,
    group,
    namespace: text(metadata('namespace')) || unwrittenNamespace(given.object.at),
    name: text(metadata('name')) ?? '',
    hosts: [...new Set(hostsOf(object))],
    texts: [...new Set(textsIn(fieldAt(object, 'spec').value))],
    at: locationOf(given),
  }
}

/** Only others refer to it. */
function noHost(): readonly string[] {
  return []
}

/** Every text in a value: names of Services are among them, wherever a kind has them. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function everyHost(): readonly string[] {
  return [EVERY_HOST]
}

/** A host or a wildcard, where it is written. */
function hostAt(field: Field): readonly string[] {
  const host = text(field)
  return host === undefined || host === '' ? [] : [host]
}

function hostsAt(field: Field): readonly string[] {
  return items(field).flatMap(hostAt)
}

function ingress(object: Field): readonly string[] {
  const spec = fields(fieldAt(object, 'spec'))
  const isDefault = spec('defaultBackend').value !== undefined
  return [...inRules(spec('rules')), ...(isDefault ? [EVERY_HOST] : [])]
}

function gatewayRoute(object: Field): readonly string[] {
  const hosts = hostsAt(fieldAt(object, 'spec', 'hostnames'))
  return hosts.length === 0 ? [EVERY_HOST] : hosts
}

/** As in an Ingress: a rule without a host is for every one. */
function inRules(field: Field): readonly string[] {
  return items(field).map(rule => hostAt(fields(rule)('host'))[0] ?? EVERY_HOST)
}

/** A rule such as Host(`a.example.com`, `b.example.com`) && PathPrefix(`/`), or HostSNI(`*`); a pattern may match any host. */
function traefik(object: Field): readonly string[] {
  const rules = items(fieldAt(object, 'spec', 'routes')).map(route => text(fields(route)('match')) ?? '')
  return rules.flatMap(rule => {
    const named = [...rule.matchAll(/\bHost(?:SNI|Header)?\(([^)]*)\)/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/[`"']([^`"']+)[`"']/g)].flatMap(([, host]) => host ?? []),
    )
    return named.length === 0 || /\bHost(?:SNI)?Regexp\(|!\s*Host/.test(rule) ? [EVERY_HOST] : named
  })
}

/** One that is bound to no Gateway is for traffic inside the mesh. */
function virtualService(object: Field): readonly string[] {
  const gateways = items(fieldAt(object, 'spec', 'gateways')).map(gateway => text(gateway))
  return gateways.some(gateway => gateway !== 'mesh') ? hostsAt(fieldAt(object, 'spec', 'hosts')) : []
}

/** `NAMESPACE/HOST` allows VirtualServices of that namespace alone. */
function istioGateway(object: Field): readonly string[] {
  return items(fieldAt(object, 'spec', 'servers')).flatMap(server =>
    hostsAt(fields(server)('hosts')).map(host => host.replace(/^.*\//, '')),
  )
}

function ambassador(object: Field): readonly string[] {
  const get = fields(fieldAt(object, 'spec'))
  const [host = EVERY_HOST] = [...hostAt(get('hostname')), ...hostAt(get('host'))]
  return [host]
}

function apisix(object: Field): readonly string[] {
  return items(fieldAt(object, 'spec', 'http')).flatMap(rule => {
    const hosts = hostsAt(fieldAt(rule, 'match', 'hosts'))
    return hosts.length === 0 ? [EVERY_HOST] : hosts
  })
}
