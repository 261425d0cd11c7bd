import { cannotAnswer } from '../analysis/cannot-answer.ts'
import { json, yaml } from '../render/data.ts'
import type { Paper } from '../render/paper.ts'
import { type Style, styleFor } from '../render/text/style.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { frame } from '../source/frame.ts'
import { position } from '../source/position.ts'
import type { Flags, Outcome } from './command.ts'
import type { Io } from './io.ts'

/** Prints the answer on standard output and what belongs beside it on standard error. */
export function printOutcome(outcome: Outcome, flags: Flags, io: Io): void {
  const style = styleFor(wantsColour(flags, io, io.colour.out))
  const { headers, verbose, output } = flags
  const paper = { width: widthOf(io), wide: output === 'wide', headers, verbose, style }
  for (const line of linesOf(outcome, output, paper)) io.out(`${line}\n`)
  for (const note of outcome.notes) io.err(`${note}\n`)
}

function linesOf(outcome: Outcome, form: string | undefined, paper: Paper): Iterable<string> {
  switch (form) {
    case undefined:
    case 'text':
    case 'wide':
      return outcome.text(paper)
    case 'json':
      return json(outcome.report)
    case 'yaml':
      return yaml(outcome.report)
    default:
      return cannotAnswer(
        'BAD_OUTPUT',
        `\`${form}\` is no form of output`,
        'the forms are: text, wide, json, yaml',
      )
  }
}

/** A pipe has no width; what goes into one is laid out as for a terminal of common size. */
function widthOf({ env, width }: Io): number {
  const columns = Number(env['COLUMNS'])
  return width ?? (Number.isInteger(columns) && columns > 0 ? columns : 80)
}

/** The flag is stronger than the environment, and NO_COLOR (no-color.org) stronger than FORCE_COLOR. */
function wantsColour(flags: Flags | undefined, { env }: Io, isTerminal: boolean): boolean {
  if (flags?.color === 'always' || flags?.color === 'never') return flags.color === 'always'
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0'
  return isTerminal && env['TERM'] !== 'dumb'
}

/** Every complaint with its place, then their number. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], flags: Flags | undefined, io: Io): void {
  const style = styleFor(wantsColour(flags, io, io.colour.err))
  for (const diagnostic of [...diagnostics].sort(inReadingOrder))
    for (const line of coloured(diagnostic, style)) io.err(`${line}\n`)
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  if (errors > 1) io.err(`${errors} errors\n`)
}

/** By file and place; what has no place comes first. */
function inReadingOrder(a: Diagnostic, b: Diagnostic): number {
  const [left, right] = [placeOf(a), placeOf(b)]
  if (left.file !== right.file) return left.file < right.file ? -1 : 1
  return left.line - right.line || left.column - right.column
}

function placeOf({ at }: Diagnostic): {
  readonly file: string
  readonly line: number
  readonly column: number
} {
  if (at === undefined) return { file: '', line: 0, column: 0 }
  const { line, column } = 'position' in at ? at.position : position(at)
  return { file: at.file.path, line, column }
}

function coloured(diagnostic: Diagnostic, style: Style): readonly string[] {
  const [first = '', ...rest] = frame(diagnostic)
  const label = /^[a-z]+(\[[A-Z0-9_]+\])?:/.exec(first)?.[0] ?? ''
  return [style[diagnostic.severity](label) + first.slice(label.length), ...rest]
}
