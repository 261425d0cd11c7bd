import { type Creator, mayCreatePods, mayCreatePolicies } from '../model/kinds/custom/creators.ts'
import type { CustomWorkload } from '../model/objects.ts'
import type { UnmodeledPolicy } from '../policy/kinds/unmodeled.ts'
import type { InForce, Unused } from './live-objects.ts'

/*
 * What the input does not have and an object of it may create.
 */

interface Creators {
  readonly creators: readonly Creator[]
}

/** Those that create what the input does not have, with custom workloads that take over a template that is not there. */
export function creatorsAmong(
  installing: readonly Creator[],
  customs: readonly CustomWorkload[],
  used: readonly InForce[],
  passedOver: readonly Unused[],
): readonly Creator[] {
  const missing = customs.filter(
    ({ templateOf, namespace }) =>
      templateOf !== undefined &&
      !used.some(
        ({ object }) =>
          object.kind === templateOf.kind &&
          object.name === templateOf.name &&
          object.namespace === namespace,
      ),
  )
  const paths = installing.some(({ folder }) => folder !== undefined)
    ? [...new Set([...used, ...passedOver].map(({ at }) => `/${at.file.path}`))]
    : []
  return [
    ...installing.filter(creator => !isRead(creator, paths)),
    ...missing.map(custom => asCreator(custom, 'pods', false)),
    ...customs.flatMap(custom =>
      custom.unknown === undefined
        ? []
        : [asCreator(custom, custom.unknown === 'labels' ? 'pods' : 'services', true)],
    ),
  ]
}

/**
 * Of objects of a dump, what that does not have: with Pods of a namespace it has all of them, and so with policies; with those of
 * several namespaces it has the policies of all.
 */
export function notInDump(creators: readonly Creator[], used: readonly InForce[]): readonly Creator[] {
  if (creators.length === 0) return []
  const served = used.filter(one => one.served)
  const namespacesOf = (isIt: (one: InForce) => boolean): ReadonlySet<string | undefined> =>
    new Set(served.filter(isIt).map(({ object }) => object.namespace))
  const withPods = namespacesOf(({ object }) => object.kind === 'Pod')
  const withPolicies = namespacesOf(({ decoded }) => decoded.as === 'policy')
  return creators.flatMap((creator): readonly Creator[] => {
    const { into } = creator
    const hasPods = into === undefined ? withPods.size > 0 : withPods.has(into)
    const hasPolicies =
      into === undefined ? withPolicies.size > 0 : withPolicies.has(into) || withPolicies.size > 1
    const pods = mayCreatePods(creator) && !hasPods
    const policies = mayCreatePolicies(creator) && !hasPolicies
    if (pods && policies) return [creator]
    if (pods) return [{ ...creator, creates: 'pods' }]
    return policies ? [{ ...creator, creates: 'policies' }] : []
  })
}

/** Whether the folder that an object installs is among those of the input. */
function isRead({ folder }: Creator, paths: readonly string[]): boolean {
  const path = folder?.replace(/^(?:\.?\/)+|\/+$/g, '') ?? ''
  return path !== '' && path !== '.' && paths.some(read => read.includes(`/${path}/`))
}

const asCreator = (
  { workload: { kind, name, at }, namespace }: CustomWorkload,
  creates: 'pods' | 'services',
  isPartlyKnown: boolean,
): Creator => ({
  kind,
  namespace,
  name,
  creates,
  isPartlyKnown,
  into: namespace,
  names: [name],
  folder: undefined,
  at,
})

/** What policies may select that controllers create. */
export function createdPolicies(
  creators: readonly Creator[],
  customs: readonly CustomWorkload[],
): readonly UnmodeledPolicy[] {
  const ofAll = creators.filter(mayCreatePolicies).map(
    ({ kind, namespace, name, into, at }): UnmodeledPolicy => ({
      kind,
      name,
      ...(namespace !== undefined && { ownNamespace: namespace }),
      namespace: into,
      nodes: false,
      subjects: [{ namespaces: 'any', pods: 'any' }],
      at,
    }),
  )
  return [...ofAll, ...customs.flatMap(isolatedBy)]
}

const isolatedBy = ({ workload, namespace, isolates }: CustomWorkload): readonly UnmodeledPolicy[] => {
  const { kind, name, at } = workload
  const subjects = isolates && [{ namespaces: 'any', pods: isolates } as const]
  return subjects === undefined
    ? []
    : [{ kind, name, ownNamespace: namespace, namespace, nodes: false, subjects, at }]
}

/** Those that may create Pods in a namespace, and Services for them. */
export const creatorsIn = ({ creators }: Creators, namespace: string): readonly Creator[] =>
  creators.filter(
    creator => mayCreatePods(creator) && (creator.into === undefined || creator.into === namespace),
  )

/** Those that may create what was typed, by the first reading of it that some fit; a kind of objects that create others is theirs. */
export function creatorsCalled(
  world: Creators,
  readings: readonly {
    readonly kind: string | undefined
    readonly namespace: string | undefined
    readonly name: string
  }[],
): readonly Creator[] {
  const kinds = new Set(world.creators.map(({ kind }) => kind))
  const found = readings.map(({ kind, namespace, name }) =>
    namespace === undefined
      ? []
      : creatorsOf(world, namespace, name).filter(
          creator => kind === undefined || !kinds.has(kind) || kind === creator.kind,
        ),
  )
  return found.find(creators => creators.length > 0) ?? []
}

/** Those that may create something of that name: names begin or end with what they are for. */
export const creatorsOf = (world: Creators, namespace: string, name: string): readonly Creator[] =>
  world.creators.filter(
    ({ creates, into, names }) =>
      creates !== 'policies' &&
      (into === undefined || into === namespace) &&
      names.some(own => name === own || name.startsWith(`${own}-`) || name.endsWith(`-${own}`)),
  )
