import type { Open, OpenPorts, Port } from '../report/common.ts'
import { firstFew } from './lists.ts'

/** `TCP 80, 8080-8090; UDP 53`; `all` and `nothing` for the two ends of the scale. */
export function openText(open: Open): string {
  if (open === 'all') return 'all'
  if (open.length === 0) return 'nothing'
  return open
    .map(({ protocol, ports }) =>
      protocol === 'OTHER' ? 'protocols without ports' : `${protocol} ${portsText(ports)}`,
    )
    .join('; ')
}

const portsText = (ports: OpenPorts['ports']): string =>
  isEveryPort(ports) ? 'all' : firstFew(rangeTexts(ports), MOST_RANGES)

/** How many ranges of ports are written in a line; data has all. */
const MOST_RANGES = 20

export const isEveryPort = ([first, ...more]: OpenPorts['ports']): boolean =>
  more.length === 0 && first?.[0] === 1 && first[1] === 65535

/** `80`, `8080-8090`. */
export const rangeTexts = (ports: OpenPorts['ports']): readonly string[] =>
  ports.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`))

/** `TCP 8080`, `TCP http (8080)`, `UDP`; empty for a question about everything. */
export function portText(port: Port | null): string {
  if (port === null) return ''
  if (port.name !== undefined)
    return `${port.protocol} ${port.name}${port.number === undefined ? '' : ` (${port.number})`}`
  return port.number === undefined ? port.protocol : `${port.protocol} ${port.number}`
}
