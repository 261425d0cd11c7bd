import { type FileEntry, folderAbove, type Io, joinPaths } from './io.ts'

/** The names of the files that kustomize takes for one. */
export const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** How many folders are looked into: those of a repository, and not of a disk. */
const MOST_FOLDERS = 2_000

/**
 * The folders of kustomizations that are near to a path that is none: those below it, or below the folder that it would be in,
 * else the nearest above.
 */
export function nearKustomizations(path: string, io: Io): readonly string[] {
  if (hasKustomization(path, io)) return []
  const start = [path, folderAbove(path)].find(one => entryAt(one, io)?.kind === 'folder')
  if (start === undefined) return []
  const below = kustomizationsIn(start, io)
  if (below.length > 0) return below
  for (let folder = start; folderAbove(folder) !== folder; folder = folderAbove(folder))
    if (hasKustomization(folderAbove(folder), io)) return [folderAbove(folder)]
  return []
}

/** A folder and those below it, the nearest ones first. */
function kustomizationsIn(start: string, io: Io): readonly string[] {
  const folders = [start]
  // The loop goes on with what it adds.
  for (const folder of folders)
    for (const path of listOf(folder, io)) {
      if (folders.length >= MOST_FOLDERS) break
      const entry = entryAt(path, io)
      if (entry?.kind === 'folder' && !entry.isLink) folders.push(path)
    }
  return folders.filter(folder => hasKustomization(folder, io))
}

const hasKustomization = (folder: string, io: Io): boolean =>
  KUSTOMIZATIONS.some(name => entryAt(joinPaths(folder, name), io)?.kind === 'file')

function entryAt(path: string, io: Io): FileEntry | undefined {
  try {
    return io.look(path)
  } catch {
    return undefined
  }
}

function listOf(folder: string, io: Io): readonly string[] {
  try {
    return io.list(folder)
  } catch {
    return []
  }
}
