import type { Direction, Peer, Policy, Rule } from '../../policy/policy.ts'
import { type Bits, hasBit, subtractBits, unionBits } from '../../sets/bits.ts'
import { unionOf } from '../../sets/connections.ts'
import { ALL_ID, type ConnectionsId, type ConnectionTable } from '../../sets/identifiers.ts'
import { type SetVector, vectorAlgebra, widened, wordsFor } from '../../sets/vector.ts'
import { type Decision, decide } from '../decide.ts'
import { everyOf, isSure, surely } from '../matches.ts'
import { peersOf, subjectOf } from '../predicates.ts'
import { type Grant, type Keyed, type Role, type RuleAccumulator, ruleAccumulator } from './accumulate.ts'
import { type IdentityIndex, keyOfSelector } from './identity-index.ts'
import { memoized } from './memoized.ts'

/** Everyone's policies in one direction, asked from either end of the connections. */
export interface DirectionMatrix {
  /** What the policies of one end open to each other end. */
  readonly ofSubject: (index: number) => Decision<SetVector>
  /** What the policies of each end open to one other end. */
  readonly ofOther: (index: number) => Decision<SetVector>
  /** Whether it is sure of every policy whom it selects, and of every rule whom it lets through. */
  readonly isKnown: boolean
}

export function directionMatrix(
  direction: Direction,
  policies: readonly Policy[],
  identities: IdentityIndex,
  table: ConnectionTable,
): DirectionMatrix {
  const sets = vectorAlgebra(table, wordsFor(identities.size))
  const selecting = policies
    .filter(policy => policy.direction === direction)
    .map(overIdentities(identities, table))
  const isolated = unionBits(...selecting.map(({ subject }) => subject.yes))
  const accumulators = (grants: readonly Grant[]) => accumulatorsOf(grants, identities.size, table)
  const all = accumulators(selecting.flatMap(({ grants }) => grants))
  const unsure = selecting
    .filter(({ subject }) => !isSure(subject))
    .map(policy => ({
      selects: subtractBits(policy.subject.maybe, policy.subject.yes),
      paint: accumulators(policy.grants.map(grant => ({ ...grant, subject: asIfSelected(grant.subject) }))),
    }))
  return {
    isKnown: selecting.every(
      ({ subject, grants }) => isSure(subject) && grants.every(({ other }) => isSure(other)),
    ),
    ofSubject: index =>
      decide(sets, {
        isolated: hasBit(isolated, index),
        ...all('subject', index),
        unsure: unsure
          .filter(({ selects }) => hasBit(selects, index))
          .map(({ paint }) => ({ selects: true, opens: paint('subject', index).certain })),
      }),
    ofOther: index =>
      decide(sets, {
        isolated,
        ...all('other', index),
        unsure: unsure.map(({ selects, paint }) => ({ selects, opens: paint('other', index).certain })),
      }),
  }
}

/** Where one direction takes the place of another: for the subjects in `inThem`, over ends of which some are new. */
interface Exchange {
  readonly inThem: Bits
  readonly size: number
  readonly like: readonly number[]
  readonly table: ConnectionTable
}

/** A direction whose policies for some subjects are others now. */
export function exchanged(
  old: DirectionMatrix,
  now: DirectionMatrix,
  { inThem, size, like, table }: Exchange,
): DirectionMatrix {
  const sets = vectorAlgebra(table, wordsFor(size + like.length))
  const before = (index: number): number => (index < size ? index : (like[index - size] ?? 0))
  const wide = ({ allowed, possible }: Decision<SetVector>): Decision<SetVector> => {
    const all = widened(allowed, size, like)
    return { allowed: all, possible: possible === allowed ? all : widened(possible, size, like) }
  }
  return {
    isKnown: old.isKnown && now.isKnown,
    ofSubject: index => (hasBit(inThem, index) ? now.ofSubject(index) : wide(old.ofSubject(before(index)))),
    ofOther: index => {
      const [here, elsewhere] = [now.ofOther(index), wide(old.ofOther(before(index)))]
      const allowed = sets.choose(inThem, here.allowed, elsewhere.allowed)
      const isKnown = here.possible === here.allowed && elsewhere.possible === elsewhere.allowed
      return { allowed, possible: isKnown ? allowed : sets.choose(inThem, here.possible, elsewhere.possible) }
    },
  }
}

