import type { Reachability } from '../index.ts'
import type { Answered, ArgumentSpec } from './command.ts'
import { choiceOption, textOption } from './options.ts'
import { PORT, type Reading } from './shared-options.ts'

/** The two ends of a connection. */
export const FROM_AND_TO: readonly ArgumentSpec[] = [
  {
    name: 'from',
    description:
      'where the connection starts: a Pod, a workload, a node, an address, `internet` or `api-server`',
    completes: 'source',
  },
  {
    name: 'to',
    description:
      'where it goes: the same, a Service, or a name or URL as FROM looks it up; with :PORT behind it',
    completes: 'destination',
  },
]

/** Which Pods serve clients outside, where the manifests do not tell. */
export const CONTROLLER = {
  apiServer: textOption({
    long: '--api-server',
    value: 'address',
    description: 'where the API server listens, as in 10.0.0.10:6443; without a port 443',
  }),
  ingressController: textOption({
    long: '--ingress-controller',
    value: 'pods',
    description: 'the Pods that serve Ingresses and Gateways: NAMESPACE/KEY=VALUE, or edge/deploy/controller',
  }),
}

/** The options of `can-reach` and `explain`. */
export const PATH_OPTIONS = {
  ...PORT,
  dns: textOption({
    long: '--dns',
    value: 'server',
    description:
      'where Pods send DNS questions, if not to kube-dns: an address, a Service (in the input or not), :5353 for another port',
  }),
  ...CONTROLLER,
  expect: choiceOption(
    { long: '--expect', value: 'verdict', description: 'exit with 0 for this verdict, and with 1 otherwise' },
    ['yes', 'no'],
  ),
  write: textOption({
    long: '--write',
    value: 'path',
    description: 'save the first suggestion to a new file, ready to apply',
    completes: 'file',
  }),
}

type PathFlags = Pick<Reading, 'quiet' | 'strict'> & { readonly write: string | undefined }

/** Advice takes several times as long as the answer. */
export const isAdviceSeen = ({ quiet, write }: PathFlags): boolean => !quiet || write !== undefined

/** Whether only the exit code is wanted, which depends on the verdict alone. */
export const isVerdictEnough = (flags: PathFlags): boolean => !isAdviceSeen(flags) && !flags.strict

/** The first suggestion as the file of `--write`, and a note about it. Throws CannotAnswer. */
export async function suggestionFile(
  { verdict, expected, suggestions: [first] }: Reachability,
  path: string | undefined,
): Promise<Pick<Answered, 'file'> & Required<Pick<Answered, 'notes'>>> {
  if (path === undefined) return { notes: [] }
  const { cannotAnswer, printable } = await import('../index.ts')
  if (path === '-')
    cannotAnswer('CANNOT_WRITE', '`-` is no file', 'name a new file; `-o json` prints every suggestion')
  const named = `\`${printable(path)}\``
  if (first === undefined) {
    const none = expected === 'no' ? 'a no is expected' : 'there is no suggestion'
    const why = verdict === 'yes' ? 'the answer is yes already' : none
    return { notes: [`note: ${named} is not written: ${why}`] }
  }
  return { file: { path, text: first.manifest }, notes: [`wrote ${named}: ${first.message}`] }
}
