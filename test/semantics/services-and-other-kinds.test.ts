import { describe, expect, it } from 'vitest'
import { ask, codes, expectRows, type Json, load, node, pod, policy, service } from './ask.ts'

/* Services, NAT, policies of other kinds. */

const PORT_5678 = [{ port: 80, targetPort: 5678 }]
const backends = [pod('shop/a', { app: 'web', at: 'a' }), pod('shop/b', { app: 'web', at: 'b' })]
const world = (...objects: readonly Json[]) =>
  load(pod('shop/client', { app: 'client' }), ...backends, ...objects)
const front = (more: Json = {}) =>
  service('shop/front', { selector: { app: 'web' }, ports: PORT_5678, ...more })
const opening = (port: number, more: Json = {}) =>
  policy('shop/web', { ingress: [{ ports: [{ port }] }], ...more })

describe('A.9 Services, NAT, other policy kinds', () => {
  it('S-060 S-061 a policy sees the Pod and its port, not the Service and its port', () => {
    expectRows(world(front(), opening(5678)), [
      ['shop/client -> shop/svc/front:80', 'yes', 'ALLOWED_BY_RULE'],
    ])
    const wrong = world(front(), opening(80))
    expectRows(wrong, [['shop/client -> shop/svc/front:80', 'no', 'DENIED_BY_INGRESS']])
    const rules = ask(wrong, 'shop/client -> shop/svc/front:80')
      .endpoints?.[0]?.steps.flatMap(step => step.policies ?? [])
      .flatMap(({ rules: own }) => own)
    expect(rules?.map(({ reason }) => reason)).toEqual(['SERVICE_PORT_IS_NOT_POD_PORT'])
  })

  it('S-060 an egress rule names the Pods behind the Service', () => {
    const egress = (port: number) =>
      policy('shop/client', {
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port }] }],
      })
    expectRows(world(front(), egress(5678)), [['shop/client -> shop/svc/front:80', 'yes']])
    expectRows(world(front(), egress(80)), [['shop/client -> shop/svc/front:80', 'no', 'DENIED_BY_EGRESS']])
  })

  it('S-061 a rule for the Service’s port is named among others too', () => {
    const egress = policy('shop/client', {
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 80 }] }],
    })
    const dns = policy('shop/client', { policyTypes: ['Egress'], egress: [{ ports: [{ port: 53 }] }] }, 'dns')
    const { message } = ask(world(front(), egress, dns), 'shop/client -> shop/svc/front:80')
    expect(message).toContain(
      'it is about TCP 80, the port of the Service, and policies see that of the Pod behind it: TCP 5678',
    )
  })

  it('S-062 the Pods behind a Service see the client’s Pod', () => {
    const fromClient = { ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }] }] }
    expectRows(world(pod('shop/other'), front(), policy('shop/web', fromClient)), [
      ['shop/client -> shop/svc/front:80', 'yes'],
      ['shop/other -> shop/svc/front:80', 'no'],
    ])
  })

  it('S-063 endpoints that differ give a partial answer, with each one’s own', () => {
    const half = world(front(), policy('shop/web', { podSelector: { matchLabels: { at: 'b' } } }))
    const { verdict, reason, endpoints } = ask(half, 'shop/client -> shop/svc/front:80')
    expect({ verdict, reason }).toEqual({ verdict: 'partial', reason: 'ENDPOINTS_DIFFER' })
    expect(endpoints?.map(answer => [answer.to.id, answer.port?.number, answer.verdict])).toEqual([
      ['shop/a', 5678, 'yes'],
      ['shop/b', 5678, 'no'],
    ])
  })

  const fromOffice = { ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] }

  it.each(['NodePort', 'LoadBalancer'])(
    'S-064 S-065 behind a %s the client’s address is replaced by a node’s',
    type => {
      const behind = world(front({ type }), policy('shop/web', fromOffice))
      expectRows(behind, [['203.0.113.7 -> shop/svc/front:80', 'undetermined', 'UNDETERMINED_ADDRESS']])
      expect(codes(behind, '203.0.113.7 -> shop/svc/front:80')).toContain('ASSUMED_CLIENT_IP')
      const open = world(front({ type }), opening(5678))
      expectRows(open, [['203.0.113.7 -> shop/svc/front:80', 'yes', 'ALLOWED_BY_RULE']])
    },
  )

  it('S-066 with externalTrafficPolicy Local the client’s address is kept', () => {
    const local = front({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' })
    expectRows(world(local, policy('shop/web', fromOffice)), [
      ['203.0.113.7 -> shop/svc/front:80', 'yes', 'ALLOWED_BY_RULE'],
      ['198.51.100.1 -> shop/svc/front:80', 'no', 'DENIED_BY_INGRESS'],
    ])
  })

  it('S-067 a node is an address to its policies’ eyes, whatever port of it is asked for', () => {
    const n9 = node('n9', '192.168.0.9')
    const egress = policy('shop/client', {
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '192.168.0.9/32' } }] }],
    })
    const placed = load(n9, pod('shop/client', { app: 'client' }, { spec: { nodeName: 'n1' } }), egress)
    expectRows(placed, [['shop/client -> node/n9:30080', 'yes', 'ALLOWED_BY_RULE']])
  })

  it('S-068 for an endpoint outside, an egress block is asked about its own address', () => {
    const egress = policy('shop/client', {
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '198.51.100.7/32' } }] }],
    })
    expectRows(world(egress), [
      ['shop/client -> 198.51.100.7:5432', 'yes'],
      ['shop/client -> 198.51.100.8:5432', 'no'],
    ])
  })

  it('S-069 the API server is a node and port 6443: a block lets it through, a selector does not', () => {
    const control = node('control', '192.168.0.1')
    const apiServer = pod(
      'kube-system/kube-apiserver',
      { component: 'kube-apiserver' },
      { spec: { nodeName: 'control', hostNetwork: true } },
    )
    const client = pod('shop/client', { app: 'client' }, { spec: { nodeName: 'worker' } })
    const to = (peer: Json) =>
      policy('shop/client', { policyTypes: ['Egress'], egress: [{ to: [peer], ports: [{ port: 6443 }] }] })
    const byBlock = load(control, apiServer, client, to({ ipBlock: { cidr: '192.168.0.1/32' } }))
    const bySelector = load(
      control,
      apiServer,
      client,
      to({ namespaceSelector: {}, podSelector: { matchLabels: { component: 'kube-apiserver' } } }),
    )
    for (const question of [
      'shop/client -> node/control:6443',
      'shop/client -> kube-system/kube-apiserver:6443',
    ]) {
      expectRows(byBlock, [[question, 'yes', 'ALLOWED_BY_RULE']])
      expectRows(bySelector, [[question, 'no', 'DENIED_BY_EGRESS']])
    }
  })

  it('S-070 a refusal rests on a network plugin that enforces policies, and says so', () => {
    const closed = world(policy('shop/web', {}))
    expect(codes(closed, 'shop/client -> shop/a:80')).toContain('ASSUMED_ENFORCING_CNI')
    expect(codes(world(), 'shop/client -> shop/a:80')).not.toContain('ASSUMED_ENFORCING_CNI')
  })

  it.each([
    ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'],
    ['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
    ['projectcalico.org/v3', 'NetworkPolicy'],
  ])('S-071 with a policy of another kind in the input no answer is complete: %s %s', (apiVersion, kind) => {
    const other = { apiVersion, kind, metadata: { name: 'x', namespace: 'shop' }, spec: {} }
    expect(codes(world(other), 'shop/client -> shop/a:80')).toContain('UNDETERMINED_UNMODELLED_POLICY')
  })
})
