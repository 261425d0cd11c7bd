import { serviceHidingClient } from '../network/policy-side.ts'
import { distinctBy } from '../sets/group-by.ts'
import { below } from '../source/file.ts'
import { sourceOf } from '../source/source-of.ts'
import type { Candidate } from './candidate.ts'
import type { DeniedGroup } from './denied-groups.ts'

/**
 * Lets the Services of a group keep the addresses of their clients outside, so that policies see these and not a node's (S-066);
 * undefined where something else hides them.
 */
export function localTraffic({ sides }: DeniedGroup): Candidate | undefined {
  const services = sides.map(serviceHidingClient)
  const hiding = services.filter(service => service !== undefined)
  if (hiding.length < services.length) return undefined
  const each = distinctBy(hiding, ({ namespace, name }) => `${namespace}/${name}`)
  return {
    edits: each.map(({ namespace, name }) => ({
      kind: 'change',
      object: { kind: 'Service', namespace, name },
      changes: [{ kind: 'write', at: ['spec', POLICY], value: 'Local' }],
    })),
    facts: each.map(({ name, at }) => ({
      kind: 'service',
      name,
      source: sourceOf(below(at, 'spec')),
      values: [{ key: POLICY, value: 'Local' }],
    })),
    closesNothing: true,
  }
}

const POLICY = 'externalTrafficPolicy'
