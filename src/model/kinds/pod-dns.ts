import { decodeAddress } from '../decode/addresses.ts'
import { HOST_ALIAS, POD_DNS_CONFIG, POD_DNS_OPTION } from '../decode/api-fields.ts'
import { invalid, required } from '../decode/complaints.ts'
import { choice, fields, items, text } from '../decode/decode.ts'
import { type Field, isPresent, unlessEmpty } from '../decode/field.ts'
import { checkedText, SEARCH_DOMAIN, SUBDOMAIN_NAME } from '../decode/validation.ts'
import type { DnsSettings, HostAlias, PodSpec } from '../objects.ts'

const NONE_FORM = 'name a server below `dnsConfig.nameservers`, or write `dnsPolicy: ClusterFirst`'
const POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] as const

/** The fields of a Pod's `spec` that decide how it resolves names: `dnsPolicy`, `dnsConfig` (S-232), `hostAliases` (S-233). */
export function decodeDns(spec: (key: string) => Field): Pick<PodSpec, 'dns' | 'hostAliases'> {
  const config = spec('dnsConfig')
  const get = fields(config, POD_DNS_CONFIG)
  const nameservers = items(get('nameservers'))
    .map(decodeAddress)
    .filter(address => address !== undefined)
  if (items(get('nameservers')).length > 3)
    invalid(get('nameservers'), 'must not have more than 3 nameservers', 'keep the first three')
  const policy = choice(unlessEmpty(spec('dnsPolicy')), POLICIES, 'ClusterFirst')
  if (policy === 'None' && !isPresent(config))
    required(config, 'must provide `dnsConfig` when `dnsPolicy` is None', NONE_FORM)
  else if (policy === 'None' && nameservers.length === 0)
    required(
      get('nameservers'),
      'must provide at least one DNS nameserver when `dnsPolicy` is None',
      NONE_FORM,
    )
  return {
    dns: {
      policy,
      nameservers,
      searches: items(get('searches')).flatMap(item => checkedText(item, SEARCH_DOMAIN) ?? []),
      ndots: decodeNdots(get('options')),
    },
    hostAliases: items(spec('hostAliases')).flatMap(decodeHostAlias),
  }
}

/** The last one counts; undefined where no option sets it. */
function decodeNdots(options: Field): DnsSettings['ndots'] {
  const written = items(options)
    .map(option => fields(option, POD_DNS_OPTION))
    .filter(get => text(get('name')) === 'ndots')
    .map(get => get('value'))
    .at(-1)
  if (written === undefined || !isPresent(written)) return undefined
  const value = text(written)
  if (value === undefined) return undefined
  // Anything else is silently accepted, and ignored by the resolver.
  return /^\d{1,3}$/.test(value) ? Number(value) : undefined
}

function decodeHostAlias(field: Field): readonly HostAlias[] {
  const get = fields(field, HOST_ALIAS)
  const address = decodeAddress(get('ip'))
  if (!isPresent(get('ip'))) required(get('ip'), '', 'write the address that the host names stand for')
  const hostnames = items(get('hostnames')).flatMap(item => checkedText(item, SUBDOMAIN_NAME) ?? [])
  return address === undefined ? [] : [{ address, hostnames }]
}
