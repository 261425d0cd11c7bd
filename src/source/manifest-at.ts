import type { Location } from './file.ts'
import { isWord, type Manifest } from './manifest.ts'
import { isMapping } from './mapping.ts'
import { documentsOf } from './read/document-texts.ts'
import { listTextOf } from './read/list-items.ts'
import { readManifests } from './read/read-manifests.ts'
import { readDocument } from './read/yaml-text.ts'

/**
 * The manifests at some locations, in the same order. Manifests are not kept in memory, so the file is read again, or of a
 * large List the item alone. Undefined for a location without a manifest.
 */
export function manifestsAt(places: readonly Location[]): readonly (Manifest | undefined)[] {
  const items = places.map(itemAt)
  const others = places.filter((_, index) => items[index] === undefined)
  const found = new Map<string, Manifest>()
  const files = [...new Set(others.map(({ file }) => file))]
  for (const [number, file] of files.entries()) {
    const wanted = new Set(others.filter(at => at.file === file).map(at => locationKey(number, at)))
    const keep = (manifest: Manifest): void => {
      const key = locationKey(number, manifest.at)
      if (wanted.has(key)) found.set(key, manifest)
    }
    readManifests(file, { keep, passOver: () => undefined, complain: () => undefined })
  }
  return places.map((at, index) => items[index] ?? found.get(locationKey(files.indexOf(at.file), at)))
}

const locationKey = (file: number, { document, path }: Location): string =>
  JSON.stringify([file, document, ...path])

/** An item of a large List that has its own apiVersion and kind. */
function itemAt(at: Location): Manifest | undefined {
  const [list, number, ...rest] = at.path
  if (list !== 'items' || typeof number !== 'number' || rest.length > 0) return undefined
  const document = documentsOf(at.file)[at.document]
  const cut = document && listTextOf(document)
  const text = cut?.items[number]
  const read = text && readDocument(text)
  if (read === undefined || 'error' in read) return undefined
  const value = Array.isArray(read.value) && cut?.toItem.length === 1 ? read.value[0] : read.value
  if (!isMapping(value)) return undefined
  const { apiVersion, kind } = value
  return isWord(apiVersion) && isWord(kind) ? { apiVersion, kind, value, at } : undefined
}
