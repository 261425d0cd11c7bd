import type { ArgumentSpec } from './command.ts'
import { text } from './options.ts'
import { PORT } from './shared-options.ts'

/** The two ends of a connection. */
export const FROM_AND_TO: readonly ArgumentSpec[] = [
  {
    name: 'from',
    description: 'where the connection starts: a Pod, a workload, a node, an address or `internet`',
    completes: 'source',
  },
  {
    name: 'to',
    description:
      'where it goes: the same, a Service, or a name or URL as FROM looks it up; with :PORT behind it',
    completes: 'destination',
  },
]

/** The options of `can-reach` and `explain`. */
export const PATH_OPTIONS = {
  ...PORT,
  dns: text({
    long: '--dns',
    value: 'server',
    description:
      'where Pods send DNS questions, if not to kube-dns: an address, a Service, :5353 for another port',
  }),
  ingressController: text({
    long: '--ingress-controller',
    value: 'name',
    description: 'the Pods that serve Ingresses and Gateways, as in ingress/deploy/controller',
  }),
  write: text({
    long: '--write',
    value: 'path',
    description: 'save the first suggestion to a new file, ready to apply',
    completes: 'file',
  }),
}

/** It takes several times as long as the answer, and nobody would see it. */
export const isAdviceWanted = ({
  quiet,
  write,
}: {
  readonly quiet: boolean
  readonly write: string | undefined
}): boolean => !quiet || write !== undefined
