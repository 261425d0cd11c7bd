import type { SourceRef } from '../report/common.ts'
import type { ObjectName } from '../report/facts/what-if.ts'

/*
 * Lists, numbers and places of things in a sentence.
 */

/** The sentence for each code, made from its facts: a new code does not compile until it has one. */
export type Sentences<Facts> = { readonly [C in keyof Facts]: (facts: Facts[C]) => string }

/** `policies.yaml:41`. */
export const placeText = ({ file, line }: SourceRef): string => `${file}:${line}`

/** `NetworkPolicy shop/api`; `Namespace shop`. */
export const objectText = ({ kind, namespace, name }: ObjectName): string =>
  `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`

/** An endpoint inside a sentence, by its id. */
export const inSentence = (id: string): string => (id === 'API server' ? 'the API server' : id)

/** How a name is written in a sentence. */
export type AsName = (name: string) => string

export const asItIs: AsName = name => name

/** `a, b, c, d, e and 7 more`. */
export const firstFew = (names: readonly string[], few = 5): string =>
  andMore(names.slice(0, few), names.length - few)

/** The first of a long list; all of one that is only longer by one, because `and 1 more` takes as much room. */
export const atMost = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most + 1 ? all : all.slice(0, most)

/** How a number is written. */
type Digits = (count: number) => string

/** `a, b and 7 more`, where `left` names are not written. */
export const andMore = (names: readonly string[], left: number, digits: Digits = String): string =>
  `${names.join(', ')}${left > 0 ? ` and ${digits(left)} more` : ''}`

/** `a, b and c`. */
export const joined = (names: readonly string[], last: 'and' | 'or' = 'and'): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`

/** `a, b and c`; `a, b, c and 4 others`, but never `and 1 others`. */
export function listed(names: readonly string[]): string {
  const shown = atMost(names, 3)
  const left = names.length - shown.length
  return joined(left > 0 ? [...shown, `${left} others`] : shown)
}

/** `1 Pod`, `3 Pods`, `2 near misses`. */
export const counted = (count: number, noun: string, digits: Digits = String): string =>
  `${digits(count)} ${count === 1 ? noun : noun.endsWith('s') ? `${noun}es` : `${noun}s`}`

/** `12,345`. */
export const withCommas = (count: number): string => count.toLocaleString('en')
