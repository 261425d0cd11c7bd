import { distance } from 'fastest-levenshtein'

/** The candidate that `written` was probably meant to be: at most a third of it differs, or two letters that changed places, case aside. */
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

/** Words as short as protocols are near to one another without being slips: ICMP is not meant to be TCP. */
export const startsLike =
  (written: string) =>
  (word: string): boolean =>
    word[0]?.toLowerCase() === written[0]?.toLowerCase()
