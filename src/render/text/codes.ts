import type { CodeReport, Entry } from '../../report/codes/page.ts'
import type { Paper } from '../paper.ts'
import { columnsOf, widthOf, wrapAfter, wrapText } from './wrap.ts'

/** `codes`: each with its meaning, by family; not wrapped with `-o wide`. */
export function* codeList(codes: readonly Entry[], paper: Paper): Iterable<string> {
  const column = widthOf(codes.map(({ code }) => code)) + 4
  const width = columnsOf(paper)
  let family = ''
  for (const one of codes) {
    if (one.family !== family && paper.headers) {
      if (family !== '') yield ''
      yield paper.style.heading(one.family)
    }
    family = one.family
    // A narrow column is harder to read than lines below the code.
    if (width - column >= 56) yield* wrapAfter(`  ${one.code}`.padEnd(column), one.meaning, column, width)
    else yield* [`  ${one.code}`, ...wrapText(one.meaning, width, 6)]
  }
}

/** The page of one code. */
export function* codeText(page: CodeReport, paper: Paper): Iterable<string> {
  const { style } = paper
  const { code, meaning, rule, example, mend, see = [] } = page
  const width = columnsOf(paper)
  yield style.heading(code)
  yield* wrapText(meaning, width, 2)
  if (rule !== undefined) yield* ['', ...wrapText(rule, width, 2)]
  yield* ['', style.heading(example.manifests === '' ? 'Example' : 'Example: manifests.yaml')]
  if (example.manifests !== '') {
    for (const line of linesOf(example.manifests)) yield `  ${line}`
    yield ''
  }
  if (example.overlay !== undefined) {
    yield style.heading('Example: prod/kustomization.yaml')
    for (const line of linesOf(example.overlay)) yield `  ${line}`
    yield ''
  }
  yield* wrapAfter('  ', `$ ${example.command}`, 4, width)
  for (const line of linesOf(example.output)) yield* printed(line, width)
  yield* ['', style.heading('What to do')]
  yield* wrapText(mend, width, 2)
  if (see.length === 0) return
  yield* ['', style.heading('See also')]
  yield* wrapText(see.join(', '), width, 2)
}

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n')

/** A line of printed output; a long one is continued with more indentation. */
function printed(line: string, width: number): readonly string[] {
  if (line.length + 2 <= width) return [`  ${line}`.trimEnd()]
  const own = line.search(/\S/) + 2
  return wrapAfter(' '.repeat(own), line.trim(), own + 2, width)
}
