import {
  choiceOption,
  flagOption,
  negatedFlag,
  onceOption,
  setting,
  textOption,
  type ValuesOf,
} from './options.ts'
import { WHAT_IF } from './what-if.ts'

/** How an answer is printed. Every command has these options. */
export const PRINTING = {
  output: textOption({
    short: '-o',
    long: '--output',
    value: 'form',
    description: 'form of the answer: text, wide, json, yaml or markdown; csv for a matrix',
    completes: 'format',
  }),
  headers: negatedFlag({ long: '--no-headers', description: 'leave out headings and legends' }),
  quiet: flagOption({
    short: '-q',
    long: '--quiet',
    description: 'print nothing; the exit code is the answer',
  }),
  color: choiceOption({ long: '--color', value: 'when', description: 'when to use color' }, [
    'auto',
    'always',
    'never',
  ]),
}

export interface Printing extends ValuesOf<typeof PRINTING> {
  readonly verbose: boolean
  readonly strict: boolean
}

const VALIDATE = {
  long: '--validate',
  value: 'how',
  implied: 'strict',
  description: 'unknown fields are errors (strict, the default), warnings (warn) or ignored (ignore)',
}

/** Gives options that have an implied value that value: commander would take the next word for it. */
export function withImpliedValues(argv: readonly string[]): readonly string[] {
  const dashes = argv.indexOf('--')
  const isOption = (place: number): boolean => dashes < 0 || place < dashes
  return argv.map((word, place) =>
    word === VALIDATE.long && isOption(place) ? `${word}=${VALIDATE.implied}` : word,
  )
}

/** Which manifests are read and how, and what is asked of them: the options of every command that reads some. */
export const READING = {
  filename: setting<readonly string[]>(
    [
      {
        short: '-f',
        long: '--filename',
        value: 'path',
        description: 'file, folder, or - for standard input; repeatable',
        completes: 'file',
        absent: 'this folder',
      },
    ],
    [],
    (path, paths) => [...paths, path],
  ),
  kustomize: setting<readonly string[]>(
    [
      {
        short: '-k',
        long: '--kustomize',
        value: 'dir',
        description: 'kustomization, which kustomize or kubectl renders; repeatable',
        completes: 'file',
      },
    ],
    [],
    (folder, folders) => [...folders, folder],
  ),
  helm: onceOption({
    long: '--helm',
    value: 'chart',
    description: 'chart, which helm renders',
    completes: 'file',
  }),
  values: setting<readonly string[]>(
    [{ long: '--values', value: 'file', description: 'values of the chart; repeatable', completes: 'file' }],
    [],
    (file, files) => [...files, file],
  ),
  set: setting<readonly string[]>(
    [{ long: '--set', value: 'key=value', description: 'a value of the chart; repeatable' }],
    [],
    (pair, pairs) => [...pairs, pair],
  ),
  release: onceOption({ long: '--release', value: 'name', description: 'name of the release of the chart' }),
  recursive: setting(
    [
      { short: '-R', long: '--recursive', description: 'read sub-folders too (this is the default)' },
      { long: '--no-recursive', description: 'leave sub-folders out' },
    ],
    true,
    (_value, _before, { long }) => long === '--recursive',
  ),
  edits: WHAT_IF,
  namespaces: setting<readonly string[]>(
    [
      {
        short: '-n',
        long: '--namespace',
        value: 'namespace',
        description:
          'namespace of names and of objects that are given without one (default: "default"); repeatable where it narrows: matrix, get',
        completes: 'namespaces',
      },
    ],
    [],
    (namespace, namespaces) => [...namespaces, namespace],
  ),
  clusterDomain: textOption({
    long: '--cluster-domain',
    value: 'domain',
    description: 'domain that the names of Services end in (default: "cluster.local")',
  }),
  cni: textOption({
    long: '--cni',
    value: 'plugin',
    description: 'network plugin of the cluster, as in calico, cilium or none; get cni lists them',
    completes: 'plugin',
  }),
  output: PRINTING.output,
  headers: PRINTING.headers,
  quiet: PRINTING.quiet,
  verbose: flagOption({
    short: '-v',
    long: '--verbose',
    description: 'say more: also which documents were not used, and why',
  }),
  validate: choiceOption(VALIDATE, ['strict', 'warn', 'ignore', 'true', 'false']),
  skipInvalid: flagOption({
    long: '--skip-invalid',
    description: 'answer without what a cluster would refuse, and say so',
  }),
  strict: flagOption({
    long: '--strict',
    description: 'exit with 3 if missing data could change the answer',
  }),
  color: PRINTING.color,
}

export interface Reading extends ValuesOf<typeof READING> {
  /** Of several the last one, as kubectl has it. */
  readonly namespace: string | undefined
}

/** What was typed, with what follows from it. */
export const readingOf = (typed: ValuesOf<typeof READING>): Reading => ({
  ...typed,
  namespace: typed.namespaces.at(-1),
})

/** Which port is asked about. */
export const PORT = {
  port: onceOption({
    long: '--port',
    value: 'port',
    description: 'number or name of the port, as in 8080, 53/udp or http',
  }),
  protocol: onceOption({
    long: '--protocol',
    value: 'protocol',
    description: 'tcp, udp, sctp or icmp',
    completes: 'protocol',
  }),
}

/** What a matrix groups by. */
export const GROUPING = {
  by: choiceOption(
    {
      long: '--by',
      value: 'what',
      description: 'one line for each pod, workload (this is the default) or namespace',
    },
    ['pod', 'workload', 'namespace'],
  ),
}

/** kubectl's option, with what it selects here. */
export const labelSelector = (description: string) => ({
  selector: textOption({ short: '-l', long: '--selector', value: 'labels', description }),
})

export const allNamespaces = (description: string) => ({
  allNamespaces: flagOption({ short: '-A', long: '--all-namespaces', description }),
})
