import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nearestMiss, nearMissesOf } from '../../src/explain/near-misses.ts'
import type { Flow } from '../../src/network/flow.ts'
import { evaluatePair } from '../../src/network/pair.ts'
import { policySides } from '../../src/network/policy-side.ts'
import { everyEndpoint } from '../../src/questions/matrix/rows-and-columns.ts'
import { ports } from '../../src/sets/connections.ts'
import { loadedWorlds } from '../oracle/unsure-worlds.ts'

const port = { port: 80, protocol: 'TCP' } as const

/** The nearest is found without the searches that cost more: none may find one for less than it says. */
it('the nearest is the first of all near misses', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(loadedWorlds, world => {
      const endpoints = everyEndpoint(world)
      for (const from of endpoints)
        for (const to of endpoints) {
          const flow: Flow = { from, to, ask: ports('TCP', 80, 80), port, through: undefined }
          for (const side of evaluatePair(world, from, to).flatMap(pair => policySides(flow, pair)))
            expect(nearestMiss(world, side)).toBe(nearMissesOf(world, side)[0])
        }
    }),
    { numRuns: 150 },
  )
})
