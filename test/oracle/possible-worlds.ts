import { isInBlock } from './matching.ts'
import { type End, type Manifest, oracle, type Plugin, type Protocol, type Verdict } from './oracle.ts'

/*
 * What may be unknown, for the oracle: it is asked about every world that the input may be a part of. It shares nothing
 * with `src`.
 */

/** An end of a connection as far as it is known. */
export type PartlyKnown =
  /** A Pod without the labels whose values are unknown; without an address or a node, these are unknown too. */
  | { readonly pod: Manifest; readonly unknownLabels: readonly string[] }
  /** One of these addresses; of all addresses where it is undefined. */
  | { readonly oneOf: readonly string[] | undefined }

interface Completed {
  readonly end: End
  readonly objects: readonly Manifest[]
}

/** More completions than these take too long. */
const MOST = 300

/** What a connection may be answered with, depending on what is unknown of its ends; undefined where that is too much. */
export function possibleAnswers(
  world: readonly Manifest[],
  from: PartlyKnown,
  to: PartlyKnown,
  plugin: Plugin,
): ((protocol: Protocol, port: number) => ReadonlySet<Verdict>) | undefined {
  const around = world.filter(({ kind }) => kind !== 'Pod' && kind !== 'Deployment')
  const [sources, destinations] = [completions(around, from, 'from'), completions(around, to, 'to')]
  if (sources.length * destinations.length > MOST) return undefined
  const pairs = sources.flatMap(source =>
    destinations.map(destination => ({
      objects: [...around, ...source.objects, ...destination.objects],
      ends: [source.end, destination.end] as const,
    })),
  )
  return (protocol, port) =>
    new Set(pairs.map(({ objects, ends: [a, b] }) => oracle(objects, a, b, protocol, port, plugin)))
}

function completions(world: readonly Manifest[], end: PartlyKnown, name: string): readonly Completed[] {
  if ('oneOf' in end) {
    if (end.oneOf !== undefined) return end.oneOf.map(address => ({ end: { address }, objects: [] }))
    return toldApart(world).map(address => ({ end: { address, mayBe: toldApart(world) }, objects: [] }))
  }
  const { pod, unknownLabels } = end
  const named: Manifest = { ...pod, metadata: { ...pod.metadata, name } }
  const pods = unknownLabels.reduce<readonly Manifest[]>(
    (all, key) => all.flatMap(one => valuesOf(world, key).map(value => labeled(one, key, value))),
    [named],
  )
  return pods
    .flatMap(addressed(world))
    .flatMap(onNode)
    .map(one => ({ end: { pod: `${one.metadata.namespace ?? 'default'}/${name}` }, objects: [one] }))
}

const labeled = (pod: Manifest, key: string, value: string): Manifest => ({
  ...pod,
  metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, [key]: value } },
})

const addressed =
  (world: readonly Manifest[]) =>
  (pod: Manifest): readonly Manifest[] =>
    pod['status']?.podIP !== undefined
      ? [pod]
      : toldApart(world).map(podIP => ({
          ...pod,
          status: { ...pod['status'], podIP, mayBe: toldApart(world) },
        }))

/** Nodes of the input, and one that is not in it. */
const onNode = (pod: Manifest): readonly Manifest[] =>
  pod['spec'].nodeName !== undefined
    ? [pod]
    : ['n1', 'n2', 'elsewhere'].map(nodeName => ({ ...pod, spec: { ...pod['spec'], nodeName } }))

/** The values that some selector lists for a label, and one that none does. */
function valuesOf(world: readonly Manifest[], key: string): readonly string[] {
  const values = new Set(['unlisted'])
  visit(world, (field, value) => {
    if (field === key && typeof value === 'string') values.add(value)
    if (field === 'matchExpressions' && Array.isArray(value))
      for (const one of value) if (one.key === key) for (const listed of one.values ?? []) values.add(listed)
  })
  return [...values]
}

/** Addresses that a Pod or a node can have, in and beside the blocks of the generators (unsure-worlds.ts, generate.ts). */
const ADDRESSES = [
  '10.0.0.1',
  '10.0.0.2',
  '10.0.0.3',
  '10.0.0.9',
  '10.1.0.1',
  '203.0.113.9',
  'fd00::1',
  'fd00::9',
  'fd01::1',
  '2001:db8::1',
]

/** One address of each set, of one family, that the blocks of a world cannot tell apart. */
function toldApart(world: readonly Manifest[]): readonly string[] {
  const blocks = new Set<string>()
  visit(world, (field, value) => {
    if (field === 'cidr' && typeof value === 'string') blocks.add(value)
    if ((field === 'except' || field === 'networks') && Array.isArray(value))
      for (const block of value) blocks.add(block)
  })
  const classes = new Map<string, string>()
  for (const address of ADDRESSES)
    classes.set(
      [address.includes(':'), ...[...blocks].map(block => isInBlock(address, block))].join(),
      address,
    )
  return [...classes.values()]
}

function visit(value: unknown, look: (field: string, value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [field, inner] of Object.entries(value)) {
    look(field, inner)
    visit(inner, look)
  }
}
