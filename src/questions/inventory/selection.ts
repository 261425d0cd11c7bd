import type { Pod } from '../../model/objects.ts'
import { every, type Match, some } from '../../model/selector.ts'
import { resolve } from '../../naming/names.ts'
import { selectionOf } from '../../network/selected-pods.ts'
import type { NetworkPolicy } from '../../policy/policy.ts'
import type { Selected } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { typedName } from '../../world/object-name.ts'
import type { World } from '../../world/world.ts'
import { findKind } from './asked.ts'

/*
 * Which policy selects which Pods, asked by name: `--selected-by` and `--selecting`.
 */

/** The policy that was typed as NAME, netpol/NAME, NAMESPACE/NAME or NAMESPACE/netpol/NAME. */
export function policyCalled({ networkPolicies }: World, typed: string, here: string): NetworkPolicy {
  const { namespace: within, word = '', name } = typedName(typed) ?? { name: '' }
  const kind = findKind(word)
  // Without a kind the word is a namespace.
  const namespace = within ?? (word === '' || kind !== undefined ? here : word)
  const isReadable =
    name !== '' && (kind === 'networkpolicies' || (kind === undefined && within === undefined))
  const found = networkPolicies.find(policy => policy.name === name && policy.namespace === namespace)
  if (isReadable && found !== undefined) return found
  const ids = networkPolicies.map(policy => `${policy.namespace}/netpol/${policy.name}`)
  const near = ids.find(id => id.endsWith(`/${name}`)) ?? nearest(`${namespace}/netpol/${name}`, ids)
  return cannotAnswer(
    'NAME_NOT_FOUND',
    isReadable
      ? `no NetworkPolicy is called \`${typed}\` in namespace ${namespace}`
      : `\`${typed}\` is no name of a NetworkPolicy`,
    near === undefined ? 'write netpol/NAME or NAMESPACE/netpol/NAME' : `did you mean \`${near}\`?`,
  )
}

/** The Pod that was typed, or the Pods of a workload. */
export function podsCalled(world: World, typed: string, here: string): readonly Pod[] {
  const target = resolve(world, typed, here)
  if (target.kind !== 'endpoints' || target.endpoints.some(endpoint => endpoint.kind !== 'pod'))
    return cannotAnswer('NOT_A_POD', `\`${typed}\` is no Pod and no workload, and policies select Pods`)
  return target.endpoints.flatMap(endpoint => (endpoint.kind === 'pod' ? [endpoint.pod] : []))
}

/** The policies that select at least one of the Pods, or may do so, and whether they select all of them. */
export function policiesSelecting(
  world: World,
  pods: readonly Pod[],
): readonly { readonly policy: NetworkPolicy; readonly matches: Selected }[] {
  const selections = pods.map(pod => selectionOf(world, { kind: 'pod', pod }))
  return world.networkPolicies.flatMap(policy => {
    const matches = selections.map(selection => selection(policy))
    return some(matches) === 'no' ? [] : [{ policy, matches: selected(matches) }]
  })
}

/** The Pods of a StatefulSet differ in their labels, so a policy may select only some of them. */
function selected(matches: readonly Match[]): Selected {
  if (every(matches) === 'yes') return 'yes'
  return matches.includes('yes') ? 'partial' : 'undetermined'
}
