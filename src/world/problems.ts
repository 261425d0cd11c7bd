import type { SourceRef } from '../report/common.ts'
import type { Diagnostics, Problem } from '../report/report.ts'
import { groupBy } from '../sets/group-by.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { markedSourceOf, sourceOf } from '../source/source-of.ts'

/** Diagnostics as a report, in the order of the files. */
export function problems(diagnostics: readonly Diagnostic[]): Diagnostics {
  const count = (severity: Diagnostic['severity']): number =>
    diagnostics.filter(diagnostic => diagnostic.severity === severity).length
  return {
    kind: 'Diagnostics',
    errors: count('error'),
    warnings: count('warning'),
    diagnostics: inReadingOrder(diagnostics).map(problem),
  }
}

/** By file and position; those without a position come first. */
export function inReadingOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const placed = diagnostics.map(diagnostic => ({
    diagnostic,
    place: diagnostic.at === undefined ? { file: '', line: 0, column: 0 } : sourceOf(diagnostic.at),
  }))
  return placed
    .sort(({ place: a }, { place: b }) =>
      a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1,
    )
    .map(({ diagnostic }) => diagnostic)
}

/** How many errors, and how many warnings, are shown at most. */
const MOST_SHOWN = 100
/** The warnings of an answer, which stand beside it: more of them would fill a screen. */
const MOST_WARNINGS = 3

/** The diagnostics of a severity as somebody reads them: the first ones, by their places, and how many more there are. */
export function forReaders(
  diagnostics: readonly Diagnostic[],
  severity: Diagnostic['severity'],
  verbose: boolean,
): { readonly first: readonly Diagnostic[]; readonly left: number } {
  const all = inReadingOrder(diagnostics.filter(one => one.severity === severity))
  const most = severity === 'warning' && !verbose ? MOST_WARNINGS : MOST_SHOWN
  return { first: all.slice(0, most), left: Math.max(0, all.length - most) }
}

function problem({ severity, code, message, object, field, at, help, related }: Diagnostic): Problem {
  return {
    severity,
    code,
    message,
    ...(object !== undefined && { object }),
    ...(field !== undefined && { field }),
    ...(at !== undefined && { source: markedSourceOf(at) }),
    ...(help !== undefined && { help }),
    ...(related && {
      related: related.map(({ at: place, message: text }) => ({ source: sourceOf(place), message: text })),
    }),
  }
}

/** Something of the input that was left out for its errors. */
export interface LeftOut {
  /** `NetworkPolicy shop/api`, or `document 2` of a file that could not be read so far. */
  readonly what: string
  /** Where its first error is; undefined for a file that could not be read. */
  readonly source: SourceRef | undefined
  /** Its first error, without the API server's examples. */
  readonly message: string
  readonly errors: number
}

/** What is left out for its errors, in the order in which one reads the files. */
export function leftOutObjects(diagnostics: readonly Diagnostic[]): readonly LeftOut[] {
  const errors = inReadingOrder(diagnostics.filter(({ severity }) => severity === 'error'))
  const byObject = groupBy(errors, ({ at, object }) => JSON.stringify([at?.file.path, object]))
  return [...byObject.values()].map(own => {
    const [first] = own
    const { object, at, message, brief = message } = first
    return {
      what: object ?? 'a document',
      source: at && sourceOf(at),
      message: brief,
      errors: own.length,
    }
  })
}
