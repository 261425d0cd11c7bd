import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/path/question.ts'
import { reachWithoutAdvice } from '../../src/questions/reachability.ts'
import type { Open } from '../../src/report/common.ts'
import type { Reachability } from '../../src/report/report.ts'
import { buildWorld, type World } from '../../src/world/world.ts'
import { type GeneratedWorld, INTERESTING_PORTS, OUTSIDE, world as worlds } from '../oracle/generate.ts'
import type { Manifest } from '../oracle/oracle.ts'

/*
 * Laws that hold between questions, put the way a user puts them: by name, to the whole of the tool below the
 * command line.
 */

const RUNS = 100
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const
const NODES = ['n1', 'n2'] as const

interface Asked {
  readonly world: World
  readonly pods: readonly string[]
  /** Addresses outside of the family that the Pods have. */
  readonly outside: readonly string[]
  /** Each Node's address, and a Pod that does nothing but share it. */
  readonly nodes: readonly { readonly address: string; readonly bystander: string }[]
}

/** The generated world, and in it the Nodes that its Pods run on. */
function load({ namespaces, pods, policies }: GeneratedWorld): Asked {
  const isIPv6 = String(pods[0]?.['status'].podIP).includes(':')
  const nodes = NODES.map((name, index) => ({
    name,
    address: `${isIPv6 ? 'fd00::' : '10.0.0.'}${101 + index}`,
  }))
  const items: readonly Manifest[] = [
    ...namespaces,
    ...pods,
    ...policies,
    ...nodes.flatMap(({ name, address }) => [node(name, address), bystander(name)]),
  ]
  const world = buildWorld([
    { path: 'world.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) },
  ])
  expect(world.diagnostics).toEqual([])
  return {
    world,
    pods: pods.map(({ metadata }) => `${metadata.namespace ?? 'default'}/pod/${metadata.name}`),
    outside: OUTSIDE.filter(address => address.includes(':') === isIPv6),
    nodes: nodes.map(({ name, address }) => ({ address, bystander: `default/pod/on-${name}` })),
  }
}

const node = (name: string, address: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { addresses: [{ type: 'InternalIP', address }] },
})

/** Without an address of its own, so that only the Node has it. */
const bystander = (nodeName: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `on-${nodeName}` },
  spec: { hostNetwork: true, nodeName, containers: [] },
})

function ask(world: World, from: string, to: string, port?: string, protocol?: string): Reachability {
  return reachWithoutAdvice(
    world,
    { from, to, port, protocol, namespace: 'default', settings: settingsOf({}) },
    'decisive',
  )
}

function isOpen(open: Open, protocol: string, port: number): boolean {
  if (open === 'all') return true
  return open.some(
    entry =>
      entry.protocol === protocol && entry.ports.some(([first, last]) => first <= port && port <= last),
  )
}

const ASKED = PROTOCOLS.flatMap(protocol => INTERESTING_PORTS.map(port => [protocol, port] as const))

describe('over generated worlds', { timeout: 300_000 }, () => {
  it('a question with a port is the question without one, cut with that port', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (generated, seed) => {
        const { world, pods, outside } = load(generated)
        const pairs = [...pods, ...outside].flatMap(from => pods.map(to => [from, to] as const))
        for (const [index, [from, to]] of pairs.entries()) {
          // Of each pair one port is asked, and another one of the next pair.
          const [protocol, port] = ASKED[(seed + index) % ASKED.length] ?? ['TCP', 80]
          const one = ask(world, from, to, `${port}/${protocol}`)
          const expected = isOpen(ask(world, from, to).open, protocol, port)
          expect(one.verdict).toBe(expected ? 'yes' : 'no')
          expect(one.open).toEqual(expected ? [{ protocol, ports: [[port, port]] }] : [])
        }
      }),
      { numRuns: 2 * RUNS },
    )
  })

  it('a question with a protocol is the question without one, cut with all of its ports', () => {
    fc.assert(
      fc.property(worlds, generated => {
        const { world, pods, outside } = load(generated)
        for (const from of pods)
          for (const to of [...pods, ...outside]) {
            const { open } = ask(world, from, to)
            for (const protocol of PROTOCOLS) {
              const expected =
                open === 'all'
                  ? [{ protocol, ports: [[1, 65535]] }]
                  : open.filter(entry => entry.protocol === protocol)
              expect(ask(world, from, to, undefined, protocol).open).toEqual(expected)
            }
          }
      }),
      { numRuns: RUNS },
    )
  })

  it("a node's address is answered as a Pod on the node's network is (S-040 to S-043)", () => {
    fc.assert(
      fc.property(worlds, generated => {
        const { world, pods, nodes } = load(generated)
        for (const pod of pods)
          for (const { address, bystander: host } of nodes) {
            expect(ask(world, address, pod).open).toEqual(ask(world, host, pod).open)
            expect(ask(world, pod, address).open).toEqual(ask(world, pod, host).open)
          }
      }),
      { numRuns: RUNS },
    )
  })

  it("a running Pod's address is answered as the Pod is", () => {
    fc.assert(
      fc.property(worlds, generated => {
        const { world, pods } = load(generated)
        const running = generated.pods.flatMap(({ spec, status }, index) =>
          spec.hostNetwork || status.phase !== 'Running'
            ? []
            : [[String(status.podIP), pods[index] ?? ''] as const],
        )
        for (const [address, pod] of running)
          for (const other of pods) {
            expect(ask(world, address, other).open).toEqual(ask(world, pod, other).open)
            expect(ask(world, other, address).open).toEqual(ask(world, other, pod).open)
          }
      }),
      { numRuns: RUNS },
    )
  })
})
