import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DirectionVerdict, PeerTrace, RequirementTrace } from '../../src/engine/evidence.ts'
import { failures } from '../../src/engine/match.ts'
import { UNKNOWABLE } from '../../src/model/labels.ts'
import type { Pod } from '../../src/model/objects.ts'
import { addressesOf, type Endpoint, identityOf } from '../../src/network/endpoint.ts'
import { evaluatePair, type PairVerdict } from '../../src/network/pair.ts'
import { pluginCalled } from '../../src/questions/plugins.ts'
import { type Addresses, familyOf, NO_ADDRESS, parseAddress, unionOf } from '../../src/sets/addresses.ts'
import {
  ALL,
  type Connections,
  contains,
  overlaps,
  ports,
  subtract,
  union,
} from '../../src/sets/connections.ts'
import type { World } from '../../src/world/world.ts'
import { type Manifest, PLUGINS, type Plugin, type Protocol, type Verdict } from './oracle.ts'
import { type PartlyKnown, possibleAnswers } from './possible-worlds.ts'
import { load, tiered, unsureWorlds } from './unsure-worlds.ts'
import { withTiered } from './with-tiered.ts'

/*
 * The law of possible worlds: `yes` is said only where every world that the input may be a part of says yes, `no` only
 * where every one says no, and `undetermined` only where they differ; but for the caution below.
 */

/** One end in both forms: for the evaluation, and for the oracle. */
interface End {
  readonly endpoint: Endpoint
  readonly known: PartlyKnown
}

/** A Pod by each address that it may use; one of a Deployment has what its template has. */
function endsOf(world: World, objects: readonly Manifest[], pod: Pod): readonly End[] {
  const written = objects.find(({ kind, metadata: { namespace, name } }) =>
    pod.workload === undefined
      ? kind === 'Pod' && namespace === pod.namespace && name === pod.name
      : kind === pod.workload.kind && namespace === pod.namespace && name === pod.workload.name,
  )
  if (written === undefined) throw new Error(`${pod.name} was not written`)
  const { metadata, spec, status } = written
  const template = pod.workload === undefined ? { metadata, spec, status } : spec['template']
  const unknownLabels = [...pod.labels].flatMap(([key, value]) => (value === UNKNOWABLE ? [key] : []))
  const as = (podIP: string | undefined): PartlyKnown => ({
    pod: {
      ...written,
      kind: 'Pod',
      metadata: { ...metadata, labels: template.metadata.labels },
      spec: template.spec,
      status: { phase: 'Running', podIP },
    },
    unknownLabels,
  })
  if (addressesOf(world.cluster, { kind: 'pod', pod }).length === 0)
    return [{ endpoint: { kind: 'pod', pod }, known: as(undefined) }]
  return (status?.podIPs ?? []).map(({ ip }: { readonly ip: string }) => ({
    endpoint: { kind: 'pod', pod, dialed: parseAddress(ip) },
    known: as(ip),
  }))
}

const addressOf = (text: string): Addresses => parseAddress(text) ?? NO_ADDRESS

/** A client whose address one of several nodes has replaced by its own, and one of which no address is known. */
const OUTSIDE: readonly End[] = [
  ...[['10.0.0.1'], ['10.0.0.1', '10.0.0.9'], ['10.0.0.2', '203.0.113.9'], ['fd00::1', 'fd01::9']].map(
    (oneOf): End => ({
      endpoint: { kind: 'external', name: 'x', addresses: unionOf(oneOf.map(addressOf)), isOneOf: true },
      known: { oneOf },
    }),
  ),
  { endpoint: { kind: 'external', name: 'x', addresses: undefined }, known: { oneOf: undefined } },
]

function isUnsure({ known }: End): boolean {
  if ('oneOf' in known) return known.oneOf?.length !== 1
  return known.unknownLabels.length > 0 || known.pod['status'].podIP === undefined
}

const PROBES: readonly (readonly [Protocol, number, Connections])[] = [
  ['TCP', 80, ports('TCP', 80, 80)],
  ['TCP', 85, ports('TCP', 85, 85)],
  ['TCP', 8080, ports('TCP', 8080, 8080)],
  ['UDP', 53, ports('UDP', 53, 53)],
  ['SCTP', 7, ports('SCTP', 7, 7)],
  ['ICMP', 0, subtract(ALL, union(ports('TCP'), union(ports('UDP'), ports('SCTP'))))],
]

/** Each end with each; two known addresses of different families have nothing to do with each other (S-035). */
function pairsOf(ends: readonly End[]): readonly (readonly [End, End])[] {
  const podOf = ({ endpoint }: End) => (endpoint.kind === 'pod' ? endpoint.pod : undefined)
  const families = ({ endpoint }: End) =>
    endpoint.kind === 'pod' && endpoint.dialed !== undefined ? familyOf(endpoint.dialed) : undefined
  return ends.flatMap(from =>
    ends.flatMap(to => {
      if (podOf(from) === podOf(to)) return []
      const [ours, theirs] = [families(from), families(to)]
      return ours !== undefined && theirs !== undefined && ours !== theirs ? [] : [[from, to] as const]
    }),
  )
}

