import type { ExplainedStep } from '../../explain/explanation.ts'
import type { EndpointRef } from '../../report/common.ts'
import type { Conclusion } from '../../report/facts/paths.ts'
import { isSameData, keyWithout, nameOneOf } from '../../report/reason.ts'
import type { KeptOut } from '../../report/report.ts'
import type { TreeDenied } from '../../report/tree.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { Group } from '../matrix/grid.ts'
import { concluded } from '../reachability.ts'
import type { SourceAnswer } from './source-answers.ts'

/** Sources of one kind, and the answer of the first of them. */
interface Denied {
  readonly gets: SourceAnswer
  readonly sources: readonly Group[]
}

/** The sources that are denied, by the reason; most of them first. */
export const deniedTogether = (denied: readonly Denied[]): readonly TreeDenied[] =>
  [...groupBy(denied, ({ gets }) => `${gets.why().code} ${denialKey(gets)}`).values()]
    .map(joinedDenials)
    .sort((a, b) => b.sources.length - a.sources.length)

function joinedDenials(some: readonly [Denied, ...Denied[]]): TreeDenied {
  const sources = some.flatMap(one => one.sources).map(({ ref }) => ref)
  const why = some[0].gets.why()
  const isOfAll = some.every(({ gets }) => isSameData(gets.why(), why)) && !isNamed(sources[0], why)
  return { sources, why, isOfAll }
}

/** As a report has them. */
export const deniedReport = ({ sources, why }: TreeDenied): KeptOut => ({
  ...concluded(why),
  sources: sources.length,
  from: sources.map(({ id }) => id),
})

/** Whether a conclusion names a source, or a Pod of it: the Pods of a workload have its name. */
function isNamed(source: EndpointRef | undefined, why: Conclusion): boolean {
  const { id = '', namespace, name } = source ?? {}
  return nameOneOf([id, ...(namespace === undefined ? [] : [`${namespace}/${name}`])], why.facts)
}

/**
 * A key for what denies a source: the closest rule and its first difference, or where there is none, the reason. If the
 * ingress policies of the destination deny it, the egress policies of the source do not matter.
 */
function denialKey({ explained }: SourceAnswer): string {
  const denied = explained().find(({ explanation }) => explanation.verdict === 'no')
  const denying = (denied?.explanation.steps ?? []).filter(({ verdict }) => verdict === 'no')
  const atDestination = denying.filter(({ step }) => step === 'ingress')
  return (atDestination.length > 0 ? atDestination : denying)
    .map(step => keyOf(step, denied?.path.from.id ?? ''))
    .join()
}

function keyOf({ step, why, side }: ExplainedStep, from: string): string {
  const near = side?.decisive
  if (near === undefined) return keyWithout([from], step, why)
  const { policy, rule, differences } = near
  return JSON.stringify([step, why.code, policy.namespace, policy.name, rule?.index, differences[0].code])
}
