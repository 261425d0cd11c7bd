import type { Assumption } from '../report/common.ts'
import { groupBy } from '../sets/group-by.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { position } from '../source/position.ts'
import { printable } from '../source/printable.ts'
import { firstFew } from '../words/names.ts'
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
  const errors = inReadingOrder(diagnostics.filter(({ severity }) => severity === 'error'))
  const byObject = groupBy(errors, ({ at, object }) => JSON.stringify([at?.file.path, object]))
  return [...byObject.values()].map(own => ({
    what: own[0].object ?? 'a document',
    where: whereOf(own[0]),
    errors: own,
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
  const names = all.map(({ what, where }) => printable(where === undefined ? what : `${what} (${where})`))
  return [
    {
      code: 'UNDETERMINED_INVALID_INPUT',
      message: `left out because a cluster would refuse it: ${firstFew(names, NAMED)}; put right, it may decide otherwise`,
    },
  ]
}
