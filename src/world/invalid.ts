import type { Assumption } from '../report/common.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { position } from '../source/position.ts'
import { printable } from '../source/printable.ts'
import { inReadingOrder } from './problems.ts'

/** Something of the input that has an error and is no part of the world. */
export interface LeftOut {
  /** `NetworkPolicy shop/api`, or `document 2` of a file that could not be read so far. */
  readonly what: string
  /** `policies.yaml:12`, where its first error is; undefined for a file that could not be read. */
  readonly where: string | undefined
  readonly errors: readonly Diagnostic[]
}

/** What is left out for its errors, in the order of the input. */
export function leftOut(diagnostics: readonly Diagnostic[]): readonly LeftOut[] {
  const byObject = new Map<string, [Diagnostic, ...Diagnostic[]]>()
  for (const diagnostic of inReadingOrder(diagnostics.filter(({ severity }) => severity === 'error'))) {
    const key = JSON.stringify([diagnostic.at?.file.path, diagnostic.object])
    const known = byObject.get(key)
    if (known === undefined) byObject.set(key, [diagnostic])
    else known.push(diagnostic)
  }
  return [...byObject.values()].map(errors => ({
    what: errors[0].object ?? 'a document',
    where: whereOf(errors[0]),
    errors,
  }))
}

function whereOf({ at }: Diagnostic): string | undefined {
  if (at === undefined) return undefined
  const { line } = 'position' in at ? at.position : position(at)
  return `${at.file.path}:${line}`
}

/** The first few are named. */
const NAMED = 5

/** What is assumed of an input with errors: that what is left out would change nothing. */
export function assumptionsOfLeftOut(diagnostics: readonly Diagnostic[]): readonly Assumption[] {
  const all = leftOut(diagnostics)
  if (all.length === 0) return []
  const names = all
    .slice(0, NAMED)
    .map(({ what, where }) => printable(where === undefined ? what : `${what} (${where})`))
  const more = all.length > NAMED ? ` and ${all.length - NAMED} more` : ''
  return [
    {
      code: 'UNDETERMINED_INVALID_INPUT',
      message: `left out because a cluster would refuse it: ${names.join(', ')}${more}; put right, it may decide otherwise`,
    },
  ]
}
