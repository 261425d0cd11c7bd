import type { Algebra } from '../sets/algebra.ts'

/** What the policies that select the subject, or may do so, open in one direction. */
export interface Opened<S, W> {
  /** Whether any policy surely isolates the subject in this direction (S-002). */
  readonly isolated: W
  /** What rules open that surely match, of policies that surely select. */
  readonly certain: S
  /** What rules open that match or may match, of policies that select or may select. */
  readonly possible: S
  /** Policies that may or may not select, each with what its rules open that surely match. */
  readonly unsure: readonly { readonly selects: W; readonly opens: S }[]
}

/** `possible` holds all of `allowed`, and is the same where nothing is unknown: what more it has, the input does not tell. */
export interface Decision<S> {
  readonly allowed: S
  readonly possible: S
}

/**
 * What the policies that select a Pod allow together: the union of their rules, and everything if there are none
 * (S-002, S-003). What may or may not select or match is neither allowed nor denied.
 */
export function decide<S, W>(
  sets: Algebra<S, W>,
  { isolated, certain, possible, unsure }: Opened<S, W>,
): Decision<S> {
  // Open if none of the unsure ones selects the Pod, so sure is only what each of them would open as well.
  const ifOpen = unsure.reduce(
    (open, { selects, opens }) => sets.intersect(open, sets.choose(selects, opens, sets.all)),
    sets.all,
  )
  const allowed = sets.choose(isolated, certain, ifOpen)
  const isKnown = certain === possible && ifOpen === sets.all
  return { allowed, possible: isKnown ? allowed : sets.choose(isolated, possible, sets.all) }
}

/** A connection passes if both directions let it (S-004). */
export function bothWays<S, W>(
  sets: Algebra<S, W>,
  egress: Decision<S>,
  ingress: Decision<S>,
): { readonly allowed: S; readonly undetermined: S } {
  const allowed = sets.intersect(egress.allowed, ingress.allowed)
  if (egress.possible === egress.allowed && ingress.possible === ingress.allowed)
    return { allowed, undetermined: sets.none }
  return { allowed, undetermined: sets.subtract(sets.intersect(egress.possible, ingress.possible), allowed) }
}

/** Of an end that no policy can select: it lets everything pass. */
export const undecided = <S, W>(sets: Algebra<S, W>): Decision<S> => ({
  allowed: sets.all,
  possible: sets.all,
})
