import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { nearMissesOf } from '../../src/explain/near-misses.ts'
import type { Endpoint } from '../../src/network/endpoint.ts'
import { externalId } from '../../src/network/endpoint-ids.ts'
import { evaluatePair } from '../../src/network/pair.ts'
import { type PolicySide, wordOfSide } from '../../src/network/policy-side.ts'
import { findPaths } from '../../src/path/find-paths.ts'
import { type PathQuestion, settingsOf } from '../../src/path/question.ts'
import { sidesOfPaths } from '../../src/path/verdict.ts'
import { reachWithAdvice, reachWithoutAdvice } from '../../src/questions/reachability.ts'
import type { VerdictWord } from '../../src/report/common.ts'
import {
  type Addresses,
  EVERY_ADDRESS,
  type Family,
  familyOf,
  parseAddress,
} from '../../src/sets/addresses.ts'
import { type Connections, NONE, subtract, unionOf } from '../../src/sets/connections.ts'
import { objectChanges, textOf } from '../../src/suggest/changed-manifests.ts'
import { editsFor } from '../../src/suggest/near-miss-fixes.ts'
import { differencesText } from '../../src/words/differences.ts'
import { openText } from '../../src/words/ports.ts'
import { editWorld } from '../../src/world/edit/edit.ts'
import { buildWorld, type World } from '../../src/world/world.ts'
import type { Manifest } from '../oracle/oracle.ts'
import { unsureWorlds } from '../oracle/unsure-worlds.ts'

/*
 * What is suggested is true: applied as the text that it is, it gives a yes and opens what it announces, and nothing else.
 */

const RUNS = { numRuns: 200 }

