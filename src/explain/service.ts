import { endpointRef, serviceRef } from '../network/endpoint-ids.ts'
import type { ServiceHop } from '../path/path.ts'
import type { ServiceForwards } from '../report/facts/paths.ts'
import type { World } from '../world/world.ts'
import { type Explanation, SYMPTOMS } from './explained.ts'

/** So many of the places that a Service forwards to are named. */
const NAMED = 3

/** Where a Service forwards to. */
export function explainService(world: World, hop: ServiceHop): Explanation {
  const why = { code: 'SERVICE_FORWARDS', facts: forwardsFacts(world, hop) } as const
  const step = { step: 'service', verdict: 'yes', why, object: serviceRef(hop.service).id } as const
  return { verdict: 'yes', why, symptom: SYMPTOMS.yes, steps: [step] }
}

export const forwardsFacts = (world: World, { service, arrivals }: ServiceHop): ServiceForwards => ({
  headless: service.headless,
  targets: arrivals.slice(0, NAMED).map(({ to, servicePort, port }) => ({
    id: endpointRef(world, to).id,
    port,
    servicePort: servicePort.port,
  })),
  of: arrivals.length,
})
