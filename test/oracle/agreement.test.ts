import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/network/endpoint.ts'
import { evaluatePair } from '../../src/network/pair.ts'
import { matrixReport } from '../../src/questions/matrix/matrix.ts'
import { pluginCalled } from '../../src/questions/plugins.ts'
import { parseAddress } from '../../src/sets/addresses.ts'
import {
  ALL,
  byProtocol,
  type Connections,
  contains,
  intersect,
  NONE,
  ports,
  subtract,
  union,
} from '../../src/sets/connections.ts'
import { buildWorld, type World } from '../../src/world/world.ts'
import { type GeneratedWorld, INTERESTING_PORTS, OUTSIDE, tiered, world as worlds } from './generate.ts'
import {
  type End,
  type Manifest,
  oracle,
  PLUGINS,
  type Plugin,
  type Protocol,
  type Verdict,
} from './oracle.ts'
import { withTiered } from './with-tiered.ts'

const RUNS = 3000

/** Through the loader, as a user's file would go. */
function load(objects: readonly Manifest[], cni?: string): World {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
  const profile = cni === undefined ? undefined : pluginCalled(cni)
  const world = buildWorld([{ path: 'world.json', text }], { profile })
  expect(world.diagnostics).toEqual([])
  return world
}

/** Half of the time none is named. */
const plugins: fc.Arbitrary<readonly [string | undefined, Plugin]> = fc.oneof(
  fc.constant([undefined, {}] as const),
  fc.constantFrom(...Object.entries(PLUGINS)),
)

const objectsOf = ({ namespaces, pods, policies }: GeneratedWorld): readonly Manifest[] => [
  ...namespaces,
  ...pods,
  ...policies,
]

const nameOf = ({ metadata }: Manifest): string => `${metadata.namespace ?? 'default'}/${metadata.name}`

function partyOf(world: World, end: End): Endpoint {
  if ('address' in end) return { kind: 'external', name: end.address, addresses: parseAddress(end.address) }
  const pod = world.cluster.pods.find(candidate => `${candidate.namespace}/${candidate.name}` === end.pod)
  if (pod === undefined) throw new Error(`${end.pod} was not loaded`)
  return { kind: 'pod', pod }
}

function endsOf({ pods }: GeneratedWorld): readonly (readonly [End, End])[] {
  const inside = pods.map((pod): End => ({ pod: nameOf(pod) }))
  const outside = OUTSIDE.map((address): End => ({ address }))
  return [
    ...inside.flatMap(from => inside.map(to => [from, to] as const)),
    ...inside.flatMap(pod => outside.flatMap(address => [[pod, address] as const, [address, pod] as const])),
  ]
}

const PROBES: readonly (readonly [Protocol, number, Connections])[] = [
  ...(['TCP', 'UDP', 'SCTP'] as const).flatMap(protocol =>
    INTERESTING_PORTS.map(port => [protocol, port, ports(protocol, port, port)] as const),
  ),
  ['ICMP', 0, subtract(ALL, union(ports('TCP'), union(ports('UDP'), ports('SCTP'))))],
]

/** What is said of some connections; in a world of which all is known, only ties of priority leave it open (K-007). */
function wordFor(world: World, from: End, to: End): (probe: Connections) => Verdict {
  const verdicts = evaluatePair(world, partyOf(world, from), partyOf(world, to))
  return probe => {
    if (verdicts.every(verdict => contains(verdict.allowed, probe))) return 'yes'
    return verdicts.some(({ undetermined }) => contains(undetermined, probe)) ? 'unknown' : 'no'
  }
}

function allowed(world: World, from: End, to: End): Connections {
  const verdicts = evaluatePair(world, partyOf(world, from), partyOf(world, to))
  for (const { undetermined } of verdicts) expect(undetermined).toEqual(NONE)
  return verdicts.map(verdict => verdict.allowed).reduce(intersect, ALL)
}

