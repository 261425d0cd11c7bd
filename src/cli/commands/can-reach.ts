import type { CommandSpec, Flags, OptionSpec, Outcome } from '../command.ts'
import { exitOf, notesOf, warningsOf } from '../outcome.ts'
import { WRITE_OPTION, writing } from '../write-suggestion.ts'

export const ENDS = [
  {
    name: 'from',
    description: 'where the connection starts: a Pod, a workload, a node, an address or `internet`',
  },
  {
    name: 'to',
    description:
      'where it goes: the same, a Service, or a name or URL as FROM looks it up; with :PORT behind it',
  },
] as const

export const PORT_OPTIONS: readonly OptionSpec[] = [
  { flags: '--port <port>', description: 'number or name of the port, as in 8080, 53/udp or http' },
  { flags: '--protocol <protocol>', description: 'tcp, udp or sctp' },
]

/** What of the cluster `can-reach` and `explain` go by, beside the manifests. */
export const SETUP_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--dns <server>',
    description:
      'where Pods send DNS questions, if not to kube-dns: an address, a Service, :5353 for another port',
  },
  {
    flags: '--ingress-controller <name>',
    description: 'the Pods that serve Ingresses and Gateways, as in ingress/deploy/controller',
  },
]

/** It takes several times as long as the answer, and nobody would see it. */
export const isAdviceWanted = ({ quiet, write }: Flags): boolean => !quiet || write !== undefined

export const canReach: CommandSpec = {
  name: 'can-reach',
  summary: 'does a new connection from FROM to TO succeed?',
  arguments: ENDS,
  options: [...PORT_OPTIONS, ...SETUP_OPTIONS, WRITE_OPTION],
  examples: [
    'can-reach app/frontend app/backend:8080 -f manifests/',
    'can-reach shop/deploy/api internet --port 53/udp',
    'can-reach shop/web http://api.shop:8080/health',
    'can-reach internet http://shop.example.com/api',
    'can-reach 203.0.113.7 web:443 -n shop -o json',
  ],
  run: ({ args, flags, world, netpol }) => {
    const [from = '', to = ''] = args
    const { port, protocol, namespace = 'default', strict } = flags
    const question = { from, to, port, protocol, namespace, settings: netpol.settingsOf(flags) }
    const ask = isAdviceWanted(flags) ? netpol.reachWithAdvice : netpol.reach
    const report = ask(world(), question, 'decisive')
    const text: Outcome['text'] = paper => netpol.line(report, paper)
    const { file, notes } = writing(report, flags.write)
    return {
      report,
      text,
      exit: exitOf(report, strict),
      file,
      notes: [...warningsOf(report), ...notesOf(report.assumptions), ...netpol.help(report), ...notes],
    }
  },
}
