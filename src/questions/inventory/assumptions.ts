import { assumptionsOfInput } from '../../explain/assumptions/input.ts'
import { assumptionsOfAllUnmodeled } from '../../explain/assumptions/unmodeled.ts'
import type { Assumption, AssumptionReason } from '../../report/assumption.ts'
import { distinct } from '../../report/reason.ts'
import { told } from '../../words/reason.ts'
import type { World } from '../../world/world.ts'

/** What a list or a description takes for granted: that it is of everything, and that nothing else decides. */
export function assumptionsOfWorld(world: World): readonly AssumptionReason[] {
  return [...assumptionsOfInput(world), ...assumptionsOfAllUnmodeled(world)]
}

/** A list or a description says in any case that the input was changed. */
export function tellingWhatIf<R extends { readonly assumptions: readonly Assumption[] }>(
  { input }: World,
  report: R,
): R {
  return { ...report, assumptions: distinct([...input.whatIf.map(told), ...report.assumptions]) }
}
