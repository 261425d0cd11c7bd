import { type Mapping, mappingAt } from '../../source/mapping.ts'
import { decode } from '../decode-manifest.ts'
import { type InForce, type Input, manifestsOf } from '../live-objects.ts'

type LiveObjects = Input['inForce']

/**
 * Applied objects with the fields that only a cluster writes, taken from the objects of a dump that they replace: applying a
 * manifest without these fields keeps them.
 */
export function withServerFields(applied: LiveObjects, before: LiveObjects): LiveObjects {
  const pairs = [...applied].flatMap(([identity, one]) => {
    const earlier = before.get(identity)
    return earlier?.served && !one.served ? [{ identity, one, earlier }] : []
  })
  const manifests = manifestsOf(pairs.flatMap(({ one, earlier }) => [one, earlier]))
  const out = new Map(applied)
  for (const [index, { identity, one }] of pairs.entries()) {
    const [manifest, served] = manifests.slice(2 * index, 2 * index + 2)
    if (manifest === undefined || served === undefined) continue
    const edited = {
      ...manifest,
      value: manifestWithServerFields(manifest.kind, manifest.value, served.value),
    }
    const decoded = decode(edited, () => undefined)
    // For example, a Service of another type cannot keep its addresses.
    if (decoded !== undefined) out.set(identity, { ...one, decoded, edited } satisfies InForce)
  }
  return out
}

function manifestWithServerFields(kind: string, value: Mapping, served: Mapping): Mapping {
  const [metadata, spec] = [mappingAt(value, 'metadata'), mappingAt(value, 'spec')]
  const withSpec = kind === 'Pod' || (kind === 'Service' && !hasAddress(spec))
  return {
    ...picked(served, 'status'),
    ...value,
    metadata: { ...picked(mappingAt(served, 'metadata'), 'ownerReferences'), ...metadata },
    ...(withSpec && { spec: { ...picked(mappingAt(served, 'spec'), ...OF_SPEC), ...spec } }),
  }
}

const OF_SPEC = ['nodeName', 'clusterIP', 'clusterIPs']

const hasAddress = (spec: Mapping): boolean => Object.keys(spec).some(key => key.startsWith('clusterIP'))

const picked = (value: Mapping, ...keys: readonly string[]): Mapping =>
  Object.fromEntries(keys.flatMap(key => (Object.hasOwn(value, key) ? [[key, value[key]]] : [])))
