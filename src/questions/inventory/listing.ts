import { policiesNotEnforced } from '../../explain/assumptions/input.ts'
import { labelQuery } from '../../naming/label-query.ts'
import type { Listing, ResourceKind } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { didYouMean, nearest } from '../../source/did-you-mean.ts'
import { noObjectsText } from '../../words/inventory.ts'
import { withMessage } from '../../words/reason.ts'
import { networkPolicies, type World } from '../../world/world.ts'
import { assumptionsOfPods, withEdits } from './fields.ts'
import { ingressItem } from './ingresses.ts'
import { type AskedObjects, askedFor } from './kind-and-name.ts'
import { namespaceItem } from './namespaces.ts'
import { networkPolicyItem } from './network-policies.ts'
import { podItem } from './pods.ts'
import { podsSelectedBy, policiesSelecting, whyNoneIsSelected, whyNoneSelects } from './selection.ts'
import { serviceItem } from './services.ts'

/** A question of `get` as it was typed. */
interface ListingQuestion {
  /** The kind and the name, in one of the ways in which they can be written. */
  readonly words: readonly string[]
  /** Those that are listed, the last of which is that of names without one; undefined for all. */
  readonly namespaces?: readonly string[] | undefined
  readonly selector?: string | undefined
  /** A policy whose Pods are wanted. */
  readonly selectedBy?: string | undefined
  /** A Pod or a workload whose policies are wanted. */
  readonly selecting?: string | undefined
}

/** What was loaded of one kind. Throws CannotAnswer for what does not exist, and for options that do not go together. */
export function listing(world: World, question: ListingQuestion): Listing {
  const asked = askedFor(question.words)
  checkOptions(asked.of, question)
  const found = everything(world, asked, question)
  if (asked.name !== undefined && found.items.length === 0) notFound(world, asked, question, asked.name)
  return { ...found, assumptions: withEdits(world, found.assumptions) }
}

function checkOptions(of: ResourceKind, { selector, selectedBy, selecting }: ListingQuestion): void {
  const wrong = (option: string, kinds: string): never =>
    cannotAnswer('BAD_OPTION', `\`${option}\` is of no use with ${of}`, `it goes with ${kinds}`)
  if (selector !== undefined && of !== 'pods' && of !== 'namespaces') wrong('-l', 'pods and namespaces')
  if (selectedBy !== undefined && of !== 'pods') wrong('--selected-by', 'pods')
  if (selecting !== undefined && of !== 'networkpolicies') wrong('--selecting', 'networkpolicies')
}

interface WithName {
  readonly name: string
}

/** As `listing`, but with an empty list for a name that does not exist. */
function everything(world: World, { of, name, namespace }: AskedObjects, question: ListingQuestion): Listing {
  const { cluster } = world
  const { namespaces, selectedBy, selecting } = question
  const here = namespaces?.at(-1)
  const wanted = namespace === undefined ? namespaces : [namespace]
  // A policy or a Pod that is named has its own namespace.
  const isElsewhere = selectedBy !== undefined || selecting !== undefined
  const isNamed = (object: WithName): boolean => name === undefined || object.name === name
  const isHere = (object: WithName & { readonly namespace: string }): boolean =>
    isNamed(object) && (isElsewhere || wanted === undefined || wanted.includes(object.namespace))
  const hasLabels = labelQuery(question.selector)
  const itemsOf = <O, I>(objects: readonly O[], itemOf: (world: World, object: O) => I): readonly I[] =>
    objects.map(object => itemOf(world, object))
  const listing = { kind: 'Listing', assumptions: [] } as const
  switch (of) {
    case 'pods': {
      const pods = cluster.pods.filter(pod => isHere(pod) && hasLabels(pod.labels))
      return selectedBy === undefined
        ? { ...listing, of, items: itemsOf(pods, podItem), assumptions: assumptionsOfPods(world, pods) }
        : podsSelectedBy(world, selectedBy, here, pods)
    }
    case 'services':
      return { ...listing, of, items: itemsOf(cluster.services.filter(isHere), serviceItem) }
    case 'namespaces': {
      const namespaces = [...cluster.namespaces.values()]
      const found = namespaces.filter(one => isNamed(one) && hasLabels(one.labels))
      return { ...listing, of, items: itemsOf(found, namespaceItem) }
    }
    case 'networkpolicies': {
      const policies = networkPolicies(world).filter(isHere)
      const assumptions = policiesNotEnforced(world).map(withMessage)
      return selecting === undefined
        ? { ...listing, of, items: itemsOf(policies, networkPolicyItem), assumptions }
        : policiesSelecting(world, selecting, here, policies)
    }
    case 'ingresses':
      return { ...listing, of, items: itemsOf(cluster.ingresses.filter(isHere), ingressItem) }
  }
}

/** In kubectl's words. */
function notFound(world: World, asked: AskedObjects, question: ListingQuestion, name: string): never {
  const names = everything(world, { ...asked, name: undefined }, question).items.map(item => item.name)
  const near = nearest(name, names)
  const help = didYouMean(near, 'without a name, all of them are listed')
  cannotAnswer('NAME_NOT_FOUND', `${asked.of} "${name}" not found`, help)
}

/** What is said beside an empty list: kubectl's words, and why it is empty or where there would be something. */
export function nothingFound(world: World, question: ListingQuestion): string {
  const { namespaces, selectedBy, selecting } = question
  if (selectedBy !== undefined) return whyNoneIsSelected(world, selectedBy, namespaces?.at(-1))
  if (selecting !== undefined) return whyNoneSelects(world, selecting, namespaces?.at(-1))
  const asked = askedFor(question.words)
  if (namespaces === undefined || asked.of === 'namespaces') return noObjectsText()
  const elsewhere = everything(world, asked, { ...question, namespaces: undefined }).items.length
  const known = [...world.cluster.namespaces.keys()]
  const unknown = namespaces.find(namespace => !known.includes(namespace))
  return noObjectsText(namespaces, elsewhere, unknown === undefined ? undefined : nearest(unknown, known))
}
