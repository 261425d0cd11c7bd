import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/path/question.ts'
import { reachWithoutAdvice } from '../../src/questions/reachability.ts'
import { askerOf } from '../../src/questions/who-can-reach/source-answers.ts'
import { sourcesFor } from '../../src/questions/who-can-reach/sources.ts'
import { readCommonTarget } from '../../src/questions/who-can-reach/target.ts'
import { sourcesReport, type WhoQuestion } from '../../src/questions/who-can-reach/who-can-reach.ts'
import type { EndpointRef } from '../../src/report/common.ts'
import type { Reachability, Source } from '../../src/report/report.ts'
import { contains, NO_ADDRESS, parseAddress, parseCidr, unionOf } from '../../src/sets/addresses.ts'
import { contains as contained, ports } from '../../src/sets/connections.ts'
import type { World } from '../../src/world/world.ts'
import { OUTSIDE, world as sureWorlds } from '../oracle/generate.ts'
import type { Manifest } from '../oracle/oracle.ts'
import { load, unsureWorlds } from '../oracle/unsure-worlds.ts'

/*
 * Whoever is in the answer gets there as `can-reach` says of that one source, with the same ports, and nobody is missing.
 */

const RUNS = 300

const node = (name: string, address: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec: {},
  status: { addresses: [{ type: 'InternalIP', address }] },
})

const service = (name: string, namespace: string, spec: Record<string, unknown>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec,
})

const servicePorts = fc.constantFrom<readonly unknown[]>(
  [{ port: 80 }],
  [{ port: 8000, targetPort: 'web' }],
  [
    { name: 'a', port: 80, targetPort: 80 },
    { name: 'b', port: 81, targetPort: 'web' },
    { name: 'c', port: 53, protocol: 'UDP' },
  ],
)

