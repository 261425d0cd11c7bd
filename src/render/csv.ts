import type { Open } from '../report/common.ts'
import type { Connection, Matrix, RoutedConnection } from '../report/report.ts'
import { rangeTexts } from '../words/ports.ts'

/**
 * `-o csv`: a line for each pair and protocol. `state` is open, partial (not for all Pods or addresses),
 * undetermined, or routed (through an Ingress or a route); ports are ranges separated by spaces, and empty for all protocols and for those without ports.
 */
export function* matrixCsv(
  { connections, undetermined = [], routed = [] }: Matrix,
  headers: boolean,
): Iterable<string> {
  if (headers) yield 'from,to,state,protocol,ports'
  const portsOf = new Map<Open, readonly string[]>()
  const lines = function* <C extends Pick<Connection, 'from' | 'to' | 'open'>>(
    all: Iterable<C>,
    stateOf: (one: C) => string,
  ): Iterable<string> {
    for (const connection of all) {
      const ports = portsOf.get(connection.open) ?? portFields(connection.open)
      portsOf.set(connection.open, ports)
      const ends = `${quoted(connection.from)},${quoted(connection.to)},${stateOf(connection)}`
      for (const fields of ports) yield `${ends},${fields}`
    }
  }
  yield* lines(connections, ({ partial }) => (partial ? 'partial' : 'open'))
  yield* lines(undetermined, () => 'undetermined')
  const isSure = ({ via }: RoutedConnection): boolean => via.verdict !== 'undetermined'
  // Several routes may lead to the same ports.
  yield* new Set(lines(routed, one => (isSure(one) ? 'routed' : 'undetermined')))
}

function portFields(open: Open): readonly string[] {
  if (open === 'all') return ['all,']
  return open.map(({ protocol, ports }) => `${protocol},${rangeTexts(ports).join(' ')}`)
}

/** RFC 4180. */
const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
