import { decodeCidr } from '../../model/decode/address-fields.ts'
import { invalid, required } from '../../model/decode/complaints.ts'
import { fields, items, text } from '../../model/decode/decode.ts'
import { type Field, isPresent, locationOf } from '../../model/decode/field.ts'
import { type Addresses, contains, equal, overlaps, subtract, unionOf } from '../../sets/addresses.ts'
import { isMapping } from '../../source/mapping.ts'
import type { Block, Peer } from '../policy.ts'

/** `ipBlock` (S-034 to S-039, S-115 to S-118); undefined where it is refused. */
export function decodeIpBlock(field: Field): Peer | undefined {
  const get = fields(field, ['cidr', 'except'])
  // A value that is no mapping is complained about already.
  if (!isMapping(field.value)) return undefined
  const cidr = get('cidr')
  const written = text(cidr)
  if (written === '' || !isPresent(cidr))
    required(cidr, '', 'write `cidr: 0.0.0.0/0` for every IPv4 address, `::/0` for every IPv6 address')
  const { block, meant } = written ? decodeCidr(cidr, written) : {}
  const except = items(get('except')).flatMap(item => decodeExcept(item, cidr, meant))
  if (written === undefined || block === undefined) return undefined
  const addresses = subtract(block, unionOf(except.map(hole => hole.addresses)))
  return {
    kind: 'addresses',
    cidr: { text: written, addresses: block, at: locationOf(cidr) },
    except,
    addresses,
    at: locationOf(field),
  }
}

/** `around` is what `cidr` can be taken for; where that is nothing, only the type of an exception is checked (S-116a). */
function decodeExcept(field: Field, cidr: Field, around: Addresses | undefined): readonly Block[] {
  const written = isPresent(field) ? text(field) : ''
  if (written === undefined || around === undefined) return []
  const { block, meant } = decodeCidr(field, written)
  if (meant === undefined) return []
  if (!contains(around, meant) || equal(around, meant)) {
    const related = [{ at: locationOf(cidr), message: 'the block from which it is taken' }]
    invalid({ ...field, value: written }, 'must be a strict subset of `cidr`', helpFor(around, meant), {
      related,
    })
    return []
  }
  return block === undefined ? [] : [{ text: written, addresses: block, at: locationOf(field) }]
}

function helpFor(around: Addresses, hole: Addresses): string {
  if (equal(around, hole)) return 'nothing would be left: remove the whole peer, or except a smaller block'
  return overlaps(around, hole)
    ? 'except a block that lies inside `cidr`'
    : 'remove it: no address of `cidr` is in it, so there is nothing to except'
}
