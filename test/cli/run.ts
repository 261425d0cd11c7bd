import type { Io } from '../../src/cli/io.ts'
import { main } from '../../src/cli/main.ts'
import { ioOver } from '../../src/cli/run-example.ts'

export interface Run {
  readonly exit: number
  readonly out: string
  readonly err: string
}

/** Runs a command line in this process over files that exist only here: path to text. */
export async function run(
  files: Readonly<Record<string, string>>,
  commandLine: string,
  settings: {
    readonly env?: Io['env']
    readonly stdin?: string
    readonly terminal?: number
    readonly name?: string
    readonly now?: () => number
    /** What other programs make of their arguments; those that are not here are not installed. */
    readonly programs?: Readonly<
      Record<string, (args: readonly string[]) => { status?: number; out?: string; err?: string }>
    >
    /** Told of each file that is made. */
    readonly onCreate?: (path: string, text: string) => void
  } = {},
): Promise<Run> {
  const out: string[] = []
  const err: string[] = []
  const io: Io = {
    ...ioOver(files),
    out: text => void out.push(text),
    err: text => void err.push(text),
    stdin: () => new TextEncoder().encode(settings.stdin ?? ''),
    now: settings.now ?? (() => 0),
    run: async (program, args) => {
      const ran = settings.programs?.[program]?.(args)
      if (ran === undefined) return 'not-installed'
      const { status = 0, out = '', err = '' } = ran
      return { status, stdout: new TextEncoder().encode(out), stderr: err }
    },
    create: (path, text) => {
      ioOver(files).create(path, text)
      settings.onCreate?.(path, text)
    },
    width: { out: settings.terminal, err: settings.terminal },
    env: settings.env ?? {},
    color: { out: settings.terminal !== undefined, err: settings.terminal !== undefined },
  }
  const argv = commandLine.split(' ').filter(word => word !== '')
  const exit = await main(argv, io, settings.name ?? 'netpol')
  return { exit, out: out.join(''), err: err.join('') }
}
