import { groupBy } from '../../sets/group-by.ts'

/**
 * Finds the items that may be for a host, in their order: to ask each of many for each of many hosts would take most of the time. Without a
 * host, or with a wildcard, an item may be for any.
 */
export function hostIndex<T>(
  items: readonly T[],
  hostsOf: (item: T) => readonly string[],
): (host: string) => readonly T[] {
  const placed = items.map((item, place) => ({ item, place, hosts: hostsOf(item) }))
  const named = groupBy(
    placed.flatMap(one => one.hosts.filter(isName).map(host => ({ host: host.toLowerCase(), one }))),
    ({ host }) => host,
  )
  const others = placed.filter(({ hosts }) => hosts.length === 0 || !hosts.every(isName))
  return host => {
    const own = (named.get(host.toLowerCase()) ?? []).map(({ one }) => one)
    return [...new Set([...own, ...others])].sort((a, b) => a.place - b.place).map(({ item }) => item)
  }
}

const isName = (host: string): boolean => !host.startsWith('*')
