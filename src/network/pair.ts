import { evaluate } from '../engine/evaluate.ts'
import type { DirectionVerdict, Identity } from '../engine/evidence.ts'
import { namespaceOf } from '../model/cluster.ts'
import type { Match } from '../model/selector.ts'
import { behavior, enforces } from '../policy/profile.ts'
import type { Addresses } from '../sets/addresses.ts'
import {
  ALL,
  CONNECTIONS,
  type Connections,
  intersect,
  isEmpty,
  NONE,
  PORTLESS,
  subtract,
  union,
} from '../sets/connections.ts'
import { distinctBy } from '../sets/group-by.ts'
import type { World } from '../world/world.ts'
import { type Endpoint, identityOf, isSame } from './endpoint.ts'
import { addressPairs } from './ip-families.ts'
import { type SettledBy, settlementOf, withOpened } from './settlement.ts'

/** What passes between two endpoints, settled before any policy is asked or by the policies. */
export interface PairVerdict {
  readonly settled: SettledBy | 'self' | 'policies'
  readonly allowed: Connections
  readonly undetermined: Connections
  /** One end may be the node of the other, which would open everything. */
  readonly maybeOwnNode: boolean
  /** Why more may be open than the policies say, because of the network plugin. */
  readonly doubt?: PluginDoubt
  /** Undefined where no policy can select that end. */
  readonly egress: DirectionVerdict | undefined
  readonly ingress: DirectionVerdict | undefined
  /** What the policies saw of the source and of the destination; undefined where they were not asked. */
  readonly identities: readonly [Identity, Identity] | undefined
  /** The address that the destination sees, and the one that the source dials. */
  readonly addresses: readonly [Addresses | undefined, Addresses | undefined]
}

/** What a network plugin does in one way or another, so that it is not known what passes. */
export interface PluginDoubt {
  /**
   * It usually drops what a Pod sends to itself through a Service (S-046); or lets no block match nodes, and may or may not
   * take a client for one whose address a node has replaced (S-039, S-064), or the API server (S-069). Or it may deny ICMP
   * where policies isolate (S-055).
   */
  readonly about: 'itself' | 'rewritten client' | 'API server' | 'icmp'
  readonly plugin: string
}

/**
 * Which connections pass from one endpoint to another: one verdict, or one for each IP family where they differ (S-035).
 * All pairs at once are `allPairs` (all-pairs.ts), by the same rules; whoever asks about a connection asks one of the two.
 */
export function evaluatePair(world: World, from: Endpoint, to: Endpoint): readonly PairVerdict[] {
  const settlement = settlementOf(world, from, to)
  if (settlement?.isSure) return [settled(settlement.by, settlement.opens ? ALL : NONE)]
  return isSame(from, to) ? [settled('self', ALL)] : byPolicies(world, from, to)
}

function byPolicies(world: World, from: Endpoint, to: Endpoint): readonly PairVerdict[] {
  const verdicts = addressPairs(world, from, to).map(pair => evaluateEnds(world, from, to, pair))
  return distinctBy(verdicts, ({ allowed, undetermined }) => `${allowed} ${undetermined}`)
}

/** Where no block matches nodes, an endpoint may or may not be one (S-039): a client behind a node (S-064), or the API server (S-069). */
function evaluateEnds(
  world: World,
  from: Endpoint,
  to: Endpoint,
  addresses: PairVerdict['addresses'],
): PairVerdict {
  const about = mayBeNode(from) ?? mayBeNode(to)
  const as = (isNode: Match): PairVerdict =>
    evaluateAt(world, being(isNode, from), being(isNode, to), addresses)
  if (about === undefined || behavior(world.profile, 'ipBlockOfNodes') !== 'no') return as('no')
  const { allowed, undetermined } = as('no')
  return withDoubt(world, as('yes'), { about, possible: union(allowed, undetermined) })
}

function mayBeNode(endpoint: Endpoint): 'rewritten client' | 'API server' | undefined {
  if (endpoint.kind !== 'external') return undefined
  if (endpoint.isRewritten) return 'rewritten client'
  return endpoint.isNode === 'unknown' ? 'API server' : undefined
}

const being = (isNode: Match, endpoint: Endpoint): Endpoint =>
  endpoint.kind !== 'external' || mayBeNode(endpoint) === undefined ? endpoint : { ...endpoint, isNode }

/**
 * As `evaluatePair`, for a connection through a Service: some network plugins treat a Pod that connects to itself in this way
 * as any other (S-046).
 */
