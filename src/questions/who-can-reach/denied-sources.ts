import type { ExplainedStep } from '../../explain/explanation.ts'
import type { EndpointRef } from '../../report/common.ts'
import type { Conclusion } from '../../report/facts/paths.ts'
import { isSame, keyWithout, nameOneOf } from '../../report/reason.ts'
import type { KeptOut } from '../../report/report.ts'
import type { TreeDenied } from '../../report/tree.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { Group } from '../matrix/grid.ts'
import { concluded } from '../reachability.ts'
import type { SourceAnswer } from './source-answers.ts'

/** Sources of one kind, and what the first of them gets. */
interface Denied {
  readonly gets: SourceAnswer
  readonly sources: readonly Group[]
}

/** The sources that are denied, by the reason; most of them first. */
export const deniedTogether = (denied: readonly Denied[]): readonly TreeDenied[] =>
  [...groupBy(denied, ({ gets }) => `${gets.why().code} ${deniedBy(gets)}`).values()]
    .map(together)
    .sort((a, b) => b.sources.length - a.sources.length)

function together(some: readonly [Denied, ...Denied[]]): TreeDenied {
  const sources = some.flatMap(one => one.sources).map(({ ref }) => ref)
  const why = some[0].gets.why()
  const isOfAll = some.every(({ gets }) => isSame(gets.why(), why)) && !isNamed(sources[0], why)
  return { sources, why, isOfAll }
}

/** As a report has them. */
export const deniedReport = ({ sources, why }: TreeDenied): KeptOut => ({
  ...concluded(why),
  sources: sources.length,
  from: sources.map(({ id }) => id),
})

/** The Pods of a workload are called after it. */
function isNamed(source: EndpointRef | undefined, why: Conclusion): boolean {
  const { id = '', namespace, name } = source ?? {}
  return nameOneOf([id, ...(namespace === undefined ? [] : [`${namespace}/${name}`])], why.facts)
}

/**
 * What denies a source, the same for all that are denied by it: the closest rule and what it lacks, and where there is
 * none, the reason, which then is about policies alone. Where the destination lets nothing in, it does not matter what the
 * source's own policies say.
 */
function deniedBy({ explained }: SourceAnswer): string {
  const denied = explained().find(({ explanation }) => explanation.verdict === 'no')
  const refusing = (denied?.explanation.steps ?? []).filter(({ verdict }) => verdict === 'no')
  const atDestination = refusing.filter(({ step }) => step === 'ingress')
  return (atDestination.length > 0 ? atDestination : refusing)
    .map(step => keyOf(step, denied?.path.from.id ?? ''))
    .join()
}

function keyOf({ step, why, side }: ExplainedStep, from: string): string {
  const near = side?.decisive
  if (near === undefined) return keyWithout([from], step, why)
  const { policy, rule, differences } = near
  return JSON.stringify([step, why.code, policy.namespace, policy.name, rule?.index, differences[0].code])
}
