import type { CommandSpec, Flags, OptionSpec, Outcome } from '../command.ts'
import { isUnsure, notesOf } from '../outcome.ts'
import { PORT_OPTIONS } from './can-reach.ts'

/** More ends than these are no table that anybody reads: the text is an overview then. */
const FEW = 40

const BY = ['pod', 'workload', 'namespace'] as const

export const BY_OPTION: OptionSpec = {
  flags: '--by <what>',
  description: 'one line for each pod, workload (this is the default) or namespace',
  choices: BY,
}

export const matrix: CommandSpec = {
  name: 'matrix',
  summary: 'who can reach whom: everyone to everyone',
  arguments: [],
  options: [
    BY_OPTION,
    ...PORT_OPTIONS,
    { flags: '--from <end>', description: 'only this source' },
    { flags: '--to <end>', description: 'only this destination' },
    { flags: '-l, --selector <labels>', description: 'only Pods with these labels, as in app=web,tier!=db' },
    { flags: '-A, --all-namespaces', description: 'all namespaces (this is the default without -n)' },
  ],
  examples: [
    'matrix -f manifests/',
    'matrix --by pod --port 5432 -o json',
    'matrix -n shop --to deploy/db',
    'matrix -n shop --from deploy/web -v',
    'matrix --by pod -o csv',
  ],
  run: async ({ flags, world, netpol }) => {
    const { matrixCsv, matrixText, overviewText } = await netpol.tables()
    const cluster = world()
    const asked = netpol.portQuestion(undefined, flags.port, flags.protocol)
    const question = { by: byOf(flags), asked, ...netpol.selectionOf(cluster, narrowing(flags)) }
    const layout = netpol.layOut(cluster, question)
    const report = netpol.matrix(cluster, question, layout)
    const unsure = report.undetermined !== undefined || isUnsure(report.assumptions)
    const isLarge = report.endpoints.length > FEW
    const [source, ...others] = layout.sources
    const row = flags.from !== undefined && flags.to === undefined && others.length === 0 ? source : undefined
    const text: Outcome['text'] = paper => {
      if (row !== undefined && !paper.wide)
        return netpol.treeText(
          netpol.reachTree(cluster, question, layout, row, { why: flags.verbose, wide: false }),
          paper,
        )
      return isLarge && !paper.wide
        ? overviewText(netpol.overview(cluster, question, layout), paper)
        : matrixText(report, paper)
    }
    return {
      report,
      text,
      csv: headers => matrixCsv(report, headers),
      exit: flags.strict && unsure ? 3 : 0,
      notes: notesOf(report.assumptions),
    }
  },
}

export const byOf = ({ by }: Flags): (typeof BY)[number] =>
  BY.find(candidate => candidate === by) ?? 'workload'

const narrowing = ({ from, to, namespace, allNamespaces, selector }: Flags) => ({
  from,
  to,
  namespace: allNamespaces ? undefined : namespace,
  selector,
})
