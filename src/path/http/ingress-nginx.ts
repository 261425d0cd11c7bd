import type { Ingress, IngressBackend, IngressPath, IngressRule } from '../../model/routes.ts'

/*
 * What annotations of ingress-nginx make of Ingresses before a request is routed (docs/user-guide/nginx-configuration/annotations,
 * internal/ingress/controller).
 */

const PREFIX = 'nginx.ingress.kubernetes.io'
const SERVER_ALIAS = `${PREFIX}/server-alias`
const CANARY = `${PREFIX}/canary`
const CANARY_WEIGHT = `${PREFIX}/canary-weight`
const CANARY_WEIGHT_TOTAL = `${PREFIX}/canary-weight-total`

export const hasAliases = ({ annotations }: Ingress): boolean => annotations.has(SERVER_ALIAS)

/** The Ingresses with the names that their annotations add to their hosts, but for those that are hosts of a rule themselves. */
export function withAliases(ingresses: readonly Ingress[]): readonly Ingress[] {
  const hosts = new Set(ingresses.flatMap(({ rules }) => rules.map(({ host }) => host?.toLowerCase())))
  return ingresses.map(ingress => {
    const aliases = aliasesOf(ingress).filter(alias => !hosts.has(alias))
    // An alias can belong to one server only: that of the first host.
    const [first] = ingress.rules
    const own = ingress.rules.filter(({ host }) => host !== undefined && host === first?.host)
    const added = aliases.flatMap(host => own.map((rule): IngressRule => ({ ...rule, host })))
    return added.length === 0 ? ingress : { ...ingress, rules: [...ingress.rules, ...added] }
  })
}

const aliasesOf = ({ annotations }: Ingress): readonly string[] =>
  (annotations.get(SERVER_ALIAS) ?? '')
    .split(',')
    .map(alias => alias.trim().toLowerCase())
    .filter(alias => alias !== '')

/** Whether it has no paths of its own: it takes a share of the requests for those of another Ingress. */
export const isCanary = ({ annotations }: Ingress): boolean => annotations.get(CANARY) === 'true'

/** A canary's share of the requests for a path. Headers and cookies that ask for it are not those of a plain request. */
export interface CanaryShare {
  readonly ingress: Ingress
  readonly backend: IngressBackend
  /** Nothing is left for the path's own backend. */
  readonly isAll: boolean
}

/** The first canary with the same host and path that gets requests by its weight. */
export function canaryShareOf(
  canaries: readonly Ingress[],
  host: string | undefined,
  { path, type }: IngressPath,
): CanaryShare | undefined {
  for (const ingress of canaries)
    for (const rule of ingress.rules) {
      const found = rule.paths.find(one => one.path === path && one.type === type)
      if (rule.host === host && found !== undefined) return shareOf(ingress, found.backend)
    }
  return undefined
}

function shareOf(ingress: Ingress, backend: IngressBackend): CanaryShare | undefined {
  const numberOf = (annotation: string, otherwise: number): number =>
    Number.parseInt(ingress.annotations.get(annotation) ?? '', 10) || otherwise
  const weight = numberOf(CANARY_WEIGHT, 0)
  if (weight <= 0) return undefined
  return { ingress, backend, isAll: weight >= numberOf(CANARY_WEIGHT_TOTAL, 100) }
}
