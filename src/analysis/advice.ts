import type { Reachability } from '../report/report.ts'
import type { Detail } from './answer.ts'
import { causeOf } from './cause.ts'
import { judgeReach, reach } from './reach.ts'
import type { ReachQuestion } from './reach-question.ts'
import { suggestionsFor } from './suggest/suggest.ts'
import type { World } from './world.ts'

/** The answer to a question, with what makes it so and what would make it a yes: both by asking it again. */
export function reachWithAdvice(world: World, question: ReachQuestion, detail: Detail): Reachability {
  const { report, sides } = judgeReach(world, question, detail)
  const ask = (other: World) => reach(other, question, 'decisive').verdict
  const cause = causeOf(world, report.verdict, sides, ask)
  const suggestions =
    report.verdict === 'yes' ? [] : suggestionsFor(world, sides, edited => ask(edited) === 'yes')
  return { ...report, ...(cause !== undefined && { cause }), suggestions }
}