const plugins: fc.Arbitrary<readonly [string | undefined, Plugin]> = fc.oneof(
  fc.constant([undefined, {}] as const),
  fc.constantFrom(...Object.entries(PLUGINS)),
)

/** What was said of some connections: yes, no, or that the input does not tell. */
function wordFor({ allowed, undetermined }: PairVerdict, probe: Connections): string {
  if (contains(allowed, probe)) return 'yes'
  return overlaps(undetermined, probe) ? 'undetermined' : 'no'
}

/**
 * The one caution: what is unknown is taken for something else each time that it is asked about. `hash In [5]` and
 * `hash NotIn [5]` are each unknown where the hash is, although just one of the two is met. Of an address NetworkPolicies ask
 * once: their blocks are one set.
 */
function asksTwice(world: World, from: Endpoint, to: Endpoint, { egress, ingress }: PairVerdict): boolean {
  const asked = [
    ...unknownsIn(world, egress, from, 'from', 'to'),
    ...unknownsIn(world, ingress, to, 'to', 'from'),
  ]
  return new Set(asked).size < asked.length
}

function unknownsIn(
  world: World,
  verdict: DirectionVerdict | undefined,
  endpoint: Endpoint,
  subject: string,
  other: string,
): readonly string[] {
  const seen = identityOf(world, endpoint, undefined)
  const maySelect = verdict?.maySelect ?? []
  const peers = maySelect.flatMap(({ policy, rules }) =>
    rules.flatMap(trace =>
      trace.peers.filter(({ matches }) => matches === 'unknown').map(peer => ({ peer, policy })),
    ),
  )
  const isOfBlockSet = ({ peer, policy }: (typeof peers)[number]): boolean =>
    peer.kind === 'addresses' && policy.kind === 'NetworkPolicy'
  const [oneSet, others] = [peers.filter(isOfBlockSet), peers.filter(one => !isOfBlockSet(one))]
  return [
    ...maySelect.flatMap(({ policy, selects }) =>
      selects === 'unknown' && seen.kind === 'pod'
        ? unknownLabels(failures(policy.scope.pods, seen.labels), subject)
        : [],
    ),
    ...[...oneSet.slice(0, 1), ...others].flatMap(({ peer }) => unknownsOf(peer, other)),
  ]
}

const unknownLabels = (of: readonly RequirementTrace[], end: string): readonly string[] =>
  of
    .filter(({ matches }) => matches === 'unknown')
    .map(({ requirement }) => `${end} label ${requirement.key}`)

const unknownsOf = (peer: PeerTrace, end: string): readonly string[] =>
  peer.kind === 'pods' ? unknownLabels(peer.podFailures, end) : [`${end} address`]

describe('the law of possible worlds', { timeout: 120_000 }, () => {
  it('an answer is sure only if every world that the input may be a part of gives it, and unsure only if they differ', () => {
    fc.assert(
      fc.property(
        unsureWorlds,
        fc.oneof(fc.constant([]), tiered),
        plugins,
        fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
        (objects, inTiers, [cni, plugin], picks) => {
          const profile = cni === undefined ? undefined : pluginCalled(cni)
          const world = withTiered(load(objects, profile), inTiers)
          const ends = [...world.cluster.pods.flatMap(pod => endsOf(world, objects, pod)), ...OUTSIDE]
          const pairs = pairsOf(ends).filter(pair => pair.some(isUnsure))
          for (const pick of picks) {
            const [from, to] = pairs[pick % pairs.length] ?? []
            if (from === undefined || to === undefined) continue
            const [verdict, ...more] = evaluatePair(world, from.endpoint, to.endpoint)
            if (verdict === undefined || more.length > 0) throw new Error('one verdict was expected')
            const answers = possibleAnswers([...objects, ...inTiers], from.known, to.known, plugin)
            if (answers === undefined) continue
            for (const [protocol, port, probe] of PROBES) {
              const word = wordFor(verdict, probe)
              const possible: readonly Verdict[] = [...answers(protocol, port)]
              const [only, ...others] = possible
              const isRight =
                word === 'undetermined'
                  ? others.length > 0 ||
                    only === 'unknown' ||
                    asksTwice(world, from.endpoint, to.endpoint, verdict)
                  : others.length === 0 && only === word
              if (!isRight)
                expect.fail(
                  `${JSON.stringify(from.known)} -> ${JSON.stringify(to.known)} ${protocol} ${port}: ${word}, where ${possible} is possible`,
                )
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
