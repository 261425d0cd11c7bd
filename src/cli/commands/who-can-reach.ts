import { question } from '../command.ts'
import { CONTROLLER } from '../path-options.ts'
import { allNamespaces, GROUPING, labelSelector, PORT } from '../shared-options.ts'

export const whoCanReach = question({
  name: 'who-can-reach',
  summary: 'everyone who can, by namespace, with the ports and the world outside',
  kind: 'WhoCanReach',
  arguments: [
    {
      name: 'to',
      description:
        'where it goes: a Pod, a workload, a Service, a node, an address or `internet`; with :PORT behind it',
      completes: 'destination',
    },
  ],
  settings: {
    ...GROUPING,
    ...PORT,
    ...CONTROLLER,
    ...labelSelector('of the sources only Pods with these labels'),
    ...allNamespaces('sources of all namespaces (this is always so)'),
  },
  examples: [
    'who-can-reach app/database:5432 -f manifests/',
    'who-can-reach svc/api -n shop -v',
    'who-can-reach internet --port 53/udp',
    'who-can-reach shop/deploy/api --by pod -o json',
  ],
  run: async ({ args: [to = ''], flags, world, program, screen }) => {
    const { remarks, whoCanReach: ask } = await import('../../index.ts')
    const output = ask(await world(), { ...flags, to, program })
    return { output, notes: remarks(output, { ...flags, ...screen() }) }
  },
})
