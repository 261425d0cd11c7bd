import type { SourceRef } from '../report/common.ts'
import type { Location } from '../source/file.ts'
import { apart } from '../source/frame.ts'
import { HELM, NO_OBJECT } from '../source/manifest.ts'
import { position } from '../source/position.ts'
import { leftOut as leftOutOf } from '../world/problems.ts'
import type { World as WorldInside } from '../world/world.ts'
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
  const { inside } = world
  return [
    ...inside.used.map(({ at, name, by }) => documentAt(at, by === undefined ? 'used' : BY[by], name)),
    ...inside.passedOver.map(({ at, why, matters }) => documentAt(at, 'not used', why, matters)),
    ...unmodeledIn(inside).map(({ at, kind }) => documentAt(at, 'not used', `${kind} is not evaluated`)),
  ]
}

const BY = { apply: 'applied', label: 'labelled' } as const

const documentAt = (
  at: Location,
  state: InputDocument['state'],
  text: string,
  matters = false,
): InputDocument => ({ file: at.file.path, line: () => position(at).line, state, text, matters })

/** A template that may be a policy is passed over, too. */
function unmodeledIn({ unmodeled, passedOver }: WorldInside): WorldInside['unmodeled'] {
  const places = new Set(passedOver.map(({ at }) => at))
  return unmodeled.filter(({ at }) => !places.has(at))
}

/** Whether something was found and nothing of it is a Kubernetes object; an empty file or an empty List is no mistake. */
export function isForeign(world: World): boolean {
  const { used, passedOver } = world.inside
  const isEmpty = used.length === 0 && unmodeledIn(world.inside).length === 0
  return isEmpty && passedOver.length > 0 && passedOver.every(({ why }) => why === NO_OBJECT || why === HELM)
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
    message: apart(errors[0]?.message ?? '').message,
    errors: errors.length,
  }))
