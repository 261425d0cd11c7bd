import { describe, expect, it } from 'vitest'
import { ask, type Json, load, namespace, node, pod } from './ask.ts'

const HOST_POD = pod('shop/agent', { app: 'agent' }, { spec: { hostNetwork: true, nodeName: 'n1' } })
const CLUSTER = [
  namespace('shop', { team: 'a' }),
  namespace('other', { team: 'b' }),
  namespace('istio-system'),
  node('n1', '10.9.0.1'),
  pod('shop/web', { app: 'web' }),
  pod('shop/db', { app: 'db' }),
  pod('shop/tiered', { 'k8s.example.com/tier': 'db', 'studio.example.com/tier': 'db' }),
  pod('other/web', { app: 'web' }),
  pod('other/x', { app: 'x' }),
  HOST_POD,
]

/** A policy of another kind; `scope` is the namespace, or nothing for a kind of the whole cluster. */
function policy(apiVersion: string, kind: string, scope: string | undefined, spec: Json): Json {
  return { apiVersion, kind, metadata: { name: 'p', ...(scope !== undefined && { namespace: scope }) }, spec }
}

const CILIUM = 'cilium.io/v2'
const CALICO = 'projectcalico.org/v3'
const ANTREA = 'crd.antrea.io/v1beta1'
const ISTIO = 'security.istio.io/v1'
const ADMIN = 'policy.networking.k8s.io/v1alpha1'
const pods = (app: string): Json => ({ matchLabels: { app } })

/** Whether the answer is marked: `shop/web -> shop/db` and the other way round, and those that have nothing to do with it. */
const WEB_DB = 'shop/web -> shop/db'
const ELSEWHERE = 'other/x -> other/web'

