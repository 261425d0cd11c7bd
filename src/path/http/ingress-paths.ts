import type { Ingress, IngressPath } from '../../model/routes.ts'
import type { Match } from '../../model/selector.ts'
import { beforePlaceholders, mayBecome } from '../../source/placeholders.ts'
import { exampleOfExpression, matchesFromStart } from './expression.ts'
import type { KnownController } from './known-controller.ts'
import { anyPathBelow, isPathPrefix, isPattern, mayMatch } from './match-request.ts'
import type { UnknownRoute } from './request.ts'

/*
 * Which path of an Ingress matches, of those for the host of a request (S-357, S-358). Patterns are the controller's own
 * language: those of ingress-nginx are read, of which an annotation tells that they are some.
 */

/** A path of an Ingress, with the host of its rule. */
export interface IngressCandidate {
  readonly ingress: Ingress
  readonly path: IngressPath
  readonly host: string | undefined
}

/** The paths in the order in which a controller asks them, each with whether it matches. */
export interface IngressPaths {
  readonly asked: readonly (IngressCandidate & { readonly matches: Match })[]
  /** The annotation that makes every path of the host a regular expression. */
  readonly annotation: string | undefined
  /** A path that is no pattern, though it looks like one. */
  readonly literal: IngressCandidate | undefined
}

/** How the paths for the host of a request match. */
export function matchPaths(
  candidates: readonly IngressCandidate[],
  asked: string,
  controller: KnownController | undefined,
): IngressPaths {
  const isTold = controller?.hasExpressions === true
  const annotation = isTold ? expressionsBy(candidates) : undefined
  const isExpression = ({ type }: IngressPath): boolean =>
    annotation !== undefined || (!isTold && type === 'ImplementationSpecific')
  const read = (match: (path: IngressPath) => Match, order: Order): IngressPaths['asked'] =>
    candidates.toSorted(order).map(one => ({
      ...one,
      matches: matchTemplate(one.path, asked, isExpression(one.path)) ?? match(one.path),
    }))
  if (annotation !== undefined)
    return { asked: read(path => matchExpression(path, asked), byLength), annotation, literal: undefined }
  const isLookalike = ({ path }: IngressCandidate): boolean =>
    path.placeholder === undefined && isUnknown(path, asked)
  return {
    asked: read(
      path => (!isTold && isUnknown(path, asked) ? 'unknown' : matchPlain(path, asked)),
      byPrecedence,
    ),
    annotation: undefined,
    literal: isTold ? candidates.find(isLookalike) : undefined,
  }
}

/**
 * What may match in the place of what does: in a language of which netpol knows the order, only what is asked before. How long a template
 * becomes is not known, but no longer than an exact path that matches.
 */
export function unknownPaths(
  { asked, annotation }: IngressPaths,
  found: IngressPaths['asked'][number] | undefined,
): readonly IngressCandidate[] {
  const last = annotation === undefined || found === undefined ? asked.length : asked.indexOf(found)
  const isExact = annotation === undefined && found?.path.type === 'Exact'
  return asked
    .filter((one, place) => one.matches === 'unknown' && (place < last || one.path.placeholder !== undefined))
    .filter(({ path: { type, placeholder } }) => !isExact || placeholder === undefined || type === 'Exact')
}

/** Why it is not known whether a path matches. */
export function whyUnknown(
  { ingress: { namespace, name }, path: { path: pattern, placeholder, at } }: IngressCandidate,
  annotation: string | undefined,
  path: string,
): UnknownRoute {
  return placeholder === undefined
    ? { kind: 'pattern', pattern, at, path, ...(annotation !== undefined && { annotation }) }
    : { kind: 'template', route: 'Ingress', name: `${namespace}/${name}`, placeholder, at }
}

/** What ingress-nginx's documentation says of both: for the host of an Ingress with it, each path is a regular expression. */
const USE_REGEX = 'nginx.ingress.kubernetes.io/use-regex'
const REWRITE_TARGET = 'nginx.ingress.kubernetes.io/rewrite-target'

function expressionsBy(candidates: readonly IngressCandidate[]): string | undefined {
  if (candidates.some(({ ingress }) => ingress.annotations.get(USE_REGEX) === 'true')) return USE_REGEX
  const isRewritten = ({ ingress, path }: IngressCandidate): boolean => {
    const target = ingress.annotations.get(REWRITE_TARGET) ?? ''
    return target !== '' && target !== path.path
  }
  return candidates.some(isRewritten) ? REWRITE_TARGET : undefined
}

/** A path that a request for a rule can have: an example, where the rule has a regular expression. */
export function examplePath(ingress: Ingress, path: IngressPath): string {
  const isOwn = path.type === 'ImplementationSpecific'
  const isExpression = isOwn || expressionsBy([{ ingress, path, host: undefined }]) !== undefined
  if (isExpression && isPattern(path.path)) return exampleOfExpression(path.path)
  const isExactToo = ingress.rules.some(({ paths }) =>
    paths.some(other => other !== path && other.type === 'Exact' && other.path === path.path),
  )
  return isExactToo && path.type !== 'Exact' ? anyPathBelow(path.path) : path.path
}

/** Undefined for a path that is written out. Of an expression, or what may be a pattern, only the beginning is compared. */
function matchTemplate(
  { type, path, placeholder }: IngressPath,
  asked: string,
  isExpression: boolean,
): Match | undefined {
  if (placeholder === undefined) return undefined
  const may = isExpression
    ? mayMatch(beforePlaceholders(path), asked)
    : mayBecome(path, asked, type === 'Exact' ? 'a path' : 'a path above it')
  return may ? 'unknown' : 'no'
}

/** What `ImplementationSpecific` means is like `Prefix`, as long as it is no pattern. */
function matchPlain({ type, path }: IngressPath, asked: string): Match {
  return (type === 'Exact' ? path === asked : isPathPrefix(path, asked)) ? 'yes' : 'no'
}

/** Whatever the type of the path: `^` and the path, in capitals or not. */
function matchExpression({ path }: IngressPath, asked: string): Match {
  const matches = matchesFromStart(path, asked)
  if (matches !== undefined) return matches ? 'yes' : 'no'
  return mayMatch(path, asked) ? 'unknown' : 'no'
}

const isUnknown = ({ type, path }: IngressPath, asked: string): boolean =>
  type === 'ImplementationSpecific' && isPattern(path) && mayMatch(path, asked)

type Order = (a: IngressCandidate, b: IngressCandidate) => number

/** S-358: the longest path, then the exact one; then the oldest (S-360). */
const byPrecedence: Order = (a, b) =>
  b.path.path.length - a.path.path.length || rankOf(a.path) - rankOf(b.path)

const rankOf = ({ type }: IngressPath): number => (type === 'Exact' ? 0 : 1)

/** The longest expression first, of equally long ones the last in the alphabet. */
const byLength: Order = (a, b) =>
  b.path.path.length - a.path.path.length ||
  (a.path.path === b.path.path ? 0 : a.path.path < b.path.path ? 1 : -1)
