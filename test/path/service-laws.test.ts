import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookUp } from '../../src/path/dns/lookup.ts'
import { settingsOf } from '../../src/path/question.ts'
import { reachWithoutAdvice } from '../../src/questions/reachability.ts'
import type { VerdictWord } from '../../src/report/common.ts'
import type { Reachability } from '../../src/report/report.ts'
import { buildWorld, type World } from '../../src/world/world.ts'
import { type GeneratedWorld, world as worlds } from '../oracle/generate.ts'
import type { Manifest } from '../oracle/oracle.ts'

/*
 * Laws that tie the way of a connection to its parts: a Service to the Pods behind it, a name to its lookup and to what
 * it stands for. What each part answers is compared with the naive evaluator elsewhere.
 */

const RUNS = 100
const TARGET = 80
const SERVICE_PORT = 8000

interface Loaded {
  readonly world: World
  readonly pods: readonly Manifest[]
  readonly services: readonly Manifest[]
}

const namespaceOf = ({ metadata }: Manifest): string => metadata.namespace ?? 'default'
const idOf = (object: Manifest): string => `${namespaceOf(object)}/pod/${object.metadata.name}`

/** The generated world with a Service for each value of a label in each namespace, and DNS Pods of its own. */
function load({ namespaces, pods, policies }: GeneratedWorld): Loaded {
  const services = [...new Set(pods.map(namespaceOf))].flatMap(namespace =>
    ['a', 'b'].map(
      (app): Manifest => ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: `app-${app}`, namespace },
        spec: { selector: { app }, ports: [{ port: SERVICE_PORT, targetPort: TARGET }] },
      }),
    ),
  )
  const isIPv6 = String(pods[0]?.['status'].podIP).includes(':')
  const items = [...namespaces, ...pods, ...policies, ...services, ...dns(isIPv6 ? 'fd00::99' : '10.0.0.99')]
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
  const world = buildWorld([{ path: 'world.json', text }])
  expect(world.diagnostics).toEqual([])
  return { world, pods, services }
}

const dns = (podIP: string): readonly Manifest[] => [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace: 'kube-system' },
    spec: { selector: { 'k8s-app': 'kube-dns' }, ports: [{ port: 53, protocol: 'UDP' }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    spec: { nodeName: 'n3', containers: [] },
    status: { phase: 'Running', podIP },
  },
]

function ask(world: World, from: string, to: string): Reachability {
  const asked = { port: undefined, protocol: undefined, namespace: 'default', settings: settingsOf({}) }
  return reachWithoutAdvice(world, { from, to, ...asked }, 'decisive')
}

const isRunning = ({ status }: Manifest): boolean => status.phase === 'Running' || status.phase === undefined

/** S-063. */
function together(words: readonly VerdictWord[]): VerdictWord {
  if (words.every(word => word === 'yes')) return 'yes'
  return words.every(word => word === 'no') ? 'no' : 'partial'
}

describe('over generated worlds', { timeout: 60_000 }, () => {
  it('a Service answers as the Pods behind it do on their own port (S-060, S-063)', () => {
    fc.assert(
      fc.property(worlds, generated => {
        const { world, pods, services } = load(generated)
        for (const from of pods.filter(isRunning))
          for (const service of services) {
            const { app } = service['spec'].selector
            const all = pods.filter(
              pod =>
                isRunning(pod) &&
                namespaceOf(pod) === namespaceOf(service) &&
                pod.metadata.labels?.['app'] === app,
            )
            // A Pod behind its own Service may be sent to itself (S-046).
            const words = all.map(pod => ask(world, idOf(from), `${idOf(pod)}:${TARGET}`).verdict)
            const answer = ask(world, idOf(from), `${namespaceOf(service)}/svc/${service.metadata.name}`)
            if (all.length === 0) expect(answer.reason).toBe('SERVICE_HAS_NO_ENDPOINTS')
            else expect(answer.verdict).toBe(together(words))
          }
      }),
      { numRuns: RUNS },
    )
  })

  it('a name answers as its lookup and then its Service do (S-246)', () => {
    fc.assert(
      fc.property(worlds, generated => {
        const { world, pods, services } = load(generated)
        for (const from of pods.filter(isRunning))
          for (const { metadata } of services) {
            const name = `${metadata.name}.${metadata.namespace}.svc.cluster.local`
            const byName = ask(world, idOf(from), `http://${name}:${SERVICE_PORT}`)
            const byAddress = ask(world, idOf(from), `${metadata.namespace}/svc/${metadata.name}`)
            // S-232: on its node's network a Pod asks the node's servers, which know nothing of the cluster.
            if (from['spec'].hostNetwork) expect(byName.reason).toBe('NAME_NOT_FOUND')
            else if (ask(world, idOf(from), 'kube-system/pod/dns:53/udp').verdict === 'yes')
              expect([byName.verdict, byName.reason]).toEqual([byAddress.verdict, byAddress.reason])
            else {
              expect([byName.verdict, byName.reason, byName.open]).toEqual(['no', 'DNS_BLOCKED', []])
              expect(byName.byAddress?.verdict).toBe(byAddress.verdict)
            }
          }
      }),
      { numRuns: RUNS },
    )
  })

  it('a lookup finds the first full name on the search path that is there (S-221, S-222)', () => {
    const label = fc.constantFrom('app-a', 'app-b', 'a', 'b', 'svc', 'cluster', 'local', 'nowhere')
    const name = fc.tuple(fc.array(label, { minLength: 1, maxLength: 6 }), fc.constantFrom('', '.'))
    fc.assert(
      fc.property(worlds, name, (generated, [labels, dot]) => {
        const { world, services } = load(generated)
        const there = services.map(
          ({ metadata }) => `${metadata.name}.${metadata.namespace}.svc.cluster.local`,
        )
        const typed = labels.join('.')
        for (const pod of world.cluster.pods.filter(({ hostNetwork }) => !hostNetwork)) {
          const searched = [`${pod.namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local']
          const expanded = dot === '' ? searched.map(suffix => `${typed}.${suffix}`) : []
          const tried = labels.length > 5 ? [typed, ...expanded] : [...expanded, typed]
          const found = lookUp(world, { kind: 'pod', pod }, typed + dot, 'cluster.local')
          const expected = tried.find(candidate => there.includes(candidate))
          expect(found.kind === 'found' ? found.as : undefined).toBe(expected)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
