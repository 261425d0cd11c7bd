import { describe, expect, it } from 'vitest'
import { questionText } from '../../src/words/answer.ts'
import { ask, type Json, load, pod, policy, service } from '../semantics/ask.ts'

/* What is the same of several endpoints, IP families or steps is told once. */

const at = (id: string, ...ips: readonly string[]) =>
  pod(id, { app: 'a' }, { status: { podIP: ips[0], podIPs: ips.map(ip => ({ ip })) } })
const four = at('one/four', '10.0.0.1')
const both = at('one/both', '10.0.0.2', 'fd00::2')
const front = (spec: Json) => service('one/s', { selector: { app: 'a' }, ports: [{ port: 80 }], ...spec })
const local = front({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' })
const told = (question: string, ...objects: readonly Json[]) =>
  ask(load(four, both, ...objects), question).endpoints?.map(questionText)

describe('the internet, where some Pods have one IP family only', () => {
  const block = (cidr: string) => policy('one/a', { ingress: [{ from: [{ ipBlock: { cidr } }] }] })
  it.each<[string, readonly Json[], readonly string[] | undefined]>([
    ['internet -> one/both:80', [], undefined],
    ['internet -> one/four:80', [], undefined],
    ['one/both -> internet', [], undefined],
    ['internet -> one/svc/s:80', [local], ['internet -> one/four TCP 80', 'internet -> one/both TCP 80']],
    [
      'internet -> one/both:80',
      [block('0.0.0.0/0')],
      ['0.0.0.0/0 -> one/both TCP 80', '::/0 -> one/both TCP 80'],
    ],
  ])('%s', (question, objects, expected) => expect(told(question, ...objects)).toEqual(expected))
})

it('what has no addresses is no part of the internet', () => {
  const ingress: Json = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { namespace: 'one', name: 'i' },
    spec: { ingressClassName: 'gce', defaultBackend: { service: { name: 's', port: { number: 80 } } } },
  }
  expect(told('internet -> http://a.example.com/', front({}), ingress)).toEqual([
    'a load balancer of Google Cloud -> one/four TCP 80',
    'a load balancer of Google Cloud -> one/both TCP 80',
  ])
})

describe('assumptions', () => {
  const codesOf = (question: string, ...objects: readonly Json[]) =>
    ask(load(four, both, ...objects), question).assumptions.map(({ code, message }) => `${code}: ${message}`)
  it('of the clients of one Service', () =>
    expect(
      codesOf(
        'internet -> one/svc/s:80',
        front({ type: 'NodePort' }),
        policy('one/a', { ingress: [{}] }),
      ).filter(one => one.startsWith('ASSUMED_CLIENT_IP')),
    ).toEqual([
      "ASSUMED_CLIENT_IP: the client's address is taken to be replaced by that of a node before a policy sees it, because Service one/s has externalTrafficPolicy: Cluster",
    ]))

  it('of namespaces', () => {
    const labels = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' }
    const ingress: Json = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace: 'one', name: 'i' },
      spec: { ingressClassName: 'nginx', defaultBackend: { service: { name: 's', port: { number: 80 } } } },
    }
    const expose = service('edge/c', { type: 'NodePort', selector: labels, ports: [{ port: 80 }] })
    const found = codesOf(
      'internet -> http://a.example.com/',
      pod('edge/c', labels),
      expose,
      front({}),
      ingress,
      policy('one/p', { ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'edge' } } }] }] }),
      policy('edge/p', {
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'one' } } }] }, {}],
      }),
    )
    expect(found.filter(one => one.startsWith('ASSUMED_NAMESPACE'))).toEqual([
      'ASSUMED_NAMESPACE: namespace edge, one are not in the input: taken to exist, with kubernetes.io/metadata.name as the only label',
    ])
  })
})
