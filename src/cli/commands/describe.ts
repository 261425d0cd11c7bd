import { question } from '../command.ts'

export const describe = question({
  name: 'describe',
  summary: 'one pod, service, namespace, networkpolicy or ingress in words, and what it means',
  kind: 'Description',
  arguments: [
    {
      name: 'kind',
      description: 'pod, service, namespace, networkpolicy or ingress, or its short name',
      completes: 'kind',
    },
    {
      name: 'name',
      description: 'its name, in the namespace of -n, or NAMESPACE/NAME; KIND/NAME needs no other',
      optional: true,
      completes: 'name of that kind',
    },
  ],
  settings: {},
  examples: ['describe netpol api -n shop -f manifests/', 'describe svc shop/web', 'describe ns shop'],
  run: async ({ args: [kind = '', name], flags: { namespace, verbose }, world, program, screen }) => {
    const { describe: ask, remarks } = await import('../../index.ts')
    const output = ask(await world(), { kind, name, namespace, program })
    return { output, notes: remarks(output, { verbose, ...screen() }) }
  },
})
