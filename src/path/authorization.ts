import { endpointsTarget, targetAt } from '../naming/resolve.ts'
import { portOfScheme } from '../naming/url.ts'
import { parseAddress } from '../sets/addresses.ts'
import { printable } from '../source/printable.ts'
import type { World } from '../world/world.ts'
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
  const by = product?.authorization?.find(key => annotations?.has(key))
  const url = by === undefined ? undefined : annotations?.get(by)
  const server = url === undefined ? undefined : serverOf(url)
  if (by === undefined || url === undefined || server === undefined) return undefined
  if (controller.endpoints.some(({ kind }) => kind !== 'pod')) return undefined
  const name = nameOfController(world, controller)
  const source = endpointsTarget(world, controller.endpoints, name)
  const asked = { protocol: 'TCP', port: server.port } as const
  const address = parseAddress(server.host)
  const target =
    address === undefined
      ? undefined
      : (targetAt(world, address) ??
        endpointsTarget(world, [{ kind: 'external', name: server.host, addresses: address }]))
  const paths: readonly Path[] =
    target === undefined
      ? throughName(world, source, { name: server.host, asked, settings }).paths
      : pathsToTarget(world, source, target, asked)
  return { kind: 'authorization', controller: source.ref.id, by, url: printable(url), paths }
}

/** Undefined for what is no URL of HTTP, or has variables of the proxy's in the place of a host. */
function serverOf(url: string): { readonly host: string; readonly port: number } | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const usual = parsed && portOfScheme(parsed.protocol.replace(/:$/, ''))
  if (parsed === undefined || usual === undefined || !/^[\w.:[\]-]+$/.test(parsed.hostname)) return undefined
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? usual : Number(parsed.port),
  }
}
