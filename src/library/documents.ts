import type { SourceRef } from '../report/common.ts'
import type { UnusedReason } from '../report/facts/documents.ts'
import { briefMessage } from '../source/diagnostic.ts'
import type { Location } from '../source/file.ts'
import { position } from '../source/position.ts'
import { unusedText } from '../words/documents.ts'
import { leftOut as leftOutOf } from '../world/problems.ts'
import type { World } from './world.ts'

/** What became of a document of the input. */
export interface InputDocument {
  readonly file: string
  /** Looked for when it is asked for, which takes reading the document again. */
  readonly line: () => number
  /** `applied` and `labelled` by an edit. */
  readonly state: 'used' | 'applied' | 'labelled' | 'not used'
  /** The name of the object, or why it is not used. */
  readonly text: string
  /** Whether it is not used, and an answer could be another with it. */
  readonly matters: boolean
}

/** What became of each document; what was left out for its errors is in the world's diagnostics instead. */
export function documents(world: World): readonly InputDocument[] {
  const { used, unused, input } = world.inside
  const notEvaluated = [...input.inForce.values()].flatMap(({ at, decoded }) =>
    decoded.as === 'unmodeled'
      ? [unusedDocument(at, { kind: 'not-evaluated', of: decoded.policy.kind })]
      : [],
  )
  return [
    ...used.map(({ at, name, by }) => documentAt(at, by === undefined ? 'used' : BY[by], name)),
    ...unused.map(({ at, why }) => unusedDocument(at, why)),
    ...notEvaluated,
  ]
}

const BY = { apply: 'applied', label: 'labelled' } as const

const documentAt = (
  at: Location,
  state: InputDocument['state'],
  text: string,
  matters = false,
): InputDocument => ({ file: at.file.path, line: () => position(at).line, state, text, matters })

const unusedDocument = (at: Location, why: UnusedReason): InputDocument =>
  documentAt(at, 'not used', unusedText(why), why.kind === 'template' || why.kind === 'unknown-workload')

/** Whether something was found and nothing of it is a Kubernetes object; an empty file or an empty List is no mistake. */
export function isForeign(world: World): boolean {
  const { input, unused } = world.inside
  return (
    input.inForce.size === 0 &&
    unused.length > 0 &&
    unused.every(({ why }) => why.kind === 'not-an-object' || why.kind === 'template')
  )
}

/** Something of the input that was left out for its errors. */
export interface LeftOut {
  /** `NetworkPolicy shop/api`. */
  readonly what: string
  /** Where its first error is; undefined for a file that could not be read. */
  readonly source: SourceRef | undefined
  /** Its first error, without the API server's examples. */
  readonly message: string
  readonly errors: number
}

/** What was left out, in the order in which one reads the files. */
export const leftOut = (world: World): readonly LeftOut[] =>
  leftOutOf(world.diagnostics).map(({ what, at, errors }) => ({
    what,
    source: at,
    message: briefMessage(errors[0]),
    errors: errors.length,
  }))
