import { json, yaml } from '../render/data.ts'
import type { Paper } from '../render/paper.ts'
import { PLAIN } from '../render/text/plain.ts'
import type { Style } from '../render/text/style.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { frame } from '../source/frame.ts'
import { counted } from '../words/names.ts'
import { inReadingOrder } from '../world/problems.ts'
import type { Flags, Outcome } from './command.ts'
import type { Io } from './io.ts'

/** The colors of the answer and of what stands beside it. */
export interface Styles {
  readonly out: Style
  readonly err: Style
}

/** Most starts have no use for colors, and chalk takes its time. */
export async function stylesFor(flags: Flags | undefined, io: Io): Promise<Styles> {
  const out = wantsColor(flags, io, io.color.out)
  const err = wantsColor(flags, io, io.color.err)
  if (!out && !err) return { out: PLAIN, err: PLAIN }
  const { styleFor } = await import('../render/text/style.ts')
  return { out: styleFor(out), err: styleFor(err) }
}

/** Prints the answer on standard output and what belongs beside it on standard error. */
export async function printOutcome(
  outcome: Outcome,
  flags: Flags,
  drawing: Pick<Paper, 'style' | 'excerpt'>,
  io: Io,
): Promise<void> {
  const { headers, verbose, output } = flags
  const paper = { width: widthOf(io), wide: output === 'wide', headers, verbose, ...drawing }
  printLines(await linesOf(outcome, output, paper), io)
  for (const note of outcome.notes) io.err(`${note}\n`)
}

/** What is written at once: to write line by line would take longer than to make the lines. */
const CHUNK = 64 * 1024

/** Writes lines as they come, so that an answer may be larger than memory. */
function printLines(lines: Iterable<string>, io: Io): void {
  let text = ''
  for (const line of lines) {
    text += `${line}\n`
    if (text.length < CHUNK) continue
    io.out(text)
    text = ''
  }
  if (text !== '') io.out(text)
}

async function linesOf(outcome: Outcome, form: string | undefined, paper: Paper): Promise<Iterable<string>> {
  switch (form) {
    case undefined:
    case 'text':
    case 'wide':
      return outcome.text(paper)
    case 'json':
      return json(outcome.report)
    case 'yaml':
      return yaml(outcome.report)
    case 'markdown':
      return markdownOf(outcome, paper)
    case 'csv':
      if (outcome.csv !== undefined) return outcome.csv(paper.headers)
  }
  return cannotAnswer(
    'BAD_OUTPUT',
    form === 'csv' ? 'only a matrix can be given as CSV' : `\`${form}\` is no form of output`,
    `the forms are: text, wide, json, yaml, markdown${outcome.csv === undefined ? '' : ', csv'}`,
  )
}

/** Seldom asked for, so loaded only then. */
async function markdownOf({ report, text }: Outcome, paper: Paper): Promise<Iterable<string>> {
  const { asText, reachabilityMarkdown } = await import('../render/markdown.ts')
  return report.kind === 'Reachability' ? reachabilityMarkdown(report, paper) : asText(text(paper))
}

/** A pipe has no width; what goes into one is laid out as for a terminal of common size. */
function widthOf({ env, width }: Io): number {
  const columns = Number(env['COLUMNS'])
  return width ?? (Number.isInteger(columns) && columns > 0 ? columns : 80)
}

/** The flag is stronger than the environment, and NO_COLOR (no-color.org) stronger than FORCE_COLOR. */
function wantsColor(flags: Flags | undefined, { env }: Io, isTerminal: boolean): boolean {
  if (flags?.color === 'always' || flags?.color === 'never') return flags.color === 'always'
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0'
  return isTerminal && env['TERM'] !== 'dumb'
}

/** Every complaint with its place, then their number. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], style: Style, io: Io): void {
  const { error, warning, faint: quiet } = style
  const sorted = inReadingOrder(diagnostics)
  for (const [index, diagnostic] of sorted.entries()) {
    // The lines of two that have an excerpt each would run together.
    if (index > 0 && (diagnostic.at ?? sorted[index - 1]?.at) !== undefined) io.err('\n')
    for (const line of frame(diagnostic, { error, warning, quiet })) io.err(`${line}\n`)
  }
  const summary = summaryOf(diagnostics)
  if (summary !== undefined) io.err(`\n${summary}\n`)
}

/** How many there are, where they are about the input; a question is seldom wrong in more than one way. */
function summaryOf(diagnostics: readonly Diagnostic[]): string | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const files = new Set(diagnostics.flatMap(({ at }) => (at === undefined ? [] : [at.file.path])))
  // Without what was named itself there is no answer, whatever is left out.
  const isMissing = errors.some(({ code, object }) => code === 'CANNOT_READ' && object === undefined)
  if (errors.length === 0 || files.size === 0 || isMissing) return undefined
  const warnings = diagnostics.length - errors.length
  const also = warnings > 0 ? ` and ${counted(warnings, 'warning')}` : ''
  const where = files.size > 1 ? ` in ${files.size} files` : ''
  const skip = '--skip-invalid answers without the objects that have them'
  return `${counted(errors.length, 'error')}${also}${where}; ${skip}`
}
