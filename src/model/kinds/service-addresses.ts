import { type Addresses, type Family, familyOf, NO_ADDRESS, unionOf } from '../../sets/addresses.ts'
import { decodeAddress } from '../decode/addresses.ts'
import { duplicate, forbidden, invalid } from '../decode/complaints.ts'
import { choice, items, text } from '../decode/decode.ts'
import { type Field, isPresent, locationOf, unlessEmpty } from '../decode/field.ts'
import type { Service } from '../objects.ts'

const FAMILIES = ['IPv4', 'IPv6'] as const
const FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'] as const

/** A Service's own addresses, and its IP family where it has only one (S-035, S-155). */
export function decodeOwnAddresses(
  type: Service['type'],
  get: (key: string) => Field,
): Pick<Service, 'clusterIPs' | 'onlyFamily'> {
  const families = decodeFamilies(get('ipFamilies'))
  choice(unlessEmpty(get('ipFamilyPolicy')), FAMILY_POLICIES, 'SingleStack')
  if (type === 'ExternalName') forbidAddresses(get)
  else checkOrder(get)
  const written = [get('clusterIP'), ...items(get('clusterIPs'))].filter(field => field.value !== 'None')
  const clusterIPs = unionOf(written.map(field => decodeAddress(field) ?? NO_ADDRESS))
  return { clusterIPs, onlyFamily: onlyFamilyOf(get, families, clusterIPs) }
}

function decodeFamilies(field: Field): readonly Family[] {
  const list = items(field)
  for (const [index, item] of list.entries())
    if (list.slice(0, index).some(({ value }) => value === item.value))
      duplicate(item, 'each family stands once')
  return list.flatMap(item => (text(item) === undefined ? [] : choice(item, FAMILIES, 'IPv4')))
}

const WITHOUT = 'may not be set for ExternalName services'

function forbidAddresses(get: (key: string) => Field): void {
  const help = 'remove it: an ExternalName Service is a name for a name'
  // The server writes what `clusterIP` has into `clusterIPs` before it looks.
  const single = isPresent(unlessEmpty(get('clusterIP')))
  if (single || items(get('clusterIPs')).length > 0)
    forbidden(
      { ...get('clusterIPs'), ...(single && { mark: () => locationOf(get('clusterIP')) }) },
      WITHOUT,
      help,
    )
  if (items(get('ipFamilies')).length > 0) forbidden(get('ipFamilies'), WITHOUT, help)
  if (isPresent(get('ipFamilyPolicy'))) forbidden(get('ipFamilyPolicy'), WITHOUT, help)
}

function checkOrder(get: (key: string) => Field): void {
  const list = get('clusterIPs')
  const all = items(list).map(({ value }) => value)
  const single = text(get('clusterIP')) ?? ''
  if (all.length === 0) return
  if (single === '')
    invalid(list, 'must be empty when `clusterIP` is not specified', 'write the first as `clusterIP:` too')
  else if (all[0] !== single) invalid(list, 'first value must match `clusterIP`', `begin with \`${single}\``)
  if (all[0] === 'None' && all.length > 1)
    invalid(list, "'None' must be the first and only value", 'remove the others')
}

/** A Service has one family unless it requests two; with PreferDualStack, the cluster decides. */
function onlyFamilyOf(
  get: (key: string) => Field,
  [first, second]: readonly Family[],
  clusterIPs: Addresses,
): Family | undefined {
  const mayGetSecond =
    /DualStack$/.test(text(get('ipFamilyPolicy')) ?? '') && items(get('clusterIPs')).length === 0
  return mayGetSecond || second !== undefined ? undefined : (first ?? familyOf(clusterIPs))
}
