import { type Command, Option } from 'commander'
import type { Example, ExampleReport, Layout, Output, Reachability, RemarkOptions, World } from '../index.ts'
import type { Completes, OptionSpec, Settings, ValuesOf } from './options.ts'
import { PRINTING, type Printing, READING, type Reading, readingOf } from './shared-options.ts'

export interface ArgumentSpec {
  readonly name: string
  readonly description: string
  readonly optional?: true
  readonly choices?: readonly string[]
  readonly completes?: Completes
}

/** What a command answers; a verdict alone where no more is printed. */
type Outcome =
  | Answered
  | (Pick<Reachability, 'verdict'> & { readonly expected: Reachability['expected'] | undefined })

export interface Answered {
  readonly output: Output
  readonly layout?: Layout
  /** Printed on standard error beside the answer. */
  readonly notes?: readonly string[]
  /** A file to be written besides. */
  readonly file?: NewFile | undefined
}

/** A file to be created. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

/** What a command can use of the program. */
interface Environment {
  /** `netpol`, or `kubectl netpol`. */
  readonly program: string
  /** What is left of a screen for the notes beside the answer: less when the input has been read. */
  readonly screen: () => Required<Pick<RemarkOptions, 'width' | 'rows'>>
  /** Reads the input; throws CannotAnswer for what a cluster would refuse. */
  readonly load: (reading: Reading) => Promise<World>
  /** What the command line of an example prints. */
  readonly runExample: (example: Example) => Promise<ExampleReport>
}

interface CommandContext<Flags> extends Omit<Environment, 'load'> {
  readonly args: readonly string[]
  readonly flags: Flags
}

interface WithWorld {
  /** The input, read. */
  readonly world: () => Promise<World>
}

/** A subcommand, as data. */
interface Spec<S extends Settings, Shared, More = unknown> {
  readonly name: string
  readonly summary: string
  /** What it answers. */
  readonly kind: Output['kind']
  readonly arguments: readonly ArgumentSpec[]
  /** Its own options. */
  readonly settings: S
  readonly examples: readonly string[]
  /** Imports the library only when it runs, because help needs none of it. */
  readonly run: (context: CommandContext<ValuesOf<S> & Shared> & More) => Promise<Outcome>
}

/** A command line, read. */
export interface Typed {
  readonly printing: Printing
  readonly run: (environment: Environment) => Promise<Outcome>
}

/** A subcommand with the types of its options' values hidden. */
export interface CommandSpec extends Omit<Spec<Settings, unknown>, 'settings' | 'run'> {
  /** Its own and those that it shares with others, in the order of the help. */
  readonly options: readonly OptionSpec[]
  /** Adds its options to a parser; the result reads a command line that is parsed. */
  readonly on: (parser: Command) => (args: readonly string[]) => Typed
}

/** A command that asks about manifests. */
export const question = <S extends Settings>({ run, ...spec }: Spec<S, Reading, WithWorld>): CommandSpec =>
  command(spec, READING, (own, typed, args) => {
    const reading = readingOf(typed)
    return {
      printing: reading,
      run: ({ load, ...around }) =>
        run({ ...around, args, flags: { ...own, ...reading }, world: () => load(reading) }),
    }
  })

/** A command that reads no manifests. */
export const reference = <S extends Settings>({ run, ...spec }: Spec<S, Printing>): CommandSpec =>
  command(spec, PRINTING, (own, shared, args) => {
    const printing = { ...shared, verbose: false, strict: false }
    return { printing, run: around => run({ ...around, args, flags: { ...own, ...printing } }) }
  })

function command<Own extends Settings, Shared extends Settings>(
  { settings, ...spec }: Omit<Spec<Own, unknown>, 'run'>,
  shared: Shared,
  typed: (own: ValuesOf<Own>, shared: ValuesOf<Shared>, args: readonly string[]) => Typed,
): CommandSpec {
  return {
    ...spec,
    options: Object.values({ ...settings, ...shared }).flatMap(({ options }) => options),
    on: parser => {
      const [ownValues, sharedValues] = [addOptions(parser, settings), addOptions(parser, shared)]
      return args => typed(ownValues(), sharedValues(), args)
    },
  }
}

/** Adds options to a parser; the result gives their values once it has parsed. */
function addOptions<S extends Settings>(parser: Command, settings: S): () => ValuesOf<S> {
  const readers = Object.entries(settings).map(([key, { options, reader }]) => {
    const { take, value } = reader()
    for (const option of options) addOption(parser, option, typed => take(option, typed))
    return { key, value }
  })
  // Each key has the value of its own setting.
  return () => Object.fromEntries(readers.map(({ key, value }) => [key, value()])) as ValuesOf<S>
}

function addOption(parser: Command, spec: OptionSpec, take: (value: string) => void): void {
  const { short, long, value, implied, description, choices, absent } = spec
  const names = short === undefined ? long : `${short}, ${long}`
  const valued = implied === undefined ? `${names} <${value}>` : `${names} [${value}]`
  const option = new Option(value === undefined ? names : valued, description)
  if (absent !== undefined) option.default('', absent)
  if (value === undefined) parser.on(`option:${option.name()}`, () => take(''))
  else {
    if (choices !== undefined) option.choices([...choices])
    const check = option.parseArg
    option.argParser(typed => {
      check?.(typed, undefined)
      take(typed)
    })
  }
  parser.addOption(option)
}
