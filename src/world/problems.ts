import type { SourceRef } from '../report/common.ts'
import type { Diagnostics, Problem } from '../report/report.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { Location, Position } from '../source/file.ts'
import { position } from '../source/position.ts'

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
  const placed = diagnostics.map(diagnostic => ({ diagnostic, place: placeOf(diagnostic.at) }))
  return placed
    .sort(({ place: a }, { place: b }) =>
      a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1,
    )
    .map(({ diagnostic }) => diagnostic)
}

function placeOf(at: Diagnostic['at']): SourceRef & Pick<Position, 'length'> {
  if (at === undefined) return { file: '', line: 0, column: 0, length: 0 }
  const { line, column, length } = 'position' in at ? at.position : position(at)
  return { file: at.file.path, line, column, length }
}

function problem({ severity, code, message, object, field, at, help, related }: Diagnostic): Problem {
  return {
    severity,
    code,
    message,
    ...(object !== undefined && { object }),
    ...(field !== undefined && { field }),
    ...(at !== undefined && { source: placeOf(at) }),
    ...(help !== undefined && { help }),
    ...(related && { related: related.map(relatedPlace) }),
  }
}

function relatedPlace({ at, message }: { readonly at: Location; readonly message: string }): {
  readonly source: SourceRef
  readonly message: string
} {
  const { file, line, column } = placeOf(at)
  return { source: { file, line, column }, message }
}
