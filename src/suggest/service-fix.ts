import { failures } from '../engine/match.ts'
import { labelInstead, nearlyChosen } from '../explain/differences/services.ts'
import type { Pod, Service } from '../model/objects.ts'
import type { Selector } from '../model/selector.ts'
import { podsOfService } from '../network/service-backends.ts'
import type { DeadEnd, Path } from '../path/path.ts'
import { nearest } from '../source/did-you-mean.ts'
import { below, type FieldPath } from '../source/file.ts'
import { sourceOf } from '../source/source-of.ts'
import type { ObjectRef } from '../world/object-name.ts'
import type { World } from '../world/world.ts'
import type { Candidate, ManifestEdit } from './candidate.ts'

/**
 * A change of a Service that leads nowhere: a selector that matches the nearest Pods, or a target port that they have. A
 * Service that `earlier` edits have changed has no place in the manifests.
 */
export function serviceFix(
  world: World,
  { hops }: Path,
  earlier: readonly ManifestEdit[],
): Candidate | undefined {
  for (const hop of hops) {
    if (hop.kind !== 'dead-end') continue
    const found = changesFor(world, hop.why)
    const [first] = found?.changes ?? []
    if (found === undefined || first === undefined) continue
    const { service, changes } = found
    const { name, namespace, at } = service
    const object = { kind: 'Service', namespace, name }
    const isSuggested = earlier.some(edit => edit.kind === 'change' && isSameObject(edit.object, object))
    return {
      edits: [{ kind: 'change', object, changes }],
      facts: [
        {
          kind: 'service',
          name,
          ...(!isSuggested && { source: sourceOf(below(at, ...first.at.slice(0, 2))) }),
          values: changes.map(change => ({ key: String(change.at.at(-1)), value: change.value ?? null })),
        },
      ],
      closesNothing: true,
    }
  }
  return undefined
}

const isSameObject = (a: ObjectRef, b: ObjectRef): boolean =>
  a.kind === b.kind && a.namespace === b.namespace && a.name === b.name

/** A field that gets another value, or none. */
interface Write {
  readonly kind: 'write'
  readonly at: FieldPath
  readonly value: string | number | undefined
}

function changesFor(
  world: World,
  end: DeadEnd,
): { readonly service: Service; readonly changes: readonly Write[] } | undefined {
  if (end.kind !== 'no-backends' && end.kind !== 'target-port-unresolved') return undefined
  const { service } = end
  if (service.selector === undefined) return undefined
  if (end.kind === 'target-port-unresolved')
    return { service, changes: portChanges(service, podsOfService(world, service)[0]) }
  const [pod] = nearlyChosen(world, service, service.selector)
  return pod && { service, changes: selectorChanges(service.selector, pod) }
}

/** Each label as the Pod has it; one that the Pod does not have is left out. */
function selectorChanges(selector: Selector, pod: Pod): readonly Write[] {
  return failures(selector, pod.labels).flatMap(({ requirement, matches, actual }): readonly Write[] => {
    const write = (label: string, value: string | undefined): Write => ({
      kind: 'write',
      at: ['spec', 'selector', label],
      value,
    })
    const { key } = requirement
    if (matches === 'unknown') return []
    if (actual !== undefined) return [write(key, actual)]
    const other = labelInstead(requirement, pod)
    return other === undefined
      ? [write(key, undefined)]
      : [write(key, undefined), write(other.key, other.value)]
  })
}

/** For a target port that no Pod has: one with a similar name, or the only one. */
function portChanges({ ports }: Service, pod: Pod | undefined): readonly Write[] {
  return ports.flatMap(({ targetPort, protocol }, index): readonly Write[] => {
    const own = pod?.ports.filter(port => port.protocol === protocol) ?? []
    if (typeof targetPort === 'number' || own.some(({ name }) => name === targetPort)) return []
    const near = nearest(
      targetPort,
      own.flatMap(({ name }) => name ?? []),
    )
    const [only, ...more] = own
    const value = near ?? (more.length === 0 ? (only?.name ?? only?.number) : undefined)
    return value === undefined ? [] : [{ kind: 'write', at: ['spec', 'ports', index, 'targetPort'], value }]
  })
}
