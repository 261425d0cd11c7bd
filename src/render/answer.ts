import type { Open, VerdictWord } from '../report/common.ts'
import type { Answer, NearMissReport, Step } from '../report/report.ts'
import { groupBy, type NonEmpty } from '../sets/group-by.ts'

/*
 * What is shown of an answer, in whatever format: what the answers for several endpoints have in common is shown once.
 */

/** The steps before the paths to several endpoints differ. */
export function sharedSteps(answers: readonly Answer[]): readonly Step[] {
  const [first, ...others] = answers.map(({ steps }) => steps.map(step => JSON.stringify(step)))
  const parts = first?.findIndex((step, index) => others.some(steps => steps[index] !== step)) ?? 0
  return answers[0]?.steps.slice(0, parts < 0 ? undefined : parts) ?? []
}

/** Answers that differ only in their endpoints, from the step on where their paths differ; those that deny come first. */
export const equalAnswers = (answers: readonly Answer[], shared: number): readonly NonEmpty<Answer>[] =>
  [...groupBy(answers, answer => keyWithoutEndpoints(answer, shared)).values()].sort(
    ([a], [b]) => RANKS[a.verdict] - RANKS[b.verdict],
  )

const RANKS: Readonly<Record<VerdictWord, number>> = { no: 0, undetermined: 1, partial: 2, yes: 3 }

/** Reasons are compared by their facts, and not by the sentences made of them. */
function keyWithoutEndpoints(
  { from, to, port, verdict, reason, facts, steps }: Answer,
  shared: number,
): string {
  const { protocol, number } = port ?? {}
  const open: Open =
    protocol === undefined || number === undefined ? [] : [{ protocol, ports: [[number, number]] }]
  const placeholders = new Map<unknown, string>([
    [JSON.stringify(from.id), '<from>'],
    [JSON.stringify(to.id), '<to>'],
    [JSON.stringify(port), '<port>'],
    [JSON.stringify(open), '<open>'],
  ])
  return JSON.stringify([verdict, reason, facts, steps.slice(shared)], (key, value: unknown) =>
    NOT_COMPARED.includes(key) ? undefined : (placeholders.get(JSON.stringify(value)) ?? value),
  )
}

/** Sentences; and the answer by address, which is shown of the question as a whole. */
const NOT_COMPARED: readonly string[] = ['message', 'mend', 'id', 'byAddress']

/** The near miss that the message of a step tells of. */
export const decisiveNearMiss = ({ nearMisses, decisive }: Step): NearMissReport | undefined =>
  decisive === undefined ? undefined : nearMisses?.[decisive]
