import type { Listing, ResourceKind } from '../../report/inventory.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { cannotAnswer } from '../cannot-answer.ts'
import { labelQuery } from '../label-query.ts'
import { resolve } from '../names.ts'
import type { World } from '../world.ts'
import { ingressItem, namespaceItem, networkPolicyItem, podItem, serviceItem } from './items.ts'
import { findKind, kindOf, SINGULAR } from './kinds.ts'
import { selectedBy, selecting } from './selecting.ts'

/** A question of `get` as it was typed. */
export interface ListingQuestion {
  readonly kind: string
  readonly name: string | undefined
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
  const of = kindOf(question.kind)
  checkOptions(of, question)
  const found = everything(world, of, question)
  if (question.name !== undefined && found.items.length === 0) notFound(world, of, question, question.name)
  return found
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

function everything(world: World, of: ResourceKind, question: ListingQuestion): Listing {
  const { cluster, networkPolicies } = world
  // What is named with its namespace says where to look.
  const isElsewhere = question.selectedBy !== undefined || question.selecting !== undefined
  const isNamed = ({ name }: { readonly name: string }): boolean =>
    question.name === undefined || name === question.name
  const isHere = (object: { readonly namespace: string; readonly name: string }): boolean =>
    isNamed(object) &&
    (isElsewhere || question.namespace === undefined || object.namespace === question.namespace)
  const hasLabels = question.selector === undefined ? () => true : labelQuery(question.selector)
  switch (of) {
    case 'pods': {
      const chosen =
        question.selectedBy === undefined ? cluster.pods : podsOf(world, question.selectedBy, question)
      const items = chosen.filter(pod => isHere(pod) && hasLabels(pod.labels)).map(pod => podItem(world, pod))
      return { kind: 'Listing', of, items }
    }
    case 'services':
      return {
        kind: 'Listing',
        of,
        items: cluster.services.filter(isHere).map(one => serviceItem(world, one)),
      }
    case 'namespaces': {
      const found = [...cluster.namespaces.values()].filter(one => isNamed(one) && hasLabels(one.labels))
      return { kind: 'Listing', of, items: found.map(one => namespaceItem(world, one)) }
    }
    case 'networkpolicies': {
      const chosen =
        question.selecting === undefined ? networkPolicies : policiesOf(world, question.selecting, question)
      return { kind: 'Listing', of, items: chosen.filter(isHere).map(one => networkPolicyItem(world, one)) }
    }
    case 'ingresses':
      return {
        kind: 'Listing',
        of,
        items: cluster.ingresses.filter(isHere).map(one => ingressItem(world, one)),
      }
  }
}

/** In kubectl's words. */
function notFound(world: World, of: ResourceKind, question: ListingQuestion, name: string): never {
  const { items } = everything(world, of, { ...question, name: undefined })
  const near = nearest(
    name,
    items.map(item => item.name),
  )
  const help = near === undefined ? 'without a name, all of them are listed' : `did you mean \`${near}\`?`
  return cannotAnswer('NAME_NOT_FOUND', `${of} "${name}" not found`, help)
}

/** The Pods that a policy selects, surely or perhaps. */
function podsOf(world: World, typed: string, { namespace = 'default' }: ListingQuestion) {
  const parts = typed.split('/')
  const last = parts.at(-1) ?? ''
  const kind = parts.at(-2)
  const of =
    parts.length === 3 ? parts[0] : kind === undefined || findKind(kind) !== undefined ? namespace : kind
  const found = world.networkPolicies.find(policy => policy.name === last && policy.namespace === of)
  if (found !== undefined) return selectedBy(world, found).map(({ pod }) => pod)
  const ids = world.networkPolicies.map(policy => `${policy.namespace}/netpol/${policy.name}`)
  const near = ids.find(id => id.endsWith(`/${last}`)) ?? nearest(`${of}/netpol/${last}`, ids)
  return cannotAnswer(
    'NAME_NOT_FOUND',
    `no ${SINGULAR.networkpolicies} is called \`${typed}\` in namespace ${of}`,
    near === undefined ? 'write netpol/NAME or NAMESPACE/netpol/NAME' : `did you mean \`${near}\`?`,
  )
}

/** The policies that select a Pod, or any Pod of a workload. */
function policiesOf(world: World, typed: string, { namespace = 'default' }: ListingQuestion) {
  const target = resolve(world, typed, namespace)
  if (target.kind !== 'parties' || target.parties.some(party => party.kind !== 'pod'))
    return cannotAnswer('NOT_A_POD', `\`${typed}\` is no Pod and no workload, and policies select Pods`)
  const found = target.parties.flatMap(party => (party.kind === 'pod' ? selecting(world, party.pod) : []))
  return [...new Set(found.map(({ policy }) => policy))]
}

/** What is said beside an empty list: kubectl's words, and where there would be something. */
export function nothingFound(world: World, question: ListingQuestion): readonly string[] {
  const { namespace } = question
  const of = kindOf(question.kind)
  if (question.selectedBy !== undefined) return [`${question.selectedBy} selects no Pod of the input`]
  if (question.selecting !== undefined) return [`no policy selects ${question.selecting}`]
  if (namespace === undefined || of === 'namespaces') return ['No resources found']
  const elsewhere = everything(world, of, { ...question, namespace: undefined }).items.length
  const hint = elsewhere > 0 ? ` (${elsewhere} in other namespaces: -A)` : ''
  return [`No resources found in ${namespace} namespace.${hint}`]
}
