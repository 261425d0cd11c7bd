import type { Ingress } from '../../model/routes.ts'
import { ingressRef } from '../../network/endpoint-ids.ts'
import { nearest } from '../../source/did-you-mean.ts'
import type { World } from '../../world/world.ts'
import type { ClusterSettings } from '../question.ts'
import type { SettingsFound } from './client-limits.ts'
import {
  type Controller,
  controllerOfGateway,
  knownOfGateway,
  namedController,
  openshiftRouter,
  serving,
  UNKNOWN_CONTROLLER,
} from './controllers.ts'
import { routeByGateway, specificityOfGateway } from './gateway-routes.ts'
import { type AskedGateway, gatewaysIn } from './gateways.ts'
import { ingressClassesIn } from './ingress-classes.ts'
import { routeByIngress, specificityOf } from './ingress-routes.ts'
import type { KnownController } from './known-controller.ts'
import { mostSpecific, mostSpecificOf, namesHost, type Specificity } from './match-request.ts'
import { routeByOpenshift, specificityOfRoutes } from './openshift-routes.ts'
import { routeByOther, specificityOfOther } from './other-routes.ts'
import { backendsOfRouting, type HttpRequest, type Routing } from './request.ts'
import { writtenListeners } from './written-listeners.ts'

/** Where a request from outside enters the cluster: a controller, and where it routes the request. */
export interface EntryPoint {
  readonly controller: Controller
  /** A Gateway's listeners say on which ports; an Ingress does not. */
  readonly listens: 'as usual' | 'as routed'
  readonly routing: Routing
  /** What its Ingresses or its Gateway say that routes, whoever is named as the controller. */
  readonly product?: KnownController | undefined
  /** Those of the controller of an Ingress. */
  readonly settings?: SettingsFound
  /** S-355: no controller has to serve an Ingress without a class. */
  readonly isWithoutClass: boolean
  /** The Gateway, where it is not in the input. */
  readonly assumedGateway?: string
}

interface PossibleEntryPoint {
  readonly specificity: Specificity | undefined
  readonly entryPoint: () => EntryPoint
}

/** The controllers that a request for a host comes to: those with the most specific name of the host; none without any route. */
export function entryPointsFor(
  world: World,
  request: HttpRequest,
  settings: ClusterSettings,
): readonly EntryPoint[] {
  const candidates = candidatesFor(world, request, settings)
  return mostSpecificOf(candidates, ({ specificity }) => specificity).map(({ entryPoint }) => entryPoint())
}

/** Whether a host is one that an Ingress or a route names; a rule for every host names none. */
export function isServedHere(world: World, request: HttpRequest, settings: ClusterSettings): boolean {
  return candidatesFor(world, request, settings).some(({ specificity }) => namesHost(specificity))
}

/** What may route a request, whether it does or not: all sources of HTTP routes. */
const candidatesFor = (
  world: World,
  request: HttpRequest,
  settings: ClusterSettings,
): readonly PossibleEntryPoint[] => [
  ...(request.protocol === 'TCP' ? ingresses(world, request, settings) : []),
  ...gateways(world, request, settings),
  ...(request.protocol === 'TCP' ? openshiftRoutes(world, request, settings) : []),
  ...otherRoutes(world, request, settings),
]

function ingresses(
  world: World,
  request: HttpRequest,
  settings: ClusterSettings,
): readonly PossibleEntryPoint[] {
  return ingressClassesIn(world).map(
    ({ className, ingresses: all, forHost, known, settings: ofController, limitsOf, controller }) => {
      const ofHost = forHost(request.host)
      const specificity = mostSpecific(ofHost.map(ingress => specificityOf(ingress, request.host)))
      return {
        specificity,
        entryPoint: () => ({
          controller: namedControllerOf(world, settings) ?? controller(),
          listens: 'as usual',
          routing:
            withoutClass(world, all, className) ??
            // Where no rule is for the host, it may be the default backend of any Ingress.
            routeByListening(known(), specificity === undefined ? all : ofHost, request, some =>
              redirectedBy(known(), routeByIngress(some, request, { controller: known(), limitsOf })),
            ),
          product: known(),
          settings: ofController(),
          isWithoutClass: className === undefined,
        }),
      }
    },
  )
}

