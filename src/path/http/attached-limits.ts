import type { Service } from '../../model/objects.ts'
import type { ClientPolicy, RefusingFilter } from '../../model/routes.ts'
import { isMapping } from '../../source/mapping.ts'
import type { World } from '../../world/world.ts'
import { annotationsAmong, type ClientLimit, limitNotRead } from './client-limits.ts'
import type { KnownController } from './known-controller.ts'
import type { RouteBackend } from './request.ts'

/*
 * What keeps clients from a route though neither it nor its controller says so: objects of a product's own that are attached to it, to
 * its Gateway or to the Service behind it, and what that Service says.
 */

/** What a policy may be attached to. */
interface Attachable {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** `object` is the id of the route that is limited. Where the product is not known, it may go by any of them. */
export const limitsAttached = (
  { cluster }: World,
  known: KnownController | undefined,
  object: string,
  to: readonly Attachable[],
): readonly ClientLimit[] =>
  cluster.clientPolicies
    .filter(({ group }) => known === undefined || known.policyGroups?.includes(group))
    .filter(({ targets }) =>
      targets.some(({ kind, namespace, name }) =>
        to.some(
          one =>
            one.kind === kind && one.namespace === namespace && (name === undefined || one.name === name),
        ),
      ),
    )
    .flatMap(policy => limitBy(object, policy))

const limitBy = (object: string, policy: ClientPolicy): readonly ClientLimit[] =>
  limitNotRead(object, limitingFields(policy))

const limitingFields = ({ of, namespace, name, limitedBy }: ClientPolicy): readonly string[] =>
  limitedBy === undefined ? [] : [`${limitedBy} of ${of} ${namespace}/${name}`]

/** By filters of a rule of a route in a namespace: what they refer to says more of them, where it is in the input and of a kind that is read. */
export const limitsByFilters = (
  { cluster }: World,
  object: string,
  namespace: string,
  filters: readonly RefusingFilter[],
): readonly ClientLimit[] =>
  limitNotRead(
    object,
    filters.flatMap(({ by, object: own }) => {
      const found =
        own &&
        cluster.clientPolicies.find(
          one =>
            one.group === own.group &&
            one.of === own.kind &&
            one.namespace === namespace &&
            one.name === own.name,
        )
      return found === undefined ? [by] : limitingFields(found)
    }),
  )

/** By the Middlewares that an annotation of an Ingress names; by the annotation where one of them is not in the input. */
export function limitsByMiddlewares(
  { cluster }: World,
  known: KnownController | undefined,
  object: string,
  annotations: ReadonlyMap<string, string>,
): readonly ClientLimit[] {
  const { annotation, provider } = known?.middlewares ?? {}
  const list = annotation && annotations.get(annotation)
  if (annotation === undefined || list === undefined) return []
  const by = list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
    .flatMap(written => {
      // Names have hyphens as well, so that several may be meant.
      const found = cluster.clientPolicies.filter(
        ({ of, namespace, name }) => of === MIDDLEWARE && `${namespace}-${name}${provider}` === written,
      )
      return found.length === 0 ? [annotation] : found.flatMap(limitingFields)
    })
  return limitNotRead(object, [...new Set(by)])
}

const MIDDLEWARE = 'Middleware'

/** Those of one backend of a route. */
export function limitsOfBackend(
  world: World,
  known: KnownController | undefined,
  object: string,
  backend: Extract<RouteBackend, { kind: 'service' }>,
  service: Service,
): readonly ClientLimit[] {
  const { namespace, name, annotations } = service
  const written = annotationsAmong(known?.mayLimitAtService, annotations)
  const isOfIngress = backend.annotations !== undefined
  return [
    ...limitsAttached(world, known, object, [{ kind: 'Service', namespace, name }]),
    ...limitNotRead(
      object,
      written.map(key => `${key} of Service ${namespace}/${name}`),
    ),
    ...(isOfIngress ? limitsByConfig(world, known, object, backend, service) : []),
  ]
}

function limitsByConfig(
  { cluster }: World,
  known: KnownController | undefined,
  object: string,
  { port }: Extract<RouteBackend, { kind: 'service' }>,
  { namespace, name: service, ports, annotations }: Service,
): readonly ClientLimit[] {
  const key = known?.backendConfigs?.find(one => annotations.has(one))
  if (key === undefined) return []
  const names = readConfigs(annotations.get(key) ?? '')
  if (names === undefined) return limitNotRead(object, [`${key} of Service ${namespace}/${service}`])
  const asked = ports.find(one => one.port === port || one.name === port)
  const ofPort = [asked?.port, asked?.name].map(one => names.ports.get(String(one)))
  const name = ofPort.find(one => one !== undefined) ?? names.forAll
  if (name === undefined) return []
  const found = cluster.clientPolicies.find(
    one => one.of === BACKEND_CONFIG && one.namespace === namespace && one.name === name,
  )
  return found === undefined
    ? [
        {
          object,
          by: [`${BACKEND_CONFIG} ${namespace}/${name}`],
          admits: 'not in the input',
          symptom: 'unknown',
        },
      ]
    : limitBy(object, found)
}

const BACKEND_CONFIG = 'BackendConfig'

/** The names of BackendConfigs, by port: `{"ports": {"80": "NAME"}, "default": "NAME"}`. */
function readConfigs(
  text: string,
): { readonly forAll: string | undefined; readonly ports: ReadonlyMap<string, string> } | undefined {
  const value = parsed(text)
  if (!isMapping(value)) return undefined
  const { default: forAll, ports = {} } = value
  if (!isMapping(ports)) return undefined
  const named = Object.entries(ports).flatMap(([port, name]) =>
    typeof name === 'string' ? [[port, name] as const] : [],
  )
  return { forAll: typeof forAll === 'string' ? forAll : undefined, ports: new Map(named) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
