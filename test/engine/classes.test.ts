import fc from 'fast-check'
import { expect, it } from 'vitest'
import { classifier } from '../../src/engine/classes.ts'
import { evaluate } from '../../src/engine/evaluate.ts'
import type { Identity } from '../../src/engine/evidence.ts'
import { groupBy } from '../../src/sets/group-by.ts'
import { loadedWorlds } from '../oracle/unsure-worlds.ts'
import { anyAddress, identityWith } from './identities.ts'

/*
 * Identities with the same key have the same verdicts, with what is unknown of them as well.
 */

/** Two ends, and ends that differ from the first in one thing only: in what policies may or may not look at. */
function variants([one, other]: readonly [Identity, Identity]): readonly Identity[] {
  if (one.kind !== 'pod' || other.kind !== 'pod') return [one, other]
  const { namespace, namespaceLabels, labels, ports, address } = other
  return [
    one,
    other,
    { ...one, namespace, namespaceLabels },
    { ...one, labels },
    { ...one, ports },
    { ...one, address },
  ]
}

const ends = fc
  .array(fc.tuple(identityWith(anyAddress), identityWith(anyAddress)), { minLength: 3, maxLength: 4 })
  .map(pairs => pairs.flatMap(variants))

it('identities of one class have the same verdicts', { timeout: 60_000 }, () => {
  let alike = 0
  fc.assert(
    fc.property(loadedWorlds, ends, ({ policies }, identities) => {
      const verdicts = (one: Identity) =>
        identities
          .flatMap(other => [evaluate(policies, one, other), evaluate(policies, other, one)])
          .map(({ allowed, undetermined }) => `${allowed} | ${undetermined}`)
      for (const [first, ...more] of groupBy(identities, classifier(policies.all)).values())
        for (const one of more) {
          alike++
          expect(verdicts(one)).toEqual(verdicts(first))
        }
    }),
    { numRuns: 300 },
  )
  expect(alike).toBeGreaterThan(0)
})
