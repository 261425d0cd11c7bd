import type { Manifest } from '../../source/manifest.ts'
import { manifestsAt } from '../../source/manifest-at.ts'
import type { InForce } from '../live-objects.ts'

/** The manifests of objects, as they are now. */
export function manifestsOf(all: readonly InForce[]): readonly (Manifest | undefined)[] {
  const written = manifestsAt(all.map(({ at }) => at))
  return all.map(({ edited }, index) => edited ?? written[index])
}
