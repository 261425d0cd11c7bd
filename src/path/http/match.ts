/*
 * How hosts and paths of requests are matched: S-356 to S-358 for Ingress, S-365 and S-366 for the Gateway API.
 */

/**
 * How closely a host is named: the more, the more of it is written out. A closer one wins: the host itself before a
 * wildcard, a longer wildcard before a shorter one, and anything before a rule for every host.
 */
export type Closeness = number

export const EVERY_HOST: Closeness = 0
const ITSELF: Closeness = Number.POSITIVE_INFINITY

/** The closest of several; undefined where there is none. */
export const closest = (all: readonly Closeness[]): Closeness | undefined =>
  all.length === 0 ? undefined : Math.max(...all)

/** Whether a host is named at all, and not only by a rule for every host. */
export const isNamed = (closeness: Closeness | undefined): boolean =>
  closeness !== undefined && closeness > EVERY_HOST

/**
 * How closely a pattern names a host; undefined where it does not. No pattern names every host. `*.example.com` stands
 * for one more label in an Ingress (S-356), and for any number of them in the Gateway API.
 */
export function matchHost(
  host: string,
  pattern: string | undefined,
  wildcard: 'one label' | 'any labels',
): Closeness | undefined {
  if (pattern === undefined || pattern === '*') return EVERY_HOST
  const [asked, named] = [host.toLowerCase(), pattern.toLowerCase()]
  if (!named.startsWith('*.')) return asked === named ? ITSELF : undefined
  const suffix = named.slice(1)
  const label = asked.endsWith(suffix) ? asked.slice(0, -suffix.length) : ''
  return label !== '' && (wildcard === 'any labels' || !label.includes('.')) ? suffix.length : undefined
}

/** S-357: element by element, so that `/aaa/bb` is no prefix of `/aaa/bbb`; a slash at the end does not count. */
export function isPathPrefix(prefix: string, path: string): boolean {
  const wanted = elementsOf(prefix)
  const asked = elementsOf(path)
  return wanted.every((element, index) => asked[index] === element)
}

const elementsOf = (path: string): readonly string[] => path.replace(/\/+$/, '').split('/').slice(1)

/** Whether a path is a pattern in the controller's own language rather than a path. */
export const isPattern = (path: string): boolean => /[()[\]{}*+?^$|\\]/.test(path)

/** Whether a pattern may match: what stands before its first special character is how the path starts. */
export function mayMatch(pattern: string, path: string): boolean {
  const [literal = ''] = pattern.replace(/^\^/, '').split(/[()[\]{}*+?^$|\\]/)
  // `x*` and `x?` need no `x`.
  return path.toLowerCase().startsWith(literal.slice(0, -1).toLowerCase())
}
