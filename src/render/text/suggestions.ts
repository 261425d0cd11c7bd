import type { Cause, Reachability } from '../../report/report.ts'
import type { Suggestion } from '../../report/suggestion.ts'
import { printableLines } from '../../source/printable.ts'
import { counted, placeText } from '../../words/names.ts'
import { alsoOpened } from '../answer.ts'
import type { Paper } from '../paper.ts'
import { faintly, hanging, indented, narrower, paragraph } from './wrap.ts'

/** What makes the answer what it is. */
export function* causeText(cause: Cause, paper: Paper): Iterable<string> {
  yield* ['', paper.style.heading('Cause')]
  yield* paragraph(cause.message, 2, paper)
  if (!paper.verbose) return
  for (const { namespace, name, source, without } of cause.policies)
    yield* indented(
      hanging(
        '- ',
        `without ${namespace}/${name} (${placeText(source)}) alone: ${without}`,
        narrower(paper, 2),
      ),
      2,
    )
}

/** The first suggestion in full and the others in a line each, or all of them in full. */
export function* suggestionsText({ suggestions }: Reachability, paper: Paper): Iterable<string> {
  if (suggestions.length === 0) return
  yield* ['', paper.style.heading(suggestions.length === 1 ? 'Suggestion' : 'Suggestions')]
  for (const [index, suggestion] of suggestions.entries()) {
    const mark = index === 0 ? '' : 'or: '
    const lines =
      index === 0 || paper.verbose
        ? inFull(suggestion, mark, narrower(paper, 2))
        : hanging(mark, inShort(suggestion), narrower(paper, 2))
    yield* indented(lines, 2)
  }
}

function inShort(suggestion: Suggestion): string {
  const { message, closes, also } = suggestion
  const beside = alsoOpened(suggestion)
  const opens = beside.length === 0 ? 'lets in nothing else' : `also lets in ${few(beside)}`
  return [message, opens, ...(closes.length > 0 ? [`closes ${few(closes)}`] : []), ...also].join('; ')
}

const few = (all: readonly string[]): string =>
  all.length === 1 ? all.join() : counted(all.length, 'connection')

/** Longer manifests are not shown on a terminal; `--write` and `-v` give them. */
const MOST_LINES = 24

function* inFull(suggestion: Suggestion, mark: string, paper: Paper): Iterable<string> {
  const { message, manifest, closes, also } = suggestion
  const beside = alsoOpened(suggestion)
  yield* hanging(mark, message, paper)
  const below = narrower(paper, mark.length)
  const lines = manifest.trimEnd().split('\n').map(printableLines)
  yield* indented(
    paper.verbose || lines.length <= MOST_LINES
      ? indented(lines, 2)
      : faintly(`its manifest has ${lines.length} lines (-v shows it)`, below),
    mark.length,
  )
  if (beside.length === 0) yield* paragraph('this lets in nothing else', mark.length, paper)
  else yield* connections('this also lets in:', beside, mark.length, paper)
  if (closes.length > 0) yield* connections('and closes:', closes, mark.length, paper)
  if (also.length > 0) yield* connections('besides:', also, mark.length, paper)
}

/** So many are read. */
const MOST_CONNECTIONS = 3

function* connections(title: string, all: readonly string[], indent: number, paper: Paper): Iterable<string> {
  const shown = paper.verbose || all.length <= MOST_CONNECTIONS + 1 ? all : all.slice(0, MOST_CONNECTIONS)
  yield* paragraph(title, indent, paper)
  for (const connection of shown) yield* paragraph(connection, indent + 2, paper)
  const left = all.length - shown.length
  if (left > 0) yield* indented(faintly(`and ${left} more (-v shows all)`, paper), indent + 2)
}
