import type { ResourceKind } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { kindOf } from './kinds.ts'

/** What `get` and `describe` are asked for. */
export interface Asked {
  readonly of: ResourceKind
  /** Undefined where it is that of `-n`. */
  readonly namespace: string | undefined
  readonly name: string | undefined
}

/** Reads `pods`, `pod web`, `pod shop/web`, `pod/web` and `shop/pod/web`. Throws CannotAnswer for anything else. */
export function askedFor(words: readonly string[]): Asked {
  const [first = '', second] = words
  const parts = first.split('/')
  if (parts.includes('') || second?.split('/').includes('')) return unreadable(words)
  if (parts.length === 1) return withName(kindOf(first), second)
  if (second !== undefined) return unreadable(words)
  const [name = '', kind = '', namespace, ...rest] = parts.toReversed()
  return rest.length > 0 ? unreadable(words) : named(kindOf(kind), namespace, name)
}

function withName(of: ResourceKind, typed: string | undefined): Asked {
  if (typed === undefined) return { of, namespace: undefined, name: undefined }
  const [name = '', namespace, ...rest] = typed.split('/').toReversed()
  return rest.length > 0 ? unreadable([of, typed]) : named(of, namespace, name)
}

function named(of: ResourceKind, namespace: string | undefined, name: string): Asked {
  if (of === 'namespaces' && namespace !== undefined) return unreadable([of, `${namespace}/${name}`])
  return { of, namespace, name }
}

const unreadable = (words: readonly string[]): never =>
  cannotAnswer(
    'BAD_NAME',
    `\`${words.join(' ')}\` names no object`,
    'write KIND NAME, KIND NAMESPACE/NAME, KIND/NAME or NAMESPACE/KIND/NAME; a namespace is KIND NAME',
  )
