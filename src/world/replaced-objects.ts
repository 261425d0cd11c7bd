import { groupBy } from '../sets/group-by.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { counted, firstFew, listed } from '../words/names.ts'

/*
 * Objects that several manifests have: one warning for all of them, and whether the manifests are those of several clusters.
 */

/** Diagnostics with one warning in the place of all that say that an object is there twice, if there are several. */
export function withReplacedTogether(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const replaced = diagnostics.filter(({ code }) => code === 'REPLACED_OBJECT')
  if (replaced.length < 2) return diagnostics
  return [...diagnostics.filter(({ code }) => code !== 'REPLACED_OBJECT'), together(replaced)]
}

function together(replaced: readonly Diagnostic[]): Diagnostic {
  const objects = [...new Set(replaced.map(({ object = '' }) => object))]
  const kinds = [...groupBy(objects, object => object.split(' ')[0] ?? '')]
    .map(([kind, all]) => ({ kind, count: all.length }))
    .sort((a, b) => b.count - a.count)
    .map(({ kind, count }) => `${kind} (${count})`)
  const roots = rootsOf(replaced)
  const [first] = roots
  return {
    severity: 'warning',
    code: 'REPLACED_OBJECT',
    message: `${counted(objects.length, 'object')} ${objects.length === 1 ? 'has' : 'have'} several manifests, of which the last one counts: ${firstFew(kinds)} (-v lists them)`,
    help:
      first === undefined
        ? 'rename one of two if both are meant to be in force'
        : `${listed(roots)} look like different clusters: name one, for example \`-f ${roots.at(-1)}\`, or \`-k\` if it is a kustomization`,
  }
}

/** So many objects in common are no accident. */
const FEWEST_IN_COMMON = 2

/** The folders or files that have several objects in common with another one, each as a version of its own; none if few do. */
function rootsOf(replaced: readonly Diagnostic[]): readonly string[] {
  const pairs = replaced.map(({ at, related = [] }) => {
    const [later = [], earlier = []] = [at, related[0]?.at].map(place => place?.file.path.split('/') ?? [])
    const differ = later.findIndex((step, index) => step !== earlier[index])
    return differ < 0 ? [] : [earlier, later].map(path => path.slice(0, differ + 1).join('/'))
  })
  const often = [...groupBy(pairs, pair => pair.join('\n')).values()].filter(
    all => all.length >= FEWEST_IN_COMMON,
  )
  const roots = [...new Set(often.flatMap(([pair]) => pair))].sort()
  return roots.filter(root => !roots.some(other => other.startsWith(`${root}/`)))
}
