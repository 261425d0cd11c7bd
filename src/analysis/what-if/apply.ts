import type { Diagnostic } from '../../source/diagnostic.ts'
import type { SourceFile } from '../../source/file.ts'
import type { PassedOver } from '../../source/manifest.ts'
import { type InForce, type Input, readInput } from '../in-force.ts'
import type { Edited } from './edit.ts'
import { findMade, nameOf } from './find.ts'
import { saysSame } from './same.ts'
import { withServerFields } from './server-fields.ts'

/** Puts the objects of files over those in force: so does `kubectl apply`, and an object that is there is replaced. */
export function applyFiles(
  before: Input,
  files: readonly SourceFile[],
  problems?: readonly Diagnostic[],
): Edited {
  const read = readInput(files, problems)
  const inForce = new Map(before.inForce)
  const passedOver: PassedOver[] = [...before.passedOver, ...read.passedOver]
  const leave = (identity: unknown, { at }: InForce, why: string): void => {
    inForce.delete(identity)
    passedOver.push({ at, why, matters: false })
  }
  const told: string[] = []
  const completed = withServerFields(read.inForce, before.inForce)
  for (const [identity, one] of completed) {
    const earlier = inForce.get(identity)
    const isSame = earlier !== undefined && saysSame(earlier.decoded, one.decoded)
    if (earlier !== undefined) leave(identity, earlier, `${earlier.name} is replaced by what is applied`)
    inForce.set(identity, { ...one, by: 'apply' })
    // What a workload has made of another template is no more; it makes others, or they are applied as well.
    const made = earlier === undefined || isSame ? [] : findMade({ inForce }, one.object)
    const gone = made.filter(([key]) => !read.inForce.has(key))
    for (const [key, old] of gone) leave(key, old, `${old.name}: ${nameOf(one.object)} makes another`)
    const anew = gone.length > 0 ? '; its Pods are made anew' : ''
    const became = earlier === undefined ? 'new' : isSame ? 'unchanged' : `replaced${anew}`
    told.push(`${nameOf(one.object)} (${became})`)
  }
  return {
    input: { inForce, passedOver, diagnostics: [...before.diagnostics, ...read.diagnostics] },
    message: `what if ${someOf([...new Set(files.map(({ path }) => path))])} were applied: ${told.length === 0 ? 'there is no object in it' : someOf(told)}`,
  }
}

/** The first few are named. */
const FEW = 5

const someOf = (names: readonly string[]): string =>
  names.length > FEW ? `${names.slice(0, FEW).join(', ')} and ${names.length - FEW} more` : names.join(', ')
