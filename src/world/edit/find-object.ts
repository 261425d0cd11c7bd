import type { WrittenPod, WrittenWorkload } from '../../model/objects.ts'
import { madeBy } from '../../model/replicas.ts'
import type { ObjectRef as ReportedObject } from '../../report/facts/what-if.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { firstFew } from '../../words/names.ts'
import type { InForce, Input, ObjectRef } from '../live-objects.ts'
import type { World } from '../world.ts'

/** An object in force, under its identity. */
export type Found = readonly [identity: unknown, one: InForce]

/** As a report has it. */
export const objectRefOf = ({ kind, namespace, name }: ObjectRef): ReportedObject => ({
  kind,
  ...(namespace !== undefined && { namespace }),
  name,
})

/** `NetworkPolicy shop/api`. */
export const nameOf = ({ kind, namespace, name }: ObjectRef): string =>
  `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`

/** The object of that name; undefined where none is in force. */
export function findInForce({ inForce }: Input, object: ObjectRef): Found | undefined {
  let found: Found | undefined
  for (const [identity, one] of inForce) {
    if (!isOf(one.object, object)) continue
    // Other projects have kinds that are called like Kubernetes' own.
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

/** The kinds of most objects that are asked for; others may make Pods, whether they are known or not. */
const MAKES_NOTHING: readonly string[] = ['Pod', 'Service', 'NetworkPolicy']

/** The objects in force that a workload has made. */
export function findMade(
  { inForce }: Pick<Input, 'inForce'>,
  { kind, namespace, name }: ObjectRef,
): readonly Found[] {
  if (namespace === undefined || MAKES_NOTHING.includes(kind)) return []
  const objects = [...inForce.values()].flatMap(({ decoded }) =>
    decoded.as === 'object' ? [decoded.object] : [],
  )
  const pods = objects.filter((object): object is WrittenPod => object.kind === 'Pod')
  const templates = objects.filter((object): object is WrittenWorkload => 'template' in object)
  const made: ReadonlySet<unknown> = madeBy({ kind, namespace, name }, pods, templates)
  return [...inForce].filter(([, { decoded }]) => decoded.as === 'object' && made.has(decoded.object))
}

/** Says that no object in force is called so, and what was probably meant. Throws CannotAnswer. */
export function notInForce({ cluster, input }: World, { kind, namespace, name }: ObjectRef): never {
  const pod =
    kind === 'Pod' ? cluster.pods.find(one => one.namespace === namespace && one.name === name) : undefined
  if (pod?.workload !== undefined) {
    const { kind: maker, name: by } = pod.workload
    cannotAnswer(
      'NAME_NOT_FOUND',
      `Pod ${namespace}/${name} has no manifest: ${maker} ${namespace}/${by} makes it`,
      `name what makes it: \`${spelled({ kind: maker, namespace, name: by })}\``,
    )
  }
  const known = [...input.inForce.values()].map(({ object }) => object).filter(one => one.kind === kind)
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
  return cannotAnswer(
    'NAME_NOT_FOUND',
    `no ${kind} is called \`${name}\`${within}`,
    near === undefined ? listOf(kind, [...spellings.values()]) : `did you mean \`${near}\`?`,
  )
}

/** NAMESPACE/KIND/NAME. */
const spelled = ({ kind, namespace, name }: ObjectRef): string =>
  [namespace, kind.toLowerCase(), name].filter(part => part !== undefined).join('/')

const FEW = 5

function listOf(kind: string, spellings: readonly string[]): string {
  if (spellings.length === 0) return `there is no ${kind} in the input: check \`-f\``
  return `the input has ${firstFew(spellings, FEW)}`
}
