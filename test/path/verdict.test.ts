import { expect, it } from 'vitest'
import type { Answer } from '../../src/report/report.ts'
import { ask, type Json, load, namespace, node, pod, policy, service } from '../semantics/ask.ts'

/* What is open of a question, and what of it cannot be determined. */

const at = (nodeName: string): Json => ({ spec: { nodeName } })
const CLUSTER = [
  namespace('shop'),
  node('n1', '192.168.0.1'),
  pod('shop/client', { app: 'client' }, at('n2')),
  pod('shop/web', { app: 'web' }, at('n1')),
  service('shop/web', {
    type: 'NodePort',
    selector: { app: 'web' },
    ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
  }),
  service('shop/empty', { selector: { app: 'nobody' }, ports: [{ port: 80 }] }),
  pod('kube-system/dns', { 'k8s-app': 'kube-dns' }, at('n1')),
  // Nobody knows which node it runs on, so that it may be let in as that of the Pod that it dials.
  pod('shop/agent', {}, { spec: { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } }),
]
const closed = policy('shop/web', {})
const onPort = (port: number) => policy('shop/web', { ingress: [{ ports: [{ port }] }] })
const deaf = policy('kube-system/dns', { podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } })
const withoutDns = policy('shop/client', {
  policyTypes: ['Egress'],
  egress: [{ to: [{ podSelector: { matchLabels: { app: 'web' } } }] }],
})
const silent = policy('shop/client', { policyTypes: ['Egress'] })
const ingress = (spec: Json): Json => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { namespace: 'shop', name: 'main' },
  spec,
})
const pattern = {
  path: '/a.*',
  pathType: 'ImplementationSpecific',
  backend: { service: { name: 'web', port: { number: 80 } } },
}
const bucket = { resource: { apiGroup: 'x', kind: 'Bucket', name: 'files' } }

const textOf = (open: Answer['open'] | undefined): string | undefined =>
  open === undefined || open === 'all'
    ? open
    : open
        .map(one => `${one.protocol} ${one.ports.map(range => [...new Set(range)].join('-'))}`.trim())
        .join('; ')

it.each<
  [
    what: string,
    question: string,
    objects: readonly Json[],
    open: string,
    ofPod: readonly (string | undefined)[] | undefined,
  ]
>([
  ['all that is asked', 'shop/client -> shop/web:80', [], 'TCP 80', ['TCP 80', undefined]],
  ['some of all', 'shop/client -> shop/web', [onPort(80)], 'TCP 80', ['TCP 80', undefined]],
  ['nothing', 'shop/client -> shop/web:80', [closed], '', ['', undefined]],
  ['what may be open', 'shop/agent -> shop/web:80', [closed], '', ['', 'TCP 80']],
  [
    'what is open and what may be',
    'shop/agent -> shop/web',
    [onPort(80)],
    'TCP 80',
    ['TCP 80', 'TCP 1-79,81-65535; UDP 1-65535; SCTP 1-65535; OTHER'],
  ],
  [
    'in ports of the Service and of the Pod',
    'shop/client -> shop/svc/web:80',
    [],
    'TCP 80',
    ['TCP 8080', undefined],
  ],
  ['by a name that cannot be looked up', 'shop/client -> web:80', [withoutDns], '', ['', undefined]],
  ['by a name that may not be looked up', 'shop/agent -> web:80', [deaf], '', ['', 'TCP 8080']],
  ['by such a name, of what may be open', 'shop/agent -> web:80', [deaf, closed], '', ['', 'TCP 8080']],
  ['by such a name, of nothing', 'shop/agent -> empty:80', [deaf], '', ['', undefined]],
  ['by a name that is not verified', 'shop/client -> 10-0-0-7.shop.pod:80', [onPort(80)], '', ['', 'TCP 80']],
  ['of a client that may not', 'shop/client -> node/n1:30080', [silent], '', ['', undefined]],
  [
    'by a route that cannot be told',
    'internet -> http://a.example.com/abc',
    [ingress({ rules: [{ host: 'a.example.com', http: { paths: [pattern] } }] })],
    '',
    ['', 'TCP 8080'],
  ],
  [
    'of a backend that cannot be told',
    'internet -> http://a.example.com/',
    [ingress({ defaultBackend: bucket })],
    '',
    ['', undefined],
  ],
  ['of a Service without Pods', 'shop/client -> shop/svc/empty:80', [], '', ['', undefined]],
])('%s', (_, question, objects, open, ofPod) => {
  const answer = ask(load(...CLUSTER, ...objects), question)
  const [one = answer] = answer.endpoints ?? []
  expect(textOf(answer.open)).toBe(open)
  expect([textOf(one.open), textOf(one.undetermined)]).toEqual(ofPod)
})
