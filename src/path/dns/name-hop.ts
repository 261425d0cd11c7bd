import type { Endpoint } from '../../network/endpoint.ts'
import type { Step } from '../../report/report.ts'
import { printable } from '../../source/printable.ts'
import type { World } from '../../world/world.ts'
import { type Hop, passed } from '../hop.ts'
import type { Lookup } from './lookup.ts'
import { whyNotFound } from './not-found.ts'
import type { DnsQuestion } from './question.ts'
import type { DnsServers } from './servers.ts'

/** The part of the way that finds out what a name stands for. */
export interface NameQuestion {
  readonly typed: string
  readonly client: Endpoint
  readonly lookup: Lookup
  /** What the name leads to, in words. */
  readonly meaning: string
  readonly domain: string
}

/** A name that the client's own /etc/hosts has: no server is asked (S-233). */
export const inHostsFileStage = ({ typed, meaning }: NameQuestion): Hop =>
  passed({
    step: 'name',
    verdict: 'yes',
    reason: 'NAME_RESOLVES',
    message: `\`${typed}\` is ${meaning}, by the Pod's own /etc/hosts`,
    object: typed,
  })

/** A name that is asked for: the question has to get through, and the name has to be there. */
export function nameStage(world: World, name: NameQuestion, servers: DnsServers, question: DnsQuestion): Hop {
  const { typed, client, lookup, domain } = name
  const { assumptions, warnings, sides } = question
  const missing = lookup.kind === 'not-found' ? whyNotFound(world, client, typed, lookup, domain) : undefined
  const step = (part: Pick<Step, 'verdict' | 'reason' | 'message'>): Hop => ({
    ...part,
    symptom: SYMPTOMS[part.verdict],
    steps: [
      { step: 'name', ...part, object: typed, ...(question.steps.length > 0 && { steps: question.steps }) },
    ],
    assumptions,
    warnings,
    sides,
    goneRoundByAddress: missing === undefined,
  })
  const blocked = `looking up \`${typed}\` needs UDP to ${servers.name}: ${question.message}`
  if (question.verdict === 'no') {
    const message = missing === undefined ? blocked : `${blocked}; besides, ${missing}`
    return step({ verdict: 'no', reason: 'DNS_BLOCKED', message })
  }
  // Whoever answers, and whether or not: there is no such name.
  if (missing !== undefined) return step({ verdict: 'no', reason: 'NAME_NOT_FOUND', message: missing })
  switch (question.verdict) {
    case 'yes':
      return step({ verdict: 'yes', reason: 'NAME_RESOLVES', message: foundText(name) })
    case 'partial':
      return step({ verdict: 'partial', reason: 'DNS_BLOCKED', message: blocked })
    case 'undetermined':
      return step({ verdict: 'undetermined', reason: 'UNDETERMINED_DNS', message: blocked })
  }
}

const SYMPTOMS: Readonly<Record<Step['verdict'], string>> = {
  yes: 'connects',
  no: 'name does not resolve',
  partial: 'name resolves at times, and at others it does not',
  undetermined: 'cannot be told from the input',
}

function foundText({ typed, lookup, meaning }: NameQuestion): string {
  if (lookup.kind !== 'found' && lookup.kind !== 'outside') return `\`${typed}\` is ${meaning}`
  const as = printable(lookup.as)
  const full = as === typed.toLowerCase() ? '' : `${as}: `
  const aliases = lookup.aliases.map(
    ({ namespace, name, externalName }) => `ExternalName ${namespace}/${name} for ${externalName}: `,
  )
  return `\`${typed}\` is ${full}${aliases.join('')}${meaning}`
}
