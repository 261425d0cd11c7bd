import {
  type Addresses,
  blockAround,
  EVERY_ADDRESS,
  equal,
  FAMILIES,
  intersect,
  isEmpty,
  subtract,
  toCidrs,
} from '../sets/addresses.ts'
import { firstFew } from './names.ts'

/** `10.0.0.0/8`, or `0.0.0.0/0 except 10.0.0.0/8` where that is shorter; of many blocks the first few, unless all are wanted. */
export function blocksText(addresses: Addresses, wide: boolean): string {
  if (equal(addresses, EVERY_ADDRESS)) return 'internet'
  return [FAMILIES.IPv4, FAMILIES.IPv6]
    .map(family => intersect(addresses, family))
    .filter(part => !isEmpty(part))
    .map(part => ofFamily(part, wide))
    .join(', ')
}

function ofFamily(part: Addresses, wide: boolean): string {
  const blocks = toCidrs(part)
  const around = blockAround(part)
  const missing = toCidrs(subtract(around, part))
  return missing.length + 1 < blocks.length
    ? `${toCidrs(around).join()} except ${someBlocks(missing, wide)}`
    : someBlocks(blocks, wide)
}

/** So many blocks are read at a glance. */
const FEW = 3

const someBlocks = (blocks: readonly string[], wide: boolean): string =>
  firstFew(blocks, FEW, { upTo: wide ? Number.POSITIVE_INFINITY : FEW + 1 })
