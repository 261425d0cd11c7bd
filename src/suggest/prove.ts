import type { PolicySide } from '../network/policy-side.ts'
import type { VerdictWord } from '../report/common.ts'
import { CannotAnswer } from '../source/cannot-answer.ts'
import { editWorld } from '../world/edit/edit.ts'
import type { World } from '../world/world.ts'
import { joinedCandidates } from './candidate.ts'
import type { ChangedObject, ObjectChanges } from './changed-manifests.ts'
import { deniedGroups, type QuestionEnds } from './denied-groups.ts'
import type { Plan } from './plans.ts'
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

/** A side may refuse only after another is open, as with two IP families: then a rule for it is added, but once. */
const ROUNDS = 2

/** Proves plans one by one: each is applied as manifests and the question asked again. Plans with equal manifests are tried once. */
export function prover(
  world: World,
  objectsOf: ObjectChanges,
  ends: QuestionEnds,
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
    // The Pods of a workload that is applied again may have other names than those that were asked for.
    const answer = edited && ifAnswered(() => ask(edited))
    if (edited === undefined || answer === undefined) return undefined
    if (answer.verdict === 'yes') return { plan, objects, edited }
    const denied = deniedGroups(edited, answer.sides, ends)
    const more = joinedCandidates([plan, ...denied.map(group => newPolicy(group, 'own'))])
    if (round === ROUNDS || denied.length === 0 || denied.length > MOST_GROUPS || more === undefined)
      return undefined
    return prove({ ...plan, ...more }, round + 1)
  }
  return plan => prove(plan, 1)
}

/** The world with some manifests applied; undefined where a cluster would not accept them. */
export function editedBy(world: World, manifests: readonly string[]): World | undefined {
  const files = manifests.map(text => ({ path: 'suggestion.yaml', text }))
  const edited = ifAnswered(() => editWorld(world, [{ kind: 'apply', files }]))
  return edited?.diagnostics.length === world.diagnostics.length ? edited : undefined
}

/** Undefined where there is no answer. */
function ifAnswered<A>(ask: () => A): A | undefined {
  try {
    return ask()
  } catch (error) {
    if (error instanceof CannotAnswer) return undefined
    throw error
  }
}
