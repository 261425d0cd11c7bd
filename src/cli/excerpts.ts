import type { Paper } from '../render/paper.ts'
import type { Style } from '../render/text/style.ts'
import { wrapText } from '../render/text/wrap.ts'
import type { SourceFile } from '../source/file.ts'
import { markedPlace } from '../source/frame.ts'
import type { World } from '../world/world.ts'

/** Draws places in the texts that a world was read from, which reports do not carry. */
export function excerptsOf(world: World | undefined, style: Style): Paper['excerpt'] {
  const { faint: quiet, error, warning } = style
  let files: ReadonlyMap<string, SourceFile> | undefined
  return (source, label) => {
    files ??= filesOf(world)
    const file = files.get(source.file)
    if (file === undefined) return []
    return markedPlace(file, source, label && { ...label, wrap: wrapText }, { error, warning, quiet })
  }
}

function filesOf(world: World | undefined): ReadonlyMap<string, SourceFile> {
  const inForce = world?.input.inForce.values() ?? []
  return new Map(Array.from(inForce, ({ at }) => [at.file.path, at.file]))
}
