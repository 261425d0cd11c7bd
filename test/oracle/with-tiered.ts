import { fieldOf } from '../../src/model/decode/field.ts'
import { type World, withPolicies } from '../../src/world/world.ts'
import type { Manifest } from './oracle.ts'
import { TIERED_POLICY } from './tiered-policies.ts'

/** A world with some more policies, which its network plugin enforces as it does others. */
export function withTiered(world: World, manifests: readonly Manifest[]): World {
  const file = { path: 'tiered.yaml', text: '' }
  const decoded = manifests.flatMap((manifest, document) => {
    const at = { file, document, path: [] }
    return TIERED_POLICY.decode(fieldOf(manifest, { at, served: false, complain: () => undefined })) ?? []
  })
  return withPolicies(world, [], decoded)
}
