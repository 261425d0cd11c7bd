import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CommandSpec, Flags, OptionSpec } from './command.ts'
import { editOf, type TypedEdit, WHAT_IF } from './what-if.ts'

/** The options that every command has. */
const SHARED: readonly OptionSpec[] = [
  {
    flags: '-f, --filename <path>',
    description: 'file, folder, or - for standard input; repeatable',
  },
  { flags: '-R, --recursive', description: 'read sub-folders too (this is the default)' },
  { flags: '--no-recursive', description: 'leave sub-folders out' },
  ...WHAT_IF,
  {
    flags: '-n, --namespace <namespace>',
    description: 'namespace of names that are given without one (default: "default")',
  },
  {
    flags: '--cluster-domain <domain>',
    description: 'domain that the names of Services end in (default: "cluster.local")',
  },
  {
    flags: '--cni <plugin>',
    description: 'network plugin of the cluster, as in calico, cilium or none; get cni lists them',
  },
  {
    flags: '-o, --output <form>',
    description: 'form of the answer: text, wide, json, yaml or markdown; csv for a matrix',
  },
  { flags: '--no-headers', description: 'leave out headings and legends' },
  { flags: '-q, --quiet', description: 'print nothing; the exit code is the answer' },
  { flags: '-v, --verbose', description: 'say more: also which documents were not used, and why' },
  {
    flags: '--skip-invalid',
    description: 'answer without what a cluster would refuse, and say so',
  },
  {
    flags: '--strict',
    description: 'exit with 3 when something that cannot be told could change the answer',
  },
  {
    flags: '--color <when>',
    description: 'when to use colour',
    choices: ['auto', 'always', 'never'],
  },
]

/** Of these the options that are about the answer, whatever it is about. */
const OF_THE_ANSWER = /--(?:output|no-headers|quiet|color)\b/

/** The options of a command, its own and those that it shares with others. */
export function optionsOf({ options, readsNothing }: CommandSpec): readonly OptionSpec[] {
  return [...options, ...SHARED.filter(({ flags }) => !readsNothing || OF_THE_ANSWER.test(flags))]
}

/** Returns the edits that will be typed, which are one list whatever their options. */
export function addOptions(command: Command, options: readonly OptionSpec[]): readonly TypedEdit[] {
  const edits: TypedEdit[] = []
  for (const { flags, description, choices } of options) {
    const option = new Option(flags, description)
    if (choices !== undefined) option.choices([...choices])
    if (flags.includes('--filename')) option.argParser(collect).default([], 'this folder')
    if (/--(?:port|protocol) /.test(flags)) option.argParser(once)
    if (WHAT_IF.some(spec => spec.flags === flags))
      option.argParser(value => edits.push(editOf(flags, value) ?? withoutLabels()))
    command.addOption(option)
  }
  return edits
}

const collect = (path: string, paths: readonly string[]): readonly string[] => [...paths, path]

/** For a question that can have but one answer at a time. */
function once(value: string, earlier: string | undefined): string {
  if (earlier !== undefined && earlier !== value)
    throw new InvalidArgumentError(`It is given twice, as ${earlier} before: ask for one at a time.`)
  return value
}

function withoutLabels(): never {
  throw new InvalidArgumentError('The labels stand behind the object: --label pod/web access=true')
}

/** commander's untyped values as flags. */
export function flagsOf(values: Readonly<Record<string, unknown>>, edits: readonly TypedEdit[]): Flags {
  const textOf = (key: string): string | undefined => {
    const value = values[key]
    return typeof value === 'string' ? value : undefined
  }
  const paths = values['filename']
  return {
    filename: Array.isArray(paths) && paths.length > 0 ? paths.map(String) : ['.'],
    recursive: values['recursive'] !== false,
    edits,
    namespace: textOf('namespace'),
    output: textOf('output'),
    headers: values['headers'] !== false,
    quiet: values['quiet'] === true,
    verbose: values['verbose'] === true,
    strict: values['strict'] === true,
    skipInvalid: values['skipInvalid'] === true,
    color: textOf('color'),
    port: textOf('port'),
    protocol: textOf('protocol'),
    by: textOf('by'),
    from: textOf('from'),
    to: textOf('to'),
    selector: textOf('selector'),
    allNamespaces: values['allNamespaces'] === true,
    clusterDomain: textOf('clusterDomain'),
    cni: textOf('cni'),
    dns: textOf('dns'),
    ingressController: textOf('ingressController'),
    selectedBy: textOf('selectedBy'),
    write: textOf('write'),
    selecting: textOf('selecting'),
  }
}
