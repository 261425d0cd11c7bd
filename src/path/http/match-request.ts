/*
 * How hosts and paths of requests are matched: S-356 to S-358 for Ingress, S-365 and S-366 for the Gateway API.
 */

/**
 * How much of a host a rule writes out. The most specific one wins: the host itself before a wildcard, a longer wildcard
 * before a shorter one, and anything before a rule for every host.
 */
export type Specificity = number

export const EVERY_HOST: Specificity = 0
export const EXACT_HOST: Specificity = Number.POSITIVE_INFINITY

/** Of those that match; undefined where none does. */
export function mostSpecific(all: readonly (Specificity | undefined)[]): Specificity | undefined {
  const matching = all.filter(one => one !== undefined)
  return matching.length === 0 ? undefined : matching.reduce((best, one) => Math.max(best, one))
}

/** The items that match most specifically; all of them where none matches. */
export function mostSpecificOf<T>(
  items: readonly T[],
  specificityOf: (item: T) => Specificity | undefined,
): readonly T[] {
  const best = mostSpecific(items.map(specificityOf))
  return items.filter(item => specificityOf(item) === best)
}

/** Whether a host is named, and not only matched by a rule for every host. */
export const namesHost = (specificity: Specificity | undefined): boolean =>
  specificity !== undefined && specificity > EVERY_HOST

/**
 * How specific a pattern is that matches a host; undefined if it does not match. Without a pattern every host matches.
 * `*.example.com` has one more label in an Ingress (S-356), and any number of them in the Gateway API.
 */
export function matchHost(
  host: string,
  pattern: string | undefined,
  wildcard: 'one label' | 'any labels',
): Specificity | undefined {
  if (pattern === undefined || pattern === '*') return EVERY_HOST
  const [asked, named] = [host.toLowerCase(), pattern.toLowerCase()]
  if (!named.startsWith('*.')) return asked === named ? EXACT_HOST : undefined
  const suffix = named.slice(1)
  const label = asked.endsWith(suffix) ? asked.slice(0, -suffix.length) : ''
  return label !== '' && (wildcard === 'any labels' || !label.includes('.')) ? suffix.length : undefined
}

/** S-357: element by element, so that `/aaa/bb` is not a prefix of `/aaa/bbb`; a trailing slash does not count. */
export function isPathPrefix(prefix: string, path: string): boolean {
  const wanted = elementsOf(prefix)
  const asked = elementsOf(path)
  return wanted.every((element, index) => asked[index] === element)
}

const elementsOf = (path: string): readonly string[] => path.replace(/\/+$/, '').split('/').slice(1)

/** Whether a path is a pattern in the controller's own language rather than a path. */
export const isPattern = (path: string): boolean => /[()[\]{}*+?^$|\\]/.test(path)

/** Whether a pattern may match: the path starts with the literal text before the first special character. */
export function mayMatch(pattern: string, path: string): boolean {
  const [literal = ''] = pattern.replace(/^\^/, '').split(/[()[\]{}*+?^$|\\]/)
  // `x*` and `x?` need no `x`.
  return path.toLowerCase().startsWith(literal.slice(0, -1).toLowerCase())
}

/** A path that a pattern may match: the text before its first special character. */
export const exampleOfPath = (pattern: string): string =>
  pattern.replace(/^\^/, '').split(/[()[\]{}*+?^$|\\]/)[0] || '/'

/** A path below another one, which hardly anything else is for. */
export const anyPathBelow = (path: string): string => `${path.replace(/\/+$/, '')}/any-other-path`

/** A host that a pattern matches. */
export const exampleOfHost = (pattern: string | undefined): string =>
  pattern === undefined || pattern === '*' ? 'any.example' : pattern.replace('*', 'any')
