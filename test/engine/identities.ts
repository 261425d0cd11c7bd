import fc from 'fast-check'
import type { Identity } from '../../src/engine/evidence.ts'
import { type Labels, UNKNOWABLE } from '../../src/model/labels.ts'
import type { ContainerPort } from '../../src/model/objects.ts'
import { type Addresses, parseCidr, union } from '../../src/sets/addresses.ts'

/*
 * Ends of connections as policies see them, with what is unknown of them.
 */

export function block(text: string): Addresses {
  const parsed = parseCidr(text)
  if (parsed.kind === 'invalid') throw new Error(`${text} is no block`)
  return parsed.addresses
}

/** The worlds have policies in the first two only; `beyond` has the labels of the first. */
const NAMESPACE_LABELS: ReadonlyMap<string, Labels> = new Map<string, Labels>([
  ['one', new Map([['env', 'prod']])],
  ['two', new Map()],
  ['beyond', new Map([['env', 'prod']])],
  ['elsewhere', new Map()],
  ['unsure', new Map([['env', UNKNOWABLE]])],
])

const labels: fc.Arbitrary<Labels> = fc
  .array(
    fc.tuple(
      fc.constantFrom('app', 'pod-template-hash'),
      fc.constantFrom('a', '5', 'unlisted', 'unlisted too', UNKNOWABLE),
    ),
    { maxLength: 2 },
  )
  .map(entries => new Map(entries))

const ports = fc.constantFrom<readonly ContainerPort[]>(
  [],
  [{ name: 'web', protocol: 'TCP', number: 80, sidecar: false }],
  [
    { name: 'web', protocol: 'TCP', number: 80, sidecar: false },
    { name: 'web', protocol: 'TCP', number: 8080, sidecar: false },
  ],
  [{ name: 'web', protocol: 'TCP', number: 8080, sidecar: true }],
  [{ name: 'web', protocol: 'UDP', number: 80, sidecar: false }],
)

/** An end that is one address, or whose address is not known. */
export const singleAddress = fc.constantFrom(
  undefined,
  ...['10.0.0.1/32', '10.0.0.9/32', '203.0.113.9/32', 'fd00::1/128'].map(block),
)

/** Of these a policy may hold a part. */
const severalAddresses = fc.constantFrom(
  block('10.0.0.0/30'),
  block('10.0.0.0/8'),
  union(block('10.0.0.1/32'), block('203.0.113.9/32')),
  union(block('10.0.0.1/32'), block('10.0.0.9/32')),
)

export const anyAddress = fc.oneof(
  { weight: 2, arbitrary: singleAddress },
  { weight: 1, arbitrary: severalAddresses },
)

export const identityWith = (address: fc.Arbitrary<Addresses | undefined>): fc.Arbitrary<Identity> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.tuple(fc.constantFrom(...NAMESPACE_LABELS.keys()), labels, ports, address).map(
        ([namespace, own, declared, one]): Identity => ({
          kind: 'pod',
          namespace,
          namespaceLabels: NAMESPACE_LABELS.get(namespace) ?? new Map(),
          labels: own,
          ports: declared,
          address: one,
        }),
      ),
    },
    { weight: 1, arbitrary: address.map((addresses): Identity => ({ kind: 'address', addresses })) },
  )
