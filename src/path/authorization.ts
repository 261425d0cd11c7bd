import { type EndpointsTarget, endpointsTarget, type Target, targetAt } from '../naming/resolve.ts'
import { portOfScheme } from '../naming/url.ts'
import { parseAddress } from '../sets/addresses.ts'
import { memoized, memoizedBy } from '../sets/memoized.ts'
import { printable } from '../source/printable.ts'
import type { World } from '../world/world.ts'
import { isListEnough } from './http/client-limits.ts'
import { nameOfController } from './http/controllers.ts'
import type { EntryPoint } from './http/entry-points.ts'
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
  { controller, product, routing }: EntryPoint,
  settings: ClusterSettings,
): AuthorizationHop | undefined {
  // The first is that of the rule's own Ingress.
  const [own] = backendsOfRouting(routing)
  const annotations = own?.kind === 'service' ? own.annotations : undefined
  if (product === undefined || annotations === undefined) return undefined
  const by = product.authorization?.find(key => annotations.has(key))
  const url = by === undefined ? undefined : annotations.get(by)
  const server = url === undefined ? undefined : serverOf(url)
  if (by === undefined || url === undefined || server === undefined) return undefined
  // A client that a list admits needs no credentials; for others, the list makes the answer undetermined.
  if (isListEnough(product, annotations)) return undefined
  if (controller.endpoints.some(({ kind }) => kind !== 'pod')) return undefined
  const source = endpointsTarget(world, controller.endpoints, nameOfController(world, controller))
  const paths = pathsToServers(world)(settings)({ source, server })
  return { kind: 'authorization', controller: source.ref.id, by, url: printable(url), paths }
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
