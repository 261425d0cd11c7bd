import { CannotAnswer, cannotAnswer, isUnsure, printable, type VerdictWord, type World } from '../index.ts'
import type { NewFile, Typed } from './command.ts'
import { loadWorld } from './input.ts'
import type { Io } from './io.ts'
import { printDiagnostics, printOutcome, printProblems } from './output.ts'
import { type Program, runExample } from './run-example.ts'
import type { Printing } from './shared-options.ts'

/**
 * Runs a command and prints what it answers. Returns the exit code: 0 for yes and for every list, 1 for anything less, and 3
 * with `--strict` where what is not known could change it. `program` answers examples. Throws CannotAnswer.
 */
export async function answer({ printing, run }: Typed, io: Io, program: Program): Promise<number> {
  let world: World | undefined
  const outcome = await run({
    program: program.calledAs,
    load: async reading => {
      world = await loadWorld(reading, io)
      return world
    },
    runExample: example => runExample(example, program),
  })
  if ('verdict' in outcome) return exitCodeOf(outcome.verdict)
  const { output, file } = outcome
  if (file !== undefined) create(file, io)
  if (!printing.quiet) await printOutcome(outcome, world, printing, io)
  if (printing.strict && isUnsure(output)) return 3
  return output.kind === 'Reachability' ? exitCodeOf(output.verdict) : 0
}

const exitCodeOf = (verdict: VerdictWord): 0 | 1 => (verdict === 'yes' ? 0 : 1)

/** Creates a file; one that exists stays as it is. Throws CannotAnswer. */
function create({ path, text }: NewFile, io: Io): void {
  try {
    io.create(path, text)
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const reason = isThere ? 'there is such a file already' : error instanceof Error ? error.message : ''
    cannotAnswer(
      'CANNOT_WRITE',
      `cannot write \`${printable(path)}\`: ${printable(reason)}`,
      isThere
        ? 'give it another name, or remove the one that is there'
        : 'name a file in a folder that is there',
    )
  }
}

/** Prints why there is no answer. */
export async function complain(error: unknown, printing: Printing | undefined, io: Io): Promise<void> {
  if (error instanceof CannotAnswer) {
    await printDiagnostics(error.diagnostics, printing, io)
    await printProblems(error.diagnostics, printing, io)
    return
  }
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && 'syscall' in error && error.syscall === 'write') {
    // A full disk, a closed terminal: standard error may still work.
    io.err(`error: cannot write the answer: ${reason}\n`)
    return
  }
  io.err(
    `error: netpol failed: ${reason}\nThis is a defect of netpol; NETPOL_DEBUG=1 shows where it happened.\n`,
  )
}
