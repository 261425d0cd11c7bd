import type { CommandSpec, Context, Flags, Outcome } from '../command.ts'
import { isUnsure, notesOf } from '../outcome.ts'
import { PORT_OPTIONS } from './can-reach.ts'

const BY = ['pod', 'workload', 'namespace'] as const

export const matrix: CommandSpec = {
  name: 'matrix',
  summary: 'who can reach whom: everyone to everyone',
  arguments: [],
  options: [
    { flags: '--by <what>', description: 'one row for each pod, workload or namespace', choices: BY },
    ...PORT_OPTIONS,
    { flags: '--from <end>', description: 'only this source' },
    { flags: '--to <end>', description: 'only this destination' },
    { flags: '-l, --selector <labels>', description: 'only Pods with these labels, as in app=web,tier!=db' },
    { flags: '-A, --all-namespaces', description: 'all namespaces (this is the default without -n)' },
    { flags: '--no-headers', description: 'leave out the legend and the heading' },
  ],
  examples: ['matrix -f manifests/', 'matrix --by pod --port 5432 -o json', 'matrix -n shop --to deploy/db'],
  run: async ({ flags, world }: Context): Promise<Outcome> => {
    const analysis = await import('../../analysis/matrix.ts')
    const { selectionOf } = await import('../../analysis/selection.ts')
    const { portQuestion } = await import('../../analysis/port-question.ts')
    const { matrixText } = await import('../../render/text/matrix.ts')
    const cluster = await world()
    const asked = portQuestion(undefined, flags.port, flags.protocol)
    const report = analysis.matrix(cluster, {
      by: byOf(flags),
      asked,
      ...selectionOf(cluster, narrowing(flags)),
    })
    const unsure = report.undetermined !== undefined || isUnsure(report.assumptions)
    const notes = notesOf(report.assumptions)
    return { report, exit: flags.strict && unsure ? 3 : 0, text: paper => matrixText(report, paper), notes }
  },
}

const byOf = ({ by }: Flags): (typeof BY)[number] => BY.find(candidate => candidate === by) ?? 'workload'

const narrowing = ({ from, to, namespace, allNamespaces, selector }: Flags) => ({
  from,
  to,
  namespace: allNamespaces ? undefined : namespace,
  selector,
})
