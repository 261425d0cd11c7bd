import type { PolicySide } from '../network/policy-side.ts'
import type { VerdictWord } from '../report/common.ts'
import { CannotAnswer } from '../source/cannot-answer.ts'
import { editWorld } from '../world/edit/edit.ts'
import type { World } from '../world/world.ts'
import { joinedCandidates, type Plan } from './candidates.ts'
import type { ManifestTexts } from './manifest.ts'
import { groupsOf, type Named } from './refused.ts'
import { newPolicy } from './rule.ts'

/** The question, asked of another world. Throws CannotAnswer where it has no answer there. */
export type Ask = (world: World) => { readonly verdict: VerdictWord; readonly sides: readonly PolicySide[] }

/** A plan that gives a yes, the manifest to apply, and the world with that. */
export interface Proven {
  readonly plan: Plan
  readonly manifest: string
  readonly edited: World
}

/** A question about so many endpoints at once has no one small change. */
export const MOST_GROUPS = 20

/** One side may come after another, as where the endpoints have two IP families: what still refuses then is opened as well. */
const ROUNDS = 2

/** Applies plans, one after the other, as the manifests that they are, and asks again. Two with one manifest are one. */
export function prover(
  world: World,
  textOf: ManifestTexts,
  named: Named,
  ask: Ask,
): (plan: Plan) => Proven | undefined {
  const tried = new Set<string>()
  const prove = (plan: Plan, round: number): Proven | undefined => {
    const manifest = textOf(plan.edits)
    if (manifest === undefined || tried.has(manifest)) return undefined
    tried.add(manifest)
    const edited = editedBy(world, manifest)
    const answer = edited && answerIn(edited, ask)
    if (edited === undefined || answer === undefined) return undefined
    if (answer.verdict === 'yes') return { plan, manifest, edited }
    const refused = groupsOf(edited, answer.sides, named)
    const more = joinedCandidates([plan, ...refused.map(group => newPolicy(group, 'used'))])
    if (round === ROUNDS || refused.length === 0 || refused.length > MOST_GROUPS || more === undefined)
      return undefined
    return prove({ ...plan, ...more }, round + 1)
  }
  return plan => prove(plan, 1)
}

/** What a suggestion is called while it is tried: no place in it means anything to a user. */
export const SUGGESTED = 'suggestion.yaml'

/** The world with a manifest applied; undefined where a cluster would not accept it. */
export function editedBy(world: World, text: string): World | undefined {
  try {
    const edited = editWorld(world, [{ kind: 'apply', files: [{ path: SUGGESTED, text }] }])
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
