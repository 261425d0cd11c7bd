import type { ResourceKind } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { helpWithNearest } from '../../source/did-you-mean.ts'
import { namesOfKind } from '../../world/kind-names.ts'
import { typedName } from '../../world/object-name.ts'

const KIND_NAMES: Readonly<Record<ResourceKind, string>> = {
  pods: 'Pod',
  services: 'Service',
  namespaces: 'Namespace',
  networkpolicies: 'NetworkPolicy',
  ingresses: 'Ingress',
}

const wordsFor = (kind: ResourceKind): readonly string[] => namesOfKind(KIND_NAMES[kind])

/** What can be listed, in kubectl's plurals. */
export const KINDS: readonly ResourceKind[] = [
  'pods',
  'services',
  'namespaces',
  'networkpolicies',
  'ingresses',
]

/** The kind that a word means, or undefined. */
export const findKind = (typed: string): ResourceKind | undefined =>
  KINDS.find(kind => wordsFor(kind).includes(typed.toLowerCase()))

function kindOf(typed: string): ResourceKind {
  const help = helpWithNearest(typed, KINDS.flatMap(wordsFor), `the kinds are: ${KINDS.join(', ')}`)
  return findKind(typed) ?? cannotAnswer('UNKNOWN_KIND', `\`${typed}\` is no kind that can be listed`, help)
}

/** What `get` and `describe` are asked for. */
export interface AskedObjects {
  readonly of: ResourceKind
  /** Undefined where it is that of `-n`. */
  readonly namespace: string | undefined
  readonly name: string | undefined
}

/** Reads `pods`, `pod web`, `pod shop/web`, `pod/web` and `shop/pod/web`. Throws CannotAnswer for anything else. */
export function askedFor(words: readonly string[]): AskedObjects {
  const [first = '', second] = words
  const kindOrName = typedName(first)
  const name = second === undefined ? undefined : typedName(second)
  if (kindOrName === undefined || (second !== undefined && name === undefined)) return unreadable(words)
  if (kindOrName.word !== undefined)
    return second === undefined
      ? named(kindOf(kindOrName.word), kindOrName.namespace, kindOrName.name)
      : unreadable(words)
  const of = kindOf(first)
  if (name === undefined) return { of, namespace: undefined, name: undefined }
  return name.namespace === undefined ? named(of, name.word, name.name) : unreadable([of, second ?? ''])
}

function named(of: ResourceKind, namespace: string | undefined, name: string): AskedObjects {
  if (of === 'namespaces' && namespace !== undefined) return unreadable([of, `${namespace}/${name}`])
  return { of, namespace, name }
}

const unreadable = (words: readonly string[]): never =>
  cannotAnswer(
    'BAD_NAME',
    `\`${words.join(' ')}\` names no object`,
    'write KIND NAME, KIND NAMESPACE/NAME, KIND/NAME or NAMESPACE/KIND/NAME; a namespace is KIND NAME',
  )
