import type { Ingress, IngressBackend, IngressPath, IngressRule } from '../../model/routes.ts'
import type { Match } from '../../model/selector.ts'
import type { RequestPart } from '../../report/common.ts'
import { distinctBy, groupBy } from '../../sets/group-by.ts'
import { below, type Location } from '../../source/file.ts'
import { matchesSomewhere } from './expression.ts'
import { EXACT_HOST, type Specificity } from './match-request.ts'
import type { ForCanary } from './request.ts'

/*
 * What annotations of ingress-nginx make of Ingresses before a request is routed (docs/user-guide/nginx-configuration/annotations,
 * internal/ingress/controller).
 */

const PREFIX = 'nginx.ingress.kubernetes.io'
export const SERVER_ALIAS = `${PREFIX}/server-alias`
const CANARY = `${PREFIX}/canary`
const CANARY_WEIGHT = `${PREFIX}/canary-weight`
const BY_HEADER = `${CANARY}-by-header`
const BY_COOKIE = `${CANARY}-by-cookie`
const CANARY_WEIGHT_TOTAL = `${PREFIX}/canary-weight-total`

export const hasAliases = ({ annotations }: Ingress): boolean => annotations.has(SERVER_ALIAS)

/**
 * The Ingresses with the names that annotations add to their hosts, but for those that are hosts of a rule themselves. An alias is
 * another name of the same server: it has the paths that any Ingress gives to the host, canaries included.
 */
export function withAliases(ingresses: readonly Ingress[]): readonly Ingress[] {
  const hosts = new Set(ingresses.flatMap(({ rules }) => rules.map(serverOf)))
  // A name belongs to one server only: the servers are in the order of their hosts.
  const all = [...hosts].sort().flatMap(host => aliasesOf(ingresses, host))
  const added = distinctBy(all, ({ alias }) => alias)
    .filter(({ alias }) => !hosts.has(alias))
    .map((one, place) => ({ ...one, place }))
  const ofHost = groupBy(added, ({ host }) => host)
  return ingresses.map(ingress => {
    const more = ingress.rules.flatMap(rule =>
      (ofHost.get(serverOf(rule)) ?? []).map(
        ({ alias, at, place }): IngressRule => ({ ...rule, host: alias, serverName: { place, at } }),
      ),
    )
    return more.length === 0 ? ingress : { ...ingress, rules: [...ingress.rules, ...more] }
  })
}

/** The server of the rules without a host is called `_`. */
const serverOf = ({ host = '_' }: IngressRule): string => host.toLowerCase()

interface Alias {
  readonly host: string
  readonly alias: string
  readonly at: Location
}

/** Of a server: those of the first Ingress for it that has some. */
function aliasesOf(ingresses: readonly Ingress[], host: string): readonly Alias[] {
  for (const ingress of ingresses) {
    const aliases = isCanary(ingress) ? [] : writtenAliases(ingress)
    if (aliases.length > 0 && ingress.rules.some(rule => serverOf(rule) === host))
      return aliases.map(alias => ({
        host,
        alias,
        at: below(ingress.at, 'metadata', 'annotations', SERVER_ALIAS),
      }))
  }
  return []
}

const writtenAliases = ({ annotations }: Ingress): readonly string[] =>
  (annotations.get(SERVER_ALIAS) ?? '')
    .split(',')
    .map(alias => alias.trim())
    .filter(alias => alias !== '')
    .map(alias => (isExpression(alias) ? alias : alias.toLowerCase()))
    .sort()

const isExpression = (name: string): boolean => name.startsWith('~')

/** Whether it is one host, written out. */
export const isPlainName = (name: string): boolean => /^[\w-][\w.-]*$/.test(name)

/** Whether a name of nginx's matches a host, and how it ranks among those that do. */
export interface NameMatch {
  readonly specificity: Specificity
  /** Of an expression that cannot be read, it is not known. */
  readonly matches: Match
}

/** By their suffix or prefix, longer ones first. */
const LEADING = 2000
const TRAILING = 1000

/**
 * nginx.org/en/docs/http/ngx_http_core_module.html#server_name: the name itself, the longest wildcard at its beginning, the longest at its
 * end, then the first expression. Wildcards of an Ingress are expressions (`buildServerName`), and their servers are the first.
 */
