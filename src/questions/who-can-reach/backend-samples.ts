import type { Parties, ServiceTarget } from '../../naming/names.ts'
import type { Party } from '../../network/endpoint.ts'
import { partyEndpoint } from '../../network/endpoint-ids.ts'
import { askOf, type PortQuestion } from '../../network/port.ts'
import { endpointsOf, portsAsked } from '../../network/service-backends.ts'
import type { Endpoint } from '../../report/common.ts'
import type { World } from '../../world/world.ts'

/** Ends behind a target of which each stands for those that would answer alike. */
export interface Sample {
  readonly target: Parties | ServiceTarget
  /** By the id of an end that is asked, those for which it answers, too. */
  readonly alike: ReadonlyMap<string, readonly Endpoint[]>
}

/**
 * Makes samples of the ends behind a target: one of each class, and one more where some are the source's `own`, because a Pod
 * is not asked about itself where there is another one.
 */
export function samplesOf(
  world: World,
  target: Parties | ServiceTarget,
  asked: PortQuestion,
  classOf: (party: Party) => string,
): (own: (party: Party) => boolean) => Sample {
  switch (target.kind) {
    case 'parties': {
      // A port that is asked for by name is another one on each Pod.
      const portOf = (party: Party): string | undefined =>
        askOf(asked, party.kind === 'pod' ? party.pod : undefined)?.ask.join()
      const keyed = target.parties.map(party => ({
        party,
        item: party,
        key: `${classOf(party)} ${portOf(party)}`,
      }))
      return own => {
        const { kept, alike } = sample(world, keyed, own)
        return { target: { ...target, parties: kept }, alike }
      }
    }
    case 'service': {
      const listed = portsAsked(target.service, asked, 'either')
      const keyed = endpointsOf(world, target.service).map(item => ({
        party: item.party,
        item,
        key: `${classOf(item.party)} ${listed.map(port => item.targetOf(port)).join()}`,
      }))
      return own => {
        const { kept, alike } = sample(world, keyed, own)
        return { target: { ...target, endpoints: kept }, alike }
      }
    }
  }
}

interface Keyed<T> {
  readonly party: Party
  readonly item: T
  readonly key: string
}

function sample<T>(
  world: World,
  keyed: readonly Keyed<T>[],
  own: (party: Party) => boolean,
): { readonly kept: readonly T[]; readonly alike: Sample['alike'] } {
  const kept: T[] = []
  const known = new Map<string, Endpoint[]>()
  const alike = new Map<string, readonly Endpoint[]>()
  for (const { party, item, key } of keyed) {
    const place = `${own(party)} ${key}`
    const others = known.get(place)
    if (others !== undefined) others.push(partyEndpoint(world, party))
    else {
      const mine: Endpoint[] = []
      known.set(place, mine)
      alike.set(partyEndpoint(world, party).id, mine)
      kept.push(item)
    }
  }
  return { kept, alike }
}