export function evaluateThroughService(world: World, from: Endpoint, to: Endpoint): readonly PairVerdict[] {
  const how = behavior(world.profile, 'selfThroughService')
  if (!isSame(from, to) || settlementOf(world, from, to) || how === undefined || how === 'always open')
    return evaluatePair(world, from, to)
  const verdicts = byPolicies(world, from, to)
  switch (how) {
    case 'as any Pod':
      return verdicts
    case 'usually dropped':
      return verdicts.map(verdict => withDoubt(world, verdict, { about: 'itself', possible: ALL }))
  }
}

/** Policies know no ICMP: whether they deny it, where they isolate, is up to the network plugin (S-054, S-055). */
export function evaluateIcmp(world: World, pairs: readonly PairVerdict[]): readonly PairVerdict[] {
  if (!leavesIcmpOpen(world)) return pairs
  return pairs.map(pair =>
    pair.settled === 'policies' ? withDoubt(world, pair, { about: 'icmp', possible: PORTLESS }) : pair,
  )
}

/** Whether it is not known what becomes of ICMP under isolation. */
export const leavesIcmpOpen = ({ profile }: World): boolean =>
  behavior(profile, 'icmp') === undefined && enforces(profile)

/** A verdict of which more may be open. */
function withDoubt(
  { profile }: World,
  verdict: PairVerdict,
  { about, possible }: Pick<PluginDoubt, 'about'> & { readonly possible: Connections },
): PairVerdict {
  const undetermined = subtract(possible, verdict.allowed)
  return isEmpty(undetermined)
    ? verdict
    : { ...verdict, undetermined, doubt: { about, plugin: profile?.title ?? '' } }
}

function settled(how: PairVerdict['settled'], allowed: Connections): PairVerdict {
  return {
    settled: how,
    allowed,
    undetermined: NONE,
    maybeOwnNode: false,
    egress: undefined,
    ingress: undefined,
    identities: undefined,
    addresses: [undefined, undefined],
  }
}

/** As the policies of the destination alone have it: those of the source saw another connection. */
export function withoutEgress(pair: PairVerdict): PairVerdict {
  if (pair.settled !== 'policies') return pair
  const { ingress } = pair
  return {
    ...pair,
    allowed: ingress?.allowed ?? ALL,
    undetermined: ingress?.undetermined ?? NONE,
    egress: undefined,
  }
}

function evaluateAt(
  world: World,
  from: Endpoint,
  to: Endpoint,
  addresses: PairVerdict['addresses'],
): PairVerdict {
  const identities = [identityOf(world, from, addresses[0]), identityOf(world, to, addresses[1])] as const
  const verdict = evaluate(world.policies, ...identities)
  const maybeOwnNode = settlementOf(world, from, to)?.isSure === false
  const settled = withOpened(CONNECTIONS, { yes: false, unknown: maybeOwnNode }, verdict)
  const isAnything = from.kind === 'external' && from.isAnything === true
  return {
    settled: 'policies',
    ...(isAnything ? within(settled, allowedFromAnywhere(world, identities[1])) : settled),
    maybeOwnNode,
    egress: verdict.egress,
    ingress: verdict.ingress,
    identities,
    addresses,
  }
}

/**
 * What the policies for egress allow to a source of which nothing is known, whichever namespace it is in: the least that they
 * allow to a Pod without labels (S-350).
 */
function allowedFromAnywhere({ cluster, policies }: World, to: Identity): Connections {
  const isolating = policies.all.filter(({ direction }) => direction === 'egress')
  const namespaces = new Set(isolating.map(({ namespace }) => namespace))
  return [...namespaces].reduce((allowed, namespace) => {
    const namespaceLabels = namespaceOf(cluster, namespace).labels
    const labels = new Map<string, string>()
    const from = { kind: 'pod', namespace, namespaceLabels, labels, ports: [], address: undefined } as const
    return intersect(allowed, evaluate(policies, from, to).egress?.allowed ?? ALL)
  }, ALL)
}

/** What is allowed in any case; the rest of what is possible is undetermined. */
function within(
  { allowed, undetermined }: Pick<PairVerdict, 'allowed' | 'undetermined'>,
  certain: Connections,
): Pick<PairVerdict, 'allowed' | 'undetermined'> {
  const sure = intersect(allowed, certain)
  return { allowed: sure, undetermined: subtract(union(allowed, undetermined), sure) }
}
