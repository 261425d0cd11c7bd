import { question } from '../command.ts'
import { textOption } from '../options.ts'
import { allNamespaces, labelSelector } from '../shared-options.ts'

export const get = question({
  name: 'get',
  summary:
    'what was loaded: pods, services, namespaces, networkpolicies, ingresses; and cni, the network plugins',
  kind: 'Listing',
  arguments: [
    {
      name: 'kind',
      description:
        'pods, services, namespaces, networkpolicies or ingresses, or their short names; cni for the network plugins',
      completes: 'kind or cni',
    },
    {
      name: 'name',
      description: 'only the one of this name, or NAMESPACE/NAME',
      optional: true,
      completes: 'name of that kind',
    },
  ],
  settings: {
    ...allNamespaces('of all namespaces'),
    ...labelSelector('only pods or namespaces with these labels, as in app=web,tier!=db'),
    selectedBy: textOption({
      long: '--selected-by',
      value: 'policy',
      description: 'with pods: those that a policy selects, as in netpol/api',
      completes: 'policy',
    }),
    selecting: textOption({
      long: '--selecting',
      value: 'pod',
      description: 'with netpol: those that select a Pod or a workload, as in pod/web',
      completes: 'pod',
    }),
  },
  examples: [
    'get pods -A -f manifests/',
    'get svc -n shop',
    'get pods --selected-by netpol/api -n shop',
    'get netpol --selecting shop/pod/web -o wide',
    'get cni cilium',
  ],
  run: async ({ args: [kind = '', name], flags, world, screen }) => {
    const {
      get: list,
      isPluginQuestion,
      networkPlugins,
      remarks,
      whyNothing,
    } = await import('../../index.ts')
    const here = flags.namespaces.length === 0 ? ['default'] : flags.namespaces
    const namespace = flags.allNamespaces ? undefined : here
    const asked = { ...flags, kind, name, namespace }
    // What is known of network plugins has nothing to do with the input, so that none is read.
    if (isPluginQuestion(asked)) return { output: networkPlugins(asked) }
    const loaded = await world()
    const output = list(loaded, asked)
    const nothing = output.items.length > 0 ? [] : [whyNothing(loaded, asked)]
    const isElsewhere = flags.selectedBy !== undefined || flags.selecting !== undefined
    return {
      output,
      layout: { oneNamespace: namespace !== undefined && new Set(namespace).size === 1 && !isElsewhere },
      notes: [...nothing, ...remarks(output, { ...flags, ...screen() })],
    }
  },
})
