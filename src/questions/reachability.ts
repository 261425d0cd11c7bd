import { causeOf } from '../compare/cause.ts'
import { assumptionsOfInput } from '../explain/assumptions/input.ts'
import { assumptionsOfPath, warningsOfPath } from '../explain/assumptions/path.ts'
import { assumedTogether } from '../explain/assumptions/together.ts'
import { concludeAll, type ExplainedPath, explainPaths } from '../explain/explain-path.ts'
import type { ExplainedStep } from '../explain/explanation.ts'
import { openOf } from '../network/flow.ts'
import { findPaths, type PathsAsked } from '../path/find-paths.ts'
import type { PathQuestion } from '../path/question.ts'
import { openedBy, openedOnDestination, sidesOfPaths, undeterminedBy, verdictOfAll } from '../path/verdict.ts'
import type { EndpointRef, ExpectedVerdict } from '../report/common.ts'
import type { Conclusion } from '../report/facts/paths.ts'
import { distinct, isSameData } from '../report/reason.ts'
import type { Answer, Concluded, Reachability, Step } from '../report/report.ts'
import { contains, FAMILIES, fromCidrs, overlaps, unionOf as unionOfAddresses } from '../sets/addresses.ts'
import { unionOf } from '../sets/connections.ts'
import { groupBy } from '../sets/group-by.ts'
import { lazily, memoized } from '../sets/memoized.ts'
import { suggestionsTo } from '../suggest/suggest.ts'
import { causeText, symptomText } from '../words/answer.ts'
import { conclusionText, withMessage } from '../words/reason.ts'
import type { World } from '../world/world.ts'
import { type ReportedRules, sideReport } from './side-report.ts'

/** Whether a new connection succeeds. Throws CannotAnswer for a question that has no answer. */
export const reachWithoutAdvice = (
  world: World,
  question: PathQuestion,
  rules: ReportedRules,
  expect?: ExpectedVerdict,
): Reachability => reportOf(world, findPaths(world, question), rules, expect)

/**
 * The answer, with what makes it so and what would make it a yes: both by asking again, which takes several times as long as
 * the answer, and so is done only when somebody looks.
 */
export function reachWithAdvice(
  world: World,
  question: PathQuestion,
  rules: ReportedRules,
  expect?: ExpectedVerdict,
): Reachability {
  const found = findPaths(world, question)
  const cause = lazily(() => {
    const ask = (other: World) => verdictOfAll(findPaths(other, question).paths)
    const cause = causeOf(world, verdictOfAll(found.paths), sidesOfPaths(found.paths), ask)
    return cause && { message: causeText(cause.facts), ...cause }
  })
  const suggestions = lazily(() => (expect === 'no' ? [] : suggestionsTo(world, question, found)))
  return reportOf(world, found, rules, expect, { cause, suggestions })
}

/** What makes an answer so and what would make it a yes, found when they are first asked for. */
interface Advice {
  readonly cause: () => Reachability['cause']
  readonly suggestions: () => Reachability['suggestions']
}

const NO_ADVICE: Advice = { cause: () => undefined, suggestions: () => [] }

function reportOf(
  world: World,
  { source, to, port, paths }: PathsAsked,
  rules: ReportedRules,
  expect: ExpectedVerdict | undefined,
  { cause, suggestions }: Advice = NO_ADVICE,
): Reachability {
  const explained = ofInternet(withoutRepeats(explainPaths(world, paths)), { from: source.ref, to })
  const { verdict, why, symptom } = concludeAll(explained)
  const conclusion = concluded(why)
  const answer = memoized((one: ExplainedPath) => answerOf(world, one, rules))
  // The first answer that is not a yes stands for all of them.
  const decisive = explained.find(({ explanation }) => explanation.verdict !== 'yes') ?? explained[0]
  const first = decisive && answer(decisive)
  const isAlone = explained.length === 1 && !leadsOn(to, first?.to)
  // Of many endpoints, most are seldom looked at.
  const endpoints = lazily(() =>
    explained.map(one => ({
      ...answer(one),
      // Facts of which no sentence tells may differ.
      ...(answer(one).message === conclusion.message && ({ repeatsReason: true } as const)),
    })),
  )
  return {
    kind: 'Reachability',
    from: source.ref,
    to,
    port: isAlone ? (first?.port ?? null) : port,
    verdict,
    ...(expect !== undefined && { expected: expect }),
    ...conclusion,
    symptom: symptomText(symptom),
    symptomCode: symptom,
    open: openOf(unionOf(paths.map(openedBy))),
    ...(isAlone && first?.undetermined && { undetermined: first.undetermined }),
    steps: first?.steps ?? [],
    ...(first?.byAddress && { byAddress: first.byAddress }),
    assumptions: assumedTogether([
      ...assumptionsOfInput(world),
      ...paths.flatMap(path => assumptionsOfPath(world, path)),
    ]).map(withMessage),
    warnings: distinct(paths.flatMap(warningsOfPath)).map(withMessage),
    get cause() {
      return cause()
    },
    get suggestions() {
      return suggestions()
    },
    get endpoints() {
      return isAlone ? undefined : endpoints()
    },
  }
}

