import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/path/question.ts'
import { reachWithAdvice } from '../../src/questions/reachability.ts'
import type { Open } from '../../src/report/common.ts'
import type { OpenedConnection, Suggestion } from '../../src/report/suggestion.ts'
import {
  ALL,
  type Connections,
  contains,
  equal,
  PORTLESS,
  ports,
  unionOf,
} from '../../src/sets/connections.ts'
import type { World } from '../../src/world/world.ts'
import { load as loadUnsure, unsureWorlds } from '../oracle/unsure-worlds.ts'

function ask(world: World, question: string): readonly Suggestion[] {
  const [from = '', to = ''] = question.split(' -> ')
  const typed = { from, to, port: undefined, protocol: undefined, namespace: 'default' }
  return reachWithAdvice(world, { ...typed, settings: settingsOf({}) }, 'decisive').suggestions
}

const setOf = (all: readonly OpenedConnection[], key: string): Connections =>
  unionOf(all.filter(({ from, to }) => `${from} ${to}` === key).map(({ open }) => connectionsOf(open)))

const labelsNamespace = ({ facts }: Suggestion): boolean =>
  facts.some(
    fact =>
      fact.kind === 'near-miss' &&
      fact.fixes.some(fix => fix.kind === 'label' && fix.object.kind === 'Namespace'),
  )

const connectionsOf = (open: Open): Connections =>
  open === 'all'
    ? ALL
    : unionOf(
        open.flatMap(({ protocol, ports: ranges }) =>
          protocol === 'OTHER' ? [PORTLESS] : ranges.map(([first, last]) => ports(protocol, first, last)),
        ),
      )

describe('suggestions', { timeout: 60_000 }, () => {
  it('are in this order: what opens all that another one opens, and more, comes after it', () => {
    let several = 0
    fc.assert(
      fc.property(unsureWorlds, fc.nat(), (objects, pick) => {
        const world = loadUnsure(objects)
        const ids = [
          ...new Set(
            world.cluster.pods.map(({ namespace, name, workload }) =>
              workload === undefined ? `${namespace}/pod/${name}` : `${namespace}/deploy/${workload.name}`,
            ),
          ),
        ]
        const pairs = ids.flatMap(from =>
          ids.filter(to => to !== from).map(to => `${from} -> ${to}${to.includes('deploy') ? '' : ':80'}`),
        )
        const question = pairs[pick % Math.max(1, pairs.length)]
        if (question === undefined) return
        const all = ask(world, question).filter(
          ({ closes, also }) => closes.length === 0 && also.length === 0,
        )
        if (all.length > 1) several++
        // What else selects by the label of a namespace is not known: these come last, whatever they open.
        const labeling = all.map(labelsNamespace)
        expect(labeling, question).toEqual(labeling.toSorted((a, b) => Number(a) - Number(b)))
        const ranked = all.filter(one => !labelsNamespace(one))
        for (const [index, { opened }] of ranked.entries())
          for (const { opened: later } of ranked.slice(index + 1)) {
            const keys = [...new Set([...opened, ...later].map(({ from, to }) => `${from} ${to}`))]
            const isMore = keys.every(key => contains(setOf(opened, key), setOf(later, key)))
            const isSame = keys.every(key => equal(setOf(opened, key), setOf(later, key)))
            expect(isMore && !isSame, question).toBe(false)
          }
      }),
      { numRuns: 500 },
    )
    expect(several).toBeGreaterThan(10)
  })
})
