import type { Creator } from '../../model/kinds/custom/creators.ts'
import type { Pod, Workload } from '../../model/objects.ts'
import type { UnmodeledPolicy } from '../../policy/kinds/unmodeled.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import type { ObjectName } from '../../report/facts/what-if.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { Location } from '../../source/file.ts'
import type { World } from '../../world/world.ts'

/*
 * What is assumed of Pods and policies that a controller creates and the input does not have.
 */

const nameFacts = (kind: string, namespace: string | undefined, name: string): ObjectName => ({
  kind,
  ...(namespace !== undefined && { namespace }),
  name,
})

/** An object that makes a controller create others, in a reason. */
export const creatorName = ({ kind, namespace, name }: Creator): ObjectName =>
  nameFacts(kind, namespace, name)

/** Pods that are as an operator usually creates them, or as the template of an unknown kind has them. */
export function assumptionsOfCreatedPods(pods: readonly Pod[]): readonly AssumptionReason[] {
  const workloads = new Set<Workload>()
  for (const { workload, at } of pods)
    if (workload?.assumed !== undefined && at === workload.at) workloads.add(workload)
  const byHow = groupBy([...workloads], ({ assumed }) => assumed)
  return [...byHow].flatMap(([how, all]): readonly AssumptionReason[] => {
    if (how === undefined) return []
    const by = all.map(({ kind, namespace, name }) => nameFacts(kind, namespace, name))
    return [{ code: 'ASSUMED_CREATED_PODS', facts: { how, by } }]
  })
}

/** Objects of OpenShift Templates are read with the defaults of parameters: the Pods asked about, or the policies around them. */
export function assumptionsOfTemplates(
  { unused, policyObjects }: Pick<World, 'unused' | 'policyObjects'>,
  pods: readonly Pod[],
): readonly AssumptionReason[] {
  const all = unused.flatMap(({ at, why }) => (why.kind === 'processed-template' ? [{ at, why }] : []))
  if (all.length === 0) return []
  const namespaces = new Set(pods.map(({ namespace }) => namespace))
  const policies = policyObjects.filter(({ namespace }) => namespaces.has(namespace))
  const places = [...pods, ...policies].flatMap(({ at }) => at ?? [])
  const templates = all.filter(({ at }) => places.some(place => isWithin(place, at)))
  if (templates.length === 0) return []
  return [{ code: 'ASSUMED_TEMPLATE_PARAMETERS', facts: { templates: templates.map(({ why }) => why.name) } }]
}

const isWithin = (place: Location, { file, document, path }: Location): boolean =>
  place.file.path === file.path &&
  place.document === document &&
  place.path.length > path.length &&
  path.every((step, index) => place.path[index] === step)

/** Policies that a controller may create are assumed to change nothing. */
export function assumptionsOfCreatedPolicies(
  policies: readonly UnmodeledPolicy[],
): readonly AssumptionReason[] {
  if (policies.length === 0) return []
  const by = policies.map(({ kind, ownNamespace, name }) => nameFacts(kind, ownNamespace, name))
  return [{ code: 'UNDETERMINED_CREATED_POLICY', facts: { by } }]
}
