import type { VerdictWord } from '../report/common.ts'
import { portText } from '../report/open.ts'
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

/** The longer name first, as the other may be a part of it. */
function withoutEnds({ from, to, port, verdict, reason, steps }: Answer, shared: number): string {
  const ends: readonly (readonly [string, string])[] = [
    [from.id, '<from>'],
    [to.id, '<to>'],
    ...(port === null ? [] : [[portText(port), '<port>'] as const]),
  ]
  return ends
    .toSorted(([a], [b]) => b.length - a.length)
    .reduce(
      (text, [end, placeholder]) => text.replaceAll(end, placeholder),
      JSON.stringify([verdict, reason, steps.slice(shared)], withoutFacts),
    )
}

/** The sentences are made of them, and name ports otherwise. */
const withoutFacts = (key: string, value: unknown): unknown =>
  ['facts', 'also', 'fixes'].includes(key) ? undefined : value
