import { groupBy } from '../sets/group-by.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { below, type Location } from '../source/file.ts'
import { counted, firstFew, listed } from '../words/lists.ts'

/*
 * Objects that several manifests have: the later one replaces the earlier, as when applied in order (S-006). Environments of one
 * app side by side have many of them.
 */

/** Two manifests of one object. */
export interface Replaced {
  /** `NetworkPolicy shop/api`. */
  readonly name: string
  readonly earlier: Location
  readonly later: Location
  /** Whether an answer may be another with one in the place of the other. */
  readonly isOther: boolean
}

/** The warnings about those that make a difference; where there are kustomizations, one may be meant as a part of one. */
export function warningsOfReplaced(
  all: readonly Replaced[],
  hasKustomizations: boolean,
): readonly Diagnostic[] {
  const different = all.filter(({ isOther }) => isOther)
  if (different.length === 0) return []
  const roots = rootsOf(all)
  // Beside one object and beside a count of several.
  const alone = hasKustomizations
    ? 'if one of them is a part of a kustomization, ask about that with `-k`'
    : 'give them different names if they are meant to be in force together'
  const isRendered = all.some(({ earlier, later }) => [earlier, later].some(({ file }) => file.rendered))
  const choice = isRendered
    ? 'ask about one of them alone'
    : `name one, for example \`-f ${roots.at(-1)}\`, or \`-k\` if it is a kustomization`
  const help = roots.length === 0 ? alone : `${listed(roots)} look like different clusters: ${choice}`
  const nameAt = (at: Location): Location => below(at, 'metadata', 'name')
  return different.map(
    ({ name, earlier, later }): Diagnostic => ({
      severity: 'warning',
      code: 'REPLACED_OBJECT',
      object: name,
      message: `${name} is there twice: this one replaces the one in ${earlier.file.path}`,
      at: nameAt(later),
      help,
      related: [{ at: nameAt(earlier), message: 'the one that is replaced' }],
    }),
  )
}

/** Diagnostics with one warning in the place of all that say that an object is there twice, if there are several. */
export function withReplacedTogether(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const replaced = diagnostics.filter(({ code }) => code === 'REPLACED_OBJECT')
  const [first, ...more] = replaced
  if (first === undefined || more.length === 0) return diagnostics
  const objects = [...new Set(replaced.map(({ object = '' }) => object))]
  const kinds = [...groupBy(objects, object => object.split(' ')[0] ?? '')]
    .map(([kind, all]) => ({ kind, count: all.length }))
    .sort((a, b) => b.count - a.count)
    .map(({ kind, count }) => `${kind} (${count})`)
  const have = `${counted(objects.length, 'object')} ${objects.length === 1 ? 'has' : 'have'}`
  const together: Diagnostic = {
    severity: 'warning',
    code: 'REPLACED_OBJECT',
    message: `${have} several manifests, of which the last one counts: ${firstFew(kinds)} (-v lists them)`,
    ...(first.help !== undefined && { help: first.help }),
  }
  return [...diagnostics.filter(({ code }) => code !== 'REPLACED_OBJECT'), together]
}

/** So many objects in common are no accident. */
const FEWEST_IN_COMMON = 2

/** The folders or files that have several objects in common with another one, each as a version of its own; none if few do. */
function rootsOf(replaced: readonly Replaced[]): readonly string[] {
  const pairs = replaced.map(({ earlier, later }) => {
    const [from, to] = [stepsTo(earlier), stepsTo(later)]
    const differ = to.findIndex((step, index) => step !== from[index])
    return differ < 0 ? [] : [from, to].map(path => path.slice(0, differ + 1).join('/'))
  })
  const often = [...groupBy(pairs, pair => pair.join('\n')).values()].filter(
    all => all.length >= FEWEST_IN_COMMON,
  )
  const roots = [...new Set(often.flatMap(([pair]) => pair))].sort()
  return roots.filter(root => !roots.some(other => other.startsWith(`${root}/`)))
}

/** Of what a renderer made, the path is its command line. */
const stepsTo = ({ file: { path, rendered } }: Location): readonly string[] =>
  rendered === undefined ? path.split('/') : [path]
