import type { Service } from '../../model/objects.ts'
import type { ClientPolicy } from '../../model/routes.ts'
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

const limitBy = (object: string, { of, namespace, name, limitedBy }: ClientPolicy): readonly ClientLimit[] =>
  limitNotRead(object, limitedBy === undefined ? [] : [`${limitedBy} of ${of} ${namespace}/${name}`])

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
