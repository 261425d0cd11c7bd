import { type Addresses, mappedAddress, parseAddress, parseCidr, toCidrs } from '../../sets/addresses.ts'
import { invalid, report } from './complaints.ts'
import { text } from './decode.ts'
import type { Field } from './field.ts'

/** One IP address; undefined where it is absent, or not an address, which is complained about. */
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

/**
 * A CIDR block; undefined, and complained about, where it is not valid (S-116a to S-116d). `meant` is there too for one that is only
 * in a notation that is no longer accepted.
 */
export function decodeCidr(
  field: Field,
  written: string,
): { readonly meant?: Addresses; readonly block?: Addresses } {
  const reading = parseCidr(written)
  switch (reading.kind) {
    case 'block':
      warnOfSpelling(field, written, reading.addresses)
      return { meant: reading.addresses, block: reading.addresses }
    case 'invalid':
      if (field.object.stored && reading.formerly !== undefined) {
        warnOfFormer(field, written, reading.reasons, reading.formerly)
        return { meant: reading.formerly, block: reading.formerly }
      }
      for (const reason of reading.reasons)
        invalid({ ...field, value: written }, reason, helpForBlock(written, reading.meant, reading.formerly))
      return reading.meant === undefined ? {} : { meant: reading.meant.block }
  }
}

/** A cluster keeps a block in a notation that it refuses in new objects from 1.36 on (S-116b, S-116d). */
function warnOfFormer(field: Field, written: string, reasons: readonly string[], block: Addresses): void {
  const [canonical] = toCidrs(block)
  report(
    field,
    'INVALID_VALUE',
    `\`${written}\` is taken for ${canonical}: a new object ${reasons.join(', and ')} from Kubernetes 1.36 on`,
    `write \`${canonical}\``,
    { severity: 'warning' },
  )
}

function helpForBlock(
  written: string,
  meant: { readonly block: Addresses; readonly address: Addresses } | undefined,
  formerly: Addresses | undefined,
): string {
  const before = formerly === undefined ? '' : `; clusters before 1.36 take it for ${toCidrs(formerly)[0]}`
  if (meant !== undefined) {
    const [block] = toCidrs(meant.block)
    const [address] = toCidrs(meant.address)
    const isStart = meant.block[0] === meant.address[0]
    return isStart
      ? `write \`${block}\`${before}`
      : `write \`${block}\` for the block, or \`${address}\` for the one address${before}`
  }
  const address = parseAddress(written.trim())
  if (address !== undefined) return `write \`${toCidrs(address)[0]}\` for this one address`
  if (parseCidr(written.trim()).kind === 'block') return 'leave out the blanks around it'
  const [start, mask = ''] = written.trim().split('/')
  const prefix = maskLength(mask)
  return prefix === undefined
    ? 'write an address and how many of its leading bits count: `10.0.0.0/8`; a name cannot stand here'
    : `write \`${start}/${prefix}\`: after the slash goes the number of leading bits`
}

/** How many bits a netmask such as `255.255.0.0` leaves in place. */
function maskLength(mask: string): number | undefined {
  if (parseAddress(mask) === undefined || !mask.includes('.')) return undefined
  const bits = mask
    .split('.')
    .map(part => Number(part).toString(2).padStart(8, '0'))
    .join('')
  return /^1*0*$/.test(bits) ? bits.replace(/0+$/, '').length : undefined
}

/** S-130. */
function warnOfSpelling(field: Field, written: string, addresses: Addresses): void {
  if (!written.includes(':')) return
  const [canonical = written] = toCidrs(addresses)
  if (canonical === written) return
  const text = `IPv6 CIDR value "${written}" should be in RFC 5952 canonical format ("${canonical}")`
  report(field, 'IPV6_SPELLING', text, `write \`${canonical}\``, { severity: 'warning' })
}