/** Services of every sort in front of what a world has. */
const services = fc.array(
  fc
    .record({
      namespace: fc.constantFrom('a', 'b', 'one', 'two', 'default'),
      selector: fc.constantFrom({ app: 'a' }, { app: 'b' }, { tier: 'a' }),
      ports: servicePorts,
      type: fc.constantFrom(
        {},
        { type: 'NodePort' },
        { type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24', '10.1.0.0/16'] },
        { type: 'LoadBalancer', externalTrafficPolicy: 'Local' },
        { internalTrafficPolicy: 'Local' },
        { clusterIP: 'None' },
      ),
    })
    .map(({ namespace, selector, ports: listed, type }) => ({
      namespace,
      spec: { selector, ports: listed, ...type },
    })),
  { maxLength: 3 },
)

const nodes = fc.subarray([node('n1', '10.0.0.101'), node('n2', '10.0.0.102')])

const objects = fc
  .tuple(
    fc.oneof(
      sureWorlds.map(({ namespaces, pods, policies }) => [...namespaces, ...pods, ...policies]),
      unsureWorlds,
    ),
    services,
    nodes,
  )
  .map(([all, some, own]) => [
    ...all,
    ...own,
    ...some.map(({ namespace, spec }, index) => service(`s${index}`, namespace, spec)),
  ])

const question = { namespace: 'default', protocol: undefined }

const ask = (world: World, from: string, to: string, port: string | undefined): Reachability =>
  reachWithoutAdvice(world, { ...question, from, to, port, settings: settingsOf({}) }, 'decisive')

const typed = ({ id, kind, namespace, name }: EndpointRef): string =>
  namespace === undefined ? id : `${namespace}/${kind.toLowerCase()}/${name}`

/** Everything that can be asked about, and everybody who can be asked. */
function endsOf(world: World): { readonly targets: readonly string[]; readonly sources: readonly string[] } {
  const { pods, workloads, services: all, nodes: own } = world.cluster
  const bare = pods.map(pod => `${pod.namespace}/pod/${pod.name}`)
  const made = workloads.map(({ namespace, kind, name }) => `${namespace}/${kind.toLowerCase()}/${name}`)
  const machines = own.map(({ name }) => `node/${name}`)
  const inside = [...bare.filter(id => !id.includes('~')), ...made, ...machines]
  return {
    sources: inside,
    targets: [
      ...inside,
      ...all.map(({ namespace, name }) => `${namespace}/svc/${name}`),
      'internet',
      '10.0.0.0/29',
    ],
  }
}

/** An address of a source outside that nothing of the cluster has. */
function addressesOf(
  { cluster: { pods, nodes: machines } }: World,
  { cidrs = [] }: EndpointRef,
): readonly string[] {
  const taken = [...pods, ...machines].flatMap(({ addresses }) => addresses)
  const within = unionOf(
    cidrs.map(cidr => {
      const block = parseCidr(cidr)
      return block.kind === 'block' ? block.addresses : NO_ADDRESS
    }),
  )
  return [...OUTSIDE, '10.0.0.9', '10.0.0.1', 'fd00::1'].filter(text => {
    const address = parseAddress(text) ?? NO_ADDRESS
    return contains(within, address) && !contains(unionOf(taken), address)
  })
}

function expectAgreement(world: World, source: Source, to: string, port: string | undefined): void {
  const froms = source.from.kind === 'External' ? addressesOf(world, source.from) : [typed(source.from)]
  for (const from of froms) {
    const answer = ask(world, from, to, port)
    const where = `${from} -> ${to} ${port}`
    expect([where, source.verdict, source.reason]).toEqual([where, answer.verdict, answer.reason])
    // Of sources that stand alike one is asked, so that words about which of several ends it is may name fewer.
    if (source.from.kind !== 'External' && source.reason !== 'ENDPOINTS_DIFFER')
      expect([where, source.message]).toEqual([where, answer.message])
    expect([where, source.open]).toEqual([where, answer.open])
    if (answer.endpoints === undefined)
      expect([where, source.undetermined]).toEqual([where, answer.undetermined])
    const isUnsure = (answer.endpoints ?? [answer]).some(one => one.undetermined !== undefined)
    expect([where, source.undetermined !== undefined]).toEqual([where, isUnsure])
  }
}

/** Where there is nobody to ask but the one end itself. */
function isSelf(answer: Reachability): boolean {
  const pairs = (answer.endpoints ?? [answer]).filter(({ to }) => to.kind !== 'Service')
  return pairs.length > 0 && pairs.every(({ from, to }) => from.id === to.id)
}

const whoCan = (world: World, to: string, port: string | undefined) => {
  const asked: WhoQuestion = { ...question, to, port, selector: undefined, by: 'workload' }
  return sourcesReport(world, asked)
}

const WEB: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web' }] },
  status: { phase: 'Running', podIP: '10.0.0.3' },
}

describe('clients outside of a LoadBalancer Service whose Pods have IPv4 alone', () => {
  it.each([
    ['Local', ['0.0.0.0/0'], 'no'],
    ['Cluster', ['0.0.0.0/0', '::/0'], 'yes'],
  ])('%s: %j may come', (externalTrafficPolicy, cidrs, verdict) => {
    const spec = {
      type: 'LoadBalancer',
      externalTrafficPolicy,
      selector: { app: 'web' },
      ports: [{ port: 80 }],
    }
    const world = load([WEB, service('web', 'shop', spec)])
    const outside = [...whoCan(world, 'shop/svc/web', undefined).sources].map(({ from }) => from)
    expect(outside).toEqual([{ id: 'internet', kind: 'External', cidrs }])
    expect(ask(world, 'fd00::3', 'shop/svc/web', undefined).verdict).toBe(verdict)
  })
})

it('clients outside of a NodePort Service are of the IP families of the nodes', () => {
  const spec = { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }] }
  const world = load([WEB, service('web', 'shop', spec), node('n1', '192.168.0.1')])
  const outside = [...whoCan(world, 'shop/svc/web', undefined).sources].filter(
    ({ from }) => from.kind === 'External',
  )
  expect(outside.map(({ from, verdict }) => [from.cidrs, verdict])).toEqual([[['0.0.0.0/0'], 'yes']])
  expect(ask(world, '::/0', 'shop/svc/web', undefined).verdict).toBe('no')
})

