import type { Pod } from '../../model/objects.ts'
import { every, type Match, some } from '../../model/selector.ts'
import { resolve } from '../../naming/resolve.ts'
import { podsAmong } from '../../network/endpoint.ts'
import { onHostNetwork, selectedBy, selectionOfEndpoint } from '../../network/selected-pods.ts'
import type { NetworkPolicy } from '../../policy/policy.ts'
import type { Assumption } from '../../report/assumption.ts'
import type { UndeterminedSelection } from '../../report/facts/assumptions.ts'
import type { Listing, Selected } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { didYouMean, nearest } from '../../source/did-you-mean.ts'
import { noSelectedPodsText, noSelectingPoliciesText } from '../../words/inventory.ts'
import { withMessage } from '../../words/reason.ts'
import { typedName } from '../../world/object-name.ts'
import { networkPolicies, type World } from '../../world/world.ts'
import { assumptionsOfPods, assumptionsOfWorld } from './fields.ts'
import { findKind } from './kind-and-name.ts'
import { networkPolicyItem } from './network-policies.ts'
import { podItem } from './pods.ts'

/*
 * Which policy selects which Pods, asked by name: `--selected-by` and `--selecting`.
 */

/** The Pods among `pods` that a policy selects, or may select. */
export function podsSelectedBy(
  world: World,
  typed: string,
  here: string | undefined,
  pods: readonly Pod[],
): Listing {
  const policy = policyCalled(world, typed, here)
  const wanted = new Set(pods)
  const chosen = selectedBy(world, policy).filter(({ pod }) => wanted.has(pod))
  const items = chosen.map(({ pod, matches }) => ({ ...podItem(world, pod), matches: selected([matches]) }))
  const unsure = items.filter(({ matches }) => matches === 'undetermined').map(({ id }) => id)
  const assumptions = undeterminedIf({ about: 'selected Pods', policy: policy.name, pods: unsure }, unsure)
  const ofPods = assumptionsOfPods(
    world,
    chosen.map(({ pod }) => pod),
  )
  return { kind: 'Listing', of: 'pods', items, assumptions: [...assumptions, ...ofPods] }
}

/** The policies among `policies` that select at least one Pod of an object, or may select it. */
export function policiesSelecting(
  world: World,
  typed: string,
  here: string | undefined,
  policies: readonly NetworkPolicy[],
): Listing {
  const selections = podsCalled(world, typed, here).map(pod =>
    selectionOfEndpoint(world, { kind: 'pod', pod }),
  )
  const items = policies.flatMap(policy => {
    const matches = selections.map(selection => selection(policy))
    return some(matches) === 'no' ? [] : [{ ...networkPolicyItem(world, policy), matches: selected(matches) }]
  })
  const unsure = items.filter(({ matches }) => matches === 'undetermined').map(({ name }) => name)
  const assumptions = undeterminedIf({ about: 'selecting policies', of: typed, policies: unsure }, unsure)
  return {
    kind: 'Listing',
    of: 'networkpolicies',
    items,
    assumptions: [...assumptionsOfWorld(world).map(withMessage), ...assumptions],
  }
}

/** The Pods of a StatefulSet differ in their labels, so a policy may select only some of them. */
function selected(matches: readonly Match[]): Selected {
  if (every(matches) === 'yes') return 'yes'
  return matches.includes('yes') ? 'partial' : 'undetermined'
}

/** S-303. */
const undeterminedIf = (facts: UndeterminedSelection, unsure: readonly string[]): readonly Assumption[] =>
  unsure.length === 0 ? [] : [withMessage({ code: 'UNDETERMINED_LABEL', facts })]

export function whyNoneIsSelected(world: World, typed: string, here: string | undefined): string {
  const policy = policyCalled(world, typed, here)
  return noSelectedPodsText(typed, selectedBy(world, policy).length, onHostNetwork(world, policy).length)
}

export const whyNoneSelects = (world: World, typed: string, here: string | undefined): string =>
  noSelectingPoliciesText(typed, podsCalled(world, typed, here))

/** The policy that was typed as NAME, netpol/NAME, NAMESPACE/NAME or NAMESPACE/netpol/NAME. */
function policyCalled(world: World, typed: string, here = 'default'): NetworkPolicy {
  const { namespace: within, word = '', name } = typedName(typed) ?? { name: '' }
  const kind = findKind(word)
  // Without a kind the word is a namespace.
  const namespace = within ?? (word === '' || kind !== undefined ? here : word)
  const isReadable =
    name !== '' && (kind === 'networkpolicies' || (kind === undefined && within === undefined))
  const policies = networkPolicies(world)
  const found = policies.find(policy => policy.name === name && policy.namespace === namespace)
  if (isReadable && found !== undefined) return found
  const ids = policies.map(policy => `${policy.namespace}/netpol/${policy.name}`)
  const near = ids.find(id => id.endsWith(`/${name}`)) ?? nearest(`${namespace}/netpol/${name}`, ids)
  cannotAnswer(
    'NAME_NOT_FOUND',
    isReadable
      ? `no NetworkPolicy is called \`${typed}\` in namespace ${namespace}`
      : `\`${typed}\` is no name of a NetworkPolicy`,
    didYouMean(near, 'write netpol/NAME or NAMESPACE/netpol/NAME'),
  )
}

/** The Pod that was typed, or the Pods of a workload. */
function podsCalled(world: World, typed: string, here = 'default'): readonly Pod[] {
  const target = resolve(world, typed, here)
  if (target.kind !== 'endpoints' || target.endpoints.some(endpoint => endpoint.kind !== 'pod'))
    cannotAnswer('NOT_A_POD', `\`${typed}\` is neither a Pod nor a workload, and policies select only Pods`)
  return podsAmong(target.endpoints)
}