describe('over generated worlds', { timeout: 120_000 }, () => {
  it('the engine says what the specification says, one connection at a time', () => {
    fc.assert(
      fc.property(worlds, fc.oneof(fc.constant([]), tiered), plugins, (generated, more, [cni, plugin]) => {
        const objects = [...objectsOf(generated), ...more]
        const world = withTiered(load(objectsOf(generated), cni), more)
        for (const [from, to] of endsOf(generated)) {
          const word = wordFor(world, from, to)
          for (const [protocol, port, probe] of PROBES)
            if (word(probe) !== oracle(objects, from, to, protocol, port, plugin))
              expect.fail(
                `${JSON.stringify(from)} -> ${JSON.stringify(to)} ${protocol} ${port}: engine ${word(probe)}`,
              )
        }
      }),
      { numRuns: 800 },
    )
  })

  it('the matrix says what each pair says, Pods and addresses outside alike', () => {
    fc.assert(
      fc.property(worlds, plugins, (generated, [cni]) => {
        const world = load(objectsOf(generated), cni)
        const everyone = () => true
        const asked = { protocol: undefined, port: undefined }
        const report = matrixReport(world, { by: 'pod', asked, isSource: everyone, isDestination: everyone })
        const openBetween = new Map(
          [...report.connections].map(({ from, to, open }) => [`${from} ${to}`, open]),
        )
        for (const from of report.endpoints.filter(({ kind }) => kind === 'Pod'))
          for (const to of report.endpoints.filter(({ kind, id }) => kind === 'Pod' && id !== from.id)) {
            const open = allowed(world, { pod: from.id }, { pod: to.id })
            const listed = openBetween.get(`${from.id} ${to.id}`) ?? []
            expect(listed).toEqual(open.length === 0 ? [] : contains(open, ALL) ? 'all' : byProtocol(open))
          }
        for (const address of OUTSIDE) {
          const rows = report.endpoints.filter(
            ({ kind, cidrs }) => kind === 'External' && holds(cidrs ?? [], address),
          )
          // None for addresses of a family that no Pod has, which nothing connects to (S-035).
          expect(rows.length).toBeLessThanOrEqual(1)
          for (const to of report.endpoints.filter(({ kind }) => kind === 'Pod')) {
            const open = allowed(world, { address }, { pod: to.id })
            const listed = openBetween.get(`${rows[0]?.id} ${to.id}`) ?? []
            expect(listed).toEqual(open.length === 0 ? [] : contains(open, ALL) ? 'all' : byProtocol(open))
          }
        }
      }),
      { numRuns: RUNS / 2 },
    )
  })

  it('nothing hangs on the order of objects, rules, peers or ports', () => {
    fc.assert(
      fc.property(worlds, fc.integer(), (generated, seed) => {
        const world = load(objectsOf(generated))
        const shuffled = load(shuffle(objectsOf(generated), seed))
        for (const [from, to] of endsOf(generated))
          expect(allowed(shuffled, from, to)).toEqual(allowed(world, from, to))
      }),
      { numRuns: RUNS / 4 },
    )
  })

  it('a rule more in a policy that already isolates closes nothing', () => {
    fc.assert(
      fc.property(worlds, worlds, (generated, other) => {
        const [rule] = other.policies.flatMap(policy => policy['spec'].ingress ?? [])
        fc.pre(rule !== undefined)
        const isIsolating = (policy: Manifest) => (policy['spec'].policyTypes ?? []).includes('Ingress')
        const wider = generated.policies.map(policy =>
          isIsolating(policy)
            ? { ...policy, spec: { ...policy['spec'], ingress: [...(policy['spec'].ingress ?? []), rule] } }
            : policy,
        )
        const before = load(objectsOf(generated))
        const after = load(objectsOf({ ...generated, policies: wider }))
        for (const [from, to] of endsOf(generated))
          expect(contains(allowed(after, from, to), allowed(before, from, to))).toBe(true)
      }),
      { numRuns: RUNS / 4 },
    )
  })
})

function holds(cidrs: readonly string[], address: string): boolean {
  const policy: Manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'x' },
    spec: { ingress: [{ from: cidrs.map(cidr => ({ ipBlock: { cidr } })) }] },
  }
  const pod: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: {},
    // Of a family that is not known, because it is asked about addresses of both.
    status: { podIP: '10.9.9.9', mayBe: [] },
  }
  return oracle([policy, pod], { address }, { pod: 'default/p' }, 'TCP', 80) === 'yes'
}

/** Every list of the API in another order, but for those whose order is the identity of what stands in them. */
function shuffle<T>(value: T, seed: number): T {
  if (Array.isArray(value)) {
    const shuffled = value
      .map(item => shuffle(item, seed))
      .map((item, index) => [(seed * (index + 7) * 2654435761) % 1009, item])
    return shuffled.sort((a, b) => Number(a[0]) - Number(b[0])).map(([, item]) => item) as T
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shuffle(item, seed)])) as T
}
