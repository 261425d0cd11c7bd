import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decidedBy } from '../../src/engine/decided-by.ts'
import { explainSide } from '../../src/explain/side.ts'
import type { Endpoint } from '../../src/network/endpoint.ts'
import { evaluatePair } from '../../src/network/pair.ts'
import { type PolicySide, policySides } from '../../src/network/policy-side.ts'
import type { Action } from '../../src/policy/policy.ts'
import type { Direction } from '../../src/report/facts/rules.ts'
import { parseAddress } from '../../src/sets/addresses.ts'
import { ports, unionOf } from '../../src/sets/connections.ts'
import { buildWorld, type World } from '../../src/world/world.ts'
import { type GeneratedWorld, INTERESTING_PORTS, OUTSIDE, tiered, world as worlds } from './generate.ts'
import { type End, type Manifest, oracle, typesOf, type Verdict } from './oracle.ts'
import { withTiered } from './with-tiered.ts'

/*
 * The rules that are named as deciding are those that decide: the oracle's verdict of one direction follows from them, or
 * from what the policies decide without rules; and it changes if a rule that is named does the opposite, and only then.
 */

const PROBES = (['TCP', 'UDP'] as const).flatMap(protocol =>
  INTERESTING_PORTS.map(port => ({ protocol, port, set: ports(protocol, port, port) })),
)

type Probe = (typeof PROBES)[number]

function load(objects: readonly Manifest[]): World {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
  return buildWorld([{ path: 'world.json', text }])
}

function endpointOf(world: World, end: End): Endpoint {
  if ('address' in end) return { kind: 'external', name: end.address, addresses: parseAddress(end.address) }
  const pod = world.cluster.pods.find(({ namespace, name }) => `${namespace}/${name}` === end.pod)
  if (pod === undefined) throw new Error(`${end.pod} was not loaded`)
  return { kind: 'pod', pod }
}

/** The sides on which policies are asked about all probes between two ends. */
function sidesOf(world: World, from: End, to: End): readonly PolicySide[] {
  const ask = unionOf(PROBES.map(({ set }) => set))
  const flow = {
    from: endpointOf(world, from),
    to: endpointOf(world, to),
    ask,
    port: null,
    through: undefined,
  }
  return evaluatePair(world, flow.from, flow.to).flatMap(verdict => policySides(flow, verdict))
}

/** Without what policies say of the other direction. */
const inDirection = (objects: readonly Manifest[], direction: Direction): readonly Manifest[] =>
  objects.flatMap(object => {
    const { kind, spec } = object
    const type = direction === 'egress' ? 'Egress' : 'Ingress'
    switch (kind) {
      case 'NetworkPolicy':
        return typesOf(object).includes(type) ? [{ ...object, spec: { ...spec, policyTypes: [type] } }] : []
      case 'TieredPolicy':
        return [{ ...object, spec: { ...spec, ingress: [], egress: [], [direction]: spec[direction] ?? [] } }]
      default:
        return [object]
    }
  })

/** Policies that isolate and pass as before, and whose rules decide nothing. */
const withoutDeciding = (objects: readonly Manifest[], direction: Direction): readonly Manifest[] =>
  objects.map(object => {
    const { kind, spec } = object
    if (kind === 'NetworkPolicy') return { ...object, spec: { ...spec, [direction]: [] } }
    if (kind !== 'TieredPolicy') return object
    const rules = spec[direction].map((rule: Pick<Manifest, string>) =>
      rule['action'] === 'Pass' ? rule : MATCHES_NOTHING,
    )
    return { ...object, spec: { ...spec, [direction]: rules } }
  })

const NOBODY = [{ pods: { podSelector: { matchLabels: { nobody: 'has-this' } } } }]
const MATCHES_NOTHING = { action: 'Pass', from: NOBODY, to: NOBODY }

const OPPOSITE: Readonly<Record<string, string>> = { Accept: 'Deny', Deny: 'Accept' }

/** A rule as it is and doing the opposite, each without the rules beside it that have its action: those decide as well. */
interface Tried {
  readonly name: string
  readonly index: number
  readonly alone: readonly Manifest[]
  readonly opposite: readonly Manifest[]
}

