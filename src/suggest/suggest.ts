import { type WorkloadConnections, workloadEndRef } from '../compare/by-workload.ts'
import { podName } from '../compare/endpoint-sides.ts'
import { comparisonsWith } from '../compare/worlds.ts'
import type { Pod } from '../model/objects.ts'
import { openOf } from '../network/flow.ts'
import type { PolicySide } from '../network/policy-side.ts'
import { findPaths, type PathsAsked } from '../path/find-paths.ts'
import type { PathQuestion } from '../path/question.ts'
import { sidesOfPaths, verdictOf, verdictOfAll } from '../path/verdict.ts'
import type { ChangedConnection, Suggestion } from '../report/suggestion.ts'
import { distinctBy } from '../sets/group-by.ts'
import { lazily } from '../sets/memoized.ts'
import { connectionText, serviceChangeText, suggestionText } from '../words/suggestion.ts'
import type { World } from '../world/world.ts'
import { askedBy } from './asked-connections.ts'
import type { Candidate } from './candidate.ts'
import { type ChangedObject, objectChanges, textOf } from './changed-manifests.ts'
import { deniedGroups } from './denied-groups.ts'
import { breadthOf, type Effect, effectOf, inOrderOf, NO_EFFECT } from './effect.ts'
import { fixedBy, joinedFixes, nearMissFixes } from './near-miss-fixes.ts'
import { type Plan, plansFor } from './plans.ts'
import { editedBy, MOST_GROUPS, type Proven, prover } from './prove.ts'
import { serviceFix } from './service-fix.ts'

/** Changes and the objects that they are applied as. */
interface Applied extends Pick<Candidate, 'edits' | 'facts'> {
  readonly objects: readonly ChangedObject[]
}

const NOTHING_APPLIED: Applied = { edits: [], facts: [], objects: [] }

const followedBy = (before: Applied, { edits, facts, objects }: Applied): Applied => ({
  edits: [...before.edits, ...edits],
  facts: [...before.facts, ...facts],
  objects: [...before.objects, ...objects],
})

/** What would make the answer a yes, `before` being applied; a Service that leads nowhere is fixed first. */
export function suggestionsTo(
  world: World,
  question: PathQuestion,
  found: PathsAsked,
  before: Applied = NOTHING_APPLIED,
): readonly Suggestion[] {
  if (!wantsMore(found)) return []
  const failing = found.paths.find(path => verdictOf(path) !== 'yes')
  const fix = failing && serviceFix(world, failing, before.edits)
  if (fix === undefined) return policySuggestions(world, question, found, before)
  const objects = objectChanges(world)(fix.edits)
  // As a text, because it may be changed once more.
  const edited = objects && editedBy(world, [textOf(objects)])
  if (objects === undefined || edited === undefined) return []
  const after = findPaths(edited, question)
  const applied = followedBy(before, { ...fix, objects })
  // No policy looks at a Service: nothing opens but by what comes after it.
  return verdictOfAll(after.paths) === 'yes'
    ? [suggestionOf(applied, [], found, () => NO_EFFECT)]
    : suggestionsTo(edited, question, after, applied)
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
 * found by comparing the two worlds, where there are several to rank or the effect is read. Those that close nothing, label no
 * namespace and allow least come first.
 */
function policySuggestions(
  world: World,
  question: PathQuestion,
  found: PathsAsked,
  before: Applied,
): readonly Suggestion[] {
  const ends = { from: found.source.ref, to: found.to }
  const sides = sidesOfPaths(found.paths)
  const groups = deniedGroups(world, sides, ends)
  if (groups.length === 0 || groups.length > MOST_GROUPS) return []
  const fixable = groups.map(group => {
    const each = nearMissFixes(group)
    return { group, each, fixes: joinedFixes(each) }
  })
  const prove = prover(world, objectChanges(world), ends, edited => {
    const { paths } = findPaths(edited, question)
    return { verdict: verdictOfAll(paths), sides: sidesOfPaths(paths) }
  })
  const compare = comparisonsWith(world, { assumed: assumedPods(sides) })
  const all = plansFor(fixable).flatMap((plan): readonly Choice[] => {
    const proven = prove(plan)
    if (proven === undefined) return []
    return [{ ...proven, effect: lazily(() => effectOf(world, proven.edited, compare(proven.edited))) }]
  })
  const sorted = all.sort(byEffect)
  const fixes = fixable.flatMap(one => one.each)
  return sorted
    .filter(({ plan }, index) => sorted.findIndex(other => other.plan.kind === plan.kind) === index)
    .slice(0, MOST)
    .map(({ plan, objects, effect }) =>
      suggestionOf(followedBy(before, { ...plan, objects }), fixedBy(plan, fixes), found, effect),
    )
}

/** A plan that is proven, and its effect, which is found when it is first asked for. */
interface Choice extends Proven {
  readonly effect: () => Effect
}

/** Of plans with the same effect, the smallest change first. */
const KINDS: readonly Plan['kind'][] = ['service', 'fix', 'label', 'policy', 'rule']

function byEffect({ plan: a, ...one }: Choice, { plan: b, ...other }: Choice): number {
  const [effect, otherEffect] = [one.effect(), other.effect()]
  const [[pairs, ports], [otherPairs, otherPorts]] = [breadthOf(effect), breadthOf(otherEffect)]
  return (
    lost(a, effect) - lost(b, otherEffect) ||
    namespacesLabeled(a) - namespacesLabeled(b) ||
    effect.services.length - otherEffect.services.length ||
    pairs - otherPairs ||
    ports - otherPorts ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    a.labels - b.labels
  )
}

/** What selects by labels of namespaces need not be in the input, and a namespace may be somebody else's. */
const namespacesLabeled = ({ edits }: Plan): number =>
  edits.filter(edit => edit.kind === 'label' && edit.object.kind === 'Namespace').length

/** How many connections it closes that may be in use. */
const lost = ({ closesNothing }: Plan, { closed }: Effect): number => (closesNothing ? 0 : closed.length)

function suggestionOf(
  { facts, objects }: Applied,
  fixes: readonly string[],
  { paths }: PathsAsked,
  effect: () => Effect,
): Suggestion {
  const isAsked = askedBy(paths)
  const opened = lazily(() =>
    effect()
      .opened.map(one => ({ ...changedConnection(one), asked: isAsked(one) }))
      .sort(inOrderOf(endsOf)),
  )
  const closed = lazily(() => effect().closed.map(changedConnection).sort(inOrderOf(endsOf)))
  const manifest = lazily(() => textOf(objects))
  return {
    message: suggestionText(facts),
    facts,
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
      return effect().services.map(serviceChangeText)
    },
    get services() {
      return effect().services
    },
  }
}

function changedConnection({ from, to, connections }: WorkloadConnections): ChangedConnection {
  const refs = { from: workloadEndRef(from), to: workloadEndRef(to), open: openOf(connections) }
  return { message: connectionText(refs), from: refs.from.id, to: refs.to.id, open: refs.open }
}

const endsOf = ({ from, to }: ChangedConnection): string => `${from} ${to}`

/** The Pods on the path that are in no manifest: what is opened to them is opened as well. */
function assumedPods(sides: readonly PolicySide[]): readonly Pod[] {
  const pods = sides.flatMap(({ subject, other }) =>
    [subject, other].flatMap(endpoint =>
      endpoint.kind === 'pod' && endpoint.pod.at === undefined && endpoint.pod.workload === undefined
        ? [endpoint.pod]
        : [],
    ),
  )
  return distinctBy(pods, podName)
}
