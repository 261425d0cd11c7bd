import type { ControllerSettings } from '../model/routes.ts'
import { type EndpointsTarget, endpointsTarget, type Target, targetAt } from '../naming/resolve.ts'
import { portOfScheme } from '../naming/url.ts'
import { parseAddress } from '../sets/addresses.ts'
import { memoized, memoizedBy } from '../sets/memoized.ts'
import { printable } from '../source/printable.ts'
import type { World } from '../world/world.ts'
import { isListEnough, type SettingsFound, settingName } from './http/client-limits.ts'
import { nameOfController } from './http/controllers.ts'
import type { EntryPoint } from './http/entry-points.ts'
import type { KnownController } from './http/known-controller.ts'
import { backendsOfRouting } from './http/request.ts'
import type { AuthorizationHop, Path } from './path.ts'
import type { ClusterSettings } from './question.ts'
import { throughName } from './through-name.ts'
import { pathsToTarget } from './to-target.ts'

/**
 * The server that a controller asks for each request of an Ingress, whether it may admit the client: the controller has to reach it. What it
 * answers is about credentials, which are no question of the network. Undefined where there is none, or where variables say which one.
 */
export function authorizationBy(
  world: World,
  { controller, product, settings: ofController, routing }: EntryPoint,
  settings: ClusterSettings,
): AuthorizationHop | undefined {
  // The first is that of the rule's own Ingress.
  const [own] = backendsOfRouting(routing)
  const annotations = own?.kind === 'service' ? own.annotations : undefined
  if (product === undefined || annotations === undefined) return undefined
  const asked = askedByAnnotation(product, annotations) ?? askedBySetting(product, annotations, ofController)
  const server = asked && serverOf(asked.url)
  if (asked === undefined || server === undefined) return undefined
  // A client that a list admits needs no credentials; for others, the list makes the answer undetermined.
  if (isListEnough(product, annotations)) return undefined
  if (controller.endpoints.some(({ kind }) => kind !== 'pod')) return undefined
  const source = endpointsTarget(world, controller.endpoints, nameOfController(world, controller))
  const paths = pathsToServers(world)(settings)({ source, server })
  const url = printable(asked.url)
  return { kind: 'authorization', controller: source.ref.id, object: routing.object, ...asked, url, paths }
}

/** A URL, and what says that it is asked. */
type Asked = Pick<AuthorizationHop, 'by' | 'url' | 'isPerhaps'>

type Annotations = ReadonlyMap<string, string>

function askedByAnnotation(
  { authorization = [] }: KnownController,
  annotations: Annotations,
): Asked | undefined {
  const by = authorization.find(key => annotations.has(key))
  return by === undefined ? undefined : { by, url: annotations.get(by) ?? '' }
}

function askedBySetting(
  { settings }: KnownController,
  annotations: Annotations,
  { sure, perhaps }: SettingsFound = { perhaps: [] },
): Asked | undefined {
  const known = settings?.authorization
  if (known === undefined || annotations.get(known.unless) === 'false') return undefined
  const asked = (from: ControllerSettings): Asked | undefined => {
    const url = from.settings.get(known.setting)
    return url === undefined ? undefined : { by: settingName(from, known.setting), url }
  }
  const found = sure && asked(sure)
  if (found !== undefined) return found
  const [first] = perhaps.flatMap(one => asked(one) ?? [])
  return first && { ...first, isPerhaps: true }
}

interface Server {
  readonly host: string
  readonly port: number
}

/** Once for all Ingresses of a controller that name the same server: most of them do. */
const pathsToServers = memoized((world: World) =>
  memoized((settings: ClusterSettings) =>
    memoizedBy(
      ({ source, server: { host, port } }) => `${source.ref.id} ${host} ${port}`,
      ({ source, server }: { readonly source: EndpointsTarget; readonly server: Server }): readonly Path[] =>
        pathsToServer(world, source, server, settings),
    ),
  ),
)

function pathsToServer(
  world: World,
  source: EndpointsTarget,
  { host, port }: Server,
  settings: ClusterSettings,
): readonly Path[] {
  const asked = { protocol: 'TCP', port } as const
  const addresses = parseAddress(host)
  if (addresses === undefined) return throughName(world, source, { name: host, asked, settings }).paths
  const outside = (): Target => endpointsTarget(world, [{ kind: 'external', name: host, addresses }])
  return pathsToTarget(world, source, targetAt(world, addresses) ?? outside(), asked)
}

/** Undefined for what is no URL of HTTP, or has variables of the proxy's in the place of a host. */
function serverOf(url: string): Server | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const usual = parsed && portOfScheme(parsed.protocol.replace(/:$/, ''))
  if (parsed === undefined || usual === undefined || !/^[\w.:[\]-]+$/.test(parsed.hostname)) return undefined
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? usual : Number(parsed.port),
  }
}