export function matchServerName(host: string, name: string, place: number): NameMatch | undefined {
  const asked = host.toLowerCase()
  if (isPlainName(name)) return asked === name ? { specificity: EXACT_HOST, matches: 'yes' } : undefined
  const expression = { specificity: 1 / (place + 1) }
  if (isExpression(name)) {
    const matches = matchesSomewhere(name.slice(1), asked)
    return matches === false ? undefined : { ...expression, matches: matches ? 'yes' : 'unknown' }
  }
  const [, suffix] = /^\*?(\.[\w.-]+)$/.exec(name) ?? []
  if (suffix !== undefined) {
    const matches =
      (asked.endsWith(suffix) && asked !== suffix) || (name === suffix && asked === suffix.slice(1))
    return matches ? { specificity: LEADING + suffix.length, matches: 'yes' } : undefined
  }
  const [, prefix] = /^([\w.-]+\.)\*$/.exec(name) ?? []
  if (prefix !== undefined)
    return asked.startsWith(prefix) && asked !== prefix
      ? { specificity: TRAILING + prefix.length, matches: 'yes' }
      : undefined
  return { ...expression, matches: 'unknown' }
}

/** Whether it has no paths of its own: it takes a share of the requests for those of another Ingress. */
export const isCanary = ({ annotations }: Ingress): boolean => annotations.get(CANARY) === 'true'

/**
 * What a client sends to ask for a canary, or to get past it: a header comes before a cookie, and both before the weight; where the
 * header has a value of its own, no other means anything (`canary-by-header`, `canary-by-cookie`).
 */
function partsFor({ annotations }: Ingress, canary: ForCanary['canary']): readonly RequestPart[] {
  const value = canary === 'asked for' ? 'always' : 'never'
  const [header, cookie] = [annotations.get(BY_HEADER), annotations.get(BY_COOKIE)]
  const [own, pattern] = [annotations.get(`${BY_HEADER}-value`), annotations.get(`${BY_HEADER}-pattern`)]
  const isOwn = (own ?? pattern ?? '') !== ''
  const byHeader = (name: string): readonly RequestPart[] => {
    if (!isOwn) return [{ what: 'header', name, value }]
    if (canary === 'refused') return []
    return [{ what: 'header', name, ...(own !== undefined && own !== '' && { value: own }) }]
  }
  return [
    ...(header === undefined ? [] : byHeader(header)),
    ...(cookie === undefined ? [] : [{ what: 'cookie', name: cookie, value } as const]),
  ]
}

/** The request that asks for a canary; undefined where others come to it, or none does. */
export function askingFor(ingress: Ingress): ForCanary | undefined {
  const [by] = isCanary(ingress) && shareOf(ingress) === undefined ? partsFor(ingress, 'asked for') : []
  return by && { canary: 'asked for', by }
}

/** The request for a path that gets past a canary which takes all others; undefined where none does. */
export function gettingPast(
  canaries: readonly Ingress[],
  host: string | undefined,
  path: IngressPath,
): ForCanary | undefined {
  const share = canaryShareOf(canaries, host, path, undefined)
  const [by] = share?.isAll ? partsFor(share.ingress, 'refused') : []
  return by && { canary: 'refused', by }
}

/** A canary's share of the requests for a path. */
export interface CanaryShare {
  readonly ingress: Ingress
  readonly backend: IngressBackend
  /** Nothing is left for the path's own backend. */
  readonly isAll: boolean
}

/** The first canary with the same host and path that gets requests: those that ask for it, others by its weight, but not those that refuse it. */
export function canaryShareOf(
  canaries: readonly Ingress[],
  host: string | undefined,
  { path, type }: IngressPath,
  sent: ForCanary | undefined,
): CanaryShare | undefined {
  for (const ingress of canaries)
    for (const rule of ingress.rules) {
      const found = rule.paths.find(one => one.path === path && one.type === type)
      if (rule.host !== host || found === undefined) continue
      const isMeant = sent !== undefined && partsFor(ingress, sent.canary).some(isPart(sent.by))
      const share = !isMeant ? shareOf(ingress) : sent.canary === 'asked for' ? 'all' : undefined
      return share && { ingress, backend: found.backend, isAll: share === 'all' }
    }
  return undefined
}

const isPart =
  ({ what, name, value }: RequestPart) =>
  (one: RequestPart): boolean =>
    one.what === what && one.name === name && one.value === value

/** By its weight. */
function shareOf({ annotations }: Ingress): 'all' | 'some' | undefined {
  const numberOf = (annotation: string, otherwise: number): number =>
    Number.parseInt(annotations.get(annotation) ?? '', 10) || otherwise
  const weight = numberOf(CANARY_WEIGHT, 0)
  if (weight <= 0) return undefined
  return weight >= numberOf(CANARY_WEIGHT_TOTAL, 100) ? 'all' : 'some'
}
