import { endpointRef } from '../network/endpoint-ids.ts'
import type { Flow } from '../network/flow.ts'
import { judgePair, judgeThroughService, type PairVerdict } from '../network/pair.ts'
import type { World } from '../world/world.ts'
import type { Path } from './path.ts'

/** The paths of one flow that nothing comes before: one, or one for each IP family where they differ (S-035). */
export function connect(world: World, flow: Flow): readonly Path[] {
  const { from, to, port } = flow
  const ends = { from: endpointRef(world, from), to: endpointRef(world, to), port }
  return judgeFlow(world, flow).map(pair => ({ ...ends, hops: [{ kind: 'connection', flow, pair }] }))
}

/** Nothing is translated between a client and the Pods of a headless Service (S-215). */
export function judgeFlow(world: World, { from, to, through }: Flow): readonly PairVerdict[] {
  const isTranslated = through !== undefined && !through.service.headless
  return isTranslated ? judgeThroughService(world, from, to) : judgePair(world, from, to)
}
