import type { EndpointsTarget, ServiceTarget } from '../../naming/names.ts'
import { askOf } from '../../naming/port.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import type { PortQuestion } from '../../network/flow.ts'
import { backendsOf, portsAsked } from '../../network/service-backends.ts'
import type { EndpointRef } from '../../report/common.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { World } from '../../world/world.ts'

/** A target with some of its endpoints, each of which represents others that would give the same answer. */
export interface Representatives {
  readonly target: EndpointsTarget | ServiceTarget
  /** By the id of an endpoint that is asked, those that it represents. */
  readonly represented: ReadonlyMap<string, readonly EndpointRef[]>
}

/**
 * Chooses one endpoint of each class, and one more where some are the source's own: a Pod is not asked about itself where
 * there is another one.
 */
export function representativesOf(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  asked: PortQuestion,
  classOf: (endpoint: Endpoint) => string,
): (isOwn: (endpoint: Endpoint) => boolean) => Representatives {
  switch (target.kind) {
    case 'endpoints': {
      // A port that is asked for by name is another one on each Pod.
      const portOf = (endpoint: Endpoint): string | undefined =>
        askOf(asked, endpoint.kind === 'pod' ? endpoint.pod : undefined)?.ask.join()
      const keyed = target.endpoints.map(endpoint => ({
        endpoint,
        key: `${classOf(endpoint)} ${portOf(endpoint)}`,
      }))
      return isOwn => {
        const { first, represented } = chosen(world, keyed, isOwn)
        return { target: { ...target, endpoints: first.map(({ endpoint }) => endpoint) }, represented }
      }
    }
    case 'service': {
      const ports = portsAsked(target.service, asked, 'either')
      const keyed = backendsOf(world, target.service).map(backend => ({
        endpoint: backend.endpoint,
        backend,
        key: `${classOf(backend.endpoint)} ${ports.map(port => backend.targetOf(port)).join()}`,
      }))
      return isOwn => {
        const { first, represented } = chosen(world, keyed, isOwn)
        return { target: { ...target, backends: first.map(({ backend }) => backend) }, represented }
      }
    }
  }
}

/** The first of each class, and which others it represents. */
function chosen<T extends { readonly endpoint: Endpoint; readonly key: string }>(
  world: World,
  keyed: readonly T[],
  isOwn: (endpoint: Endpoint) => boolean,
) {
  const classes = [...groupBy(keyed, ({ endpoint, key }) => `${isOwn(endpoint)} ${key}`).values()]
  const refOf = ({ endpoint }: T): EndpointRef => endpointRef(world, endpoint)
  return {
    first: classes.map(([first]) => first),
    represented: new Map(classes.map(([first, ...others]) => [refOf(first).id, others.map(refOf)])),
  }
}
