import { endpointRef, serviceRef } from '../network/endpoint-ids.ts'
import type { ServiceHop } from '../path/path.ts'
import type { World } from '../world/world.ts'
import { type Explanation, SYMPTOMS } from './explained.ts'

/** So many of the places that a Service forwards to are named. */
const NAMED = 3

/** Where a Service forwards to. */
export function explainService(world: World, { service, arrivals }: ServiceHop): Explanation {
  const targets = arrivals.slice(0, NAMED).map(({ to, servicePort, port }) => ({
    id: endpointRef(world, to).id,
    port,
    servicePort: servicePort.port,
  }))
  const facts = { headless: service.headless, targets, of: arrivals.length }
  const why = { code: 'SERVICE_FORWARDS', facts } as const
  const step = { step: 'service', verdict: 'yes', why, object: serviceRef(service).id } as const
  return { verdict: 'yes', why, symptom: SYMPTOMS.yes, steps: [step] }
}
