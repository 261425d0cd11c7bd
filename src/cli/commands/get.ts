import type { CommandSpec, Context, Outcome } from '../command.ts'
import { isUnsure, notesOf } from '../outcome.ts'

export const get: CommandSpec = {
  name: 'get',
  summary:
    'what was loaded: pods, services, namespaces, networkpolicies, ingresses; and cni, the network plugins',
  arguments: [
    {
      name: 'kind',
      description:
        'pods, services, namespaces, networkpolicies or ingresses, or their short names; cni for the network plugins',
    },
    { name: 'name', description: 'only the one of this name, or NAMESPACE/NAME', optional: true },
  ],
  options: [
    { flags: '-A, --all-namespaces', description: 'of all namespaces' },
    {
      flags: '-l, --selector <labels>',
      description: 'only pods or namespaces with these labels, as in app=web,tier!=db',
    },
    {
      flags: '--selected-by <policy>',
      description: 'with pods: those that a policy selects, as in netpol/api',
    },
    {
      flags: '--selecting <pod>',
      description: 'with netpol: those that select a Pod or a workload, as in pod/web',
    },
  ],
  examples: [
    'get pods -A -f manifests/',
    'get svc -n shop',
    'get pods --selected-by netpol/api -n shop',
    'get netpol --selecting shop/pod/web -o wide',
    'get cni cilium',
  ],
  run: async context => (isAboutPlugins(context) ? plugins(context) : objects(context)),
}

const isAboutPlugins = ({ args, netpol }: Context): boolean => netpol.isPluginQuestion(args)

/** What netpol knows of network plugins has nothing to do with the input, so that none is read. */
async function plugins({ args, flags, netpol }: Context): Promise<Outcome> {
  const { pluginsText } = await netpol.tables()
  const report = netpol.networkPlugins(args, flags)
  return { report, text: paper => pluginsText(report, paper), exit: 0, notes: [] }
}

async function objects({ args, flags, world, netpol }: Context): Promise<Outcome> {
  const { listingText } = await netpol.tables()
  const { selector, selectedBy, selecting, allNamespaces, strict } = flags
  const namespace = allNamespaces ? undefined : (flags.namespace ?? 'default')
  const cluster = world()
  const question = { words: args, namespace, selector, selectedBy, selecting }
  const report = netpol.listing(cluster, question)
  const showNamespaces = allNamespaces || selectedBy !== undefined || selecting !== undefined
  const nothing = report.items.length > 0 ? [] : [netpol.nothingFound(cluster, question)]
  return {
    report,
    text: paper => listingText(report, showNamespaces, paper),
    exit: strict && isUnsure(report.assumptions) ? 3 : 0,
    notes: [...nothing, ...notesOf(report.assumptions)],
  }
}
