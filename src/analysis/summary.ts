import type { Answer, Reachability, Step, VerdictWord } from '../report/report.ts'
import { type Connections, NONE, union } from '../sets/connections.ts'
import { type Judged, SYMPTOMS } from './answer.ts'
import { assumptionsOfWorld, distinct } from './assumptions.ts'
import { openOf } from './phrases.ts'
import type { World } from './world.ts'

/** One report out of the answers for all pairs behind a question; `service` is the step that they share. */
export function summarize(
  world: World,
  judged: readonly Judged[],
  question: Pick<Answer, 'from' | 'to' | 'port'>,
  service: Step | undefined,
): Reachability {
  const answers = judged.map(({ answer }) => answer)
  const open = openOf(judged.reduce<Connections>((set, one) => union(set, one.open), NONE))
  const assumptions = distinct([...assumptionsOfWorld(world), ...judged.flatMap(one => one.assumptions)])
  const telling = answers.find(({ verdict }) => verdict !== 'yes') ?? answers[0]
  const steps = [...(service === undefined ? [] : [service]), ...(telling?.steps ?? [])]
  const port = service === undefined && answers.length === 1 ? (telling?.port ?? null) : question.port
  const whole = {
    kind: 'Reachability',
    ...question,
    port,
    ...verdictOf(answers),
    open,
    steps,
    assumptions,
  } as const
  return answers.length > 1 || service !== undefined
    ? { ...whole, endpoints: answers }
    : { ...whole, ...undeterminedOf(telling) }
}

const undeterminedOf = (answer: Answer | undefined): Pick<Answer, 'undetermined'> =>
  answer?.undetermined === undefined ? {} : { undetermined: answer.undetermined }

/** S-063: all, some or none; of several answers that are alike the first speaks for all. */
function verdictOf(answers: readonly Answer[]): Pick<Answer, 'verdict' | 'reason' | 'message' | 'symptom'> {
  const [first] = answers
  const verdict = together(answers.map(answer => answer.verdict))
  const alike = answers.every(answer => answer.verdict === first?.verdict && answer.reason === first.reason)
  if (first !== undefined && (alike || verdict !== 'partial')) {
    const { reason, message, symptom } = answers.find(answer => answer.verdict === verdict) ?? first
    return { verdict, reason, message, symptom }
  }
  const open = answers.filter(answer => answer.verdict === 'yes').length
  const closed = answers.find(answer => answer.verdict !== 'yes')
  return {
    verdict,
    reason: 'ENDPOINTS_DIFFER',
    message: `open for ${open} of ${answers.length}; ${closed?.to.id} is not: ${closed?.message}`,
    symptom: answers.every(answer => answer.verdict === 'yes' || answer.verdict === 'no')
      ? 'connects or times out, depending on which one answers'
      : SYMPTOMS.partial,
  }
}

function together(words: readonly VerdictWord[]): VerdictWord {
  if (words.every(word => word === 'yes')) return 'yes'
  if (words.some(word => word === 'yes' || word === 'partial')) return 'partial'
  return words.includes('undetermined') ? 'undetermined' : 'no'
}
