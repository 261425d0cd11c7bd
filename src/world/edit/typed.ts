import { CLUSTER_KINDS } from '../../model/kinds/index.ts'
import { POLICY_KINDS } from '../../policy/kinds/index.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { kindCalled, wordsFor } from '../kind-names.ts'
import type { ObjectRef } from '../live-objects.ts'
import type { World } from '../world.ts'
import type { Edit } from './edit.ts'
import type { LabelChange } from './label.ts'

/** An edit as it was typed; files are yet to be read. */
export type TypedEdit =
  | { readonly kind: 'apply'; readonly path: string }
  | { readonly kind: 'delete'; readonly object: string }
  /** `changes` are `key=value`, or `key-`. */
  | { readonly kind: 'label'; readonly object: string; readonly changes: readonly string[] }

/** What is meant; `namespace` is that of names without one. Throws CannotAnswer for what is no name and no change. */
export function editTyped(
  world: World,
  typed: Exclude<TypedEdit, { kind: 'apply' }>,
  namespace: string,
): Edit {
  const object = objectTyped(world, typed.object, namespace)
  switch (typed.kind) {
    case 'delete':
      return { kind: 'delete', object }
    case 'label':
      return { kind: 'label', object, changes: changesTyped(typed.changes) }
  }
}

function changesTyped(words: readonly string[]): readonly LabelChange[] {
  const changes = words.map((word): LabelChange => {
    const end = word.indexOf('=')
    return end < 0
      ? { key: word.slice(0, -1), value: undefined }
      : { key: word.slice(0, end), value: word.slice(end + 1) }
  })
  const removed = changes.filter(({ value }) => value === undefined).map(({ key }) => key)
  const both = changes.find(({ key, value }) => value !== undefined && removed.includes(key))
  if (both !== undefined)
    cannotAnswer(
      'BAD_LABEL',
      'can not both modify and remove a label in the same command',
      `leave out \`${both.key}=${both.value}\` or \`${both.key}-\``,
    )
  return changes
}

const FORM = 'write it as KIND/NAME or NAMESPACE/KIND/NAME'

const IN_NO_NAMESPACE: readonly string[] = ['Namespace', 'Node', 'IngressClass', 'GatewayClass']

function objectTyped(world: World, typed: string, namespace: string): ObjectRef {
  const parts = typed.split('/')
  const [name = '', word = '', within] = parts.toReversed()
  if (parts.length < 2 || parts.length > 3 || parts.includes(''))
    cannotAnswer('BAD_NAME', `\`${typed}\` does not say which object is meant`, FORM)
  const { kind, group } = kindTyped(world, typed, word)
  if (!IN_NO_NAMESPACE.includes(kind)) return { kind, namespace: within ?? namespace, name, ...group }
  if (within !== undefined)
    cannotAnswer('BAD_NAME', `a ${kind} is in no namespace`, `write \`${kind.toLowerCase()}/${name}\``)
  return { kind, namespace: undefined, name, ...group }
}

/** Kinds that are known, and all others that are in the input; behind a dot, the group of one. */
function kindTyped(
  { cluster, input }: World,
  typed: string,
  word: string,
): Pick<ObjectRef, 'kind'> & { readonly group?: Pick<ObjectRef, 'group'> } {
  const known = [...CLUSTER_KINDS, ...POLICY_KINDS].map(({ kind }) => kind)
  const read = [...input.inForce.values()].map(({ object }) => object.kind)
  // A workload may be known by its Pods alone.
  const kinds = [...new Set([...known, ...read, ...cluster.workloads.map(one => one.kind)])]
  const dot = word.indexOf('.')
  const kind = kindCalled(dot < 0 ? word : word.slice(0, dot), kinds)
  if (kind !== undefined) return dot < 0 ? { kind } : { kind, group: { group: word.slice(dot + 1) } }
  const near = nearest(word, kinds.flatMap(wordsFor))
  const help = near === undefined ? FORM : `did you mean \`${typed.replace(word, near)}\`?`
  return cannotAnswer(
    'UNKNOWN_KIND',
    `\`${word}\` in \`${typed}\` is no kind of object`,
    cluster.namespaces.has(word) ? FORM : help,
  )
}
