import { assumptionsOfInput } from '../explain/assumptions/input.ts'
import { openOf } from '../explain/phrases.ts'
import type { EndpointRef, VerdictWord } from '../report/common.ts'
import { portText } from '../report/open.ts'
import { distinct } from '../report/reason.ts'
import type { Answer, Reachability } from '../report/report.ts'
import { type Connections, NONE, union } from '../sets/connections.ts'
import { told } from '../words/reason.ts'
import type { World } from '../world/world.ts'
import type { Judged } from './answer.ts'
import { SYMPTOMS } from './symptoms.ts'

/** One report out of the answers for all pairs behind a question. */
export function summarize(
  world: World,
  judged: readonly Judged[],
  question: Pick<Answer, 'from' | 'to' | 'port'>,
): Reachability {
  const answers = judged.map(({ answer }) => answer)
  const open = openOf(judged.reduce<Connections>((set, one) => union(set, one.open), NONE))
  const telling = answers.find(({ verdict }) => verdict !== 'yes') ?? answers[0]
  const isAlone = answers.length === 1 && !stoodFor(question.to, telling?.to)
  return {
    kind: 'Reachability',
    ...question,
    port: isAlone ? (telling?.port ?? null) : question.port,
    ...verdictOf(answers),
    open,
    ...(isAlone && undeterminedOf(telling)),
    steps: telling?.steps ?? [],
    ...(telling?.byAddress && { byAddress: telling.byAddress }),
    assumptions: distinct([...assumptionsOfInput(world), ...judged.flatMap(one => one.assumptions)]).map(
      told,
    ),
    warnings: distinct(judged.flatMap(one => one.warnings)).map(told),
    suggestions: [],
    ...(!isAlone && { endpoints: answers }),
  }
}

/** Whether the question was put to something that only leads to the end that answers. */
function stoodFor(asked: EndpointRef, answering: EndpointRef | undefined): boolean {
  const isIt = asked.id === answering?.id && asked.kind === answering.kind
  return LEADS_ON.includes(asked.kind) && !isIt
}

const LEADS_ON: readonly string[] = ['Service', 'Node', 'Name', 'URL']

const undeterminedOf = (answer: Answer | undefined): Pick<Answer, 'undetermined'> =>
  answer?.undetermined === undefined ? {} : { undetermined: answer.undetermined }

/** S-063: all, some or none; of several answers that are alike the first speaks for all. */
export function verdictOf(
  answers: readonly Answer[],
): Pick<Answer, 'verdict' | 'reason' | 'message' | 'symptom'> {
  const [first] = answers
  const verdict = together(answers.map(answer => answer.verdict))
  const alike = answers.every(answer => answer.verdict === first?.verdict && answer.reason === first.reason)
  if (first !== undefined && (alike || verdict !== 'partial')) {
    const { reason, message, symptom } = answers.find(answer => answer.verdict === verdict) ?? first
    return { verdict, reason, message, symptom }
  }
  const inPart = answers.find(answer => answer.verdict === 'partial')
  const closed = answers.find(answer => !['yes', 'partial'].includes(answer.verdict)) ?? inPart
  return {
    verdict,
    reason: 'ENDPOINTS_DIFFER',
    message: `open ${countsText(answers)}; ${closed === undefined ? '' : closedText(closed, answers)}: ${closed?.message}`,
    symptom: symptomOf(answers, closed),
  }
}

/** `for 1 and in part for 2 of 4`. */
function countsText(answers: readonly Answer[]): string {
  const [open = 0, inPart = 0] = ['yes', 'partial'].map(
    word => answers.filter(({ verdict }) => verdict === word).length,
  )
  const wholly = open === 0 && inPart > 0 ? [] : [`for ${open}`]
  return `${[...wholly, ...(inPart > 0 ? [`in part for ${inPart}`] : [])].join(' and ')} of ${answers.length}`
}

/** Some ends answer, and others do not: a proxy in between tells the client so. */
function symptomOf(answers: readonly Answer[], closed: Answer | undefined): string {
  if (!answers.every(({ verdict }) => verdict === 'yes' || verdict === 'no')) return SYMPTOMS.partial
  return closed?.symptom.startsWith('HTTP')
    ? `connects, or ${closed.symptom}, depending on which one answers`
    : 'connects or times out, depending on which one answers'
}

/** Which of the answers one is: by its destination, by its source, or by both, whatever tells it from the others. */
function closedText(closed: Answer, answers: readonly Answer[]): string {
  const [to, from] = [endText(closed, answers), closed.from.id]
  const sameTo = answers.every(answer => endText(answer, answers) === to)
  const sameFrom = answers.every(answer => answer.from.id === from)
  // Of one pair of ends there are several answers where its IP families differ (S-035).
  const isNot = closed.verdict === 'partial' ? 'is only in part' : 'is not'
  if (sameTo) return sameFrom ? `over one of the IP families it ${isNot}` : `from ${from} it ${isNot}`
  return sameFrom ? `${to} ${isNot}` : `from ${from} to ${to} it ${isNot}`
}

/** The destination of an answer, with its port where the others have another one. */
function endText({ to, port }: Answer, answers: readonly Answer[]): string {
  const differ = answers.some(answer => answer.port?.number !== port?.number)
  return differ && port !== null ? `${to.id} ${portText(port)}` : to.id
}

function together(words: readonly VerdictWord[]): VerdictWord {
  if (words.length > 0 && words.every(word => word === 'yes')) return 'yes'
  if (words.some(word => word === 'yes' || word === 'partial')) return 'partial'
  return words.includes('undetermined') ? 'undetermined' : 'no'
}