describe('S-071 a policy that is not evaluated marks the answers about those whom it could select', () => {
  it.each<[string, Json, readonly string[], readonly string[]]>([
    [
      'Cilium, by a label of either end',
      policy(CILIUM, 'CiliumNetworkPolicy', 'shop', { endpointSelector: pods('db') }),
      [WEB_DB, 'shop/db -> shop/web', 'internet -> shop/db'],
      ['internet -> shop/web', ELSEWHERE, 'other/web -> shop/web'],
    ],
    [
      'Cilium, with the source of the label',
      policy(CILIUM, 'CiliumNetworkPolicy', 'shop', {
        endpointSelector: { matchLabels: { 'k8s:app': 'web' } },
      }),
      [WEB_DB],
      ['internet -> shop/db'],
    ],
    [
      'Cilium, by a label that begins like the source of one',
      policy(CILIUM, 'CiliumNetworkPolicy', 'shop', {
        endpointSelector: { matchLabels: { 'k8s.example.com/tier': 'db' } },
      }),
      ['shop/tiered -> shop/web'],
      [WEB_DB],
    ],
    [
      'Cilium, by a label that has the name of a source in it',
      policy(CILIUM, 'CiliumNetworkPolicy', 'shop', {
        endpointSelector: { matchLabels: { 'studio.example.com/tier': 'db' } },
      }),
      ['shop/tiered -> shop/web'],
      [WEB_DB],
    ],
    [
      'Cilium, by a label of a source that nobody knows',
      policy(CILIUM, 'CiliumNetworkPolicy', 'shop', {
        endpointSelector: { matchLabels: { 'not-k8s:app': 'db' } },
      }),
      [WEB_DB, 'internet -> shop/web'],
      [ELSEWHERE],
    ],
    [
      'Cilium, by a label of a Pod and by what only Cilium knows',
      policy(CILIUM, 'CiliumNetworkPolicy', 'shop', {
        endpointSelector: { matchLabels: { app: 'x', 'k8s:io.cilium.k8s.policy.serviceaccount': 'x' } },
      }),
      [WEB_DB],
      [ELSEWHERE],
    ],
    [
      'Cilium, by an expression',
      policy(CILIUM, 'CiliumNetworkPolicy', 'shop', {
        endpointSelector: {
          matchLabels: { app: 'x' },
          matchExpressions: [{ key: 'app', operator: 'Exists' }],
        },
      }),
      [WEB_DB],
      [ELSEWHERE],
    ],
    ...[{}, { matchLabels: null }, { matchLabels: 5 }, { matchLabels: { app: 'no label!' } }].map(
      (endpointSelector): [string, Json, readonly string[], readonly string[]] => [
        `Cilium, by ${JSON.stringify(endpointSelector)}`,
        policy(CILIUM, 'CiliumNetworkPolicy', 'shop', { endpointSelector }),
        [WEB_DB, 'internet -> shop/web'],
        [ELSEWHERE],
      ],
    ),
    [
      'Cilium, with nothing in it',
      { apiVersion: CILIUM, kind: 'CiliumNetworkPolicy', metadata: { name: 'p', namespace: 'shop' } },
      [WEB_DB],
      [ELSEWHERE],
    ],
    [
      'Cilium, in the namespace that is special to Istio',
      policy(CILIUM, 'CiliumNetworkPolicy', 'istio-system', {}),
      [],
      [WEB_DB, ELSEWHERE],
    ],
    [
      'Cilium, by what only Cilium knows',
      policy(CILIUM, 'CiliumNetworkPolicy', 'shop', {
        endpointSelector: { matchLabels: { 'k8s:io.cilium.k8s.policy.serviceaccount': 'x' } },
      }),
      [WEB_DB, 'internet -> shop/web'],
      [ELSEWHERE],
    ],
    [
      'Cilium, several in one',
      {
        apiVersion: CILIUM,
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'p', namespace: 'shop' },
        specs: [{}],
      },
      [WEB_DB],
      [ELSEWHERE],
    ],
    [
      'Cilium, several in one and none beside',
      {
        apiVersion: CILIUM,
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'p', namespace: 'shop' },
        specs: [{ endpointSelector: pods('db') }],
      },
      [WEB_DB],
      [ELSEWHERE, 'internet -> shop/web'],
    ],
    [
      'Cilium, one and several in one',
      {
        apiVersion: CILIUM,
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'p', namespace: 'shop' },
        spec: { endpointSelector: pods('zzz') },
        specs: [{ endpointSelector: pods('yyy') }, { endpointSelector: pods('db') }],
      },
      [WEB_DB],
      [ELSEWHERE, 'internet -> shop/web'],
    ],
    [
      'Cilium, for the whole cluster',
      policy(CILIUM, 'CiliumClusterwideNetworkPolicy', undefined, { endpointSelector: pods('x') }),
      [ELSEWHERE, 'shop/web -> shop/agent'],
      [WEB_DB],
    ],
    [
      'Calico, whose selectors are not read',
      policy(CALICO, 'NetworkPolicy', 'shop', { selector: 'app == "db"' }),
      [WEB_DB, 'internet -> shop/web'],
      [ELSEWHERE],
    ],
    [
      'Calico, for the whole cluster',
      policy(CALICO, 'GlobalNetworkPolicy', undefined, {}),
      [WEB_DB, ELSEWHERE],
      [],
    ],
    [
      'Antrea, by appliedTo',
      policy(ANTREA, 'ClusterNetworkPolicy', undefined, {
        appliedTo: [{ podSelector: pods('db'), namespaceSelector: { matchLabels: { team: 'a' } } }],
      }),
      [WEB_DB],
      [ELSEWHERE, 'internet -> shop/web'],
    ],
    [
      'Antrea, without appliedTo, which its rules may have',
      policy(ANTREA, 'NetworkPolicy', 'shop', {}),
      [WEB_DB, 'internet -> shop/web'],
      [ELSEWHERE],
    ],
    [
      'AdminNetworkPolicy, by the labels of namespaces',
      policy(ADMIN, 'AdminNetworkPolicy', undefined, {
        subject: { namespaces: { matchLabels: { team: 'b' } } },
      }),
      [ELSEWHERE, 'shop/web -> other/web'],
      [WEB_DB],
    ],
    [
      'BaselineAdminNetworkPolicy, by the labels of Pods',
      policy(ADMIN, 'BaselineAdminNetworkPolicy', undefined, {
        subject: { pods: { namespaceSelector: { matchLabels: { team: 'a' } }, podSelector: pods('db') } },
      }),
      [WEB_DB],
      [ELSEWHERE, 'internet -> shop/web'],
    ],
    [
      'ClusterNetworkPolicy that cannot be read',
      policy(ADMIN, 'ClusterNetworkPolicy', undefined, { subject: 5 }),
      [WEB_DB, ELSEWHERE],
      [],
    ],
    [
      'Istio, by a selector',
      policy(ISTIO, 'AuthorizationPolicy', 'shop', { selector: pods('db') }),
      [WEB_DB],
      [ELSEWHERE, 'internet -> shop/web'],
    ],
    [
      'Istio, for a namespace',
      policy(ISTIO, 'AuthorizationPolicy', 'shop', {}),
      [WEB_DB, 'internet -> shop/web'],
      [ELSEWHERE],
    ],
    [
      'Istio, for the whole mesh',
      policy(ISTIO, 'PeerAuthentication', 'istio-system', {}),
      [WEB_DB, ELSEWHERE],
      [],
    ],
    [
      'Linkerd, by a Server',
      policy('policy.linkerd.io/v1beta3', 'Server', 'shop', { podSelector: pods('db') }),
      [WEB_DB],
      [ELSEWHERE, 'internet -> shop/web'],
    ],
    [
      'security groups of AWS',
      policy('vpcresources.k8s.aws/v1beta1', 'SecurityGroupPolicy', 'shop', { podSelector: pods('db') }),
      [WEB_DB],
      [ELSEWHERE, 'internet -> shop/web'],
    ],
    [
      'Linkerd, by a selector with something in it that nobody knows',
      policy('policy.linkerd.io/v1beta3', 'Server', 'shop', {
        podSelector: { ...pods('db'), matchNames: [] },
      }),
      [WEB_DB, 'internet -> shop/web'],
      [ELSEWHERE],
    ],
    ['OVN, for a namespace', policy('k8s.ovn.org/v1', 'EgressFirewall', 'shop', {}), [WEB_DB], [ELSEWHERE]],
    [
      'a plugin that nobody has heard of',
      policy('example.com/v1', 'TeamNetworkPolicy', 'shop', {}),
      [WEB_DB, ELSEWHERE],
      [],
    ],
    [
      'Consul, for anybody',
      policy('consul.hashicorp.com/v1alpha1', 'ServiceIntentions', 'shop', {}),
      [WEB_DB, ELSEWHERE],
      [],
    ],
  ])('%s', (_, object, marked, plain) => {
    const world = load(...CLUSTER, object)
    const isMarked = (question: string) =>
      ask(world, question).assumptions.some(({ code }) => code === 'UNDETERMINED_UNMODELLED_POLICY')
    expect({ marked: marked.filter(isMarked), plain: plain.filter(isMarked) }).toEqual({ marked, plain: [] })
  })

  it('a label whose value no manifest can tell may be the one', () => {
    const template = { metadata: { labels: { app: 'api' } }, spec: { containers: [] } }
    const spec = { selector: { matchLabels: { app: 'api' } }, template }
    const api = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'api', namespace: 'shop' },
      spec,
    }
    const byHash = (app: string) => ({ matchLabels: { app, 'pod-template-hash': '5d4f' } })
    const marksOf = (app: string) =>
      ask(
        load(
          ...CLUSTER,
          api,
          policy(CILIUM, 'CiliumNetworkPolicy', 'shop', { endpointSelector: byHash(app) }),
        ),
        'internet -> shop/deploy/api',
      ).assumptions.filter(({ code }) => code === 'UNDETERMINED_UNMODELLED_POLICY').length
    expect([marksOf('api'), marksOf('other')]).toEqual([1, 0])
  })

  it('names the policy', () => {
    const world = load(
      ...CLUSTER,
      policy(CILIUM, 'CiliumNetworkPolicy', 'shop', { endpointSelector: pods('db') }),
    )
    expect(ask(world, WEB_DB).assumptions).toContainEqual({
      code: 'UNDETERMINED_UNMODELLED_POLICY',
      message: 'CiliumNetworkPolicy shop/p is not evaluated: it may decide otherwise',
      facts: { policies: [{ kind: 'CiliumNetworkPolicy', namespace: 'shop', name: 'p' }] },
    })
  })
})
