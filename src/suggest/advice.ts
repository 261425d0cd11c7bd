import { causeOf } from '../explain/cause.ts'
import type { Detail } from '../path/answer.ts'
import type { ReachQuestion } from '../path/question.ts'
import { type JudgedReach, judgeReach, reach } from '../path/reach.ts'
import type { Reachability, Suggestion } from '../report/report.ts'
import type { World } from '../world/world.ts'
import { manifestTexts } from './manifest.ts'
import { serviceFix } from './service.ts'
import { editedBy, suggestionsFor } from './suggest.ts'

/** The answer to a question, with what makes it so and what would make it a yes: both by asking it again. */
export function reachWithAdvice(world: World, question: ReachQuestion, detail: Detail): Reachability {
  const judged = judgeReach(world, question, detail)
  const { report, sides } = judged
  const ask = (other: World) => reach(other, question, 'verdict').verdict
  const cause = causeOf(world, report.verdict, sides, ask)
  const suggestions = suggestionsTo(world, question, judged)
  return { ...report, ...(cause !== undefined && { cause }), suggestions }
}

/** What would make the answer a yes; where a Service leads nowhere, that has to be mended first. */
function suggestionsTo(
  world: World,
  question: ReachQuestion,
  { report, sides }: JudgedReach,
): readonly Suggestion[] {
  if (!wantsMore(report)) return []
  const fix = serviceFix(world, report)
  if (fix === undefined)
    return suggestionsFor(world, {
      sides,
      from: report.from.id,
      to: report.to.id,
      judge: edited => judgeReach(edited, question, 'verdict'),
    })
  const manifest = manifestTexts(world)(fix.edits)
  const edited = manifest === undefined ? undefined : editedBy(world, manifest)
  if (manifest === undefined || edited === undefined) return []
  // No policy looks at a Service: nothing opens but by what comes after it.
  const mended: Suggestion = { message: fix.text, manifest, opens: [], closes: [], also: [] }
  const after = judgeReach(edited, question, 'decisive')
  if (after.report.verdict === 'yes') return [mended]
  return suggestionsTo(edited, question, after).map(more => ({
    ...more,
    message: `${mended.message}; ${more.message}`,
    manifest: `${manifest}---\n${more.manifest}`,
  }))
}

/** Who names no port wants to know what is open, and not to open the rest. */
const wantsMore = ({ verdict, port, to }: Reachability): boolean =>
  verdict !== 'yes' && !(verdict === 'partial' && port === null && to.kind !== 'Service')
