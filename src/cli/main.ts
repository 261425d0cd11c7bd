import { Argument, Command, CommanderError } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import type { Typed } from './command.ts'
import { COMMANDS } from './commands/index.ts'
import { type Io, processIo } from './io.ts'
import { withImpliedValues } from './shared-options.ts'
import { joinLabels } from './what-if.ts'

export { processIo }

/** The whole program, on the process's own arguments and streams; called by bin/netpol.js. */
export async function run(): Promise<void> {
  const [, script = '', ...argv] = process.argv
  const calledAs = /kubectl-netpol(\.js)?$/.test(script) ? 'kubectl netpol' : 'netpol'
  // The executable that kubectl calls to complete the plugin's command line.
  const isAsked = /kubectl_complete-netpol(\.js)?$/.test(script)
  const line = isAsked ? [COMPLETE, ...argv] : argv
  // Everything is written, and Node would wait for V8's background work.
  process.exit(await main(line, processIo(), calledAs))
}

/** The command that a shell's completion script calls with the words of the line; help does not list it. */
const COMPLETE = '__complete'

/** Answers one command line; returns the exit code and throws nothing. */
export async function main(argv: readonly string[], io: Io, calledAs: string): Promise<number> {
  let typed: Typed | undefined
  try {
    const [name, ...words] = argv
    if (name === COMPLETE) {
      await (await import('./complete.ts')).complete(words, COMMANDS, io)
      return 0
    }
    typed = parseCommandLine(argv, io, calledAs)
    // What help does not need is a bundle of its own (.build.mjs).
    const { answer } = await import('./run-command.ts')
    return await answer(typed, io, { calledAs, answer: (line, other) => main(line, other, calledAs) })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (io.env['NETPOL_DEBUG'] === '1' && error instanceof Error) io.err(`${error.stack}\n`)
    const { complain } = await import('./run-command.ts')
    await complain(error, typed?.printing, io)
    return 2
  }
}

/** Throws CommanderError, with everything printed, for help and for a command line that cannot be read. */
function parseCommandLine(argv: readonly string[], io: Io, calledAs: string): Typed {
  const width = (): number => io.width.out ?? 80
  const noColors = (): boolean => false
  const program = new Command(calledAs)
    .description('Will this Pod still reach that one? Answers from manifests, without a cluster.')
    .version(packageJson.version, '-V, --version')
    .exitOverride()
    // By default commander asks Node's streams, and loading these is half of the time that help takes.
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: width,
      getErrHelpWidth: width,
      getOutHasColors: noColors,
      getErrHasColors: noColors,
    })
    .showHelpAfterError(`(${calledAs} --help tells more)`)
  let typed: Typed | undefined
  // Behind the name of a command, the others neither run nor are listed, and their options take a while to make.
  const named = COMMANDS.filter(({ name }) => name === argv[0])
  for (const spec of named.length > 0 ? named : COMMANDS) {
    const command = program.command(spec.name).description(spec.summary).copyInheritedSettings(program)
    for (const { name, description, optional, choices } of spec.arguments) {
      const argument = new Argument(optional ? `[${name}]` : `<${name}>`, description)
      command.addArgument(choices === undefined ? argument : argument.choices(choices))
    }
    const read = spec.on(command)
    command.addHelpText(
      'after',
      `\nExamples:\n${spec.examples.map(example => `  ${calledAs} ${example}`).join('\n')}`,
    )
    command.action(() => {
      typed = read(command.args)
    })
  }
  program.parse(withImpliedValues(joinLabels(argv)), { from: 'user' })
  return typed ?? program.help({ error: true })
}
