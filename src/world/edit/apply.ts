import type { AppliedObject, WhatIf } from '../../report/facts/what-if.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import type { SourceFile } from '../../source/file.ts'
import { originOf } from '../../source/source-of.ts'
import { objectText } from '../../words/lists.ts'
import { type InForce, type Input, readInput, type Unused } from '../live-objects.ts'
import { saysSame } from '../same.ts'
import { findOwned, objectRefOf, whatIf } from './find.ts'
import { refusedChanges } from './immutable-fields.ts'
import { withServerFields } from './server-fields.ts'

/** Applies the objects of files as `kubectl apply` does: an object that exists is replaced. */
export function applyFiles(
  before: Input,
  files: readonly SourceFile[],
  problems?: readonly Diagnostic[],
): Input {
  const read = readInput(files, { problems, namespace: before.namespace, validate: before.validate })
  const completed = withServerFields(read.inForce, before.inForce)
  const { gone, homeless } = homesFor([...read.inForce.values()], before.gone)
  const inForce = new Map(before.inForce)
  const unused: Unused[] = [...before.unused, ...read.unused]
  const objects: AppliedObject[] = []
  for (const [identity, written] of read.inForce) {
    if (homeless.includes(written)) continue
    const earlier = inForce.get(identity)
    const { one, became, immutable } = applied(earlier, written, completed.get(identity) ?? written)
    if (earlier !== undefined)
      unused.push({ at: earlier.at, why: { kind: 'replaced-by-applied', object: earlier.name } })
    // Deleted first, so that it moves to the end of the order.
    inForce.delete(identity)
    inForce.set(identity, { ...one, by: 'apply' })
    // The Pods of the old template are gone; the workload creates others, or they are applied as well.
    const owned = became === 'new' || became === 'unchanged' ? [] : findOwned({ inForce }, one.object)
    const lost = owned.filter(([pod]) => !read.inForce.has(pod))
    for (const [pod, { at, name }] of lost) {
      inForce.delete(pod)
      unused.push({ at, why: { kind: 'created-again', pod: name, workload: objectText(one.object) } })
    }
    objects.push({ object: objectRefOf(one.object), became, immutable, withPods: lost.length > 0 })
  }
  const diagnostics = [...before.diagnostics, ...read.diagnostics, ...homeless.map(noNamespace)]
  const facts: WhatIf = { edit: 'apply', files: pathsOf(files, read), objects }
  const kustomizations = [...before.kustomizations, ...read.kustomizations]
  const templates = [...before.templates, ...read.templates]
  return {
    ...before,
    kustomizations,
    templates,
    inForce,
    unused,
    diagnostics,
    gone,
    whatIf: whatIf(before, facts),
  }
}

/** The files that bring an object; a kustomization or a patch beside them is not applied. All of them where none brings one. */
function pathsOf(files: readonly SourceFile[], { inForce }: Input): readonly string[] {
  const bringing = new Set(Array.from(inForce.values(), ({ at }) => (originOf(at) ?? at.file).path))
  const paths = [...new Set(files.map(({ path }) => path))]
  const applied = paths.filter(path => bringing.has(path))
  return applied.length > 0 ? applied : paths
}

/** The version that is in force after applying an object; `completed` has the fields that the cluster wrote into `earlier`. */
function applied(
  earlier: InForce | undefined,
  written: InForce,
  completed: InForce,
): Pick<AppliedObject, 'became' | 'immutable'> & { readonly one: InForce } {
  if (earlier === undefined) return { one: completed, became: 'new', immutable: [] }
  const immutable = refusedChanges(earlier.decoded, completed.decoded)
  // A recreated object has none of the fields that the cluster wrote into the old one.
  const one = immutable.length > 0 ? written : completed
  if (saysSame(earlier.decoded, one.decoded)) return { one, became: 'unchanged', immutable }
  return { one, became: immutable.length > 0 ? 'recreated' : 'replaced', immutable }
}

/** A deleted namespace exists again only for what is applied after it (S-144). */
function homesFor(
  objects: readonly InForce[],
  before: ReadonlySet<string>,
): { readonly gone: ReadonlySet<string>; readonly homeless: readonly InForce[] } {
  const gone = new Set(before)
  const homeless: InForce[] = []
  for (const one of objects) {
    const { kind, name, namespace } = one.object
    if (kind === 'Namespace') gone.delete(name)
    if (namespace !== undefined && gone.has(namespace)) homeless.push(one)
  }
  return { gone, homeless }
}

const noNamespace = ({ name, object: { namespace = '' }, at }: InForce): Diagnostic => ({
  severity: 'error',
  code: 'NAMESPACE_NOT_FOUND',
  message: `namespaces "${namespace}" not found`,
  at,
  object: name,
  help: `it was deleted before: apply Namespace ${namespace} first`,
})
