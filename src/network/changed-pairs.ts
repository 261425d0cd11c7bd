import { type PolicyEdit, type PolicyIndex, policyIndex } from '../engine/policy-index.ts'
import type { Direction } from '../policy/policy.ts'
import { forEachBit, unionBits } from '../sets/bits.ts'
import type { ConnectionsId } from '../sets/identifiers.ts'
import { bitsDifferent, idAt, widened, wordsFor } from '../sets/vector.ts'
import type { World } from '../world/world.ts'
import type { AllPairs, EditedPairs, Line } from './all-pairs.ts'
import { selectionOf } from './selected-pods.ts'

/** What was and what is open from one class to another, by the numbers that classes have after the edit. */
export interface ChangedPair {
  readonly from: number
  readonly to: number
  readonly before: Pair
  readonly after: Pair
}

interface Pair {
  readonly open: ConnectionsId
  readonly undetermined: ConnectionsId
}

/** The pairs of which an edit of policies changes the answer: only those whom such a policy selects can be among them. */
export function changedPairs(
  world: World,
  before: AllPairs,
  { pairs: after, like }: EditedPairs,
  { removed, added }: PolicyEdit,
): readonly ChangedPair[] {
  const edited = policyIndex([...removed, ...added])
  const size = before.classes.length
  const old = (index: number): number => (index < size ? index : (like[index - size] ?? 0))
  const changed = new Map<string, ChangedPair>()
  const compare = (was: Line, is: Line, note: (other: number, before: Pair, after: Pair) => void): void => {
    const [open, undetermined] = [widened(was.open, size, like), widened(was.undetermined, size, like)]
    const words = wordsFor(after.classes.length)
    const different = unionBits(
      bitsDifferent(open, is.open, words),
      bitsDifferent(undetermined, is.undetermined, words),
    )
    forEachBit(different, other => {
      if (other < after.classes.length)
        note(
          other,
          { open: idAt(open, other), undetermined: idAt(undetermined, other) },
          { open: idAt(is.open, other), undetermined: idAt(is.undetermined, other) },
        )
    })
  }
  for (const index of selectedBy(world, after, edited, 'egress'))
    compare(before.from(old(index)), after.from(index), (other, was, is) =>
      changed.set(`${index} ${other}`, { from: index, to: other, before: was, after: is }),
    )
  for (const index of selectedBy(world, after, edited, 'ingress'))
    compare(before.to(old(index)), after.to(index), (other, was, is) =>
      changed.set(`${other} ${index}`, { from: other, to: index, before: was, after: is }),
    )
  return [...changed.values()]
}

/** The classes that some of the policies select, or may select, in a direction. */
function selectedBy(
  world: World,
  { classes }: AllPairs,
  policies: PolicyIndex,
  direction: Direction,
): readonly number[] {
  return classes.flatMap(([endpoint], index) => {
    const candidates = endpoint.kind === 'pod' ? policies.candidates(endpoint.pod.namespace, direction) : []
    if (candidates.length === 0) return []
    const selection = selectionOf(world, endpoint)
    return candidates.some(policy => selection(policy) !== 'no') ? [index] : []
  })
}
