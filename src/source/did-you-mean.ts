import { distance } from 'fastest-levenshtein'

/** The candidate that `written` probably means: at most a third of it differs, or two letters are transposed; case is ignored. */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase()
  let best: string | undefined
  let least = Math.max(wanted.length < 3 ? 1 : 2, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    const steps = distance(wanted, candidate.toLowerCase())
    if (steps < least) {
      least = steps
      best = candidate
    }
  }
  return best
}

/** The help for a name that is not known: the one that is meant, or what to do otherwise. */
export const didYouMean = <T extends string | undefined>(
  meant: string | undefined,
  otherwise: T,
): string | T => (meant === undefined ? otherwise : `did you mean \`${meant}\`?`)

/** The help beside something unknown: a similar name, if there is one, before what to do in any case. */
export function helpWithNearest(written: string, candidates: Iterable<string>, help: string): string {
  const near = nearest(written, candidates)
  return near === undefined ? help : `${didYouMean(near, help)} ${help}`
}

/** For words as short as protocols, which are close to each other without being typos: ICMP is not meant to be TCP. */
export const startsLike =
  (written: string) =>
  (word: string): boolean =>
    word[0]?.toLowerCase() === written[0]?.toLowerCase()

/**
 * Whether one of two names is likely a typo of the other: a letter too many, too few or wrong, two transposed letters,
 * capitals. Names that are short, or that differ by their numbers, are often close to each other on purpose.
 */
export function isTypo(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()]
  if (a === b) return one !== other
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (a.replace(/\d+/g, '') === b.replace(/\d+/g, '')) return false
  const isSwapped = [...a].sort().join('') === [...b].sort().join('') && distance(a, b) === 2
  return isSwapped || (short.length > 3 && distance(a, b) <= Math.max(1, Math.floor(long.length / 6)))
}
