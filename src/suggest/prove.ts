import type { PolicySide } from '../network/policy-side.ts'
import type { VerdictWord } from '../report/common.ts'
import { CannotAnswer } from '../source/cannot-answer.ts'
import { editWorld } from '../world/edit/edit.ts'
import type { World } from '../world/world.ts'
import { joinedCandidates, type Plan } from './candidates.ts'
import type { ChangedObject, ObjectChanges } from './manifest.ts'
import { groupsOf, type Named } from './refused.ts'
import { newPolicy } from './rule.ts'

/** The question, asked of another world. Throws CannotAnswer where it has no answer there. */
export type Ask = (world: World) => { readonly verdict: VerdictWord; readonly sides: readonly PolicySide[] }

/** A plan that gives a yes, the objects to apply, and the world with them. */
export interface Proven {
  readonly plan: Plan
  readonly objects: readonly ChangedObject[]
  readonly edited: World
}

/** A question about so many endpoints at once has no one small change. */
export const MOST_GROUPS = 20

/** One side may come after another, as where the endpoints have two IP families: what still refuses then is opened as well. */
const ROUNDS = 2

/** Applies plans, one after the other, as the manifests that they are, and asks again. Two with equal manifests are one. */
export function prover(
  world: World,
  objectsOf: ObjectChanges,
  named: Named,
  ask: Ask,
): (plan: Plan) => Proven | undefined {
  const tried = new Set<string>()
  const prove = (plan: Plan, round: number): Proven | undefined => {
    const objects = objectsOf(plan.edits)
    if (objects === undefined) return undefined
    const manifests = objects.map(({ value }) => JSON.stringify(value))
    const key = manifests.join()
    if (tried.has(key)) return undefined
    tried.add(key)
    const edited = editedBy(world, manifests)
    const answer = edited && answerIn(edited, ask)
    if (edited === undefined || answer === undefined) return undefined
    if (answer.verdict === 'yes') return { plan, objects, edited }
    const refused = groupsOf(edited, answer.sides, named)
    const more = joinedCandidates([plan, ...refused.map(group => newPolicy(group, 'used'))])
    if (round === ROUNDS || refused.length === 0 || refused.length > MOST_GROUPS || more === undefined)
      return undefined
    return prove({ ...plan, ...more }, round + 1)
  }
  return plan => prove(plan, 1)
}

/** The world with some manifests applied; undefined where a cluster would not accept them. */
export function editedBy(world: World, manifests: readonly string[]): World | undefined {
  try {
    const files = manifests.map(text => ({ path: 'suggestion.yaml', text }))
    const edited = editWorld(world, [{ kind: 'apply', files }])
    const isAccepted = edited.diagnostics.length === world.diagnostics.length
    return isAccepted ? edited : undefined
  } catch (error) {
    if (error instanceof CannotAnswer) return undefined
    throw error
  }
}

function answerIn(edited: World, ask: Ask): ReturnType<Ask> | undefined {
  try {
    return ask(edited)
  } catch (error) {
    // The Pods of a workload that is applied again have other names.
    if (error instanceof CannotAnswer) return undefined
    throw error
  }
}
