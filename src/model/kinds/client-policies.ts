import { apiGroup } from '../api-group.ts'
import { fieldAt, fields, items, text } from '../decode/decode.ts'
import { type Field, isPresent, locationOf, unlessEmpty } from '../decode/field.ts'
import { unwrittenNamespace } from '../decode/metadata.ts'
import type { ClientPolicy, PolicyTarget } from '../routes.ts'

/*
 * Kinds of objects that limit the clients of a route, by rules that no manifest has or that are not evaluated. A kind is one row, with
 * the fields that do so; which products go by it, `path/http/known-gateways.ts` says, unless it is for routes to name one.
 */

type ClientPolicyKind = readonly [group: string, kind: string, ...limiting: readonly string[]]

const KINDS: readonly ClientPolicyKind[] = [
  // cloud.google.com/kubernetes-engine/docs/how-to: ingress-configuration, configure-gateway-resources (Cloud Armor)
  ['cloud.google.com', 'BackendConfig', 'securityPolicy.name'],
  ['networking.gke.io', 'GCPBackendPolicy', 'default.securityPolicy'],
  // learn.microsoft.com/azure/application-gateway/for-containers/web-application-firewall
  ['alb.networking.azure.io', 'WebApplicationFirewallPolicy', 'webApplicationFirewall.id'],
  // gateway.envoyproxy.io/docs/tasks/security: restrict-ip-access, ext-auth; other fields are about credentials
  ['gateway.envoyproxy.io', 'SecurityPolicy', 'authorization', 'extAuth'],
  // kgateway.dev/docs: reference/api (TrafficPolicySpec)
  ['gateway.kgateway.dev', 'TrafficPolicy', 'rbac', 'extAuth'],
  // These are named by routes. gateway.envoyproxy.io/docs/api/extension_types (HTTPRouteFilterSpec)
  ['gateway.envoyproxy.io', 'HTTPRouteFilter', 'directResponse'],
  // doc.traefik.io/traefik/reference/routing-configuration/http/middlewares; redirectScheme leads to the same host.
  ...['traefik.io', 'traefik.containo.us'].map(
    (group): ClientPolicyKind => [
      group,
      'Middleware',
      'ipAllowList',
      'ipWhiteList',
      'forwardAuth',
      'plugin',
      'chain',
      'redirectRegex',
      'headers.allowedHosts',
    ],
  ),
]

/** Undefined for a kind that is none of these. Never complains: these are for their own controllers to validate. */
export function decodeClientPolicy(apiVersion: string, kind: string, given: Field): ClientPolicy | undefined {
  const group = apiGroup(apiVersion)
  const known = KINDS.find(([ofGroup, name]) => ofGroup === group && name === kind)
  if (known === undefined) return undefined
  const [, , ...limiting] = known
  const object = { ...given, object: { ...given.object, complain: () => undefined } }
  const metadata = fields(fields(object)('metadata'))
  const namespace = text(metadata('namespace')) || unwrittenNamespace(given.object.at)
  const isSet = (path: string): boolean => isPresent(unlessEmpty(fieldAt(object, 'spec', ...path.split('.'))))
  return {
    kind: 'ClientPolicy',
    of: kind,
    group,
    namespace,
    name: text(metadata('name')) ?? '',
    limitedBy: limiting.find(isSet),
    targets: targetsOf(fields(object)('spec'), namespace),
    at: locationOf(given),
  }
}

/** GEP-713: one or several, by their names or by labels. */
function targetsOf(spec: Field, own: string): readonly PolicyTarget[] {
  const get = fields(spec)
  const target = (field: Field): PolicyTarget => ({
    kind: text(fields(field)('kind')) ?? '',
    namespace: text(fields(field)('namespace')) ?? own,
    name: text(fields(field)('name')),
  })
  const single = isPresent(get('targetRef')) ? [get('targetRef')] : []
  return [...single, ...items(get('targetRefs')), ...items(get('targetSelectors'))].map(target)
}
