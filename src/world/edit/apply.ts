import type { AppliedObject, WhatIf } from '../../report/facts/what-if.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import type { SourceFile } from '../../source/file.ts'
import { type InForce, type Input, readInput, type Unused } from '../live-objects.ts'
import { nameOf } from '../object-name.ts'
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
  const read = readInput(files, problems)
  const inForce = new Map(before.inForce)
  const unused: Unused[] = [...before.unused, ...read.unused]
  const leave = (identity: unknown, { at }: InForce, why: Unused['why']): void => {
    inForce.delete(identity)
    unused.push({ at, why })
  }
  const objects: AppliedObject[] = []
  const completed = withServerFields(read.inForce, before.inForce)
  const { gone, homeless } = homesFor([...read.inForce.values()], before.gone)
  for (const [identity, written] of read.inForce) {
    if (homeless.includes(written)) continue
    const earlier = inForce.get(identity)
    const kept = completed.get(identity) ?? written
    const refused = earlier === undefined ? [] : refusedChanges(earlier.decoded, kept.decoded)
    // A recreated object has none of the fields that the cluster wrote into the old one.
    const one = refused.length > 0 ? written : kept
    const isSame = earlier !== undefined && saysSame(earlier.decoded, one.decoded)
    if (earlier !== undefined) leave(identity, earlier, { kind: 'replaced-by-applied', object: earlier.name })
    inForce.set(identity, { ...one, by: 'apply' })
    // The Pods of the old template are gone; the workload creates others, or they are applied as well.
    const made = earlier === undefined || isSame ? [] : findOwned({ inForce }, one.object)
    const lost = made.filter(([key]) => !read.inForce.has(key))
    for (const [key, old] of lost)
      leave(key, old, { kind: 'created-again', pod: old.name, workload: nameOf(one.object) })
    const replaced = refused.length > 0 ? 'recreated' : 'replaced'
    objects.push({
      object: objectRefOf(one.object),
      became: earlier === undefined ? 'new' : isSame ? 'unchanged' : replaced,
      immutable: refused,
      withPods: lost.length > 0,
    })
  }
  const diagnostics = [...before.diagnostics, ...read.diagnostics, ...homeless.map(noNamespace)]
  const paths = [...new Set(files.map(({ path }) => path))]
  const facts: WhatIf = { edit: 'apply', files: paths, objects }
  return { ...before, inForce, unused, diagnostics, gone, whatIf: whatIf(before, facts) }
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
