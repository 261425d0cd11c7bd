import type { SourceRef } from '../report/common.ts'
import type { Diagnostics, Problem } from '../report/report.ts'
import { groupBy } from '../sets/group-by.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { Position } from '../source/file.ts'
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
    ...(related && {
      related: related.map(({ at: place, message: text }) => ({ source: sourceOf(place), message: text })),
    }),
  }
}

function sourceOf(at: NonNullable<Diagnostic['at']>): SourceRef {
  const { file, line, column } = placeOf(at)
  return { file, line, column }
}

/** An object of the input that is not part of the world because of its errors. */
export interface LeftOut {
  /** `NetworkPolicy shop/api`, or `document 2` of a file that could not be read so far. */
  readonly what: string
  /** Where its first error is; undefined for a file that could not be read. */
  readonly at: SourceRef | undefined
  readonly errors: readonly [Diagnostic, ...Diagnostic[]]
}

/** The objects that are left out because of their errors, in the order of the input. */
export function leftOut(diagnostics: readonly Diagnostic[]): readonly LeftOut[] {
  const errors = inReadingOrder(diagnostics.filter(({ severity }) => severity === 'error'))
  const byObject = groupBy(errors, ({ at, object }) => JSON.stringify([at?.file.path, object]))
  return [...byObject.values()].map(own => ({
    what: own[0].object ?? 'a document',
    at: own[0].at && sourceOf(own[0].at),
    errors: own,
  }))
}
