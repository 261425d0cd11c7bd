import { invalid } from '../../model/decode/complaints.ts'
import { choice, fields, integer } from '../../model/decode/decode.ts'
import { type Field, isPresent, locationOf } from '../../model/decode/field.ts'
import { check, PORT_NAME_OR_NUMBER, PORT_NUMBER, type ValueRule } from '../../model/decode/validation.ts'
import { PROTOCOLS, type Protocol, ports } from '../../sets/connections.ts'
import type { PortMatch } from '../policy.ts'

/** An entry of `ports` (S-025 to S-033, S-109 to S-112d); nothing where it is refused. */
export function decodePort(field: Field): readonly PortMatch[] {
  const get = fields(field, ['protocol', 'port', 'endPort'])
  const protocol = choice(get('protocol'), PROTOCOLS, 'TCP')
  const port = get('port')
  if (typeof port.value === 'string')
    return decodeNamedPort(port, get('endPort'), protocol, locationOf(field))
  const first = integer(port)
  const last = integer(get('endPort'))
  if (first === undefined) {
    if (last !== undefined && !isPresent(port))
      forbiddenRange(get('endPort'), 'may not be specified when `port` is not specified')
    return [{ kind: 'numbers', protocol, open: ports(protocol), at: locationOf(field) }]
  }
  const isPort = check(port, first, NUMBER)
  const isRange = checkEndPort(get('endPort'), port, first, last)
  if (!isPort || !isRange) return []
  const alone = ports(protocol, first, first)
  const at = locationOf(field)
  if (last === undefined) return [{ kind: 'numbers', protocol, open: alone, at }]
  const open = ports(protocol, first, last)
  return [{ kind: 'numbers', protocol, open, withoutEndPort: alone, at }]
}

function decodeNamedPort(
  port: Field,
  endPort: Field,
  protocol: Protocol,
  at: PortMatch['at'],
): readonly PortMatch[] {
  const name = String(port.value)
  if (isPresent(endPort) && integer(endPort) !== undefined)
    forbiddenRange(endPort, 'may not be specified when `port` is non-numeric')
  return check(port, name, NAME) ? [{ kind: 'name', protocol, name, at }] : []
}

/** The API server calls it invalid, with the value, although it is not the value that is wrong (S-112c, S-112d). */
function forbiddenRange(field: Field, detail: string): void {
  invalid(field, detail, 'give `port` as a number: it is where the range starts')
}

/** S-112a, S-112b. */
function checkEndPort(field: Field, port: Field, first: number, last: number | undefined): boolean {
  if (last === undefined) return !isPresent(field)
  const isOrdered = last >= first
  if (!isOrdered)
    invalid(
      field,
      'must be greater than or equal to `port`',
      `a range goes upwards: \`port: ${last}\` and \`endPort: ${first}\``,
      { related: [{ at: locationOf(port), message: 'the range starts here' }] },
    )
  return check(field, last, PORT_NUMBER) && isOrdered
}

/** S-111: zero may be meant for every port. */
const NUMBER: ValueRule<number> = {
  faults: PORT_NUMBER.faults,
  help: port => (port <= 0 ? 'leave the port out where every port is meant' : PORT_NUMBER.help(port)),
}

/** S-110: a range may be meant. */
const NAME: ValueRule<string> = {
  faults: PORT_NAME_OR_NUMBER.faults,
  help: written =>
    /^\d+\s*[-:]\s*\d+$/.test(written)
      ? 'a range is written as `port: FIRST` and `endPort: LAST`'
      : PORT_NAME_OR_NUMBER.help(written),
}
