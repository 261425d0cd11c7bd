import type { Cause, Reachability } from '../../report/report.ts'
import type { Suggestion } from '../../report/suggestion.ts'
import { printableLines } from '../../source/printable.ts'
import { withoutText } from '../../words/answer.ts'
import { atMost } from '../../words/lists.ts'
import { effectsOf, shortSuggestion } from '../../words/suggestion.ts'
import type { Paper } from '../paper.ts'
import { faintly, hanging, indented, narrower, paragraph } from './wrap.ts'

/** The policies and rules that cause the answer. */
export function* causeParagraphs(cause: Cause, paper: Paper): Iterable<string> {
  yield* ['', paper.style.heading('Cause')]
  yield* paragraph(cause.message, 2, paper)
  if (!paper.verbose) return
  for (const policy of cause.policies)
    yield* indented(hanging('- ', withoutText(policy), narrower(paper, 2)), 2)
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
        : hanging(mark, shortSuggestion(suggestion), narrower(paper, 2))
    yield* indented(lines, 2)
  }
}

/** Longer manifests are not shown on a terminal; `--write` and `-v` give them. */
const MOST_LINES = 24

function* inFull(suggestion: Suggestion, mark: string, paper: Paper): Iterable<string> {
  const { message, manifest } = suggestion
  yield* hanging(mark, message, paper)
  const below = narrower(paper, mark.length)
  const lines = manifest.trimEnd().split('\n').map(printableLines)
  yield* indented(
    paper.verbose || lines.length <= MOST_LINES
      ? indented(lines, 2)
      : faintly(`its manifest has ${lines.length} lines (-v shows it)`, below),
    mark.length,
  )
  for (const [title, changes] of effectsOf(suggestion)) yield* connections(title, changes, mark.length, paper)
}

/** How many connections are shown without `-v`. */
const MOST_CONNECTIONS = 3

function* connections(title: string, all: readonly string[], indent: number, paper: Paper): Iterable<string> {
  const shown = paper.verbose ? all : atMost(all, MOST_CONNECTIONS)
  yield* paragraph(title, indent, paper)
  for (const connection of shown) yield* paragraph(connection, indent + 2, paper)
  const left = all.length - shown.length
  if (left > 0) yield* indented(faintly(`and ${left} more (-v shows all)`, paper), indent + 2)
}
