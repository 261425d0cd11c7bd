import { type Diagnostic, isData, problems, show, showDiagnostics, type World } from '../index.ts'
import type { Answered } from './command.ts'
import type { Io } from './io.ts'
import type { Printing } from './shared-options.ts'

export async function printAnswer(
  { output, layout }: Answered,
  world: World | undefined,
  { output: format, headers, verbose, color }: Printing,
  io: Io,
): Promise<void> {
  const paper = {
    world,
    headers,
    verbose,
    width: widthOf(io.width.out, io),
    color: wantsColor(color, io, io.color.out),
  }
  printLines(await show(output, format, { ...layout, ...paper }), io)
}

/** Prints errors as data in place of the answer, if that was to be data. */
export async function printProblems(
  diagnostics: readonly Diagnostic[],
  printing: Printing | undefined,
  io: Io,
): Promise<void> {
  const { output: format, quiet } = printing ?? {}
  if (quiet || format === undefined || !isData(format)) return
  printLines(await show(problems(diagnostics), format), io)
}

/** How much is written at once: writing line by line would take longer than making the lines. */
const WRITE_CHUNK = 64 * 1024

/** Writes lines as they come, so that an answer may be larger than memory. */
function printLines(lines: Iterable<string>, io: Io): void {
  let text = ''
  for (const line of lines) {
    text += `${line}\n`
    if (text.length < WRITE_CHUNK) continue
    io.out(text)
    text = ''
  }
  if (text !== '') io.out(text)
}

/** A pipe has no width: then 80 columns. */
export function widthOf(terminal: number | undefined, { env }: Pick<Io, 'env'>): number {
  const columns = Number(env['COLUMNS'])
  return terminal ?? (Number.isInteger(columns) && columns > 0 ? columns : 80)
}

/** The flag is stronger than the environment, and NO_COLOR (no-color.org) stronger than FORCE_COLOR. */
function wantsColor(color: Printing['color'], { env }: Io, isTerminal: boolean): boolean {
  if (color === 'always' || color === 'never') return color === 'always'
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0'
  return isTerminal && env['TERM'] !== 'dumb'
}

/** Every diagnostic with its place, then their number. */
export async function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  printing: Pick<Printing, 'color' | 'verbose'> | undefined,
  io: Io,
): Promise<void> {
  const color = wantsColor(printing?.color, io, io.color.err)
  const verbose = printing?.verbose ?? false
  const width = widthOf(io.width.err, io)
  for (const line of await showDiagnostics(diagnostics, { color, verbose, width })) io.err(`${line}\n`)
  const summary = summaryOf(diagnostics)
  if (summary !== undefined) io.err(`\n${summary}\n`)
}

/** How many there are, if they are about files. */
function summaryOf(diagnostics: readonly Diagnostic[]): string | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const files = new Set(diagnostics.flatMap(({ at }) => (at === undefined ? [] : [at.file.path])))
  // Without a file that the user named there is no answer, whatever is left out.
  const isMissing = errors.some(({ code, object }) => code === 'CANNOT_READ' && object === undefined)
  if (errors.length === 0 || files.size === 0 || isMissing) return undefined
  // Those of one code about objects that are there twice are one warning.
  const warnings = new Set(
    diagnostics
      .filter(({ severity }) => severity === 'warning')
      .map(one => (one.code === 'REPLACED_OBJECT' ? one.code : one)),
  ).size
  const also = warnings > 0 ? ` and ${countText(warnings, 'warning')}` : ''
  const where = files.size > 1 ? ` in ${files.size} files` : ''
  const skip = errors.every(({ code }) => code === 'UNKNOWN_FIELD')
    ? '--validate=warn answers without the unknown fields, as a cluster does then'
    : '--skip-invalid answers without the objects that have them'
  return `${countText(errors.length, 'error')}${also}${where}; ${skip}`
}

const countText = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
