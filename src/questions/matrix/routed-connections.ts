import { askOf } from '../../naming/port.ts'
import { endpointId } from '../../network/endpoint-ids.ts'
import { openOf } from '../../network/flow.ts'
import type { Path } from '../../path/path.ts'
import { settingsOf } from '../../path/question.ts'
import { routedTo, toldOf } from '../../path/routed.ts'
import { connectionOf, verdictOf, verdictOfWays } from '../../path/verdict.ts'
import type { RoutedConnection } from '../../report/report.ts'
import { type Connections, intersect, isEmpty, NONE, unionOf } from '../../sets/connections.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { World } from '../../world/world.ts'
import type { Group } from './grid.ts'
import { isOutside, type RestrictedMatrix } from './rows-and-columns.ts'

/** What a source outside reaches through an Ingress or a route, on the ports of the Pods. */
export interface RoutedSet extends Omit<RoutedConnection, 'open'> {
  readonly connections: Connections
  readonly paths: readonly Path[]
}

/** As a report has them. */
export const routedConnections = (
  sets: readonly RoutedSet[],
  isOpen: (from: string, to: string) => boolean,
): readonly RoutedConnection[] =>
  sets.map(({ from, to, connections, via }) => ({
    from,
    to,
    open: openOf(connections),
    via,
    ...(!isOpen(from, to) && { isOnlyWay: true }),
  }))

/** In the order of the sources. */
export function routedSets(
  world: World,
  sources: readonly Group[],
  destinations: readonly Group[],
  { asked, isSelected = () => true }: Pick<RestrictedMatrix, 'asked' | 'isSelected'>,
): readonly RoutedSet[] {
  const groupOf = new Map(
    destinations.flatMap(({ ref, endpoints }) =>
      endpoints.map(endpoint => [endpointId(world, endpoint), ref.id] as const),
    ),
  )
  const outside = sources.filter(isOutside)
  if (outside.length === 0) return []
  const routedOf = routedTo(world, settingsOf({}), () => true)
  return outside.flatMap(source => {
    const from = source.ref.id
    const target = { kind: 'endpoints', ...source } as const
    const routed = routedOf(target).flatMap(({ via, url, sends, paths }) =>
      paths.flatMap(path => {
        const flow = connectionOf(path)?.flow
        const to = flow && groupOf.get(endpointId(world, flow.to))
        if (flow === undefined || to === undefined || verdictOf(path) === 'no') return []
        if (!source.endpoints.some(isSelected) && !isSelected(flow.to)) return []
        const ask = askOf(asked, flow.to.kind === 'pod' ? flow.to.pod : undefined)?.ask ?? NONE
        const open = intersect(flow.ask, ask)
        return isEmpty(open) ? [] : [{ via, url, sends, to, path, open, all: paths }]
      }),
    )
    // What is not known is told apart from what is.
    const keyOf = ({ via, to, path }: (typeof routed)[number]): string =>
      `${to} ${via} ${verdictOf(path) === 'undetermined'}`
    return [...groupBy(routed, keyOf).values()].map(
      (same): RoutedSet => ({
        from,
        to: same[0].to,
        connections: unionOf(same.map(({ open }) => open)),
        paths: same.map(({ path }) => path),
        via: {
          id: same[0].via,
          url: same[0].url,
          ...toldOf(same[0].sends),
          verdict: verdictOfWays(
            same.map(({ path }) => path),
            same.flatMap(({ all }) => all),
          ),
        },
      }),
    )
  })
}