/** IP families that have the same answer for the same reasons are one. */
function withoutRepeats(explained: readonly ExplainedPath[]): readonly ExplainedPath[] {
  return explained.flatMap(one => {
    const { path } = one
    if (path.ipFamily === undefined) return [one]
    const alike = explained.filter(other => other.path.ipFamily !== undefined && isSameAnswer(one, other))
    if (alike.length === 1) return [one]
    const { ipFamily: _, ...both } = path
    return alike[0] === one ? [{ ...one, path: both }] : []
  })
}

/** Parts of the internet that have the same answer are one, where they are all addresses of the families that the other end has. */
function ofInternet(
  explained: readonly ExplainedPath[],
  asked: Pick<Answer, 'from' | 'to'>,
): readonly ExplainedPath[] {
  const end = (['from', 'to'] as const).find(one => asked[one].id === 'internet')
  if (end === undefined) return explained
  // What has no addresses of its own is none: a load balancer, a Pod that nobody knows.
  const isPart = ({ path }: ExplainedPath): boolean => (path[end].cidrs ?? []).length > 0
  const renamed = (one: ExplainedPath): ExplainedPath => ({
    ...one,
    path: { ...one.path, [end]: asked[end] },
  })
  const byOther = groupBy(explained, one =>
    isPart(one) ? JSON.stringify([one.path[end === 'from' ? 'to' : 'from'].id, one.path.port]) : one,
  )
  return [...byOther.values()].flatMap(([first, ...others]) => {
    const parts = unionOfAddresses([first, ...others].map(({ path }) => fromCidrs(path[end].cidrs ?? [])))
    const isWhole = Object.values(FAMILIES).every(all => !overlaps(parts, all) || contains(parts, all))
    if (!isPart(first) || !isWhole) return [first, ...others]
    const whole = renamed(first)
    return others.every(one => isSameAnswer(renamed(one), whole)) ? [whole] : [first, ...others]
  })
}

function isSameAnswer(one: ExplainedPath, other: ExplainedPath): boolean {
  const reasonsOf = ({ path: { from, to, port }, explanation: { verdict, why, steps } }: ExplainedPath) => ({
    from,
    to,
    port,
    verdict,
    why,
    steps: steps.map(step => ({ step: step.step, verdict: step.verdict, why: step.why })),
  })
  return isSameData(reasonsOf(one), reasonsOf(other))
}

/** Whether the question was put to something that only leads to the endpoint that answers. */
function leadsOn(asked: EndpointRef, answering: EndpointRef | undefined): boolean {
  const isIt = asked.id === answering?.id && asked.kind === answering.kind
  return LEADS_ON.includes(asked.kind) && !isIt
}

const LEADS_ON: readonly string[] = ['Service', 'Node', 'Name', 'URL']

function answerOf(world: World, { path, explanation }: ExplainedPath, rules: ReportedRules): Answer {
  const { verdict, why, symptom, steps, byAddress } = explanation
  const undetermined = undeterminedBy(path)
  return {
    from: path.from,
    to: path.to,
    port: path.port,
    ...(path.ipFamily !== undefined && { ipFamily: path.ipFamily }),
    verdict,
    ...concluded(why),
    symptom: symptomText(symptom),
    symptomCode: symptom,
    open: openOf(openedOnDestination(path)),
    ...(undetermined !== undefined && { undetermined: openOf(undetermined) }),
    steps: steps.map(step => stepReport(world, step, rules)),
    ...(byAddress !== undefined && {
      byAddress: { verdict: byAddress.verdict, ...concluded(byAddress.why) },
    }),
  }
}

function stepReport(world: World, explained: ExplainedStep, rules: ReportedRules): Step {
  const { why, side, steps, ...step } = explained
  return {
    ...step,
    ...concluded(why),
    ...(side !== undefined && sideReport(world, side, rules)),
    ...(steps !== undefined && { steps: steps.map(one => stepReport(world, one, rules)) }),
  }
}

/** A conclusion as a report has it: its code, its sentence and its facts. */
export const concluded = (why: Conclusion): Concluded => ({
  reason: why.code,
  message: conclusionText(why),
  facts: why.facts,
})
