import type { CommandSpec, Outcome } from '../command.ts'
import { isUnsure, notesOf } from '../outcome.ts'
import { PORT_OPTIONS } from './can-reach.ts'
import { BY_OPTION, byOf } from './matrix.ts'

export const whoCanReach: CommandSpec = {
  name: 'who-can-reach',
  summary: 'everyone who can, by namespace, with the ports and the world outside',
  arguments: [
    {
      name: 'to',
      description:
        'where it goes: a Pod, a workload, a Service, a node, an address or `internet`; with :PORT behind it',
    },
  ],
  options: [
    BY_OPTION,
    ...PORT_OPTIONS,
    { flags: '-l, --selector <labels>', description: 'of the sources only Pods with these labels' },
    { flags: '-A, --all-namespaces', description: 'sources of all namespaces (this is always so)' },
  ],
  examples: [
    'who-can-reach app/database:5432 -f manifests/',
    'who-can-reach svc/api -n shop -v',
    'who-can-reach internet --port 53/udp',
    'who-can-reach shop/deploy/api --by pod -o json',
  ],
  run: ({ args, flags, world, netpol }) => {
    const [to = ''] = args
    const { port, protocol, namespace = 'default', selector, strict, verbose } = flags
    const question = { to, port, protocol, namespace, selector, by: byOf(flags) }
    const { report, isUndetermined, tree } = netpol.whoCanReach(world(), question)
    const text: Outcome['text'] = paper => netpol.treeText(tree({ why: verbose, wide: paper.wide }), paper)
    return {
      report,
      text,
      exit: strict && (isUndetermined || isUnsure(report.assumptions)) ? 3 : 0,
      notes: notesOf(report.assumptions),
    }
  },
}
