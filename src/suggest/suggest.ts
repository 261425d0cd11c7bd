import { type WorkloadConnections, workloadEndRef } from '../compare/by-workload.ts'
import { comparisonsWith } from '../compare/worlds.ts'
import type { Pod } from '../model/objects.ts'
import { openOf } from '../network/flow.ts'
import type { PolicySide } from '../network/policy-side.ts'
import { findPaths, type PathsAsked } from '../path/find-paths.ts'
import type { PathQuestion } from '../path/question.ts'
import { sidesOfPaths, verdictOf, verdictOfAll } from '../path/verdict.ts'
import type { SuggestedChange } from '../report/facts/suggestion.ts'
import type { ChangedConnection, Suggestion } from '../report/suggestion.ts'
import { lazily } from '../sets/memoized.ts'
import { connectionText, serviceChangeText, suggestionText } from '../words/suggestion.ts'
import type { World } from '../world/world.ts'
import { askedBy } from './asked-connections.ts'
import type { ManifestEdit } from './candidate.ts'
import { type ChangedObject, objectChanges, textOf } from './changed-manifests.ts'
import { deniedGroups } from './denied-groups.ts'
import { breadthOf, type Effect, effectOf, NO_EFFECT } from './effect.ts'
import { fixableNearMisses, fixedBy } from './near-miss-fixes.ts'
import { type Plan, plansFor } from './plans.ts'
import { editedBy, MOST_GROUPS, type Proven, prover } from './prove.ts'
import { serviceFix } from './service-fix.ts'

/** What has to be applied before a suggestion. */
interface Before {
  readonly edits: readonly ManifestEdit[]
  readonly objects: readonly ChangedObject[]
  readonly facts: readonly SuggestedChange[]
}

/** What would make the answer a yes; a Service that leads nowhere is fixed first. */
export function suggestionsTo(
  world: World,
  question: PathQuestion,
  found: PathsAsked,
  before: readonly Before[] = [],
): readonly Suggestion[] {
  if (!wantsMore(found)) return []
  const telling = found.paths.find(path => verdictOf(path) !== 'yes')
  const earlier = before.flatMap(({ edits }) => edits)
  const fix = telling && serviceFix(world, telling, earlier)
  if (fix === undefined) return policySuggestions(world, question, found, before)
  const objects = objectChanges(world)(fix.edits)
  // As a text, because it may be changed once more.
  const edited = objects && editedBy(world, [textOf(objects)])
  if (objects === undefined || edited === undefined) return []
  const { edits, facts } = fix
  const after = findPaths(edited, question)
  // No policy looks at a Service: nothing opens but by what comes after it.
  if (verdictOfAll(after.paths) === 'yes')
    return [suggestionOf(before, { objects, facts, fixes: [] }, found, () => NO_EFFECT)]
  return suggestionsTo(edited, question, after, [...before, { edits, objects, facts }])
}

/** A question without a port asks what is open; nothing is suggested for the rest. */
function wantsMore({ paths, port, to }: PathsAsked): boolean {
  const verdict = verdictOfAll(paths)
  return verdict !== 'yes' && !(verdict === 'partial' && port === null && to.kind !== 'Service')
}

/** At most so many are suggested. */
const MOST = 4

/**
 * Changes of policies and labels that make the answer a sure yes, each proven by applying it. What else a change allows is
 * found by comparing the two worlds, where there are several to rank or the effect is read. Those that close nothing and
 * allow least come first.
 */
function policySuggestions(
  world: World,
  question: PathQuestion,
  found: PathsAsked,
  before: readonly Before[],
): readonly Suggestion[] {
  const ends = { from: found.source.ref, to: found.to }
  const sides = sidesOfPaths(found.paths)
  const groups = deniedGroups(world, sides, ends)
  if (groups.length === 0 || groups.length > MOST_GROUPS) return []
  const near = groups.map(fixableNearMisses)
  const prove = prover(world, objectChanges(world), ends, edited => {
    const { paths } = findPaths(edited, question)
    return { verdict: verdictOfAll(paths), sides: sidesOfPaths(paths) }
  })
  const compare = comparisonsWith(world, { assumed: assumedPods(sides) })
  const all = plansFor(groups, near).flatMap((plan): readonly Choice[] => {
    const proven = prove(plan)
    if (proven === undefined) return []
    return [{ ...proven, effect: lazily(() => effectOf(world, proven.edited, compare(proven.edited))) }]
  })
  const sorted = all.sort(byEffect)
  return sorted
    .filter(({ plan }, index) => sorted.findIndex(other => other.plan.kind === plan.kind) === index)
    .slice(0, MOST)
    .map(({ plan: { facts, edits }, objects, effect }) =>
      suggestionOf(before, { objects, facts, fixes: fixedBy(edits, near.flat()) }, found, effect),
    )
}

/** A plan that is proven, and its effect, which is found when it is first asked for. */
interface Choice extends Proven {
  readonly effect: () => Effect
}

/** Of plans with the same effect, the smallest change first. */
const KINDS: readonly Plan['kind'][] = ['fix', 'label', 'policy', 'rule']

function byEffect({ plan: a, ...one }: Choice, { plan: b, ...other }: Choice): number {
  const [effect, otherEffect] = [one.effect(), other.effect()]
  const [[pairs, ports], [otherPairs, otherPorts]] = [breadthOf(effect), breadthOf(otherEffect)]
  return (
    lost(a, effect) - lost(b, otherEffect) ||
    effect.services.length - otherEffect.services.length ||
    pairs - otherPairs ||
    ports - otherPorts ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    a.labels - b.labels
  )
}

/** How many connections it closes that may be in use. */
const lost = ({ closesNothing }: Plan, { closed }: Effect): number => (closesNothing ? 0 : closed.length)

function suggestionOf(
  before: readonly Before[],
  { objects, facts, fixes }: Omit<Before, 'edits'> & Pick<Suggestion, 'fixes'>,
  { paths }: PathsAsked,
  effect: () => Effect,
): Suggestion {
  const all = [...before.flatMap(one => one.facts), ...facts]
  const isAsked = askedBy(paths)
  const opened = lazily(() =>
    effect()
      .opened.map(one => ({ ...changed(one), asked: isAsked(one) }))
      .sort(byEnds),
  )
  const closed = lazily(() => effect().closed.map(changed).sort(byEnds))
  const manifest = lazily(() => textOf([...before.flatMap(one => one.objects), ...objects]))
  const services = lazily(() =>
    effect().services.toSorted(
      (a, b) =>
        compareTexts(a.service, b.service) ||
        compareTexts(a.change, b.change) ||
        compareTexts(a.endpoint, b.endpoint),
    ),
  )
  return {
    message: suggestionText(all),
    facts: all,
    fixes,
    get manifest() {
      return manifest()
    },
    get opens() {
      return opened().map(({ message }) => message)
    },
    get opened() {
      return opened()
    },
    get closes() {
      return closed().map(({ message }) => message)
    },
    get closed() {
      return closed()
    },
    get also() {
      return services().map(serviceChangeText)
    },
    get services() {
      return services()
    },
  }
}

function changed({ from, to, connections }: WorkloadConnections): ChangedConnection {
  const refs = { from: workloadEndRef(from), to: workloadEndRef(to), open: openOf(connections) }
  return { message: connectionText(refs), from: refs.from.id, to: refs.to.id, open: refs.open }
}

const byEnds = (a: ChangedConnection, b: ChangedConnection): number =>
  compareTexts(a.from, b.from) || compareTexts(a.to, b.to)

const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** The Pods on the path that are in no manifest: what is opened to them is opened as well. */
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
