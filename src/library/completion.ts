import { type Spelling, spellings as spellingsInside, type Wanted } from '../naming/spellings.ts'
import { objectCalled } from '../world/edit/find.ts'
import { labelKeys } from '../world/edit/label.ts'
import type { World } from './world.ts'

/** What is being typed, and the namespace of names that are given without one. */
export interface Typing {
  readonly typed: string
  readonly namespace: string
}

/** How a name that is being typed can go on: all that begins so and can stand where such a thing is wanted. */
export const spellings = (world: World, wanted: Wanted, typing: Typing): readonly Spelling[] =>
  spellingsInside(world.inside, wanted, typing)

/**
 * The keys of the labels that an object has, or the Pods of a workload.
 *
 * @throws {@link CannotAnswer} for what does not say which object is meant.
 */
export const labelsOf = (world: World, object: string, namespace = 'default'): readonly string[] =>
  labelKeys(world.inside, objectCalled(world.inside, object, namespace))
