import { expect, it } from 'vitest'
import { ask, type Json, load, pod, policy, service } from '../semantics/ask.ts'

/* What the answer says of several ends that do not answer alike (S-063). */

const statefulSet = (id: string): Json => {
  const [namespace, name] = id.split('/')
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { namespace, name },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [] } },
    },
  }
}
const first = (app: string): Json => ({ matchLabels: { 'statefulset.kubernetes.io/pod-name': `${app}-0` } })
const both = (four: string, six: string) => ({ status: { podIP: four, podIPs: [{ ip: four }, { ip: six }] } })

const ENDS = [
  statefulSet('shop/from'),
  statefulSet('shop/to'),
  service('shop/to', { selector: { app: 'to' }, ports: [{ port: 80 }] }),
]
const TO: Json = { podSelector: { matchLabels: { app: 'to' } } }
const ONLY_SECOND: Json = {
  podSelector: { matchExpressions: [{ key: 'apps.kubernetes.io/pod-index', operator: 'In', values: ['1'] }] },
}

it.each<[string, readonly Json[], string, string]>([
  ['the destination', [policy('shop/to', ONLY_SECOND)], 'shop/from-0 -> shop/svc/to:80', 'shop/to-1 is not'],
  [
    'the source',
    [policy('shop/to', { ...TO, ingress: [{ from: [{ podSelector: first('from') }] }] })],
    'shop/from -> shop/to-0:80',
    'from shop/from-1 it is not',
  ],
  [
    'both',
    [
      policy('shop/to', ONLY_SECOND),
      policy('shop/from', { podSelector: first('from'), policyTypes: ['Egress'] }),
    ],
    'shop/from -> shop/svc/to:80',
    'from shop/from-0 to shop/to-0 it is not',
  ],
  [
    'the IP family (S-035)',
    [
      pod('shop/a', {}, both('10.0.0.1', 'fd00::1')),
      pod('shop/b', { app: 'b' }, both('10.0.0.2', 'fd00::2')),
      policy('shop/b', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
    ],
    'shop/a -> shop/b:80',
    'over IPv6 it is not',
  ],
])('what is open in part is told by %s', (_, objects, question, expected) => {
  expect(ask(load(...ENDS, ...objects), question).message).toContain(`; ${expected}: `)
})

const DNS_ONLY: Json = { policyTypes: ['Egress'], egress: [{ ports: [{ port: 53 }] }] }
const toFirst = (labels: Json): Json => ({ to: [{ podSelector: labels }] })

it.each<[string, readonly Json[], string]>([
  ['some', [policy('shop/to', ONLY_SECOND)], 'open for 1 of 2; shop/to-1 is not: '],
  [
    'none, some in part',
    [policy('shop/from', DNS_ONLY), policy('shop/to', ONLY_SECOND)],
    'open in part for 1 of 2; shop/to-1 is not: ',
  ],
  [
    'some, others in part',
    [policy('shop/from', { ...DNS_ONLY, egress: [{ ports: [{ port: 53 }] }, toFirst(first('to'))] })],
    'open for 1 and in part for 1 of 2; shop/to-1 is only in part: ',
  ],
])('how many are open: %s', (_, objects, expected) => {
  expect(ask(load(...ENDS, ...objects), 'shop/from-0 -> shop/to').message).toContain(expected)
})

it('sources that policies tell apart look a name up each for itself, and each is itself to itself', () => {
  const mute = policy('shop/from', { podSelector: first('from'), policyTypes: ['Egress'] })
  const verdictsOf = (question: string, ...policies: readonly Json[]) =>
    ask(load(...ENDS, ...policies), question).endpoints?.map(
      ({ from, to, verdict }) => `${from.id} ${to.id} ${verdict}`,
    )
  expect(verdictsOf('shop/from -> to:80', mute)).toEqual([
    'shop/from-0 shop/to-0 no',
    'shop/from-0 shop/to-1 no',
    'shop/from-1 shop/to-0 yes',
    'shop/from-1 shop/to-1 yes',
  ])
  expect(verdictsOf('shop/from -> localhost:80')).toEqual([
    'shop/from-0 shop/from-0 yes',
    'shop/from-1 shop/from-1 yes',
  ])
})
