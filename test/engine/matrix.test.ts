import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateMatrix } from '../../src/engine/all/reachability-matrix.ts'
import { evaluate } from '../../src/engine/evaluate.ts'
import { identitiesOf } from '../../src/network/ip-families.ts'
import { everyEndpoint } from '../../src/questions/matrix/rows-and-columns.ts'
import { connectionTable } from '../../src/sets/identifiers.ts'
import { forEachSegment, type SetVector, wordCount } from '../../src/sets/vector.ts'
import { loadedWorlds } from '../oracle/unsure-worlds.ts'

describe('all pairs at once', { timeout: 120_000 }, () => {
  it('are what each pair is alone, by row and by column', () => {
    fc.assert(
      fc.property(loadedWorlds, world => {
        const { policies } = world
        const identities = everyEndpoint(world).flatMap(endpoint => identitiesOf(world, endpoint))
        const table = connectionTable()
        const all = evaluateMatrix(policies.all, identities, table)
        const listed = (vector: SetVector) => listOf(vector, identities.length).map(table.at)
        const rows = identities.map((_, index) => all.row(index))
        const columns = identities.map((_, index) => all.column(index))
        for (const [from, source] of identities.entries()) {
          const alone = identities.map(destination => evaluate(policies, source, destination))
          const [allowed, undetermined] = [alone.map(one => one.allowed), alone.map(one => one.undetermined)]
          expect(listed(rows[from]?.allowed ?? 0)).toEqual(allowed)
          expect(listed(rows[from]?.undetermined ?? 0)).toEqual(undetermined)
          expect(columns.map(column => listed(column.allowed)[from])).toEqual(allowed)
          expect(columns.map(column => listed(column.undetermined)[from])).toEqual(undetermined)
          if (all.isKnown) expect(undetermined.flat()).toEqual([])
        }
      }),
      { numRuns: 1000 },
    )
  })
})

/** The identifier of each identity's set. */
function listOf(vector: SetVector, size: number): readonly number[] {
  const out: number[] = []
  forEachSegment(vector, wordCount(size), (word, mask, id) => {
    for (let bit = 0; bit < 32; bit++) if ((mask >>> bit) & 1) out[word * 32 + bit] = id
  })
  return out.slice(0, size)
}