/** Of a policy that may select an end: what it opens if it does. */
const asIfSelected = ({ key, maybe }: Keyed): Keyed => ({ key, yes: maybe, maybe })

function accumulatorsOf(grants: readonly Grant[], size: number, table: ConnectionTable) {
  const made = new Map<Role, RuleAccumulator>()
  return (role: Role, index: number): ReturnType<RuleAccumulator> => {
    const paint = made.get(role) ?? ruleAccumulator(grants, role, size, table)
    made.set(role, paint)
    return paint(index)
  }
}

/** A policy's subjects, and what its rules open to whom. Equal subjects, peers and port lists are asked about once. */
function overIdentities(
  identities: IdentityIndex,
  table: ConnectionTable,
): (policy: Policy) => { readonly subject: Keyed; readonly grants: readonly Grant[] } {
  const keyOfSubject = ({ namespace, subject }: Policy): string => `${namespace} ${keyOfSelector(subject)}`
  const subjects = memoized(keyOfSubject, policy => ({
    key: keyOfSubject(policy),
    ...subjectOf(policy, identities),
  }))
  const others = memoized(keyOfPeers, (rule: RuleOf) => ({
    key: keyOfPeers(rule),
    ...peersOf(rule.rule, rule.namespace, identities),
  }))
  const opened = memoized(keyOfPorts, (rule: Rule) => openings(rule, identities, table))
  return policy => {
    const subject = subjects(policy)
    const grants = policy.rules.flatMap(rule => {
      const other = others({ rule, namespace: policy.namespace })
      return opened(rule).map(({ opens, on }): Grant => {
        if (on === undefined) return { subject, other, opens }
        // Ports are always those of the destination, whose names they may be (S-028).
        return policy.direction === 'egress'
          ? { subject, other: only(other, on), opens }
          : { subject: only(subject, on), other, opens }
      })
    })
    return { subject, grants }
  }
}

/** A rule of a policy in a namespace, which may be what its peers mean. */
interface RuleOf {
  readonly rule: Rule
  readonly namespace: string
}

const only = ({ key, ...matches }: Keyed, on: Keyed): Keyed => ({
  key: `${key} ${on.key}`,
  ...everyOf([matches, on]),
})

/** What the ports of a rule open: on every destination, or on those that call a port so (S-026 to S-030). */
function openings(
  { ports }: Rule,
  { named }: IdentityIndex,
  table: ConnectionTable,
): readonly { readonly opens: ConnectionsId; readonly on: Keyed | undefined }[] {
  if (ports === 'any') return [{ opens: ALL_ID, on: undefined }]
  const numbers = ports.flatMap(port => (port.kind === 'numbers' ? [port.open] : []))
  const byName = ports.flatMap(port =>
    port.kind === 'name'
      ? named(port).map(({ opens, on }) => ({
          opens: table.idOf(opens),
          on: { key: `${port.name}/${port.protocol}=${opens.join()}`, ...surely(on) },
        }))
      : [],
  )
  return numbers.length === 0 ? byName : [{ opens: table.idOf(unionOf(numbers)), on: undefined }, ...byName]
}

function keyOfPorts({ ports }: Rule): string {
  if (ports === 'any') return '*'
  return ports
    .map(port => (port.kind === 'name' ? `${port.name}/${port.protocol}` : port.open.join()))
    .sort()
    .join('|')
}

function keyOfPeers({ rule: { peers }, namespace }: RuleOf): string {
  return peers === 'any'
    ? '*'
    : peers
        .map(peer => keyOfPeer(peer, namespace))
        .sort()
        .join('|')
}

function keyOfPeer(peer: Peer, namespace: string): string {
  if (peer.kind === 'addresses') return peer.addresses.join()
  const around = peer.namespaces === 'own' ? `=${namespace}` : keyOfSelector(peer.namespaces)
  return `${around} / ${peer.pods === undefined ? '' : keyOfSelector(peer.pods)}`
}
