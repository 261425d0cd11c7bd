import type { Pod } from '../../model/objects.ts'
import type { ControllerSettings } from '../../model/routes.ts'
import type { World } from '../../world/world.ts'
import type { SettingsFound } from './client-limits.ts'
import type { Controller } from './controllers.ts'
import type { KnownController } from './known-controller.ts'

/*
 * Which ConfigMaps have the settings of an ingress controller: those that the arguments of its Pods name.
 */

export function settingsOfController(
  world: World,
  known: KnownController | undefined,
  { endpoints }: Controller,
): SettingsFound {
  const keys = known?.settings
  if (keys === undefined) return { perhaps: [] }
  const { authorization, ...lists } = keys
  const read = [...Object.values(lists).flat(), ...(authorization ? [authorization.setting] : [])]
  const all = world.cluster.controllerSettings.filter(({ settings }) => read.some(key => settings.has(key)))
  if (all.length === 0) return { perhaps: [] }
  const own = endpoints.map(endpoint => (endpoint.kind === 'pod' ? namedBy(endpoint.pod) : []))
  const [first = [], ...others] = own
  const [name] = first
  if (name !== undefined && first.length === 1 && others.every(one => one.length === 1 && one[0] === name)) {
    const sure = all.find(one => idOf(one) === name)
    return { ...(sure !== undefined && { sure }), perhaps: [] }
  }
  const claimed = new Set(world.cluster.pods.flatMap(namedBy))
  const isOwn = (one: ControllerSettings): boolean =>
    own.flat().includes(idOf(one)) || !claimed.has(idOf(one))
  return { perhaps: all.filter(isOwn) }
}

const idOf = ({ namespace, name }: ControllerSettings): string => `${namespace}/${name}`

/** The ConfigMaps that the arguments of a Pod name, but for names with placeholders of which nothing is known. */
const namedBy = ({ namespace, configMaps }: Pod): readonly string[] =>
  configMaps.map(name => name.replace('$(POD_NAMESPACE)', namespace)).filter(name => !name.includes('$('))
