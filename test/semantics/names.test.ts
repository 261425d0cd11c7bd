import { describe, expect, it } from 'vitest'
import { ask, codes, expectRows, type Json, load, pod, policy, type Rows, service } from './ask.ts'

/* Names as seen from a Pod. */

const PORTS = [{ port: 80 }]
const open = 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'
const missing = 'NAME_NOT_FOUND'

const statefulSet = (name: string, serviceName: string): Json => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { namespace: 'shop', name },
  spec: {
    serviceName,
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'c' }] } },
  },
})

const shop: readonly Json[] = [
  pod('shop/client', { app: 'client' }),
  pod('other/client', { app: 'client' }),
  pod('shop/web-1', { app: 'web' }, { status: { podIP: '10.244.1.10' } }),
  service('shop/web', { clusterIP: '10.96.0.7', selector: { app: 'web' }, ports: PORTS }),
  statefulSet('db', 'db'),
  service('shop/db', { clusterIP: 'None', selector: { app: 'db' }, ports: [{ port: 5432 }] }),
]
const world = (...more: readonly Json[]) => load(...shop, ...more)
const full = 'web.shop.svc.cluster.local'

describe('C.3 names as seen from a Pod', () => {
  it.each<[string, Rows]>([
    ['the bare name of a Service of its own namespace', [['shop/client -> web:80', 'yes', open]]],
    ['S-223 the bare name of a Service of another namespace', [['other/client -> web:80', 'no', missing]]],
    [
      'S-220 S-221 the search path',
      [
        ['other/client -> web.shop:80', 'yes', open],
        ['other/client -> web.shop.svc:80', 'yes', open],
        [`other/client -> ${full}:80`, 'yes', open],
        [`other/client -> ${full}.:80`, 'yes', open],
        ['other/client -> web.shop.:80', 'no', missing],
        ['shop/client -> web.:80', 'no', missing],
      ],
    ],
    [
      'what nearly looks like a name',
      [
        ['other/client -> web.shop.cluster.local:80', 'no', missing],
        ['other/client -> web.svc.shop:80', 'no', missing],
        ['other/client -> shop.web:80', 'no', missing],
        ['other/client -> shop.svc.cluster.local:80', 'no', missing],
        ['other/client -> svc.cluster.local:80', 'no', missing],
      ],
    ],
    ['S-223 capitals', [['other/client -> WEB.Shop.SVC:80', 'yes', open]]],
    [
      'the Pods of a StatefulSet',
      [
        ['shop/client -> db-0.db:5432', 'yes', open],
        ['other/client -> db-1.db.shop:5432', 'yes', open],
        ['other/client -> db-1.db.shop.svc.cluster.local:5432', 'yes', open],
        ['other/client -> db-2.db.shop:5432', 'no', missing],
        ['other/client -> db-0.db:5432', 'no', missing],
      ],
    ],
    [
      'an endpoint by its address',
      [
        ['other/client -> 10-244-1-10.web.shop.svc.cluster.local:80', 'yes', open],
        ['other/client -> 10-244-1-11.web.shop.svc.cluster.local:80', 'no', missing],
      ],
    ],
    [
      'S-228 any address of a namespace',
      [
        ['other/client -> 10-244-1-10.shop.pod:80', 'yes', open],
        ['other/client -> 10-0-0-1.shop.pod.cluster.local:80', 'yes', 'ALLOWED_NO_POLICY_SELECTS_SOURCE'],
        ['other/client -> 10-0-0-1.nowhere.pod:80', 'no', missing],
      ],
    ],
    [
      'the Pod itself, which its /etc/hosts has',
      [
        ['shop/client -> localhost:80', 'yes', 'SELF_TRAFFIC'],
        ['shop/client -> client:80', 'yes', 'SELF_TRAFFIC'],
      ],
    ],
    [
      'the API server',
      [['shop/client -> kubernetes.default:443', 'yes', 'ALLOWED_NO_POLICY_SELECTS_SOURCE']],
    ],
    ['S-231 wildcards', [['shop/client -> *.shop.svc.cluster.local:80', 'no', missing]]],
  ])('S-222 %s', (_, rows) => expectRows(world(), rows))

  it.each([
    ['other/client -> web:80', 'web.shop'],
    ['other/client -> shop.web:80', 'web.shop'],
    ['other/client -> web.shop.cluster.local:80', 'web.shop'],
    ['shop/client -> wbe:80', 'web'],
    ['other/client -> web-1:80', 'web.shop'],
  ])('%s: the answer has the spelling that works', (question, spelling) => {
    expect(ask(world(), question).message).toContain(`\`${spelling}\` would`)
  })

  it('the client sees that the name does not resolve', () => {
    const { symptom, symptomCode, steps, to, byAddress } = ask(world(), 'other/client -> web:80')
    // There is no address that it could be asked by.
    expect(byAddress).toBeUndefined()
    expect([symptom, symptomCode]).toEqual(['name does not resolve', 'name-does-not-resolve'])
    expect(steps.map(({ step, verdict }) => [step, verdict])).toEqual([['name', 'no']])
    expect(to).toEqual({ id: 'web', kind: 'Name' })
  })

  it('S-069 what is open of the API server is the port that was dialed', () => {
    const { open: ports, endpoints } = ask(world(), 'shop/client -> kubernetes.default:https')
    expect(ports).toEqual([{ protocol: 'TCP', ports: [[443, 443]] }])
    expect(endpoints?.map(({ port }) => port?.number)).toEqual([6443])
    expectRows(world(), [['shop/client -> kubernetes.default:80', 'no', 'SERVICE_PORT_UNKNOWN']])
  })

  it('S-228 an address of no known Pod may be that of one which policies isolate', () => {
    const closed = world(policy('shop/any', { podSelector: {} }))
    expectRows(closed, [
      ['other/client -> 10-0-0-1.shop.pod:80', 'undetermined', 'UNDETERMINED_ADDRESS'],
      ['other/client -> 10-0-0-1.other.pod:80', 'yes'],
      ['other/client -> 10-244-1-10.shop.pod:80', 'no', 'DENIED_BY_INGRESS'],
    ])
  })

  it('S-224 the name of a Service without endpoints resolves; the connection is refused', () => {
    const empty = world(service('shop/empty', { selector: { app: 'none' }, ports: PORTS }))
    const { reason, symptom } = ask(empty, 'shop/client -> empty:80')
    expect({ reason, symptom }).toEqual({ reason: 'SERVICE_HAS_NO_ENDPOINTS', symptom: 'connection refused' })
  })

  it('S-225 the name of a headless Service stands for its ready Pods, and for nothing without any', () => {
    const headless = service('shop/quiet', { clusterIP: 'None', selector: { app: 'quiet' }, ports: PORTS })
    const unready = pod('shop/quiet', { app: 'quiet' }, { status: { phase: 'Pending', podIP: '10.0.0.9' } })
    const published = { clusterIP: 'None', selector: { app: 'quiet' }, publishNotReadyAddresses: true }
    const { reason, symptom } = ask(world(headless, unready), 'shop/client -> quiet:80')
    expect({ reason, symptom }).toEqual({
      reason: 'SERVICE_HAS_NO_ENDPOINTS',
      symptom: 'name does not resolve',
    })
    expectRows(world(service('shop/quiet', published), unready), [['shop/client -> quiet:80', 'yes']])
  })

  it.each<[string, Json, 'yes' | 'no']>([
    ['with hostname and subdomain', { hostname: 'one', subdomain: 'web' }, 'yes'],
    ['without a hostname', { subdomain: 'web' }, 'no'],
    ['with the subdomain of another Service', { hostname: 'one', subdomain: 'db' }, 'no'],
  ])('S-226 a Pod has a name below its Service %s', (_, spec, verdict) => {
    const named = pod('shop/named', { app: 'web' }, { spec })
    expectRows(world(named), [['other/client -> one.web.shop:80', verdict]])
  })

  it('S-227 without the Service that governs it a StatefulSet’s Pods have no names', () => {
    expectRows(world(statefulSet('cache', 'cache')), [['shop/client -> cache-0.cache:80', 'no', missing]])
    const clusterIp = service('shop/cache', { selector: { app: 'cache' }, ports: PORTS })
    expectRows(world(statefulSet('cache', 'cache'), clusterIp), [['shop/client -> cache-0.cache:80', 'yes']])
  })

  it.each<[string, string, 'yes' | 'no', string]>([
    ['a name outside', 'db.example.com', 'yes', 'db.example.com'],
    ['a name outside with a final dot', 'db.example.com.', 'yes', 'db.example.com'],
    ['a Service of the cluster', 'web.shop.svc.cluster.local', 'yes', 'shop/web'],
    ['an address, for which there is no answer', '203.0.113.7', 'no', 'alias'],
    ['a name of the cluster that is not there', 'gone.shop.svc.cluster.local', 'no', 'alias'],
    ['itself', 'alias.shop.svc.cluster.local', 'no', 'alias'],
  ])('S-229 an ExternalName for %s', (_, externalName, verdict, to) => {
    const alias = world(service('shop/alias', { type: 'ExternalName', externalName }))
    const answer = ask(alias, 'shop/client -> alias:80')
    expect([answer.verdict, answer.to.id]).toEqual([verdict, to])
    // The only way to it is by its name, however it is asked for.
    expect(ask(alias, 'shop/client -> shop/svc/alias:80').verdict).toBe(verdict)
  })

  it('S-229 an ExternalName has the ports of what it stands for', () => {
    const alias = world(
      service('shop/alias', {
        type: 'ExternalName',
        externalName: 'web.shop.svc.cluster.local',
        ports: [{ port: 9 }],
      }),
    )
    expectRows(alias, [
      ['shop/client -> alias:80', 'yes'],
      ['shop/client -> alias:9', 'no', 'SERVICE_PORT_UNKNOWN'],
    ])
  })

  it('S-230 the name of an SRV record has no address', () => {
    expectRows(world(), [['shop/client -> _http._tcp.web.shop.svc.cluster.local:80', 'no', missing]])
  })

  const asking = (spec: Json) => world(pod('shop/asking', {}, { spec }))

  it.each<[string, Json, string, 'yes' | 'no']>([
    ['ClusterFirst', { dnsPolicy: 'ClusterFirst' }, 'web', 'yes'],
    ['Default, the node’s', { dnsPolicy: 'Default' }, full, 'no'],
    ['ClusterFirst on the node’s network', { hostNetwork: true }, full, 'no'],
    ['ClusterFirstWithHostNet', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }, 'web', 'yes'],
    [
      'None, and a server that knows nothing of the cluster',
      { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1'] } },
      full,
      'no',
    ],
    [
      'None, and the cluster’s search path',
      { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'], searches: ['shop.svc.cluster.local'] } },
      'web',
      'yes',
    ],
    ['a search domain more', { dnsConfig: { searches: ['shop.svc.cluster.local'] } }, 'web', 'yes'],
    ['fewer dots than ndots', { dnsConfig: { options: [{ name: 'ndots', value: '1' }] } }, 'web.shop', 'yes'],
    ['Default, and a name outside', { dnsPolicy: 'Default' }, 'www.example.com', 'yes'],
  ])('S-232 dnsPolicy %s', (_, spec, name, verdict) => {
    expectRows(asking(spec), [[`shop/asking -> ${name}:80`, verdict]])
  })

  it('S-232 a DNS server that the Pod names and the input does not have is said to be taken for an address', () => {
    const none = {
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['10.96.0.10'], searches: ['shop.svc.cluster.local'] },
    }
    expect(codes(asking(none), 'shop/asking -> web:80')).toContain('ASSUMED_CLUSTER_DNS')
  })

  it('S-232 with another Pod’s namespace in the search path its bare names resolve', () => {
    const away = load(
      ...shop,
      pod('away/asking', {}, { spec: { dnsConfig: { searches: ['shop.svc.cluster.local'] } } }),
    )
    expectRows(away, [
      ['away/asking -> web:80', 'yes'],
      ['other/client -> web:80', 'no'],
    ])
  })

  it('S-233 hostAliases come before DNS', () => {
    const aliased = asking({ hostAliases: [{ ip: '10.244.1.10', hostnames: ['legacy', 'web'] }] })
    const { verdict, endpoints } = ask(aliased, 'shop/asking -> Legacy:80')
    expect([verdict, endpoints]).toEqual(['yes', undefined])
    expect(codes(aliased, 'shop/asking -> legacy:80')).not.toContain('ASSUMED_CLUSTER_DNS')
    expect(codes(aliased, 'shop/asking -> web:80')).not.toContain('ASSUMED_CLUSTER_DNS')
  })

  it('S-233 what the cluster has at an address of hostAliases is asked as by its address', () => {
    const hostAliases = [
      { ip: '10.244.0.9', hostnames: ['legacy.db', 'both'] },
      { ip: '10.96.0.20', hostnames: ['vip'] },
      { ip: '203.0.113.9', hostnames: ['both'] },
      { ip: '127.0.0.1', hostnames: ['me'] },
    ]
    const world = load(
      pod('shop/web', { app: 'web' }, { status: { podIP: '10.244.0.9' } }),
      pod('other/cl', { app: 'cl' }, { spec: { hostAliases } }),
      service('shop/web', {
        selector: { app: 'web' },
        clusterIP: '10.96.0.20',
        ports: [{ port: 8080, targetPort: 80 }],
      }),
      policy('shop/web', { policyTypes: ['Ingress'] }),
      policy('other/cl', {
        policyTypes: ['Egress'],
        egress: [{ to: [{ namespaceSelector: {} }] }, { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }],
      }),
    )
    expectRows(world, [
      ['other/cl -> 10.244.0.9:80', 'no', 'DENIED_BY_INGRESS'],
      ['other/cl -> legacy.db:80', 'no', 'DENIED_BY_INGRESS'],
      ['other/cl -> http://legacy.db/', 'no', 'DENIED_BY_INGRESS'],
      ['other/cl -> vip:8080', 'no', 'DENIED_BY_INGRESS'],
      ['other/cl -> vip:80', 'no', 'SERVICE_PORT_UNKNOWN'],
      ['other/cl -> both:80', 'partial', 'ENDPOINTS_DIFFER'],
      ['other/cl -> me:80', 'yes', 'SELF_TRAFFIC'],
    ])
  })
})
