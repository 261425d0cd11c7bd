import type { Location } from './file.ts'
import type { Manifest } from './manifest.ts'
import { readManifests } from './read-manifests.ts'

/**
 * Manifests as they are written, by their places, in the same order: they are not kept when they are read, so that each
 * of their files is read once more. Undefined for a place where none is.
 */
export function manifestsAt(places: readonly Location[]): readonly (Manifest | undefined)[] {
  const found = new Map<string, Manifest>()
  const files = [...new Set(places.map(({ file }) => file))]
  for (const [number, file] of files.entries()) {
    const wanted = new Set(places.filter(at => at.file === file).map(at => keyOf(number, at)))
    const keep = (manifest: Manifest): void => {
      const key = keyOf(number, manifest.at)
      if (wanted.has(key)) found.set(key, manifest)
    }
    readManifests(file, { keep, passOver: () => undefined, complain: () => undefined })
  }
  return places.map(at => found.get(keyOf(files.indexOf(at.file), at)))
}

const keyOf = (file: number, { document, path }: Location): string =>
  JSON.stringify([file, document, ...path])
