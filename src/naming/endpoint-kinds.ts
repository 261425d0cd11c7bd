import { mayCreatePods } from '../model/kinds/custom/creators.ts'
import { KNOWN_CUSTOM_KINDS } from '../model/kinds/custom/known-kinds.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { didYouMean, nearest } from '../source/did-you-mean.ts'
import { kindCalled, namesOfKind } from '../world/kind-names.ts'
import type { World } from '../world/world.ts'

/** The kinds that can be the source or the destination of a connection. */
const ENDPOINT_KINDS: readonly string[] = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicationController',
  'Service',
  'Node',
  'Ingress',
]

/** Built-in kinds come first; a kind that is not built in may be followed by its group. */
export function endpointKindCalled({ cluster, creators }: World, word: string): string | undefined {
  const read = [...cluster.workloads, ...creators.filter(mayCreatePods)].map(({ kind }) => kind)
  const others = [...read, ...KNOWN_CUSTOM_KINDS]
  const kinds = [...new Set([...ENDPOINT_KINDS, ...others])]
  const dot = word.indexOf('.')
  return kindCalled(word, kinds) ?? (dot < 0 ? undefined : kindCalled(word.slice(0, dot), others))
}

export function noEndpointKind(typed: string, word: string): never {
  const near = nearest(word, [...ENDPOINT_KINDS, ...KNOWN_CUSTOM_KINDS].flatMap(namesOfKind))
  cannotAnswer(
    'UNKNOWN_KIND',
    `\`${word}\` in \`${typed}\` is no kind that can be an end of a connection`,
    didYouMean(near, `the kinds are: ${ENDPOINT_KINDS.join(', ')}`),
  )
}
