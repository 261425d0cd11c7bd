import type { Open, VerdictWord } from '../report/common.ts'
import type { Answer, Step } from '../report/report.ts'

/*
 * The answers for the several ends behind a question: what they have in common is told once.
 */

/** What comes before the ways to the several ends part. */
export function sharedSteps(answers: readonly Answer[]): readonly Step[] {
  const [first, ...others] = answers.map(({ steps }) => steps.map(step => JSON.stringify(step)))
  const parts = first?.findIndex((step, index) => others.some(steps => steps[index] !== step)) ?? 0
  return answers[0]?.steps.slice(0, parts < 0 ? undefined : parts) ?? []
}

/** Answers that differ in nothing but their ends, from the step on where their ways part. */
export interface Alike {
  readonly first: Answer
  readonly others: readonly Answer[]
}

/** Every answer is in one of them; what refuses comes first. */
export function alike(answers: readonly Answer[], shared: number): readonly Alike[] {
  const groups = new Map<string, { readonly first: Answer; readonly others: Answer[] }>()
  for (const answer of answers) {
    const key = withoutEnds(answer, shared)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { first: answer, others: [] })
    else group.others.push(answer)
  }
  return [...groups.values()].sort((a, b) => RANKS[a.first.verdict] - RANKS[b.first.verdict])
}

const RANKS: Readonly<Record<VerdictWord, number>> = { no: 0, undetermined: 1, partial: 2, yes: 3 }

/** Reasons are compared by their facts, and not by the sentences made of them. */
function withoutEnds({ from, to, port, verdict, reason, facts, steps }: Answer, shared: number): string {
  const { protocol, number } = port ?? {}
  const open: Open =
    protocol === undefined || number === undefined ? [] : [{ protocol, ports: [[number, number]] }]
  const ends = new Map<unknown, string>([
    [JSON.stringify(from.id), '<from>'],
    [JSON.stringify(to.id), '<to>'],
    [JSON.stringify(port), '<port>'],
    [JSON.stringify(open), '<open>'],
  ])
  return JSON.stringify([verdict, reason, facts, steps.slice(shared)], (key, value: unknown) =>
    BESIDE.includes(key) ? undefined : (ends.get(JSON.stringify(value)) ?? value),
  )
}

/** Sentences; and what the name's own answer would be by address, which is told of the question as a whole. */
const BESIDE: readonly string[] = ['message', 'mend', 'id', 'byAddress']
