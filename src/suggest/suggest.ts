import { refOf, type WorkloadConnections } from '../compare/by-workload.ts'
import { comparisonsWith } from '../compare/worlds.ts'
import { openOf } from '../explain/phrases.ts'
import type { Pod } from '../model/objects.ts'
import type { PolicySide } from '../network/policy-side.ts'
import type { Path } from '../path/path.ts'
import { sidesOfPaths } from '../path/sides.ts'
import { verdictOfAll } from '../path/verdict.ts'
import type { Suggestion } from '../report/report.ts'
import { CannotAnswer } from '../source/cannot-answer.ts'
import { connectionText, serviceChangeText } from '../words/change.ts'
import { editWorld } from '../world/edit/edit.ts'
import type { World } from '../world/world.ts'
import { breadthOf, type Effect, effectOf } from './effect.ts'
import { groupsOf } from './groups.ts'
import { type ManifestTexts, manifestTexts } from './manifest.ts'
import { type Plan, plansFor } from './plans.ts'
import { policyFix } from './rule.ts'

/** More than these nobody reads. */
const MOST = 4

/** A question about so many ends at once has no one small change. */
const MOST_GROUPS = 20

/** What is to be made a yes. */
export interface Refused {
  readonly sides: readonly PolicySide[]
  /** How the question names the two ends. */
  readonly from: string
  readonly to: string
  /** The question, asked of another world; throws CannotAnswer where it has no answer there. */
  readonly find: (edited: World) => readonly Path[]
}

/**
 * Changes that make the answer a yes, and a sure one. Each is applied to the input as the manifest that it is, and the
 * question asked again. What else it opens is found by comparing the two worlds. Those that close nothing and open least
 * come first.
 */
export function suggestionsFor(world: World, refused: Refused): readonly Suggestion[] {
  const groups = groupsOf(world, refused.sides, refused)
  if (groups.length === 0 || groups.length > MOST_GROUPS) return []
  const plans = plansFor(groups)
  const textOf = manifestTexts(world)
  const compare = comparisonsWith(world, { assumed: assumedPods(refused.sides) })
  const proven = new Map<string, Proven>()
  for (const plan of plans) {
    const found = prove(world, plan, refused, textOf)
    if (found === undefined || proven.has(found.manifest)) continue
    const message = [...new Set(found.plan.fixes.map(({ text }) => text))].join('; ')
    proven.set(found.manifest, {
      ...found,
      message,
      effect: effectOf(world, found.edited, compare(found.edited)),
    })
  }
  const sorted = [...proven.values()].sort(byEffect)
  return sorted
    .filter((one, index) => sorted.findIndex(({ plan }) => plan.kind === one.plan.kind) === index)
    .slice(0, MOST)
    .map(({ message, manifest, effect: { opened, closed, services } }) => ({
      message,
      manifest,
      opens: linesOf(opened),
      closes: linesOf(closed),
      also: services.map(serviceChangeText).sort(),
    }))
}

const linesOf = (all: readonly WorkloadConnections[]): readonly string[] =>
  all
    .map(({ from, to, connections }) =>
      connectionText({ from: refOf(from), to: refOf(to), open: openOf(connections) }),
    )
    .sort()

interface Found {
  readonly plan: Plan
  readonly manifest: string
  readonly edited: World
}

/** One side may stand behind another, as where the ends have two IP families: what still refuses then is opened as well. */
const ROUNDS = 2

/** The plan, applied, if that gives a yes; undefined where it does not. */
function prove(
  world: World,
  plan: Plan,
  refused: Refused,
  textOf: ManifestTexts,
  round = 1,
): Found | undefined {
  const manifest = textOf(plan.fixes.flatMap(({ edits }) => edits))
  const edited = manifest === undefined ? undefined : editedBy(world, manifest)
  const paths = edited && pathsIn(edited, refused)
  if (manifest === undefined || edited === undefined || paths === undefined) return undefined
  if (verdictOfAll(paths) === 'yes') return { plan, manifest, edited }
  const more = groupsOf(edited, sidesOfPaths(paths), refused).map(group => policyFix(group, 'used'))
  if (round === ROUNDS || more.length === 0 || more.length > MOST_GROUPS || more.includes(undefined))
    return undefined
  const fixes = [...plan.fixes, ...more.filter(fix => fix !== undefined)]
  return prove(world, { ...plan, fixes }, refused, textOf, round + 1)
}

interface Proven extends Found {
  readonly message: string
  readonly effect: Effect
}

/** How many connections it closes that somebody may use. */
const lost = ({ plan, effect }: Proven): number =>
  plan.fixes.every(fix => fix.closesNothing) ? 0 : effect.closed.length

/** Of what has the same effect, the smallest change first. */
const KINDS: readonly Plan['kind'][] = ['mend', 'label', 'policy', 'rule']

function byEffect(one: Proven, other: Proven): number {
  const [[pairs, ports], [otherPairs, otherPorts]] = [breadthOf(one.effect), breadthOf(other.effect)]
  return (
    lost(one) - lost(other) ||
    one.effect.services.length - other.effect.services.length ||
    pairs - otherPairs ||
    ports - otherPorts ||
    KINDS.indexOf(one.plan.kind) - KINDS.indexOf(other.plan.kind) ||
    one.plan.labels - other.plan.labels
  )
}

/** The Pods that the way leads through and that are in no manifest: what is opened to them is opened as well. */
function assumedPods(sides: readonly PolicySide[]): readonly Pod[] {
  const pods = sides.flatMap(({ subject, other }) =>
    [subject, other].flatMap(endpoint =>
      endpoint.kind === 'pod' && endpoint.pod.at === undefined && endpoint.pod.workload === undefined
        ? [endpoint.pod]
        : [],
    ),
  )
  return [...new Map(pods.map(pod => [`${pod.namespace}/${pod.name}`, pod])).values()]
}

/** What a suggestion is called while it is tried: no place in it means anything to a user. */
export const SUGGESTED = 'suggestion.yaml'

/** The world with a manifest applied; undefined where a cluster would not take it. */
export function editedBy(world: World, text: string): World | undefined {
  try {
    const edited = editWorld(world, [{ kind: 'apply', files: [{ path: SUGGESTED, text }] }])
    const isTaken = edited.diagnostics.length === world.diagnostics.length
    return isTaken ? edited : undefined
  } catch (error) {
    if (error instanceof CannotAnswer) return undefined
    throw error
  }
}

function pathsIn(edited: World, { find }: Refused): readonly Path[] | undefined {
  try {
    return find(edited)
  } catch (error) {
    // The Pods of a workload that is applied again have other names.
    if (error instanceof CannotAnswer) return undefined
    throw error
  }
}