/** As a YAML file with a document for each object, or a dump in JSON. */
const load = (objects: readonly Manifest[], isYaml: boolean): World =>
  buildWorld([
    isYaml
      ? { path: 'world.yaml', text: objects.map(object => stringify(object)).join('---\n') }
      : { path: 'world.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) },
  ])

const sidesIn = (world: World, question: PathQuestion): readonly PolicySide[] =>
  sidesOfPaths(findPaths(world, question).paths)

const applied = (world: World, text: string): World =>
  editWorld(world, [{ kind: 'apply', files: [{ path: 'suggestion.yaml', text }] }])

const questions = (world: World): readonly PathQuestion[] => {
  const ids = world.cluster.pods.map(({ namespace, name, workload }) =>
    workload === undefined ? `${namespace}/pod/${name}` : `${namespace}/deploy/${workload.name}`,
  )
  const ends = [...new Set(ids), '203.0.113.7', 'internet']
  const ask = (from: string, to: string): PathQuestion => ({
    from,
    to,
    port: to.includes('deploy') ? undefined : '80',
    protocol: undefined,
    namespace: 'default',
    settings: settingsOf({}),
  })
  return ends
    .flatMap(from => ends.map(to => [from, to] as const))
    .filter(([from, to]) => from !== to && (from.includes('/') || to.includes('/')))
    .map(([from, to]) => ask(from, to))
}

/** Every pair of workloads, and some addresses outside, with what is open between them. */
function openPairs(world: World, part: 'sure' | 'possible'): ReadonlyMap<string, Connections> {
  const outside = ['203.0.113.7', '10.9.9.9', '2001:db8::1'].map(
    (name): Endpoint => ({ kind: 'external', name, addresses: parseAddress(name) ?? EVERY_ADDRESS }),
  )
  const pods = world.cluster.pods.map((pod): Endpoint => ({ kind: 'pod', pod }))
  const idOf = (endpoint: Endpoint): string =>
    endpoint.kind === 'pod'
      ? `${endpoint.pod.namespace}/${endpoint.pod.workload?.name ?? endpoint.pod.name}`
      : endpoint.kind === 'external'
        ? externalId(endpoint.name)
        : endpoint.node.name
  const pairs = new Map<string, Connections>()
  for (const from of [...pods, ...outside])
    for (const to of [...pods, ...outside]) {
      if (from === to || (from.kind === 'external' && to.kind === 'external')) continue
      const key = [
        idOf(from),
        idOf(to),
        from.kind === 'pod' ? from.pod.name : '',
        to.kind === 'pod' ? to.pod.name : '',
      ]
      const open = evaluatePair(world, from, to).reduce<Connections>(
        (set, one) => unionOf([set, one.allowed, ...(part === 'possible' ? [one.undetermined] : [])]),
        NONE,
      )
      pairs.set(key.join(' '), open)
    }
  return pairs
}

/** The pairs of ids of which something is surely open in one world and not in the other. */
function openOnlyIn(world: World, other: World, part: 'sure' | 'possible'): ReadonlySet<string> {
  const was = openPairs(other, part)
  const opened = [...openPairs(world, 'sure')].filter(
    ([key, set]) => subtract(set, was.get(key) ?? NONE).length > 0,
  )
  return new Set(opened.map(([key]) => key.split(' ').slice(0, 2).join(' -> ')))
}

const isBetweenPods = (line: string): boolean => line.split(' -> ').every(end => /^[a-z]+\/[dp]\d/.test(end))
const pairOf = (line: string): string => line.replace(/ (?:TCP|UDP|SCTP|all|protocols without ports).*$/, '')

describe('a suggestion', { timeout: 60_000 }, () => {
  it('gives a yes, and opens and closes what it announces', () => {
    let suggested = 0
    fc.assert(
      fc.property(unsureWorlds, fc.boolean(), fc.nat(), (objects, isYaml, pick) => {
        const world = load(objects, isYaml)
        const all = questions(world)
        const question = all[pick % Math.max(1, all.length)]
        if (question === undefined) return
        for (const suggestion of reachWithAdvice(world, question, 'decisive').suggestions) {
          const { manifest, opens, opened, closes, closed } = suggestion
          suggested++
          const after = applied(world, manifest)
          expect(after.diagnostics).toEqual(world.diagnostics)
          expect(reachWithoutAdvice(after, question, 'decisive').verdict).toBe('yes')
          const announced = (lines: readonly string[]) => new Set(lines.filter(isBetweenPods).map(pairOf))
          const really = (pairs: ReadonlySet<string>) => new Set([...pairs].filter(isBetweenPods))
          expect(announced(opens)).toEqual(really(openOnlyIn(after, world, 'sure')))
          expect(announced(closes)).toEqual(really(openOnlyIn(world, after, 'possible')))
          // The same as data, one for one.
          const lines = (all: typeof closed) =>
            all
              .filter(({ from, to }) => isBetweenPods(`${from} -> ${to}`))
              .map(({ from, to, open }) => `${from} -> ${to} ${openText(open)}`)
          expect(lines(opened)).toEqual(opens.filter(line => isBetweenPods(pairOf(line))))
          expect(lines(closed)).toEqual(closes.filter(line => isBetweenPods(pairOf(line))))
        }
      }),
      RUNS,
    )
    expect(suggested).toBeGreaterThan(10)
  })

  it('is there for every question about a Pod that policies alone refuse', () => {
    fc.assert(
      fc.property(unsureWorlds, fc.nat(), (objects, pick) => {
        const world = load(objects, true)
        const all = questions(world)
        const question = all[pick % Math.max(1, all.length)]
        if (question === undefined) return
        const { verdict, reason, suggestions } = reachWithAdvice(world, question, 'decisive')
        if (verdict === 'no' && reason.startsWith('DENIED_BY_'))
          expect(suggestions, JSON.stringify(question)).not.toEqual([])
      }),
      RUNS,
    )
  })
})

const keyOf = ({ direction, subject, other, flow }: PolicySide): string =>
  JSON.stringify([
    direction,
    flow.port,
    ...[subject, other].map(endpoint => (endpoint.kind === 'pod' ? endpoint.pod.name : '')),
  ])

/** That of the end whose address is known. */
function familyOfSide({ subjectIdentity: { address: own }, otherIdentity }: PolicySide): Family | undefined {
  const of = (addresses: Addresses | undefined) => addresses && familyOf(addresses)
  return of(own) ?? of(otherIdentity.kind === 'pod' ? otherIdentity.address : otherIdentity.addresses)
}

/**
 * What becomes of a side by a change. Of two ends with both IP families there is one side for each (S-035), and the first stands for
 * both where they are decided alike: that may be so before the change or after it alone.
 */
function wordsAfter(side: PolicySide, after: readonly PolicySide[]): readonly VerdictWord[] {
  const sides = after.filter(other => keyOf(other) === keyOf(side))
  const ofFamily = sides.filter(other => familyOfSide(other) === familyOfSide(side))
  return (ofFamily.length > 0 ? ofFamily : sides).map(wordOfSide)
}

describe('a near miss', { timeout: 60_000 }, () => {
  it('has an id of its own, as far as something else would make up for it', () => {
    let several = 0
    fc.assert(
      fc.property(unsureWorlds, fc.nat(), (objects, pick) => {
        const world = load(objects, true)
        const all = questions(world)
        const question = all[pick % Math.max(1, all.length)]
        if (question === undefined) return
        const { steps, endpoints = [] } = reachWithoutAdvice(world, question, 'decisive')
        const allSteps = [...steps, ...endpoints.flatMap(one => one.steps)]
        // The nearest is found without the others, and is the first of them.
        for (const { decisive = 0 } of allSteps) expect(decisive).toBe(0)
        const near = allSteps.flatMap(one => one.nearMisses ?? [])
        const fixes = new Map<string, string | undefined>()
        for (const { id, mend } of near) {
          if (fixes.has(id)) several++
          expect(mend, id).toBe(fixes.has(id) ? fixes.get(id) : mend)
          fixes.set(id, mend)
        }
      }),
      { numRuns: 400 },
    )
    expect(several).toBeGreaterThan(10)
  })

  it('that would have closed a side closes it when it is mended as told', () => {
    let mended = 0
    fc.assert(
      fc.property(unsureWorlds, fc.nat(), (objects, pick) => {
        const world = load(objects, true)
        const all = questions(world).filter(({ from, to }) => from !== 'internet' && to !== 'internet')
        const question = all[pick % Math.max(1, all.length)]
        if (question === undefined) return
        const sides = sidesIn(world, question)
        for (const side of sides)
          for (const one of wordOfSide(side) === 'yes' ? nearMissesOf(world, side) : []) {
            const edits = editsFor(one)
            const objects = edits && objectChanges(world)(edits)
            if (objects === undefined) continue
            const text = textOf(objects)
            const after = sidesIn(applied(world, text), question)
            mended++
            expect(
              [...new Set(wordsAfter(side, after))],
              JSON.stringify(question) + differencesText(one.differences) + text,
            ).not.toEqual(['yes'])
          }
      }),
      { numRuns: 400 },
    )
    expect(mended).toBeGreaterThan(2)
  })

  it('matches when it is mended as told', () => {
    let mended = 0
    fc.assert(
      fc.property(unsureWorlds, fc.boolean(), fc.nat(), (objects, isYaml, pick) => {
        const world = load(objects, isYaml)
        // The world outside is other ends after a change.
        const all = questions(world).filter(({ from, to }) => from !== 'internet' && to !== 'internet')
        const question = all[pick % Math.max(1, all.length)]
        if (question === undefined) return
        const sides = sidesIn(world, question)
        for (const side of sides)
          for (const one of wordOfSide(side) === 'no' ? nearMissesOf(world, side) : []) {
            const edits = editsFor(one)
            const objects = edits && objectChanges(world)(edits)
            if (objects === undefined) continue
            const text = textOf(objects)
            const after = sidesIn(applied(world, text), question)
            mended++
            // Of all ports a rule may well open some.
            const isOpen = (word: VerdictWord) =>
              word === 'yes' || (word === 'partial' && side.flow.port === null)
            expect(
              wordsAfter(side, after).some(isOpen),
              JSON.stringify(question) + differencesText(one.differences) + text,
            ).toBe(true)
          }
      }),
      RUNS,
    )
    expect(mended).toBeGreaterThan(5)
  })
})
