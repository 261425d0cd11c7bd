import {
  choice,
  type Field,
  fields,
  invalid,
  isPresent,
  items,
  misspellings,
  required,
  text,
  unlessEmpty,
} from '../decode.ts'
import type { DnsSettings, HostAlias, PodSpec } from '../objects.ts'
import { decodeAddress } from './address.ts'

const POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] as const

/** What of a Pod's `spec` decides how it looks names up: `dnsPolicy`, `dnsConfig` (S-232), `hostAliases` (S-233). */
export function decodeDns(spec: (key: string) => Field): Pick<PodSpec, 'dns' | 'hostAliases'> {
  const config = spec('dnsConfig')
  misspellings(config, ['nameservers', 'searches', 'options'])
  const get = fields(config)
  const nameservers = items(get('nameservers'))
    .map(decodeAddress)
    .filter(address => address !== undefined)
  if (items(get('nameservers')).length > 3)
    invalid(get('nameservers'), 'must not have more than 3 nameservers')
  const policy = choice(unlessEmpty(spec('dnsPolicy')), POLICIES, 'ClusterFirst')
  if (policy === 'None' && nameservers.length === 0)
    required(get('nameservers'), 'must provide at least one DNS nameserver when `dnsPolicy` is None')
  return {
    dns: {
      policy,
      nameservers,
      searches: items(get('searches')).flatMap(item => text(item) ?? []),
      ndots: decodeNdots(get('options')),
    },
    hostAliases: items(spec('hostAliases')).flatMap(decodeHostAlias),
  }
}

/** The last one counts; undefined where no option sets it. */
function decodeNdots(options: Field): DnsSettings['ndots'] {
  const written = items(options)
    .map(option => fields(option))
    .filter(get => text(get('name')) === 'ndots')
    .map(get => get('value'))
    .at(-1)
  if (written === undefined || !isPresent(written)) return undefined
  const value = text(written)
  if (value === undefined) return undefined
  if (/^\d{1,3}$/.test(value)) return Number(value)
  invalid(written, 'must be a whole number')
  return undefined
}

function decodeHostAlias(field: Field): readonly HostAlias[] {
  misspellings(field, ['ip', 'hostnames'])
  const get = fields(field)
  const address = decodeAddress(get('ip'))
  if (!isPresent(get('ip'))) required(get('ip'))
  const hostnames = items(get('hostnames')).flatMap(item => text(item)?.toLowerCase() ?? [])
  return address === undefined ? [] : [{ address, hostnames }]
}
