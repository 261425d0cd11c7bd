import { asPort } from '../../naming/port.ts'
import type { Counted, Overview, Reached } from '../../report/overview.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { World } from '../../world/world.ts'
import { collapsedMatrix } from './collapsed.ts'
import { countsOf, type Reach } from './counts.ts'
import type { Group } from './grid.ts'
import { areSame, isOutside, layOut, type MatrixQuestion } from './rows-and-columns.ts'

/** The matrix in figures, and collapsed where that makes it small. */
export function overview(world: World, question: MatrixQuestion, layout = layOut(world, question)): Overview {
  const { pairs, shares, reached, reaching } = countsOf(layout)
  const isNone = ([, { inside, outside, undetermined }]: readonly [string, Reach]): boolean =>
    inside + outside + undetermined === 0
  const idsOfNone = (reach: ReadonlyMap<string, Reach>): readonly string[] =>
    [...reach].filter(isNone).map(([id]) => id)
  return {
    by: question.by,
    port: asPort(question.asked),
    sources: countedOf(layout.sources),
    destinations: countedOf(layout.destinations),
    isSame: areSame(layout.sources, layout.destinations),
    isEverybody: [layout.sources, layout.destinations].every(
      groups =>
        groups.reduce((count, { endpoints }) => count + endpoints.length, 0) === layout.endpoints.length,
    ),
    pairs,
    collapsed: collapsedMatrix(layout),
    outside: [
      ...new Map(
        [...layout.sources, ...layout.destinations].filter(isOutside).map(({ ref }) => [ref.id, ref]),
      ).values(),
    ],
    shares,
    exposed: ranked(reached),
    unreached: idsOfNone(reached),
    silent: idsOfNone(reaching),
  }
}

function countedOf(groups: readonly Group[]): Counted {
  const inside = groups.filter(group => !isOutside(group))
  return {
    inside: inside.length,
    pods: inside.reduce((count, { endpoints }) => count + endpoints.length, 0),
    outside: groups.length - inside.length,
  }
}

/** First those that are reached from outside, then those that most other endpoints reach. */
function ranked(reached: ReadonlyMap<string, Reach>): readonly Reached[] {
  const exposed = [...reached].filter(([, { inside, outside }]) => inside + outside > 0)
  const ranks = groupBy(exposed, ([, { inside, outside }]) => `${outside > 0} ${inside}`)
  return [...ranks.values()]
    .map(rank => ({
      ids: rank.map(([id]) => id),
      sources: rank[0][1].inside,
      outside: rank[0][1].outside > 0,
    }))
    .sort((a, b) => Number(b.outside) - Number(a.outside) || b.sources - a.sources)
}
