import type { Manifest } from '../../source/manifest.ts'
import { manifestsAt } from '../../source/manifest-at.ts'
import type { InForce } from '../live-objects.ts'

export type Mapping = Readonly<Record<string, unknown>>

/** The manifests of objects, as they are now. */
export function manifestsOf(all: readonly InForce[]): readonly (Manifest | undefined)[] {
  const written = manifestsAt(all.map(({ at }) => at))
  return all.map(({ edited }, index) => edited ?? written[index])
}

/** A mapping in another one; empty where it is absent. */
export function mappingIn(value: Mapping, key: string): Mapping {
  const found = Object.hasOwn(value, key) ? value[key] : undefined
  return isMapping(found) ? found : {}
}

const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null
