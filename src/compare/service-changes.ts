import type { Service } from '../model/objects.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { serviceSelects } from '../network/service-backends.ts'
import { saysSame } from '../world/same.ts'
import type { World } from '../world/world.ts'
import { type EndpointSides, matchEndpoints } from './endpoint-sides.ts'
import { matched } from './matched-sides.ts'

/** A Service whose selector chooses a Pod in one of two worlds only (S-200). */
export interface ServiceChange {
  readonly service: Service
  readonly endpoint: EndpointSides
  readonly change: 'gets' | 'loses'
}

/** The Pods that Services get and lose; `altered` are those that differ in the two worlds. */
export function serviceChanges(
  before: World,
  after: World,
  altered: readonly EndpointSides[],
): readonly ServiceChange[] {
  if (before.cluster === after.cluster) return []
  let all: readonly EndpointSides[] | undefined
  const nameOf = ({ namespace, name }: Service): string => `${namespace}/${name}`
  const services = matched(before.cluster.services, after.cluster.services, [nameOf])
  return services.flatMap(({ before: was, after: is }) => {
    const service = is ?? was
    if (service === undefined) return []
    // An unchanged selector selects other Pods only among the altered ones.
    if (!saysSame(was?.selector, is?.selector)) all ??= matchEndpoints(before, after, [])
    return (saysSame(was?.selector, is?.selector) ? altered : (all ?? [])).flatMap(endpoint => {
      const [had, has] = [choosesEndpoint(was, endpoint.before), choosesEndpoint(is, endpoint.after)]
      return had === has ? [] : [{ service, endpoint, change: has ? 'gets' : 'loses' } as const]
    })
  })
}

const choosesEndpoint = (service: Service | undefined, endpoint: Endpoint | undefined): boolean =>
  service !== undefined && endpoint?.kind === 'pod' && serviceSelects(service, endpoint.pod)
