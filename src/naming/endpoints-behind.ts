import type { Party } from '../network/endpoint.ts'
import { endpointsOf } from '../network/service-backends.ts'
import type { World } from '../world/world.ts'
import type { NamedTarget } from './names.ts'

/** The ends that a name stands for; none for an Ingress, which leads to different ones for each path. */
export function partiesBehind(world: World, target: NamedTarget): readonly Party[] {
  switch (target.kind) {
    case 'parties':
      return target.parties
    case 'service':
      return endpointsOf(world, target.service).map(({ party }) => party)
    case 'ingress':
      return []
  }
}