/** By those Ingresses for which the load balancer listens on the port that is dialed. */
function routeByListening(
  known: KnownController | undefined,
  ingresses: readonly Ingress[],
  { port }: HttpRequest,
  route: (ingresses: readonly Ingress[]) => Routing,
): Routing {
  if (known?.listeners === undefined) return route(ingresses)
  const written = ingresses.map(ingress => ({
    ingress,
    only: writtenListeners(known, ingress.annotations),
  }))
  const listening = written.filter(({ only }) => only?.listeners.some(one => one.port === port) ?? true)
  const [first] = written
  if (listening.length > 0 || first?.only === undefined) return route(listening.map(({ ingress }) => ingress))
  const { by, listeners } = first.only
  const object = ingressRef(first.ingress).id
  const ports = [...new Set(listeners.map(one => one.port))]
  return { kind: 'no-route', object, why: { kind: 'not-listening', ingress: object, by, ports, port } }
}

/** Where the annotations of its Ingress make a redirect of it, no backend gets the request. */
function redirectedBy(known: KnownController | undefined, routing: Routing): Routing {
  if (routing.kind !== 'routed') return routing
  const { object, rule, limits, backends } = routing
  // The first is that of the rule's own Ingress.
  const annotations = backends[0]?.kind === 'service' ? backends[0].annotations : undefined
  const isRedirect = known?.redirects?.some(key => (annotations?.get(key) ?? '').trim() !== '')
  return isRedirect ? { kind: 'redirected', object, rule, limits } : routing
}

function gateways(
  world: World,
  request: HttpRequest,
  settings: ClusterSettings,
): readonly PossibleEntryPoint[] {
  return gatewaysIn(world).map(gateway => ({
    specificity: specificityOfGateway(world, gateway, request),
    entryPoint: () => ({
      controller: serving(
        `Gateway ${gateway.namespace}/${gateway.name}`,
        namedControllerOf(world, settings) ?? controllerOfGateway(world, gateway),
      ),
      listens: 'as routed',
      routing: routeByAsked(world, gateway, request),
      product: knownOfGateway(world, gateway),
      isWithoutClass: false,
      ...(gateway.isAssumed &&
        gateway.template === undefined && { assumedGateway: `${gateway.namespace}/${gateway.name}` }),
    }),
  }))
}

/** What a template becomes may serve a request or not. */
function routeByAsked(world: World, gateway: AskedGateway, request: HttpRequest): Routing {
  const routing = routeByGateway(world, gateway, request)
  return gateway.template === undefined || routing.kind === 'no-route'
    ? routing
    : routeByOther(gateway.template, backendsOfRouting(routing))
}

/** The router has all Routes. */
function openshiftRoutes(
  world: World,
  request: HttpRequest,
  settings: ClusterSettings,
): readonly PossibleEntryPoint[] {
  const routes = world.cluster.openshiftRoutes
  if (routes.length === 0) return []
  const specificity = specificityOfRoutes(routes, request.host)
  return [
    {
      specificity,
      entryPoint: () => {
        const routing = routeByOpenshift(routes, request)
        const router = namedControllerOf(world, settings) ?? openshiftRouter(world)
        return {
          controller: serving(`Route ${routing.object.replace('/route/', '/')}`, router),
          listens: 'as usual',
          routing,
          isWithoutClass: false,
        }
      },
    },
  ]
}

function otherRoutes(
  world: World,
  request: HttpRequest,
  settings: ClusterSettings,
): readonly PossibleEntryPoint[] {
  // Istio's Gateway only opens the port: a VirtualService says where a request goes.
  const byRank = world.cluster.otherRoutes.toSorted(
    (a, b) => Number(a.of === 'Gateway') - Number(b.of === 'Gateway'),
  )
  return byRank.flatMap(route => {
    const specificity = specificityOfOther(route, request.host)
    // Nothing is known of it but its hosts.
    if (specificity === undefined) return []
    return {
      specificity,
      entryPoint: () => entryPointOfOther(world, routeByOther(route), settings),
    }
  })
}

/** Of a route of a kind that is not evaluated. */
export const entryPointOfOther = (world: World, routing: Routing, settings: ClusterSettings): EntryPoint => ({
  controller: namedControllerOf(world, settings) ?? UNKNOWN_CONTROLLER,
  listens: 'as routed',
  routing,
  isWithoutClass: false,
})

const namedControllerOf = (world: World, { ingressController }: ClusterSettings): Controller | undefined =>
  ingressController === undefined ? undefined : namedController(world, ingressController)

/** S-355: where the classes are in the input, no controller serves an Ingress of another one. */
function withoutClass(
  { cluster }: World,
  [first]: readonly Ingress[],
  className: string | undefined,
): Routing | undefined {
  const classes = cluster.ingressClasses.map(({ name }) => name)
  if (first === undefined || className === undefined || classes.length === 0 || classes.includes(className))
    return undefined
  const near = nearest(className, classes)
  const why = { kind: 'class-unknown', className, classes, ...(near !== undefined && { near }) } as const
  return { kind: 'no-route', object: ingressRef(first).id, why }
}
