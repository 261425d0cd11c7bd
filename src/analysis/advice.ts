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
  const isYes = (edited: World): boolean => ask(edited) === 'yes'
  const suggestions = wantsMore(report)
    ? suggestionsFor(world, { sides, from: report.from.id, to: report.to.id, isYes })
    : []
  return { ...report, ...(cause !== undefined && { cause }), suggestions }
}

/** Who names no port wants to know what is open, and not to open the rest. */
const wantsMore = ({ verdict, port, to }: Reachability): boolean =>
  verdict !== 'yes' && !(verdict === 'partial' && port === null && to.kind !== 'Service')
