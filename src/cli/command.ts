import type * as netpol from '../index.ts'
import type { Paper } from '../render/paper.ts'
import type { Example, ExampleReport } from '../report/codes/page.ts'
import type { Report } from '../report/report.ts'
import type { TypedEdit } from './what-if.ts'

/** One option of a command, in commander's own notation. */
export interface OptionSpec {
  readonly flags: string
  readonly description: string
  readonly choices?: readonly string[]
}

export interface ArgumentSpec {
  readonly name: string
  readonly description: string
  readonly optional?: true
  readonly choices?: readonly string[]
}

/** Everything that was typed behind the command's name. */
export interface Flags {
  readonly filename: readonly string[]
  readonly recursive: boolean
  /** In the order in which they were typed. */
  readonly edits: readonly TypedEdit[]
  readonly namespace: string | undefined
  readonly output: string | undefined
  readonly headers: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly strict: boolean
  readonly skipInvalid: boolean
  readonly color: string | undefined
  readonly port: string | undefined
  readonly protocol: string | undefined
  readonly by: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  readonly selector: string | undefined
  readonly allNamespaces: boolean
  readonly clusterDomain: string | undefined
  readonly cni: string | undefined
  readonly dns: string | undefined
  readonly ingressController: string | undefined
  readonly selectedBy: string | undefined
  readonly write: string | undefined
  readonly selecting: string | undefined
}

export interface Context {
  readonly args: readonly string[]
  readonly flags: Flags
  /** Reads the input; throws CannotAnswer for what a cluster would refuse. */
  readonly world: () => netpol.World
  /** What questions are put to. It is handed in, so that help is printed without loading it. */
  readonly netpol: typeof netpol
  /** `netpol`, or `kubectl netpol`. */
  readonly calledAs: string
  /** What the command line of an example prints. */
  readonly rehearse: (example: Example) => Promise<ExampleReport>
}

/** What a command answers: the report, its text form, and the exit code. 2 belongs to main.ts alone. */
export interface Outcome {
  readonly report: Report
  readonly text: (paper: Paper) => Iterable<string>
  /** Absent where there is nothing that would make a table of lines. */
  readonly csv?: (headers: boolean) => Iterable<string>
  readonly exit: 0 | 1 | 3
  /** What the user should know beside the answer; printed on standard error. */
  readonly notes: readonly string[]
  /** What is to be written beside the answer. */
  readonly file?: NewFile | undefined
}

/** A file that is not there yet. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

/** A subcommand, as data. */
export interface CommandSpec {
  readonly name: string
  readonly summary: string
  readonly arguments: readonly ArgumentSpec[]
  readonly options: readonly OptionSpec[]
  /** No manifests: it has none of the options that say which and how. */
  readonly readsNothing?: true
  readonly examples: readonly string[]
  readonly run: (context: Context) => Outcome | Promise<Outcome>
}

/** A command line, read. */
export interface Typed {
  readonly spec: CommandSpec
  readonly args: readonly string[]
  readonly flags: Flags
}
