import { policiesNotEnforced } from '../../explain/assumptions/input.ts'
import type { Pod } from '../../model/objects.ts'
import { labelQuery } from '../../naming/label-query.ts'
import { onHostNetwork, selectedBy } from '../../network/selected-pods.ts'
import type { NetworkPolicy } from '../../policy/policy.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import type { UndeterminedSelection } from '../../report/facts/assumptions.ts'
import type { Listing, ResourceKind } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { printable } from '../../source/printable.ts'
import { told } from '../../words/reason.ts'
import type { World } from '../../world/world.ts'
import { type Asked, askedFor } from './asked.ts'
import { assumptionsOfWorld, tellingWhatIf } from './facts.ts'
import { ingressItem } from './ingresses.ts'
import { namespaceItem } from './namespaces.ts'
import { networkPolicyItem } from './network-policies.ts'
import { podItem } from './pods.ts'
import { podsCalled, policiesSelecting, policyCalled } from './selection.ts'
import { serviceItem } from './services.ts'

/** A question of `get` as it was typed. */
export interface ListingQuestion {
  /** The kind and the name, in one of the ways in which they can be written. */
  readonly words: readonly string[]
  /** Undefined for all namespaces. */
  readonly namespace: string | undefined
  readonly selector: string | undefined
  /** A policy whose Pods are wanted. */
  readonly selectedBy: string | undefined
  /** A Pod or a workload whose policies are wanted. */
  readonly selecting: string | undefined
}

/** What was loaded of one kind. Throws CannotAnswer for what does not exist, and for options that do not go together. */
export function listing(world: World, question: ListingQuestion): Listing {
  const asked = askedFor(question.words)
  checkOptions(asked.of, question)
  const found = everything(world, asked, question)
  if (asked.name !== undefined && found.items.length === 0) notFound(world, asked, question, asked.name)
  return tellingWhatIf(world, found)
}

function checkOptions(
  of: ResourceKind,
  { selector, selectedBy: policy, selecting: pod }: ListingQuestion,
): void {
  const wrong = (option: string, kinds: string): never =>
    cannotAnswer('BAD_OPTION', `\`${option}\` is of no use with ${of}`, `it goes with ${kinds}`)
  if (selector !== undefined && of !== 'pods' && of !== 'namespaces') wrong('-l', 'pods and namespaces')
  if (policy !== undefined && of !== 'pods') wrong('--selected-by', 'pods')
  if (pod !== undefined && of !== 'networkpolicies') wrong('--selecting', 'networkpolicies')
}

/** As `listing`, but with an empty list for a name that does not exist. */
function everything(world: World, { of, name, namespace }: Asked, question: ListingQuestion): Listing {
  const { cluster, networkPolicies } = world
  const { namespace: here, selectedBy: policy, selecting: pod } = question
  const wanted = namespace ?? here
  // A policy or a Pod that is named has its own namespace.
  const isElsewhere = policy !== undefined || pod !== undefined
  const isNamed = (object: { readonly name: string }): boolean => name === undefined || object.name === name
  const isHere = (object: { readonly namespace: string; readonly name: string }): boolean =>
    isNamed(object) && (isElsewhere || wanted === undefined || object.namespace === wanted)
  const hasLabels = question.selector === undefined ? () => true : labelQuery(question.selector)
  const whole = { kind: 'Listing', assumptions: [] } as const
  switch (of) {
    case 'pods': {
      const isWanted = (one: Pod): boolean => isHere(one) && hasLabels(one.labels)
      if (policy !== undefined)
        return selectedPods(world, policyCalled(world, policy, here ?? 'default'), isWanted)
      return { ...whole, of, items: cluster.pods.filter(isWanted).map(one => podItem(world, one)) }
    }
    case 'services':
      return { ...whole, of, items: cluster.services.filter(isHere).map(one => serviceItem(world, one)) }
    case 'namespaces': {
      const found = [...cluster.namespaces.values()].filter(one => isNamed(one) && hasLabels(one.labels))
      return { ...whole, of, items: found.map(one => namespaceItem(world, one)) }
    }
    case 'networkpolicies':
      if (pod !== undefined) return policiesOf(world, pod, podsCalled(world, pod, here ?? 'default'), isHere)
      return {
        ...whole,
        of,
        items: networkPolicies.filter(isHere).map(one => networkPolicyItem(world, one)),
        assumptions: policiesNotEnforced(world).map(told),
      }
    case 'ingresses':
      return { ...whole, of, items: cluster.ingresses.filter(isHere).map(one => ingressItem(world, one)) }
  }
}

function selectedPods(world: World, policy: NetworkPolicy, isWanted: (pod: Pod) => boolean): Listing {
  const items = selectedBy(world, policy)
    .filter(({ pod }) => isWanted(pod))
    .map(({ pod, matches }) => ({ ...podItem(world, pod), matches: MATCHES[matches] }))
  const unsure = items.filter(({ matches }) => matches === 'undetermined').map(({ id }) => id)
  const inDoubt = { about: 'selected Pods', policy: policy.name, pods: unsure } as const
  const assumptions = unsure.length === 0 ? [] : [undetermined(inDoubt)]
  return { kind: 'Listing', of: 'pods', items, assumptions: assumptions.map(told) }
}

function policiesOf(
  world: World,
  typed: string,
  pods: readonly Pod[],
  isWanted: (policy: NetworkPolicy) => boolean,
): Listing {
  const items = policiesSelecting(world, pods)
    .filter(({ policy }) => isWanted(policy))
    .map(({ policy, matches }) => ({ ...networkPolicyItem(world, policy), matches }))
  const unsure = items.filter(({ matches }) => matches === 'undetermined').map(({ name }) => name)
  const inDoubt = { about: 'selecting policies', of: typed, policies: unsure } as const
  const assumptions = [...assumptionsOfWorld(world), ...(unsure.length === 0 ? [] : [undetermined(inDoubt)])]
  return { kind: 'Listing', of: 'networkpolicies', items, assumptions: assumptions.map(told) }
}

const MATCHES = { yes: 'yes', unknown: 'undetermined' } as const

/** S-303. */
const undetermined = (facts: UndeterminedSelection): AssumptionReason => ({
  code: 'UNDETERMINED_LABEL',
  facts,
})

/** In kubectl's words. */
function notFound(world: World, asked: Asked, question: ListingQuestion, name: string): never {
  const { items } = everything(world, { ...asked, name: undefined }, question)
  const near = nearest(
    name,
    items.map(item => item.name),
  )
  const help = near === undefined ? 'without a name, all of them are listed' : `did you mean \`${near}\`?`
  return cannotAnswer('NAME_NOT_FOUND', `${asked.of} "${name}" not found`, help)
}

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
