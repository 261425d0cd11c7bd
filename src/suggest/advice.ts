import { findPaths, type PathsAsked } from '../path/find-paths.ts'
import type { ReachQuestion } from '../path/question.ts'
import { sidesOfPaths } from '../path/sides.ts'
import { verdictOf, verdictOfAll } from '../path/verdict.ts'
import type { Suggestion } from '../report/report.ts'
import type { World } from '../world/world.ts'
import { manifestTexts } from './manifest.ts'
import { serviceFix } from './service.ts'
import { editedBy, suggestionsFor } from './suggest.ts'

/** What would make the answer a yes; where a Service leads nowhere, that has to be mended first. */
export function suggestionsTo(
  world: World,
  question: ReachQuestion,
  found: PathsAsked,
): readonly Suggestion[] {
  if (!wantsMore(found)) return []
  const { source, to, paths } = found
  const telling = paths.find(path => verdictOf(path) !== 'yes')
  const fix = telling && serviceFix(world, telling)
  if (fix === undefined)
    return suggestionsFor(world, {
      sides: sidesOfPaths(paths),
      from: source.ref.id,
      to: to.id,
      find: edited => findPaths(edited, question).paths,
    })
  const manifest = manifestTexts(world)(fix.edits)
  const edited = manifest === undefined ? undefined : editedBy(world, manifest)
  if (manifest === undefined || edited === undefined) return []
  // No policy looks at a Service: nothing opens but by what comes after it.
  const mended: Suggestion = { message: fix.text, manifest, opens: [], closes: [], also: [] }
  const after = findPaths(edited, question)
  if (verdictOfAll(after.paths) === 'yes') return [mended]
  return suggestionsTo(edited, question, after).map(more => ({
    ...more,
    message: `${mended.message}; ${more.message}`,
    manifest: `${manifest}---\n${more.manifest}`,
  }))
}

/** Who names no port wants to know what is open, and not to open the rest. */
function wantsMore({ paths, port, to }: PathsAsked): boolean {
  const verdict = verdictOfAll(paths)
  return verdict !== 'yes' && !(verdict === 'partial' && port === null && to.kind !== 'Service')
}
