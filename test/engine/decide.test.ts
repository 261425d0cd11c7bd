import fc from 'fast-check'
import { expect, it } from 'vitest'
import { evaluateMatrix } from '../../src/engine/all/reachability-matrix.ts'
import { evaluate } from '../../src/engine/evaluate.ts'
import type { PodIdentity } from '../../src/engine/evidence.ts'
import { policyIndex } from '../../src/engine/policy-index.ts'
import { UNKNOWABLE } from '../../src/model/labels.ts'
import type { Match, Selector } from '../../src/model/selector.ts'
import type { Action, Policy } from '../../src/policy/policy.ts'
import { ALL, NONE } from '../../src/sets/connections.ts'
import { connectionTable } from '../../src/sets/identifiers.ts'
import { idAt } from '../../src/sets/vector.ts'
import type { Location } from '../../src/source/file.ts'

/*
 * Where each unknown is asked about once, the evaluation is exact: what it leaves open can come to both ends. Policies are
 * drawn by what they match of one connection, of which each selection and each rule has a label of its own.
 */

interface Drawn {
  readonly tier: number
  readonly priority: number
  readonly isolates: boolean
  readonly selects: Exclude<Match, 'no'>
  readonly rules: readonly { readonly action: Action; readonly matches: Match }[]
}

const drawnWith = (...unknown: readonly 'unknown'[]): fc.Arbitrary<readonly Drawn[]> =>
  fc.array(
    fc.record({
      tier: fc.constantFrom(0, 1),
      priority: fc.constantFrom(0, 0, 1),
      isolates: fc.boolean(),
      selects: fc.constantFrom('yes', ...unknown),
      rules: fc.array(
        fc.record({
          action: fc.constantFrom('allow', 'deny', 'pass'),
          matches: fc.constantFrom('yes', 'yes', 'no', ...unknown),
        }),
        { maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  )

/** Where nothing is unknown, answers are left open by policies of one priority that disagree, and by nothing else (K-007). */
const drawn = fc.oneof({ weight: 2, arbitrary: drawnWith('unknown') }, { weight: 1, arbitrary: drawnWith() })

/** Every way in which what is unknown may be. */
function completions(policies: readonly Drawn[]): readonly (readonly Drawn[])[] {
  const [first, ...others] = policies
  if (first === undefined) return [[]]
  const rest = completions(others)
  const rules = first.rules.reduce<readonly Drawn['rules'][]>(
    (all, rule) =>
      all.flatMap(before =>
        (rule.matches === 'unknown' ? (['yes', 'no'] as const) : [rule.matches]).map(matches => [
          ...before,
          { ...rule, matches },
        ]),
      ),
    [[]],
  )
  const selected = rules.flatMap(own =>
    rest.map(more => [{ ...first, selects: 'yes' as const, rules: own }, ...more]),
  )
  return first.selects === 'yes' ? selected : [...selected, ...rest]
}

/** The ends that a connection can come to where all is known: several if policies of one priority differ (K-007). */
function endsOf(policies: readonly Drawn[], tier = 0): ReadonlySet<boolean> {
  if (tier === 2) return new Set([true])
  const inTier = policies.filter(policy => policy.tier === tier)
  const follow = (action: Action): ReadonlySet<boolean> =>
    action === 'pass' ? endsOf(policies, tier + 1) : new Set([action === 'allow'])
  for (const priority of [0, 1]) {
    const actions = inTier
      .filter(policy => policy.priority === priority)
      .flatMap(({ rules }) => rules.find(({ matches }) => matches === 'yes')?.action ?? [])
    if (actions.length > 0) return new Set(actions.flatMap(action => [...follow(action)]))
  }
  return follow(inTier.some(({ isolates }) => isolates) ? 'deny' : 'pass')
}

const AT: Location = { file: { path: 'drawn.yaml', text: '' }, document: 0, path: [] }

/** A selector that matches so, by a label that is unknown or that nobody has. */
const selectorOf = (matches: Match, key: string): Selector => ({
  at: AT,
  requirements: matches === 'yes' ? [] : [{ key, operator: 'In', values: ['a'], at: AT }],
})

const compile = (policies: readonly Drawn[]): readonly Policy[] =>
  policies.map(({ tier, priority, isolates, selects, rules }, index) => ({
    kind: 'NetworkPolicy',
    namespace: '',
    name: `p${index}`,
    at: AT,
    direction: 'ingress',
    tier: { name: `tier ${tier}`, order: tier },
    priority,
    isolates,
    scope: { namespaces: selectorOf('yes', ''), pods: selectorOf(selects, `p${index}`) },
    rules: rules.map(({ action, matches }, place) => ({
      index: place,
      action,
      at: AT,
      ports: 'any',
      peers: [
        {
          kind: 'pods',
          namespaces: selectorOf('yes', ''),
          pods: selectorOf(matches, `p${index} ${place}`),
          at: AT,
        },
      ],
    })),
  }))

/** A Pod that has each label that something unknown asks about. */
const podWith = (keys: readonly string[]): PodIdentity => ({
  kind: 'pod',
  namespace: 'shop',
  namespaceLabels: new Map(),
  labels: new Map(keys.map(key => [key, UNKNOWABLE])),
  ports: [],
  address: undefined,
})

it('is exact where each unknown is asked about once, for one pair and for all', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(drawn, policies => {
      const ends = new Set(completions(policies).flatMap(known => [...endsOf(known)]))
      const expected = ends.size > 1 ? [NONE, ALL] : ends.has(true) ? [ALL, NONE] : [NONE, NONE]
      const subject = podWith(policies.map((_, index) => `p${index}`))
      const other = podWith(
        policies.flatMap(({ rules }, index) =>
          rules.flatMap(({ matches }, place) => (matches === 'unknown' ? [`p${index} ${place}`] : [])),
        ),
      )
      const compiled = compile(policies)
      const { allowed, undetermined } = evaluate(policyIndex(compiled), other, subject)
      expect([allowed, undetermined]).toEqual(expected)
      const table = connectionTable()
      const matrix = evaluateMatrix(compiled, [subject, other], table)
      for (const [line, index] of [
        [matrix.row(1), 0],
        [matrix.column(0), 1],
      ] as const)
        expect([line.allowed, line.undetermined].map(vector => table.at(idAt(vector, index)))).toEqual(
          expected,
        )
      if (matrix.isKnown) expect(undetermined).toEqual(NONE)
    }),
    { numRuns: 2000 },
  )
})
