import * as netpol from '../index.ts'
import { json, yaml } from '../render/data.ts'
import { PLAIN } from '../render/text/plain.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { problems } from '../world/problems.ts'
import { asCalled } from './called-as.ts'
import type { Flags, Typed } from './command.ts'
import { excerptsOf } from './excerpts.ts'
import { loadWorld } from './input.ts'
import type { Io } from './io.ts'
import { printDiagnostics, printOutcome, stylesFor } from './output.ts'
import { type Program, rehearse } from './rehearsal.ts'
import { create } from './write-suggestion.ts'

export { complete } from './complete.ts'

/** Runs a command and prints what it answers; returns the exit code. `program` answers examples. Throws CannotAnswer. */
export async function answer({ spec, args, flags }: Typed, io: Io, program: Program): Promise<number> {
  const { out, err } = await stylesFor(flags, io)
  let loaded: netpol.World | undefined
  const world = (): netpol.World => {
    loaded = loadWorld(flags, err, io)
    return loaded
  }
  const outcome = await spec.run({
    args,
    flags,
    world,
    netpol,
    calledAs: program.calledAs,
    rehearse: example => rehearse(example, program),
  })
  if (outcome.file !== undefined) create(outcome.file, io)
  // A ticket has no colors, whatever the terminal has.
  const style = flags.output === 'markdown' ? PLAIN : out
  const notes = outcome.notes.map(note => asCalled(note, program.calledAs))
  const drawing = { style, excerpt: excerptsOf(loaded, style) }
  if (!flags.quiet) await printOutcome({ ...outcome, notes }, flags, drawing, io)
  return outcome.exit
}

/** The same as data, in the answer's place. */
function printProblems(diagnostics: readonly Diagnostic[], flags: Flags | undefined, io: Io): void {
  const print = flags?.output === 'json' ? json : flags?.output === 'yaml' ? yaml : undefined
  if (print === undefined || flags?.quiet) return
  for (const line of print(problems(diagnostics))) io.out(`${line}\n`)
}

/** Says what is in the way of an answer. */
export async function complain(
  error: unknown,
  flags: Flags | undefined,
  io: Io,
  calledAs: string,
): Promise<void> {
  if (error instanceof netpol.CannotAnswer) {
    const { err } = await stylesFor(flags, io)
    const diagnostics = error.diagnostics.map(one =>
      one.help === undefined ? one : { ...one, help: asCalled(one.help, calledAs) },
    )
    printDiagnostics(diagnostics, err, io)
    printProblems(diagnostics, flags, io)
    return
  }
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && 'syscall' in error && error.syscall === 'write') {
    // A full disk, a terminal that is gone: standard error may still be there.
    io.err(`error: cannot write the answer: ${reason}\n`)
    return
  }
  io.err(
    `error: netpol failed: ${reason}\nThis is a defect of netpol; NETPOL_DEBUG=1 shows where it happened.\n`,
  )
}
