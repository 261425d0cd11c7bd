import type { CommandSpec } from '../command.ts'
import { isUnsure, notesOf } from '../outcome.ts'

export const describe: CommandSpec = {
  name: 'describe',
  summary: 'one pod, service, namespace, networkpolicy or ingress in words, and what it means',
  arguments: [
    { name: 'kind', description: 'pod, service, namespace, networkpolicy or ingress, or its short name' },
    {
      name: 'name',
      description: 'its name, in the namespace of -n, or NAMESPACE/NAME; KIND/NAME needs no other',
      optional: true,
    },
  ],
  options: [],
  examples: ['describe netpol api -n shop -f manifests/', 'describe svc shop/web', 'describe ns shop'],
  run: ({ args, flags, world, netpol }) => {
    const report = netpol.describe(world(), { words: args, namespace: flags.namespace })
    const exit = flags.strict && isUnsure(report.assumptions) ? 3 : 0
    return {
      report,
      text: paper => netpol.descriptionText(report, paper),
      exit,
      notes: notesOf(report.assumptions),
    }
  },
}
