import type { Cluster } from '../model/cluster.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { selectionOfEndpoint } from '../network/selected-pods.ts'
import type { Policy } from '../policy/policy.ts'
import type { Direction } from '../report/facts/rules.ts'
import { type Connections, contains, intersect, isEmpty, subtract } from '../sets/connections.ts'
import { groupBy } from '../sets/group-by.ts'
import { memoized } from '../sets/memoized.ts'
import type { InForce } from '../world/live-objects.ts'
import type { ObjectRef } from '../world/object-name.ts'
import type { World } from '../world/world.ts'
import { type Change, different, reachOf } from './change.ts'
import type { WorldEdit } from './edited-policy.ts'
import { editsBetween, type WorldEdits } from './edits.ts'
import { type EndpointSides, podName } from './endpoint-sides.ts'
import { enoughOf, MOST_TRIED } from './enough.ts'
import type { Sides } from './matched-sides.ts'

/** The edits that cause a change of some connections. */
export interface Attribution {
  readonly connections: Connections
  /**
   * `each`: the change is undone by reverting any one of the edits; `together`: only by reverting all of them, and no fewer;
   * `among`: they are too many to be tried.
   */
  readonly how: 'each' | 'together' | 'among'
  readonly edits: readonly WorldEdit[]
}

/** Finds the edits that cause a difference between two worlds, for two endpoints: by default the first of the change. */
export function attributor(
  before: World,
  after: World,
  edits: WorldEdits = editsBetween(before, after),
): (change: Change, from?: EndpointSides, to?: EndpointSides) => readonly Attribution[] {
  const endpointIn = finder()
  const each = edits.all.map(edit => ({ edit, isOf: concerns(before, after, edit, edits.objectsOf(edit)) }))
  return (change, from = change.from[0], to = change.to[0]) => {
    const all = different(change.before, change.after)
    const restoredIn = memoized((world: World): Connections => {
      const reach = reachOf(world, endpointIn(world, from), endpointIn(world, to))
      return subtract(all, different(reach, change.before))
    })
    const restored = (reverted: readonly WorldEdit[]): Connections => restoredIn(edits.without(reverted))
    const likely = each.filter(({ isOf }) => isOf(from, to)).map(({ edit }) => edit)
    // A policy may depend on other objects, such as the address of a Service (S-038).
    const own = contains(restored(likely), all) ? likely : edits.all
    // Where the edits are too many, those of one object are taken as one.
    const units = [own.map(edit => [edit]), [...groupBy(own, ({ object }) => object).values()]].find(
      ({ length }) => length <= MOST_TRIED,
    )
    return units === undefined
      ? [{ connections: all, how: 'among', edits: own }]
      : causes(all, units, restored)
  }
}

/** Edits that are taken as one. */
type Unit = readonly WorldEdit[]

function causes(
  all: Connections,
  units: readonly Unit[],
  restored: (reverted: Unit) => Connections,
): readonly Attribution[] {
  let parts: readonly Connections[] = [all]
  for (const unit of units) {
    const without = restored(unit)
    parts = parts
      .flatMap(part => [intersect(part, without), subtract(part, without)])
      .filter(part => !isEmpty(part))
  }
  return parts.map((connections): Attribution => {
    const enough = enoughOf(units, some => contains(restored(some.flat()), connections))
    return enough === undefined
      ? { connections, how: 'among', edits: units.flat() }
      : { connections, how: enough.how, edits: enough.parts.flat() }
  })
}

/** Finds an endpoint in a world that has some of the edits between two worlds; undefined where it is not there. */
function finder(): (world: World, sides: EndpointSides) => Endpoint | undefined {
  const podsOf = memoized(({ pods }: Cluster) => new Map(pods.map(pod => [podName(pod), pod])))
  return ({ cluster }, { before, after }) => {
    for (const endpoint of [after, before]) {
      if (endpoint === undefined) continue
      // Endpoints outside and assumed ones are in every world.
      if (endpoint.kind !== 'pod' || endpoint.pod.at === undefined) return endpoint
      const pod = podsOf(cluster).get(podName(endpoint.pod))
      if (pod !== undefined) return { kind: 'pod', pod }
    }
    return undefined
  }
}

/** Whether an edit is of a policy that selects one of two endpoints, or of an object that one of them depends on. */
function concerns(
  before: World,
  after: World,
  { part }: WorldEdit,
  objects: Sides<InForce>,
): (from: EndpointSides, to: EndpointSides) => boolean {
  const versions = [objects.before, objects.after].filter(one => one !== undefined)
  const policies = versions.flatMap(({ decoded }) =>
    decoded.as === 'policy' ? decoded.policy.directions : [],
  )
  const direction = part !== undefined && 'direction' in part ? part.direction : undefined
  const asked = policies.filter(policy => direction === undefined || policy.direction === direction)
  const selects = (one: Direction, { before: was, after: is }: EndpointSides): boolean =>
    asked.some(
      policy => policy.direction === one && (maySelect(policy, before, was) || maySelect(policy, after, is)),
    )
  const dependsOn = (sides: EndpointSides): boolean =>
    [sides.before, sides.after].some(endpoint =>
      versions.some(({ object }) => isDependencyOf(object, endpoint)),
    )
  return (from, to) => selects('egress', from) || selects('ingress', to) || dependsOn(from) || dependsOn(to)
}

const maySelect = (policy: Policy, world: World, endpoint: Endpoint | undefined): boolean =>
  endpoint !== undefined && selectionOfEndpoint(world, endpoint)(policy) !== 'no'

/** Whether an endpoint depends on an object: its Pod, its workload, its namespace, its node. */
function isDependencyOf({ kind, namespace, name }: ObjectRef, endpoint: Endpoint | undefined): boolean {
  if (endpoint?.kind !== 'pod') return false
  const { pod } = endpoint
  if (kind === 'Namespace') return name === pod.namespace
  if (kind === 'Node') return name === pod.node
  const made = [{ kind: 'Pod', name: pod.name }, pod.workload, pod.owner]
  return namespace === pod.namespace && made.some(one => one?.kind === kind && one.name === name)
}
