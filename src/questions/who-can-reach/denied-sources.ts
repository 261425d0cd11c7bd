import type { KeptOut } from '../../report/report.ts'
import type { Group } from '../matrix/grid.ts'
import type { Reached } from './source-answers.ts'

/** Sources that nothing tells apart, and what the first of them gets. */
export interface Refused {
  readonly gets: Pick<Reached, 'reason' | 'message' | 'refusedBy'>
  readonly sources: readonly Group[]
}

/** Sources that are kept out by the same. */
export interface RefusedTogether {
  readonly report: KeptOut
  readonly sources: readonly Group[]
  /** Whether the words name none of them, so that they are true of all. */
  readonly isOfAll: boolean
}

/** Those who do not get there, by what keeps them out; most of them first. */
export function keptOutTogether(refused: readonly Refused[]): readonly RefusedTogether[] {
  const alike = new Map<string, Refused[]>()
  for (const one of refused) {
    const key = `${one.gets.reason} ${one.gets.refusedBy}`
    const group = alike.get(key)
    if (group === undefined) alike.set(key, [one])
    else group.push(one)
  }
  return [...alike.values()].map(together).sort((a, b) => b.sources.length - a.sources.length)
}

function together(some: readonly Refused[]): RefusedTogether {
  const [first] = some
  const sources = some.flatMap(one => one.sources)
  const from = sources.map(({ ref }) => ref.id)
  const { reason, message } = first?.gets ?? { reason: 'NO_ROUTE', message: '' }
  return {
    report: { reason, message, sources: sources.length, from },
    sources,
    isOfAll: some.every(({ gets }) => gets.message === message) && !isNamed(sources[0], message),
  }
}

/** The Pods of a workload are called after it. */
function isNamed(source: Group | undefined, message: string): boolean {
  const { id = '', namespace, name } = source?.ref ?? {}
  return [id, ...(namespace === undefined ? [] : [`${namespace}/${name}`])].some(one => message.includes(one))
}
