import type { ResourceKind } from '../../report/inventory.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { typedName } from '../../world/object-name.ts'
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
