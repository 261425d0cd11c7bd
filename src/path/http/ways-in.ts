import { memoized } from '../../sets/memoized.ts'
import type { World } from '../../world/world.ts'
import { waysOfGateway } from './gateway-routes.ts'
import { gatewaysIn } from './gateways.ts'
import { isCanary } from './ingress-nginx.ts'
import { waysOfIngress } from './ingress-routes.ts'
import { waysOfRoute } from './openshift-routes.ts'
import type { WayIn } from './request.ts'

/** Examples of what clients outside can ask for: one for each rule of each route that leads to a Service. */
export const waysIn = memoized((world: World): readonly WayIn[] => {
  const { ingresses, openshiftRoutes } = world.cluster
  const canaries = ingresses.filter(isCanary)
  return [
    ...ingresses.flatMap(ingress => waysOfIngress(ingress, canaries)),
    ...gatewaysIn(world).flatMap(gateway => waysOfGateway(world, gateway)),
    ...openshiftRoutes.flatMap(waysOfRoute),
  ]
})
