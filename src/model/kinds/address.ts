import { type Addresses, mappedAddress, parseAddress } from '../../sets/addresses.ts'
import { invalid } from '../decode/complaints.ts'
import { text } from '../decode/decode.ts'
import type { Field } from '../decode/field.ts'

/** One IP address; undefined, and complained about where it is not absent, when it is none. */
export function decodeAddress(field: Field): Addresses | undefined {
  const written = text(field)
  if (written === undefined || written === '') return undefined
  const mapped = mappedAddress(written)
  if (mapped !== undefined) {
    invalid(field, 'must not be an IPv4-mapped IPv6 address', `write \`${mapped}\``)
    return undefined
  }
  const address = parseAddress(written)
  if (address === undefined)
    invalid(
      field,
      'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      'one address goes here: no name, no port, no `/`',
    )
  return address
}
