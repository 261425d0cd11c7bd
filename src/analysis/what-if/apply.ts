import type { Diagnostic } from '../../source/diagnostic.ts'
import type { SourceFile } from '../../source/file.ts'
import type { PassedOver } from '../../source/manifest.ts'
import { type InForce, type Input, readInput } from '../in-force.ts'
import type { Edited } from './edit.ts'
import { findMade, nameOf } from './find.ts'
import { saysSame } from './same.ts'

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
  for (const [identity, one] of read.inForce) {
    const earlier = inForce.get(identity)
    const isSame = earlier !== undefined && saysSame(earlier.decoded, one.decoded)
    if (earlier !== undefined) leave(identity, earlier, `${earlier.name} is replaced by what is applied`)
    inForce.set(identity, { ...one, by: 'apply' })
    // What a workload has made of another template is no more; it makes others, or they are applied as well.
    const made = earlier === undefined || isSame ? [] : findMade({ inForce }, one.object)
    for (const [key, old] of made)
      if (!read.inForce.has(key)) leave(key, old, `${old.name}: ${nameOf(one.object)} makes another`)
    told.push(`${nameOf(one.object)} (${earlier === undefined ? 'new' : isSame ? 'unchanged' : 'replaced'})`)
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
