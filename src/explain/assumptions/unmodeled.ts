import { namespaceOf } from '../../model/cluster.ts'
import type { Labels } from '../../model/labels.ts'
import { type Selector, selects } from '../../model/selector.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import type { UnmodelledPolicy } from '../../policy/unmodelled.ts'
import type { Assumption } from '../../report/common.ts'
import { printable } from '../../source/printable.ts'
import type { World } from '../../world/world.ts'

/** What is assumed of policies that are not evaluated and could select one of the ends: that they change nothing (S-071). */
export function assumptionsOfUnmodelled(world: World, endpoints: readonly Endpoint[]): readonly Assumption[] {
  return notEvaluated(
    world.unmodelled.filter(policy => endpoints.some(endpoint => couldSelect(world, policy, endpoint))),
  )
}

/** The same where all of the cluster is looked at. */
export const assumptionsOfAllUnmodelled = ({ unmodelled }: World): readonly Assumption[] =>
  notEvaluated(unmodelled)

/** Not whether it does: a part of it that is not understood selects everybody. */
function couldSelect(world: World, policy: UnmodelledPolicy, endpoint: Endpoint): boolean {
  switch (endpoint.kind) {
    case 'external':
      return false
    case 'node':
      return policy.nodes
    case 'pod': {
      const { namespace, labels, hostNetwork } = endpoint.pod
      if (hostNetwork && policy.nodes) return true
      if (policy.namespace !== undefined && policy.namespace !== namespace) return false
      const around = namespaceOf(world.cluster, namespace).labels
      return policy.subjects.some(({ namespaces, pods }) => fits(namespaces, around) && fits(pods, labels))
    }
  }
}

const fits = (selector: Selector | 'any', labels: Labels): boolean =>
  selector === 'any' || selects(selector, labels) !== 'no'

/** The first few are named. */
const NAMED = 3

function notEvaluated(policies: readonly UnmodelledPolicy[]): readonly Assumption[] {
  if (policies.length === 0) return []
  const all = policies.map(({ kind, namespace, name }) => {
    const id = [namespace, name].filter(part => part !== undefined).join('/')
    return printable(`${kind} ${id}`)
  })
  const names = [...new Set(all)]
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  const are = names.length === 1 ? 'is not evaluated: it' : 'are not evaluated: they'
  return [
    {
      code: 'UNDETERMINED_UNMODELLED_POLICY',
      message: `${names.slice(0, NAMED).join(', ')}${more} ${are} may decide otherwise`,
    },
  ]
}
