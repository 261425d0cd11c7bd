import { type PolicyEdit, type PolicyIndex, policyIndex } from '../engine/policy-index.ts'
import type { Direction } from '../report/facts/rules.ts'
import { forEachBit, unionBits } from '../sets/bits.ts'
import type { ConnectionsId } from '../sets/identifiers.ts'
import { bitsDifferent, idAt, widened, wordCount } from '../sets/vector.ts'
import type { World } from '../world/world.ts'
import type { AllPairs, EditedPairs, OpenVector } from './all-pairs.ts'
import { selectionOfEndpoint } from './selected-pods.ts'

/** What was and what is open from one class to another, by the numbers that classes have after the edit. */
interface ChangedPair {
  readonly from: number
  readonly to: number
  readonly before: OpenIds
  readonly after: OpenIds
}

/** What is open and what is undetermined, as numbers of the table of all pairs. */
export interface OpenIds {
  readonly open: ConnectionsId
  readonly undetermined: ConnectionsId
}

/** The pairs of which an edit of policies changes the answer. One of the two is selected by an edited policy. */
export function changedPairs(
  world: World,
  before: AllPairs,
  { pairs: after, splitFrom }: EditedPairs,
  { removed, added }: PolicyEdit,
): readonly ChangedPair[] {
  const edited = policyIndex([...removed, ...added])
  const size = before.classes.length
  const words = wordCount(after.classes.length)
  const old = (index: number): number => (index < size ? index : (splitFrom[index - size] ?? 0))
  const changed = new Map<string, ChangedPair>()
  const compare = (
    old: OpenVector,
    now: OpenVector,
    pairWith: (other: number) => Pick<ChangedPair, 'from' | 'to'>,
  ): void => {
    const open = widened(old.open, size, splitFrom)
    const undetermined = widened(old.undetermined, size, splitFrom)
    const different = unionBits([
      bitsDifferent(open, now.open, words),
      bitsDifferent(undetermined, now.undetermined, words),
    ])
    forEachBit(different, other => {
      if (other >= after.classes.length) return
      const { from, to } = pairWith(other)
      changed.set(`${from} ${to}`, {
        from,
        to,
        before: { open: idAt(open, other), undetermined: idAt(undetermined, other) },
        after: { open: idAt(now.open, other), undetermined: idAt(now.undetermined, other) },
      })
    })
  }
  for (const from of classesSelectedBy(world, after, edited, 'egress'))
    compare(before.from(old(from)), after.from(from), to => ({ from, to }))
  for (const to of classesSelectedBy(world, after, edited, 'ingress'))
    compare(before.to(old(to)), after.to(to), from => ({ from, to }))
  return [...changed.values()]
}

/** The classes that some of the policies select, or may select, in a direction. */
function classesSelectedBy(
  world: World,
  { classes }: AllPairs,
  policies: PolicyIndex,
  direction: Direction,
): readonly number[] {
  return classes.flatMap(([endpoint], index) => {
    const candidates = endpoint.kind === 'pod' ? policies.candidates(endpoint.pod.namespace, direction) : []
    if (candidates.length === 0) return []
    const selection = selectionOfEndpoint(world, endpoint)
    return candidates.some(policy => selection(policy) !== 'no') ? [index] : []
  })
}
