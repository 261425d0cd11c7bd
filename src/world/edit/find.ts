import { CLUSTER_KINDS } from '../../model/kinds/index.ts'
import type { Pod, WrittenPod, WrittenWorkload } from '../../model/objects.ts'
import { ownedBy } from '../../model/replicas.ts'
import { POLICY_KINDS } from '../../policy/kinds/index.ts'
import type { ObjectName as ReportedObject, WhatIf } from '../../report/facts/what-if.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { didYouMean, nearest } from '../../source/did-you-mean.ts'
import { firstFew } from '../../words/lists.ts'
import { kindCalled, namesOfKind } from '../kind-names.ts'
import type { Found, Input } from '../live-objects.ts'
import { type ObjectRef, spelled, typedName } from '../object-name.ts'
import type { World } from '../world.ts'

/** What answers assume because of the edits, with one more. */
export const whatIf = ({ whatIf: before }: Input, facts: WhatIf): Input['whatIf'] => [
  ...before,
  { code: 'ASSUMED_WHAT_IF', facts },
]

/** The reference in a report. */
export const objectRefOf = ({ kind, namespace, name }: ObjectRef): ReportedObject => ({
  kind,
  ...(namespace !== undefined && { namespace }),
  name,
})

/** The object with that reference; undefined where none is in force. */
export function findInForce({ inForce }: Input, object: ObjectRef): Found | undefined {
  let found: Found | undefined
  for (const [identity, one] of inForce) {
    if (!isOf(one.object, object)) continue
    // Other projects have kinds with the names of Kubernetes' own.
    if (one.decoded.as === 'object' || one.decoded.as === 'policy') return [identity, one]
    found ??= [identity, one]
  }
  return found
}

const isOf = (one: ObjectRef, { kind, namespace, name, group }: ObjectRef): boolean =>
  one.kind === kind &&
  one.name === name &&
  (one.namespace === undefined || one.namespace === namespace) &&
  (group === undefined || one.group === group)

/** Kinds that own no Pods; all others may, known or not. */
const OWNS_NOTHING: readonly string[] = ['Pod', 'Service', ...POLICY_KINDS.map(({ kind }) => kind)]

/** The objects in force that a workload owns. */
export function findOwned(
  { inForce }: Pick<Input, 'inForce'>,
  { kind, namespace, name }: ObjectRef,
): readonly Found[] {
  if (namespace === undefined || OWNS_NOTHING.includes(kind)) return []
  const objects = [...inForce.values()].flatMap(({ decoded }) =>
    decoded.as === 'object' ? [decoded.object] : [],
  )
  const pods = objects.filter((object): object is WrittenPod => object.kind === 'Pod')
  const templates = objects.filter((object): object is WrittenWorkload => 'template' in object)
  const made: ReadonlySet<unknown> = ownedBy({ kind, namespace, name }, pods, templates)
  return [...inForce].filter(([, { decoded }]) => decoded.as === 'object' && made.has(decoded.object))
}

/** The Pod that is meant, with a manifest or without one. */
export const podOf = ({ cluster }: World, { kind, namespace, name }: ObjectRef): Pod | undefined =>
  kind === 'Pod' ? cluster.pods.find(one => one.namespace === namespace && one.name === name) : undefined

/** Throws CannotAnswer for an object that is not in force, with the name that was probably meant. */
export function notInForce(world: World, object: ObjectRef): never {
  const { kind, namespace, name } = object
  const workload = podOf(world, object)?.workload
  if (workload !== undefined) {
    const { kind: maker, name: by } = workload
    cannotAnswer(
      'NAME_NOT_FOUND',
      `Pod ${namespace}/${name} has no manifest: ${maker} ${namespace}/${by} makes it`,
      `name what makes it: \`${spelled({ kind: maker, namespace, name: by })}\``,
    )
  }
  const known = [...world.input.inForce.values()].map(({ object }) => object).filter(one => one.kind === kind)
  const within = namespace === undefined ? '' : ` in namespace ${namespace}`
  const spellings = new Map(
    known.map(one => [one.namespace === undefined ? one.name : `${one.namespace}/${one.name}`, spelled(one)]),
  )
  const elsewhere = known.find(one => one.name === name)
  const meant =
    elsewhere === undefined
      ? nearest(namespace === undefined ? name : `${namespace}/${name}`, spellings.keys())
      : undefined
  const near = elsewhere === undefined ? spellings.get(meant ?? '') : spelled(elsewhere)
  cannotAnswer(
    'NAME_NOT_FOUND',
    `no ${kind} is called \`${name}\`${within}`,
    didYouMean(near, whatThereIs(kind, [...spellings.values()])),
  )
}

function whatThereIs(kind: string, spellings: readonly string[]): string {
  if (spellings.length === 0) return `there is no ${kind} in the input: check \`-f\``
  return `the input has ${firstFew(spellings)}`
}

const FORM = 'write it as KIND/NAME or NAMESPACE/KIND/NAME'

/** The object of a typed `[NAMESPACE/]KIND/NAME`; `namespace` is the default one. Throws CannotAnswer. */
export function objectCalled(world: World, typed: string, namespace: string): ObjectRef {
  const { namespace: within, word, name } = typedName(typed) ?? { name: '' }
  if (word === undefined) cannotAnswer('BAD_NAME', `\`${typed}\` does not say which object is meant`, FORM)
  const { kind, group } = kindTyped(world, typed, word)
  if (!isClusterScoped(kind)) return { kind, namespace: within ?? namespace, name, ...group }
  if (within !== undefined)
    cannotAnswer('BAD_NAME', `a ${kind} is in no namespace`, `write \`${kind.toLowerCase()}/${name}\``)
  return { kind, namespace: undefined, name, ...group }
}

const isClusterScoped = (kind: string): boolean =>
  [...CLUSTER_KINDS, ...POLICY_KINDS].some(known => known.kind === kind && known.isClusterScoped)

/** Known kinds, and all others of the input; after a dot, the group of the kind. */
function kindTyped(
  { cluster, input }: World,
  typed: string,
  word: string,
): Pick<ObjectRef, 'kind'> & { readonly group?: Pick<ObjectRef, 'group'> } {
  const known = [...CLUSTER_KINDS, ...POLICY_KINDS].map(({ kind }) => kind)
  const read = [...input.inForce.values()].map(({ object }) => object.kind)
  // A workload may be known only by its Pods.
  const kinds = [...new Set([...known, ...read, ...cluster.workloads.map(one => one.kind)])]
  const dot = word.indexOf('.')
  const kind = kindCalled(dot < 0 ? word : word.slice(0, dot), kinds)
  if (kind !== undefined) return dot < 0 ? { kind } : { kind, group: { group: word.slice(dot + 1) } }
  const near = nearest(word, kinds.flatMap(namesOfKind))
  const help = didYouMean(near && typed.replace(word, near), FORM)
  cannotAnswer(
    'UNKNOWN_KIND',
    `\`${word}\` in \`${typed}\` is no kind of object`,
    cluster.namespaces.has(word) ? FORM : help,
  )
}
