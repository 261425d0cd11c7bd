import type { EndpointsTarget, ServiceTarget } from '../../naming/names.ts'
import { askOf } from '../../naming/port.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import type { PortQuestion } from '../../network/flow.ts'
import { backendsOf, portsAsked } from '../../network/service-backends.ts'
import type { EndpointRef } from '../../report/common.ts'
import type { World } from '../../world/world.ts'

/** Ends behind a target of which each stands for those that would answer alike. */
export interface Sample {
  readonly target: EndpointsTarget | ServiceTarget
  /** By the id of an end that is asked, those for which it answers, too. */
  readonly alike: ReadonlyMap<string, readonly EndpointRef[]>
}

/**
 * Makes samples of the ends behind a target: one of each class, and one more where some are the source's `own`, because a Pod
 * is not asked about itself where there is another one.
 */
export function samplesOf(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  asked: PortQuestion,
  classOf: (endpoint: Endpoint) => string,
): (own: (endpoint: Endpoint) => boolean) => Sample {
  switch (target.kind) {
    case 'endpoints': {
      // A port that is asked for by name is another one on each Pod.
      const portOf = (endpoint: Endpoint): string | undefined =>
        askOf(asked, endpoint.kind === 'pod' ? endpoint.pod : undefined)?.ask.join()
      const keyed = target.endpoints.map(endpoint => ({
        endpoint,
        item: endpoint,
        key: `${classOf(endpoint)} ${portOf(endpoint)}`,
      }))
      return own => {
        const { kept, alike } = sample(world, keyed, own)
        return { target: { ...target, endpoints: kept }, alike }
      }
    }
    case 'service': {
      const listed = portsAsked(target.service, asked, 'either')
      const keyed = backendsOf(world, target.service).map(item => ({
        endpoint: item.endpoint,
        item,
        key: `${classOf(item.endpoint)} ${listed.map(port => item.targetOf(port)).join()}`,
      }))
      return own => {
        const { kept, alike } = sample(world, keyed, own)
        return { target: { ...target, backends: kept }, alike }
      }
    }
  }
}

interface Keyed<T> {
  readonly endpoint: Endpoint
  readonly item: T
  readonly key: string
}

function sample<T>(
  world: World,
  keyed: readonly Keyed<T>[],
  own: (endpoint: Endpoint) => boolean,
): { readonly kept: readonly T[]; readonly alike: Sample['alike'] } {
  const kept: T[] = []
  const known = new Map<string, EndpointRef[]>()
  const alike = new Map<string, readonly EndpointRef[]>()
  for (const { endpoint, item, key } of keyed) {
    const place = `${own(endpoint)} ${key}`
    const others = known.get(place)
    if (others !== undefined) others.push(endpointRef(world, endpoint))
    else {
      const mine: EndpointRef[] = []
      known.set(place, mine)
      alike.set(endpointRef(world, endpoint).id, mine)
      kept.push(item)
    }
  }
  return { kept, alike }
}