function rulesToTry(objects: readonly Manifest[], direction: Direction): readonly Tried[] {
  return objects.flatMap(policy => {
    if (policy.kind !== 'TieredPolicy') return []
    const rules: readonly Pick<Manifest, string>[] = policy['spec'][direction]
    const withRules = (changed: readonly unknown[]): readonly Manifest[] => {
      const spec = { ...policy['spec'], [direction]: changed }
      return objects.map(object => (object === policy ? { ...policy, spec } : object))
    }
    return rules.flatMap((rule, index): readonly Tried[] => {
      const action = OPPOSITE[rule['action']]
      if (action === undefined) return []
      const isBeside = (place: number): boolean =>
        rules
          .slice(Math.min(place, index), Math.max(place, index) + 1)
          .every(one => one['action'] === rule['action'])
      const alone = rules.filter((_, place) => place === index || !isBeside(place))
      const opposite = alone.map(one => (one === rule ? { ...rule, action } : one))
      return [{ name: policy.metadata.name, index, alone: withRules(alone), opposite: withRules(opposite) }]
    })
  })
}

interface Asked {
  readonly world: World
  readonly side: PolicySide
  readonly objects: readonly Manifest[]
  /** What the oracle says of a probe with some objects. */
  readonly ask: (objects: readonly Manifest[], probe: Probe) => Verdict
}

/** Some sides of a world with tiers, each in its direction alone. */
function askedOf(
  { namespaces, pods, policies }: GeneratedWorld,
  more: readonly Manifest[],
  picks: readonly number[],
): readonly Asked[] {
  const known = [...namespaces, ...pods, ...policies]
  const world = withTiered(load(known), more)
  const inside = pods.map(({ metadata: { namespace = 'default', name } }) => ({
    pod: `${namespace}/${name}`,
  }))
  const ends: readonly End[] = [...inside, ...OUTSIDE.map(address => ({ address }))]
  return picks.flatMap(pick => {
    const one = inside[pick % inside.length]
    const other = ends[Math.floor(pick / inside.length) % ends.length]
    if (one === undefined || other === undefined) return []
    const [from, to] = pick % 3 === 0 ? [other, one] : [one, other]
    return sidesOf(world, from, to).map(side => ({
      world,
      side,
      objects: inDirection([...known, ...more], side.direction),
      ask: (objects, { protocol, port }) => oracle(objects, from, to, protocol, port),
    }))
  })
}

const picks = fc.array(fc.nat(), { minLength: 4, maxLength: 4 })

it('the verdict follows from what is named, and changes where a rule that is named does the opposite', () => {
  fc.assert(
    fc.property(worlds, tiered, picks, (...drawn) => {
      for (const { side, objects, ask } of askedOf(...drawn)) {
        const tried = rulesToTry(objects, side.direction)
        const without = withoutDeciding(objects, side.direction)
        for (const probe of PROBES) {
          const decided = decidedBy(side.verdict, probe.set)
          const isDecided = (action: Action): boolean =>
            decided.some(({ trace }) => trace.rule.action === action)
          const verdict = ask(objects, probe)
          const undecided = ask(without, probe)
          // An end that no rule decides is that of isolation or of the default.
          if (verdict !== 'no') expect(isDecided('allow') || undecided === 'yes').toBe(true)
          else expect(isDecided('allow')).toBe(false)
          if (verdict !== 'yes') expect(isDecided('deny') || undecided === 'no').toBe(true)
          else expect(isDecided('deny')).toBe(false)
          if (decided.length === 0) expect(undecided).toBe(verdict)
          for (const { name, index, alone, opposite } of tried) {
            const isNamed = decided.some(
              ({ policy, trace }) => policy.name === name && trace.rule.index === index,
            )
            const before = ask(alone, probe)
            if (ask(opposite, probe) !== before) expect(isNamed).toBe(true)
            // One of several that may be applied need not change what is unknown (K-007).
            else if (before !== 'unknown') expect(isNamed).toBe(false)
          }
        }
      }
    }),
    { numRuns: 400 },
  )
})

it('the rule that an explanation names allows something', () => {
  const ranks = { no: 0, unknown: 1, yes: 2 }
  fc.assert(
    fc.property(worlds, tiered, picks, (...drawn) => {
      for (const { world, side, objects, ask } of askedOf(...drawn)) {
        const { reason } = explainSide(world, side)
        if (reason.code !== 'ALLOWED_BY_RULE' && reason.code !== 'OPEN_IN_PART') continue
        const { by } = reason.facts
        if (by === undefined) continue
        const tried = rulesToTry(objects, side.direction).filter(
          ({ name, index }) => name === by.rule.policy.name && index === by.rule.index,
        )
        for (const { alone, opposite } of tried)
          expect(PROBES.some(probe => ranks[ask(alone, probe)] > ranks[ask(opposite, probe)])).toBe(true)
      }
    }),
    { numRuns: 400 },
  )
})
