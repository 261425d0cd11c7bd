import type { Description, Sentence } from '../../report/inventory.ts'
import { placeText } from '../../words/lists.ts'
import type { Paper } from '../paper.ts'
import { indented, widthOf, wrap, wrapText } from './wrap.ts'

/** `describe`: an object in kubectl's layout, and what it means. */
export function* description({ facts, meaning }: Description, paper: Paper): Iterable<string> {
  const column = widthOf(facts.map(({ name }) => name)) + 3
  for (const { name, values, preformatted } of facts) {
    if (preformatted) {
      yield `${name}:`
      yield* indented(values, 2)
    } else yield* factLines(name, values.length > 0 ? values : ['<none>'], column, paper)
  }
  if (meaning.length === 0) return
  yield* ['', paper.style.heading('In words:')]
  for (const sentence of meaning) yield* sentenceLines(sentence, paper)
}

/** Each value on lines of its own after the name; continuation lines are indented further, to differ from values. */
function* factLines(
  name: string,
  values: readonly string[],
  column: number,
  { width }: Paper,
): Iterable<string> {
  const lines = values.flatMap(value => {
    // Two spaces separate the columns of a value: it is not broken there.
    const words = value.split(/(?<! ) (?! )/)
    return wrap(' '.repeat(column), words, { width, indent: column + 2 })
  })
  for (const [index, line] of lines.entries())
    yield index === 0 ? `${name}:`.padEnd(column) + line.slice(column) : line
}

function* sentenceLines({ text, parts }: Sentence, { width }: Paper): Iterable<string> {
  yield* wrapText(text, width, 2)
  for (const { text: part, source } of parts) {
    const place = source === null ? '' : ` (${placeText(source)})`
    const [first = '', ...more] = wrapText(`${part}${place}`, width - 6)
    yield `    - ${first}`
    for (const line of more) yield `      ${line}`
  }
}
