import type { Ingress, IngressBackend, IngressPath, IngressRule } from '../../model/routes.ts'
import { distinctBy, groupBy } from '../../sets/group-by.ts'

/*
 * What annotations of ingress-nginx make of Ingresses before a request is routed (docs/user-guide/nginx-configuration/annotations,
 * internal/ingress/controller).
 */

const PREFIX = 'nginx.ingress.kubernetes.io'
const SERVER_ALIAS = `${PREFIX}/server-alias`
const CANARY = `${PREFIX}/canary`
const CANARY_WEIGHT = `${PREFIX}/canary-weight`
const CANARY_BY = [`${CANARY}-by-header`, `${CANARY}-by-cookie`]
const CANARY_WEIGHT_TOTAL = `${PREFIX}/canary-weight-total`

export const hasAliases = ({ annotations }: Ingress): boolean => annotations.has(SERVER_ALIAS)

/**
 * The Ingresses with the names that annotations add to their hosts, but for those that are hosts of a rule themselves. An alias is
 * another name of the same server: it has the paths that any Ingress gives to the host, canaries included.
 */
export function withAliases(ingresses: readonly Ingress[]): readonly Ingress[] {
  const hosts = new Set(ingresses.flatMap(({ rules }) => rules.map(({ host }) => host?.toLowerCase())))
  const added = ingresses.flatMap(ingress => {
    // An alias can belong to one server only: that of the first host.
    const host = ingress.rules[0]?.host?.toLowerCase()
    return aliasesOf(ingress)
      .filter(alias => host !== undefined && !hosts.has(alias))
      .map(alias => ({ host, alias }))
  })
  const ofHost = groupBy(
    distinctBy(added, ({ alias }) => alias),
    ({ host }) => host,
  )
  return ingresses.map(ingress => {
    const more = ingress.rules.flatMap(rule =>
      (ofHost.get(rule.host?.toLowerCase()) ?? []).map(
        ({ alias }): IngressRule => ({ ...rule, host: alias }),
      ),
    )
    return more.length === 0 ? ingress : { ...ingress, rules: [...ingress.rules, ...more] }
  })
}

const aliasesOf = ({ annotations }: Ingress): readonly string[] =>
  (annotations.get(SERVER_ALIAS) ?? '')
    .split(',')
    .map(alias => alias.trim().toLowerCase())
    .filter(alias => alias !== '')

/** Whether it has no paths of its own: it takes a share of the requests for those of another Ingress. */
export const isCanary = ({ annotations }: Ingress): boolean => annotations.get(CANARY) === 'true'

/** Whether only requests that ask for it, by a header or a cookie, go to a canary. */
export const hasToBeAsked = (ingress: Ingress): boolean =>
  canBeAsked(ingress) && shareOf(ingress) === undefined

const canBeAsked = ({ annotations }: Ingress): boolean => CANARY_BY.some(one => annotations.has(one))

/** A canary's share of the requests for a path. */
export interface CanaryShare {
  readonly ingress: Ingress
  readonly backend: IngressBackend
  /** Nothing is left for the path's own backend. */
  readonly isAll: boolean
}

/** The first canary with the same host and path that gets requests: those that ask for it, others by its weight. */
export function canaryShareOf(
  canaries: readonly Ingress[],
  host: string | undefined,
  { path, type }: IngressPath,
  isAsked: boolean,
): CanaryShare | undefined {
  for (const ingress of canaries)
    for (const rule of ingress.rules) {
      const found = rule.paths.find(one => one.path === path && one.type === type)
      if (rule.host !== host || found === undefined) continue
      const share = isAsked && canBeAsked(ingress) ? 'all' : shareOf(ingress)
      return share && { ingress, backend: found.backend, isAll: share === 'all' }
    }
  return undefined
}

/** By its weight. */
function shareOf({ annotations }: Ingress): 'all' | 'some' | undefined {
  const numberOf = (annotation: string, otherwise: number): number =>
    Number.parseInt(annotations.get(annotation) ?? '', 10) || otherwise
  const weight = numberOf(CANARY_WEIGHT, 0)
  if (weight <= 0) return undefined
  return weight >= numberOf(CANARY_WEIGHT_TOTAL, 100) ? 'all' : 'some'
}
