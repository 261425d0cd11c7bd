import type { OtherRoute } from '../../model/routes.ts'
import { matchHost, mostSpecific, type Specificity } from './match-request.ts'
import type { Routing } from './request.ts'

/** How specific the hosts are that a route of a kind that is not evaluated may serve. */
export const specificityOfOther = ({ hosts }: OtherRoute, host: string): Specificity | undefined =>
  mostSpecific(hosts.map(pattern => matchHost(host, pattern, 'any labels')))

/** What such a route makes of a request is for its own controller to say. */
export const routeByOther = ({ of, group, namespace, name, at }: OtherRoute): Routing => ({
  kind: 'unknown',
  object: `${namespace}/${of.toLowerCase()}/${name}`,
  why: { kind: 'not-evaluated', route: of, group, name: `${namespace}/${name}`, at },
  backends: [],
})