it('the API server is open to the world outside, on a port that is assumed', () => {
  const { sources, assumptions } = whoCan(load([WEB]), 'api-server', undefined)
  expect([...sources].map(({ from }) => from.id)).toContain('internet')
  expect(assumptions).toContainEqual(
    expect.objectContaining({ code: 'ASSUMED_API_SERVER', facts: { port: 6443 } }),
  )
})

describe('over generated worlds', { timeout: 240_000 }, () => {
  it('it says what can-reach says of each source, on any port', () => {
    fc.assert(
      fc.property(objects, fc.nat(), (generated, seed) => {
        const world = load(generated)
        const { targets, sources } = endsOf(world)
        const to = targets[seed % targets.length] ?? 'internet'
        for (const port of [undefined, '80', 'web', '53/udp']) {
          const all = [...whoCan(world, to, port).sources]
          for (const source of all) expectAgreement(world, source, to, port)
          const known = all.map(source => typed(source.from))
          expect(new Set(known).size).toBe(known.length)
          const covered = all.flatMap(({ from }) => addressesOf(world, from))
          const others = isOutside(to)
            ? []
            : addressesOf(world, { id: '', kind: '', cidrs: ['0.0.0.0/0', '::/0'] })
          for (const from of [...sources, ...others]) {
            if (known.includes(from) || covered.includes(from)) continue
            const answer = ask(world, from, to, port)
            expect([from, to, isSelf(answer) ? 'no' : answer.verdict]).toEqual([from, to, 'no'])
          }
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('sources of one kind get the same', () => {
    fc.assert(
      fc.property(objects, fc.nat(), (generated, seed) => {
        const world = load(generated)
        const { targets } = endsOf(world)
        const to = targets[seed % targets.length] ?? 'internet'
        const { target, asked } = readCommonTarget(world, { ...question, to, port: undefined })
        const sources = sourcesFor(world, target, { by: 'pod', selector: undefined })
        const asker = askerOf(world, target, asked, sources)
        const kinds = new Map<string, unknown>()
        for (const source of sources) {
          const { verdict, why, open, inPart, undetermined } = asker.ask(source)
          const gets = { verdict, reason: why().code, open, inPart, undetermined }
          const kind = asker.kindOf(source)
          expect(gets).toEqual(kinds.get(kind) ?? gets)
          kinds.set(kind, gets)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('of what is open it tells what is so between all ends (S-063)', () => {
    fc.assert(
      fc.property(objects, fc.nat(), (generated, seed) => {
        const world = load(generated)
        const { targets } = endsOf(world)
        const to = targets[seed % targets.length] ?? 'internet'
        const isHeadless = world.cluster.services.some(
          ({ namespace, name, headless }) => headless && `${namespace}/svc/${name}` === to,
        )
        // On a port that it does not list, a headless Service is asked only by who names it.
        fc.pre(!isHeadless && !isOutside(to))
        const { target, asked } = readCommonTarget(world, { ...question, to, port: undefined })
        const sources = sourcesFor(world, target, { by: 'workload', selector: undefined })
        const asker = askerOf(world, target, asked, sources)
        for (const source of sources.filter(({ ref }) => ref.kind !== 'External')) {
          const { open, inPart, undetermined } = asker.ask(source)
          for (const [probe, set] of PROBES) {
            const { verdict } = ask(world, typed(source.ref), to, probe)
            const word = contained(inPart, set)
              ? 'partial'
              : contained(open, set)
                ? 'yes'
                : contained(undetermined, set)
                  ? 'undetermined'
                  : 'no'
            expect([typed(source.ref), to, probe, word]).toEqual([typed(source.ref), to, probe, verdict])
          }
        }
      }),
      { numRuns: RUNS },
    )
  })
})

const isOutside = (to: string): boolean => to === 'internet' || to === '10.0.0.0/29'

const PROBES = [
  ['80', ports('TCP', 80, 80)],
  ['81', ports('TCP', 81, 81)],
  ['8000', ports('TCP', 8000, 8000)],
  ['53/udp', ports('UDP', 53, 53)],
] as const
