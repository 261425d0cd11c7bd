import { policiesNotEnforced } from '../../explain/assumptions/input.ts'
import type { Pod } from '../../model/objects.ts'
import { labelQuery } from '../../naming/label-query.ts'
import { selectedBy } from '../../network/selected-pods.ts'
import type { NetworkPolicy } from '../../policy/policy.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import type { UndeterminedSelection } from '../../report/facts/assumptions.ts'
import type { Listing, ResourceKind } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { told } from '../../words/reason.ts'
import type { World } from '../../world/world.ts'
import { assumptionsOfWorld, tellingWhatIf } from './assumptions.ts'
import { ingressItem, namespaceItem, networkPolicyItem, podItem, serviceItem } from './items.ts'
import { type Asked, askedFor } from './objects-asked.ts'
import { podsCalled, policiesSelecting, policyCalled } from './selection.ts'

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

/** As `listing`, and an empty list for a name that is not there. */
export function everything(world: World, { of, name, namespace }: Asked, question: ListingQuestion): Listing {
  const { cluster, networkPolicies } = world
  const { namespace: here, selectedBy: policy, selecting: pod } = question
  const wanted = namespace ?? here
  // What is named with its namespace says where to look.
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
