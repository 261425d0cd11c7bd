import { question } from '../command.ts'
import { textOption } from '../options.ts'
import { allNamespaces, GROUPING, labelSelector, PORT } from '../shared-options.ts'

export const matrix = question({
  name: 'matrix',
  summary: 'who can reach whom: everyone to everyone',
  kind: 'Matrix',
  arguments: [],
  settings: {
    ...GROUPING,
    ...PORT,
    from: textOption({
      long: '--from',
      value: 'end',
      description: 'only this source',
      completes: 'destination',
    }),
    to: textOption({
      long: '--to',
      value: 'end',
      description: 'only this destination',
      completes: 'destination',
    }),
    ...labelSelector('only from or to Pods with these labels, as in app=web,tier!=db'),
    ...allNamespaces('all namespaces (this is the default without -n)'),
  },
  examples: [
    'matrix -f manifests/',
    'matrix --by pod --port 5432 -o json',
    'matrix -n shop -n monitoring',
    'matrix -n shop --from deploy/web -v',
    'matrix --by pod -o csv',
  ],
  run: async ({ flags, world, program, screen }) => {
    const { matrix: ask, remarks } = await import('../../index.ts')
    const namespace = flags.allNamespaces ? undefined : flags.namespaces
    const output = ask(await world(), { ...flags, namespace, program })
    return { output, notes: remarks(output, { ...flags, ...screen() }) }
  },
})
