import { isMapping, type Mapping } from '../../source/mapping.ts'
import { CONTROLLER_SETTINGS } from '../../source/read/bulk.ts'
import type { ControllerSettings } from '../routes.ts'

/** Undefined for what is no ConfigMap with settings of an ingress controller. What else is in it is not checked. */
export function decodeControllerSettings(
  apiVersion: string,
  kind: string,
  { data }: Mapping,
  own: Pick<ControllerSettings, 'namespace' | 'name' | 'at'>,
): ControllerSettings | undefined {
  if (kind !== 'ConfigMap' || apiVersion !== 'v1' || !isMapping(data)) return undefined
  const written = CONTROLLER_SETTINGS.flatMap(key => {
    const value = data[key]
    return typeof value === 'string' ? [[key, value] as const] : []
  })
  const { namespace, name, at } = own
  return written.length === 0
    ? undefined
    : { kind: 'ConfigMap', namespace, name, settings: new Map(written), at }
}
