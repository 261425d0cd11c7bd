import type { Ingress } from '../../model/routes.ts'
import { ingressRef } from '../../network/endpoint-ids.ts'
import { groupBy } from '../../sets/group-by.ts'
import { lazily, memoized } from '../../sets/memoized.ts'
import type { World } from '../../world/world.ts'
import { limitsByMiddlewares } from './attached-limits.ts'
import { type ClientLimit, limitsOf, type SettingsFound } from './client-limits.ts'
import { settingsOfController } from './controller-settings.ts'
import { type Controller, controllerOfIngresses, knownOfIngresses } from './controllers.ts'
import { hasAliases, isPlainName, withAliases } from './ingress-nginx.ts'
import type { KnownController } from './known-controller.ts'

/** The Ingresses of one class, which are routed as one (S-360). */
export interface IngressesOfClass {
  readonly className: string | undefined
  readonly ingresses: readonly Ingress[]
  /** Those that may have a rule for a host; all of them where none has. */
  readonly forHost: (host: string) => readonly Ingress[]
  readonly known: () => KnownController | undefined
  readonly settings: () => SettingsFound
  readonly limitsOf: (ingress: Ingress) => readonly ClientLimit[]
  readonly controller: () => Controller
}

/** By class; those that leave it out are of the default one (S-355). */
export const ingressClassesIn = memoized((world: World): readonly IngressesOfClass[] => {
  const byDefault = world.cluster.ingressClasses.find(({ isDefault }) => isDefault)?.name
  const byClass = groupBy(world.cluster.ingresses, ({ className }) => className ?? byDefault)
  return Array.from(byClass, ([className, written]) => {
    const controller = lazily(() => controllerOfIngresses(world, className, written))
    const known = lazily(() => knownOfIngresses(world, className, written))
    const settings = lazily(() => settingsOfController(world, known(), controller()))
    const ingresses = written.some(hasAliases) && known()?.hasAliases ? withAliases(written) : written
    return {
      className,
      ingresses,
      forHost: hostIndex(ingresses),
      known,
      settings,
      limitsOf: ingress => {
        const { annotations, rules } = ingress
        const object = ingressRef(ingress).id
        const limits = limitsOf(known(), {
          object,
          annotations,
          rules,
          ofClass: written,
          settings: settings(),
          ...(className !== undefined && {
            class: { kind: 'IngressClass', name: className, hasParameters: hasParameters(world, className) },
          }),
        })
        return [...limits, ...limitsByMiddlewares(world, known(), object, annotations)]
      },
      controller,
    }
  })
})

/** Whether a class refers to settings of its controller's own. */
const hasParameters = ({ cluster }: World, className: string): boolean =>
  cluster.ingressClasses.some(one => one.name === className && one.hasParameters)

/** To ask each of many Ingresses for each of many hosts would take most of the time. */
function hostIndex(ingresses: readonly Ingress[]): IngressesOfClass['forHost'] {
  const entries = ingresses.flatMap(ingress => hostsOf(ingress).map(host => ({ host, ingress })))
  const byHost = groupBy(entries, ({ host }) => host)
  const ofHost = (host: string): readonly Ingress[] => (byHost.get(host) ?? []).map(({ ingress }) => ingress)
  return host => {
    const some = new Set([...ofHost(host.toLowerCase()), ...ofHost(ANY_HOST)])
    return some.size === 0 ? ingresses : ingresses.length === some.size ? ingresses : inOrder(ingresses, some)
  }
}

/** In the order of the list, which is that of precedence. */
const inOrder = (ingresses: readonly Ingress[], some: ReadonlySet<Ingress>): readonly Ingress[] =>
  some.size === 1 ? [...some] : ingresses.filter(ingress => some.has(ingress))

/** For every host, or for those of a wildcard. */
const ANY_HOST = '*'

const hostsOf = ({ rules, defaultBackend }: Ingress): readonly string[] => [
  ...new Set([
    ...rules.map(({ host }) => (host === undefined || !isPlainName(host) ? ANY_HOST : host.toLowerCase())),
    ...(rules.length === 0 && defaultBackend !== undefined ? [ANY_HOST] : []),
  ]),
]
