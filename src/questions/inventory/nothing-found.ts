import type { Pod } from '../../model/objects.ts'
import { onHostNetwork, selectedBy } from '../../network/selected-pods.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { printable } from '../../source/printable.ts'
import type { World } from '../../world/world.ts'
import { everything, type ListingQuestion } from './listing.ts'
import { askedFor } from './objects-asked.ts'
import { podsCalled, policyCalled } from './selection.ts'

/** What is said beside an empty list: kubectl's words, and why it is empty or where there would be something. */
export function nothingFound(world: World, question: ListingQuestion): string {
  const { namespace = 'default', selectedBy: policy, selecting: pod } = question
  if (policy !== undefined) return noPods(world, policy, namespace)
  if (pod !== undefined) return noPolicies(pod, podsCalled(world, pod, namespace))
  return noObjects(world, question)
}

function noObjects(world: World, question: ListingQuestion): string {
  const { namespace } = question
  const asked = askedFor(question.words)
  if (namespace === undefined || asked.of === 'namespaces') return 'No resources found'
  const elsewhere = everything(world, asked, { ...question, namespace: undefined }).items.length
  const known = [...world.cluster.namespaces.keys()]
  const near = known.includes(namespace) ? undefined : nearest(namespace, known)
  const hints = [
    ...(elsewhere > 0 ? [`${elsewhere} in other namespaces: -A`] : []),
    ...(near === undefined ? [] : [`did you mean -n ${near}?`]),
  ]
  const hint = hints.length > 0 ? ` (${hints.join('; ')})` : ''
  return printable(`No resources found in ${namespace} namespace.${hint}`)
}

function noPods(world: World, typed: string, namespace: string): string {
  const policy = policyCalled(world, typed, namespace)
  const { length } = selectedBy(world, policy)
  if (length > 0) return `of the Pods that ${typed} selects or may select (${length}), none has these labels`
  const outside = onHostNetwork(world, policy)
  const why =
    outside.length === 0
      ? ''
      : `: those with its labels (${outside.length}) are on their node's network, where no policy selects them`
  return `${typed} selects no Pod of the input${why}`
}

function noPolicies(typed: string, pods: readonly Pod[]): string {
  if (pods.length === 0) return `${typed} makes no Pods, so no policy selects any`
  if (pods.every(({ finished }) => finished))
    return `no policy selects ${typed}: it has finished, and has no network any more`
  if (pods.every(({ hostNetwork }) => hostNetwork))
    return `no policy selects ${typed}: it is on its node's network, and policies take it for the node`
  return `no policy selects ${typed}`
}
