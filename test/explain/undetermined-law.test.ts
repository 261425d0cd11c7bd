import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decide } from '../../src/engine/decide.ts'
import { tierMatches } from '../../src/engine/evaluate.ts'
import type { PolicyTrace, RuleTrace } from '../../src/engine/evidence.ts'
import { rankedTiers } from '../../src/engine/tiers.ts'
import { explainSide } from '../../src/explain/side.ts'
import type { Flow } from '../../src/network/flow.ts'
import { evaluatePair } from '../../src/network/pair.ts'
import { policySides, verdictWord, wordOfSide } from '../../src/network/policy-side.ts'
import { everyEndpoint } from '../../src/questions/matrix/rows-and-columns.ts'
import type { PolicyReason } from '../../src/report/facts/policies.ts'
import { CONNECTIONS, ports, subtract } from '../../src/sets/connections.ts'
import { load, unsureWorlds } from '../oracle/unsure-worlds.ts'

const ask = ports('TCP', 80, 80)

/** What policies would decide without the others. */
function decidedBy(traces: readonly PolicyTrace[]) {
  const tiers = rankedTiers<PolicyTrace, RuleTrace>(traces).map(tierMatches)
  const { allowed, possible } = decide(CONNECTIONS, tiers)
  return verdictWord(ask, { allowed, undetermined: subtract(possible, allowed) })
}

function causeOf({ code, facts }: PolicyReason): string {
  if (code === 'UNDETERMINED_LABEL' && facts.about === 'isolation') return facts.policy.name
  if ((code === 'UNDETERMINED_LABEL' || code === 'UNDETERMINED_ADDRESS') && facts.about === 'peers')
    return facts.rule?.policy.name ?? expect.fail(`${code} names no rule`)
  return expect.fail(`an undetermined side has the reason ${code}`)
}

/** The policy that is named is a cause: nothing is known without the others that may select the Pod either. */
it('an undetermined side names something that it depends on', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(unsureWorlds, objects => {
      const world = load(objects)
      const endpoints = everyEndpoint(world)
      for (const from of endpoints)
        for (const to of endpoints) {
          const flow: Flow = { from, to, ask, port: { number: 80, protocol: 'TCP' }, through: undefined }
          for (const side of evaluatePair(world, from, to).flatMap(pair => policySides(flow, pair))) {
            if (wordOfSide(side) !== 'undetermined') continue
            const named = causeOf(explainSide(world, side).reason)
            const kept = side.verdict.maySelect.filter(
              ({ policy, selects }) => selects === 'yes' || policy.name === named,
            )
            expect(decidedBy(kept)).toBe('undetermined')
          }
        }
    }),
    { numRuns: 300 },
  )
})
