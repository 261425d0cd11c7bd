import type { Endpoint } from '../network/endpoint.ts'
import { backendsOf } from '../network/service-backends.ts'
import type { World } from '../world/world.ts'
import type { NamedTarget } from './names.ts'

/** The ends that a name stands for; none for an Ingress, which leads to different ones for each path. */
export function endpointsBehind(world: World, target: NamedTarget): readonly Endpoint[] {
  switch (target.kind) {
    case 'endpoints':
      return target.endpoints
    case 'service':
      return backendsOf(world, target.service).map(({ endpoint }) => endpoint)
    case 'ingress':
      return []
  }
}
