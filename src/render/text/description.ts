import type { Description, Sentence } from '../../report/inventory.ts'
import type { Paper } from '../paper.ts'
import { wrapText } from './wrap.ts'

/** `describe`: what stands in an object, in kubectl's layout, and what it means. */
export function* description({ facts, meaning }: Description, paper: Paper): Iterable<string> {
  const column = Math.max(...facts.map(({ name }) => name.length)) + 3
  for (const { name, values } of facts) {
    const [first = '<none>', ...more] = values
    const title = `${name}:`.padEnd(column)
    if (name === 'Spec') {
      yield 'Spec:'
      for (const line of values) yield `  ${line}`
      continue
    }
    yield `${title}${first}`
    for (const value of more) yield `${' '.repeat(column)}${value}`
  }
  if (meaning.length === 0) return
  yield ''
  yield paper.style.heading('In words:')
  for (const sentence of meaning) yield* sentenceLines(sentence, paper)
}

function* sentenceLines({ text, parts }: Sentence, { width }: Paper): Iterable<string> {
  yield* wrapText(text, width, 2)
  for (const { text: part, source } of parts) {
    const place = source === null ? '' : ` (${source.file}:${source.line})`
    const [first = '', ...more] = wrapText(`${part}${place}`, width - 6)
    yield `    - ${first}`
    for (const line of more) yield `      ${line}`
  }
}
