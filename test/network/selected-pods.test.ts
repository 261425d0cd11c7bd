import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Endpoint } from '../../src/network/endpoint.ts'
import { evaluatePair } from '../../src/network/pair.ts'
import { listing } from '../../src/questions/inventory/listing.ts'
import { EVERY_ADDRESS } from '../../src/sets/addresses.ts'
import { buildWorld, type World } from '../../src/world/world.ts'
import { world as worlds } from '../oracle/generate.ts'

/*
 * What `get` says of who selects whom is what the evaluation goes by.
 */

const RUNS = 200
const INTERNET: Endpoint = { kind: 'external', name: 'internet', addresses: EVERY_ADDRESS }

const everyWorld = worlds.map(({ namespaces, pods, policies }): World => {
  const items = [...namespaces, ...pods, ...policies]
  return buildWorld([{ path: 'world.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) }])
})

const all = { namespaces: undefined, selector: undefined, selectedBy: undefined, selecting: undefined }

/** The ids of the policies that the evaluation asks about a Pod, each with its direction. */
function asked(world: World, pod: Endpoint): readonly string[] {
  const into = evaluatePair(world, INTERNET, pod).flatMap(({ ingress }) => ingress?.maySelect ?? [])
  const outOf = evaluatePair(world, pod, INTERNET).flatMap(({ egress }) => egress?.maySelect ?? [])
  const names = [...into, ...outOf].map(
    ({ policy }) => `${policy.namespace}/${policy.name} ${policy.direction}`,
  )
  return [...new Set(names)].sort()
}

it('the policies that select a Pod are those that decide about it, in the directions in which they isolate', () => {
  fc.assert(
    fc.property(everyWorld, world => {
      for (const pod of world.cluster.pods) {
        const selecting = `${pod.namespace}/pod/${pod.name}`
        const { of, items } = listing(world, { ...all, words: ['netpol'], selecting })
        if (of !== 'networkpolicies') throw new Error(`asked for policies, got ${of}`)
        const listed = items.flatMap(({ id, policyTypes }) =>
          policyTypes.map(type => `${id} ${type.toLowerCase()}`),
        )
        expect([...listed].sort()).toEqual(asked(world, { kind: 'pod', pod }))
      }
    }),
    { numRuns: RUNS },
  )
})

it('a policy selects the Pods of which it is listed, and no others', () => {
  fc.assert(
    fc.property(everyWorld, world => {
      for (const { namespace, name } of world.policyObjects) {
        const selectedBy = `${namespace}/netpol/${name}`
        const { items } = listing(world, { ...all, words: ['pods'], selectedBy })
        const selecting = world.cluster.pods.filter(pod => {
          const question = { ...all, words: ['netpol'], selecting: `${pod.namespace}/pod/${pod.name}` }
          return listing(world, question).items.some(
            item => 'source' in item && item.id === `${namespace}/${name}`,
          )
        })
        expect(items.map(item => item.name)).toEqual(selecting.map(pod => pod.name))
      }
    }),
    { numRuns: RUNS },
  )
})
