import type { Match } from '../model/selector.ts'
import type { Direction } from '../policy/policy.ts'
import { ALL, type Connections, intersect, NONE, subtract, union } from '../sets/connections.ts'
import type { DirectionVerdict, PolicyTrace } from './evidence.ts'

/**
 * What the policies that select a Pod allow together: the union of their rules, and everything if there are none
 * (S-002, S-003). What may or may not select or match is neither allowed nor denied, but undetermined.
 */
export function decide(direction: Direction, selecting: readonly PolicyTrace[]): DirectionVerdict {
  const sure = selecting.filter(trace => trace.selects === 'yes')
  const unsure = selecting.filter(trace => trace.selects === 'unknown')
  const isolated = sure.length > 0
  const possible = isolated ? unionOf(selecting.map(trace => opened(trace, ['yes', 'unknown']))) : ALL
  const allowed = isolated
    ? unionOf(sure.map(trace => opened(trace, ['yes'])))
    : // Open if none of the unsure ones selects the Pod, so sure is only what each of them would open as well.
      unsure.map(trace => opened(trace, ['yes'])).reduce(intersect, ALL)
  return { direction, isolated, allowed, undetermined: subtract(possible, allowed), selecting }
}

/** What the rules of one policy open whose peers match in one of these ways. */
function opened(trace: PolicyTrace, how: readonly Match[]): Connections {
  return unionOf(trace.rules.filter(rule => how.includes(rule.matches)).map(rule => rule.opens))
}

const unionOf = (sets: readonly Connections[]): Connections => sets.reduce(union, NONE)
