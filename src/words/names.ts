import type { SourceRef } from '../report/common.ts'

/*
 * Lists, numbers and places of things in a sentence.
 */

/** The sentence for each code, made from its facts: a new code does not compile until it has one. */
export type Sentences<Facts> = { readonly [C in keyof Facts]: (facts: Facts[C]) => string }

/** `policies.yaml:41`. */
export const placeText = ({ file, line }: SourceRef): string => `${file}:${line}`

/** How a name is written in a sentence. */
export type AsName = (name: string) => string

export const asItIs: AsName = name => name

/** How a list is shortened. */
interface Shortening {
  /** Up to this many names are all written; without it, only up to as many as are written of a longer list. */
  readonly upTo?: number
  /** How the number of the rest is written. */
  readonly digits?: Digits
}

type Digits = (count: number) => string

/** `a, b, c and 7 more`: all of a short list, and of a long one the first `few`. */
export function firstFew(
  names: readonly string[],
  few: number,
  { upTo = few, digits = String }: Shortening = {},
): string {
  return names.length <= upTo ? names.join(', ') : andMore(names.slice(0, few), names.length - few, digits)
}

/** `a, b and 7 more`, where `left` names are not written. */
export const andMore = (names: readonly string[], left: number, digits: Digits = String): string =>
  `${names.join(', ')}${left > 0 ? ` and ${digits(left)} more` : ''}`

/** `a, b and c`. */
export const joined = (names: readonly string[], last: 'and' | 'or' = 'and'): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`

/** `a, b and c`; `a, b, c and 4 others`, but never `and 1 others`. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length <= most + 1) return joined(names)
  return joined([...names.slice(0, most), `${names.length - most} others`])
}

/** `1 Pod`, `3 Pods`, `2 near misses`. */
export const counted = (count: number, noun: string, digits: Digits = String): string =>
  `${digits(count)} ${count === 1 ? noun : noun.endsWith('s') ? `${noun}es` : `${noun}s`}`

/** `12,345`. */
export const withCommas = (count: number): string => count.toLocaleString('en')
