import type { NamedTarget } from './names.ts'
import type { Party } from './party.ts'
import { endpointsOf } from './service.ts'
import type { World } from './world.ts'

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
