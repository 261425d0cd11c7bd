import { distinct } from '../../explain/assumptions/distinct.ts'
import { assumptionsOfInput } from '../../explain/assumptions/input.ts'
import { assumptionsOfAllUnmodelled } from '../../explain/assumptions/unmodeled.ts'
import type { Assumption } from '../../report/common.ts'
import type { World } from '../../world/world.ts'

/** What a list or a description takes for granted: that it is of everything, and that nothing else decides. */
export function assumptionsOfWorld(world: World): readonly Assumption[] {
  return [...assumptionsOfInput(world), ...assumptionsOfAllUnmodelled(world)]
}

/** A list or a description says in any case that the input was changed. */
export function tellingWhatIf<R extends { readonly assumptions: readonly Assumption[] }>(
  { input }: World,
  report: R,
): R {
  return { ...report, assumptions: distinct([...input.whatIf, ...report.assumptions]) }
}
