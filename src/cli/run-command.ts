import { CannotAnswer, isUnsure, printable, rowsOf, type VerdictWord, type World } from '../index.ts'
import type { NewFile, Typed } from './command.ts'
import { codeOf, type Io, withoutColors } from './io.ts'
import { loadWorld } from './load-world.ts'
import { printAnswer, printDiagnostics, printProblems, widthOf } from './output.ts'
import { type Program, runExample } from './run-example.ts'
import type { Printing } from './shared-options.ts'

/**
 * Runs a command and prints what it answers. Returns the exit code: 0 for yes, or what `--expect` wants, and for every list, 1 for
 * any other verdict, and 3 with `--strict` where what is not known could change it. `program` answers examples. Throws CannotAnswer.
 */
export async function answer({ printing, run }: Typed, io: Io, program: Program): Promise<number> {
  let world: World | undefined
  const width = widthOf(io.width.err, io)
  let rows = 0
  const counted = (text: string): void => {
    rows += rowsOf(withoutColors(text).trimEnd().split('\n'), width)
    io.err(text)
  }
  const outcome = await run({
    program: program.calledAs,
    screen: () => ({ width, rows: Math.max(1, ROWS - rows) }),
    load: async reading => {
      world = await loadWorld(reading, { ...io, err: counted })
      return world
    },
    runExample: example => runExample(example, program),
  })
  if ('verdict' in outcome) return exitCodeOf(outcome)
  const { output, file, notes = [] } = outcome
  if (!printing.quiet) await printAnswer(outcome, world, printing, io)
  if (file !== undefined && !(await isCreated(file, printing, io))) return 2
  if (!printing.quiet) for (const note of notes) io.err(`${note}\n`)
  if (printing.strict && isUnsure(output)) return 3
  return output.kind === 'Reachability' ? exitCodeOf(output) : 0
}

/** The rows of a terminal of 24 that the notes beside an answer may take. */
const ROWS = 20

const exitCodeOf = ({ verdict, expected = 'yes' }: Expected): 0 | 1 => (verdict === expected ? 0 : 1)

interface Expected {
  readonly verdict: VerdictWord
  readonly expected?: VerdictWord | undefined
}

/** Creates a file. Where that fails, the answer stands, and standard error has the reason. */
async function isCreated({ path, text }: NewFile, printing: Printing, io: Io): Promise<boolean> {
  try {
    io.create(path, text)
    return true
  } catch (error) {
    const [why, help] = NOT_CREATED[codeOf(error)] ?? [error instanceof Error ? error.message : '', ELSEWHERE]
    const message = `cannot write \`${printable(path)}\`: ${printable(why)}`
    await printDiagnostics([{ severity: 'error', code: 'CANNOT_WRITE', message, help }], printing, io)
    return false
  }
}

const ELSEWHERE = 'name a file in a folder that is there'

/** By the code of the error. */
const NOT_CREATED: Readonly<Record<string, readonly [why: string, help: string]>> = {
  EEXIST: ['there is such a file already', 'give it another name, or remove the one that is there'],
  ENOENT: ['there is no such folder', ELSEWHERE],
  ENOTDIR: ['a part of the path is no folder', ELSEWHERE],
  EACCES: ['permission denied', 'name a file in a folder that you may write to'],
  EROFS: ['the file system is read-only', 'name a file in a folder that you may write to'],
  ENOSPC: ['the disk is full', 'make room, or name a file on another disk'],
  EDQUOT: ['the quota of the disk is used up', 'make room, or name a file on another disk'],
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
