import type { SourceRef } from '../report/common.ts'
import { groupBy } from '../sets/group-by.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { position } from '../source/position.ts'
import { inReadingOrder } from './problems.ts'

/** An object of the input that is not part of the world because of its errors. */
export interface LeftOut {
  /** `NetworkPolicy shop/api`, or `document 2` of a file that could not be read so far. */
  readonly what: string
  /** Where its first error is; undefined for a file that could not be read. */
  readonly at: SourceRef | undefined
  readonly errors: readonly Diagnostic[]
}

/** The objects that are left out because of their errors, in the order of the input. */
export function leftOut(diagnostics: readonly Diagnostic[]): readonly LeftOut[] {
  const errors = inReadingOrder(diagnostics.filter(({ severity }) => severity === 'error'))
  const byObject = groupBy(errors, ({ at, object }) => JSON.stringify([at?.file.path, object]))
  return [...byObject.values()].map(own => ({
    what: own[0].object ?? 'a document',
    at: placeOf(own[0]),
    errors: own,
  }))
}

function placeOf({ at }: Diagnostic): SourceRef | undefined {
  if (at === undefined) return undefined
  const { line, column } = 'position' in at ? at.position : position(at)
  return { file: at.file.path, line, column }
}
