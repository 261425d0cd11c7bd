import { describe, expect, it } from 'vitest'
import { matrixReport } from '../../src/questions/matrix/matrix.ts'
import type { Reachability } from '../../src/report/report.ts'
import { ask, type Json, load, loadWith, node, pod, policy, service } from './ask.ts'
import { block, db, expectAnswers, fromTo, nodes, onHost, said, to, web } from './plugin-rows.ts'

/*
 * What hangs on the network plugin: enforcement and ipBlocks (S-036, S-038, S-039, S-070).
 */

const deny = policy('shop/db', { policyTypes: ['Ingress'] })

describe('enforcement (S-070)', () => {
  it('is assumed of a cluster, known of plugins, and missing in some', () => {
    expectAnswers(
      [web, db, deny],
      [
        [undefined, 'shop/web -> shop/db:5432', 'no', ['ASSUMED_ENFORCING_CNI']],
        ['calico', 'shop/web -> shop/db:5432', 'no', []],
        ['kind', 'shop/web -> shop/db:5432', 'no', []],
        ['canal', 'shop/web -> shop/db:5432', 'no', []],
        ['k3s', 'shop/web -> shop/db:5432', 'no', []],
        ['none', 'shop/web -> shop/db:5432', 'yes', ['POLICY_NOT_ENFORCED']],
        ['flannel', 'shop/web -> shop/db', 'yes', ['POLICY_NOT_ENFORCED']],
        ['none', 'shop/db -> shop/web:80', 'yes', ['POLICY_NOT_ENFORCED']],
      ],
    )
  })

  it('that is missing is the reason where a policy selects an end, and names it', () => {
    const world = loadWith('none', web, db, deny)
    const { reason, message } = ask(world, 'shop/web -> shop/db:5432')
    expect([reason, message]).toEqual([
      'POLICY_NOT_ENFORCED',
      'db (world.json:1) would isolate shop/db for ingress, but is not enforced',
    ])
    expect(ask(world, 'shop/db -> shop/web:80').reason).toBe('ALLOWED_NO_POLICY_SELECTS_DESTINATION')
  })

  it('says of Flannel what changes it (T-43)', () => {
    const [message] = said('flannel', [web, db, deny], 'shop/web -> shop/db')
    expect(message).toMatch(/no effect; .*netpol\.enabled.*--cni knp.*k3s/)
  })

  it('counts in the matrix as well', () => {
    const openTo = (cni: string) => {
      const everyone = () => true
      const asked = { protocol: undefined, port: undefined }
      const question = { by: 'pod', asked, isSource: everyone, isDestination: everyone } as const
      const { connections, assumptions } = matrixReport(loadWith(cni, web, db, deny), question)
      const open = [...connections].filter(one => one.to === 'shop/db').map(({ from }) => from)
      return [open, assumptions.map(({ code }) => code)]
    }
    expect(openTo('calico')).toEqual([[], []])
    expect(openTo('none')).toEqual([['shop/web', 'internet'], ['POLICY_NOT_ENFORCED']])
  })
})

describe('ipBlock', () => {
  const fromBlock = policy('shop/db', fromTo([block('10.0.0.0/8')]))
  const toBlock = policy('shop/web', to(block('0.0.0.0/0', '169.254.169.254/32')))

  it('matches no Pod with Cilium (S-036), not even 0.0.0.0/0 (T-37)', () => {
    expectAnswers(
      [web, db, ...nodes, fromBlock],
      [
        [undefined, 'shop/web -> shop/db:5432', 'yes', ['ASSUMED_IPBLOCK_MATCHES_POD']],
        ['calico', 'shop/web -> shop/db:5432', 'yes', []],
        ['cilium', 'shop/web -> shop/db:5432', 'no', ['CNI_BEHAVIOUR']],
        ['cilium', '10.9.9.9 -> shop/db:5432', 'yes', []],
      ],
    )
    expectAnswers(
      [web, db, toBlock],
      [
        ['antrea', 'shop/web -> shop/db:5432', 'yes', []],
        ['cilium', 'shop/web -> shop/db:5432', 'no', ['CNI_BEHAVIOUR']],
        ['cilium', 'shop/web -> 203.0.113.7:443', 'yes', []],
        ['cilium', 'shop/web -> 169.254.169.254:80', 'no', []],
      ],
    )
    expect(said('cilium', [web, db, toBlock], 'shop/web -> shop/db:5432')).toContain(
      'Cilium lets no ipBlock match Pods, so that 0.0.0.0/0 except 169.254.169.254/32 does not match shop/db (a block is for addresses outside the cluster)',
    )
  })

  it('is decided for a Pod of unknown address, because it matches none', () => {
    const unknown = pod('shop/web', { app: 'web' })
    expectAnswers(
      [unknown, db, fromBlock],
      [
        ['calico', 'shop/web -> shop/db:5432', 'undetermined', []],
        ['cilium', 'shop/web -> shop/db:5432', 'no', ['CNI_BEHAVIOUR']],
      ],
    )
  })

  it('is told rule by rule', () => {
    const { steps } = ask(loadWith('cilium', web, db, toBlock), 'shop/web -> shop/db:5432')
    const rules = steps.flatMap(({ policies }) => policies ?? []).flatMap(({ rules: all }) => all)
    expect(rules.map(({ reason }) => reason)).toEqual(['IPBLOCK_IS_FOR_OUTSIDE'])
  })

  it('matches no node with Cilium, nor a Pod on the network of one, nor the API server (S-039)', () => {
    const outward = policy('shop/db', to(block('192.168.0.0/16')))
    expectAnswers(
      [db, onHost, ...nodes, outward],
      [
        ['calico', 'shop/db -> node/n1:22', 'yes', []],
        ['cilium', 'shop/db -> node/n1:22', 'no', ['CNI_BEHAVIOUR']],
        ['calico', 'shop/db -> kube-system/agent:9100', 'yes', []],
        ['cilium', 'shop/db -> kube-system/agent:9100', 'no', ['CNI_BEHAVIOUR']],
        ['cilium', 'shop/db -> 192.168.9.9:22', 'yes', []],
      ],
    )
  })

  /* cilium/cilium pkg/ipcache/metadata.go: an API server that is no node keeps the labels of its CIDRs. */
  describe('and the API server (S-069)', () => {
    const outward = policy('shop/web', to(block('0.0.0.0/0'), { namespaceSelector: {} }))
    const inward = policy('shop/db', fromTo([block('0.0.0.0/0')]))
    const at = (...ips: readonly string[]): Json => ({
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { namespace: 'default', name: 'kubernetes' },
      subsets: [{ addresses: ips.map(ip => ({ ip })), ports: [{ port: 6443 }] }],
    })
    const dns = ['ASSUMED_CLUSTER_DNS']
    const FACT = ['CNI_BEHAVIOUR']
    const masters = [...nodes, node('n3', '192.168.0.3')]
    const labeled = (key: string): Json => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1', labels: { [key]: 'a' } },
    })
    const eks = labeled('eks.amazonaws.com/nodegroup')
    type Word = Reachability['verdict']
    it.each<[string, readonly Json[], as: { destination: Word; source: Word }, codes?: readonly string[]]>([
      ['is not known to be on a node', [], { destination: 'undetermined', source: 'undetermined' }, FACT],
      [
        'has an address, and no node is in the input',
        [at('192.168.0.3')],
        { destination: 'undetermined', source: 'undetermined' },
        FACT,
      ],
      ['is on a node', [...masters, at('192.168.0.3')], { destination: 'no', source: 'no' }, FACT],
      ['is not on a node', [...masters, at('192.168.9.9')], { destination: 'yes', source: 'yes' }],
      ['is that of EKS', [eks], { destination: 'yes', source: 'yes' }],
      ['is that of EKS, with an address', [eks, at('192.168.0.3')], { destination: 'yes', source: 'yes' }],
      [
        'is that of GKE, which calls through a tunnel',
        [labeled('cloud.google.com/gke-nodepool')],
        { destination: 'yes', source: 'undetermined' },
      ],
      [
        'is that of AKS, which calls through a tunnel',
        [labeled('kubernetes.azure.com/cluster')],
        { destination: 'yes', source: 'undetermined' },
      ],
    ])('%s', (_, objects, { destination, source }, facts = []) => {
      expectAnswers(
        [web, db, outward, inward, ...objects],
        [
          ['calico', 'shop/web -> https://kubernetes.default', 'yes', dns],
          ['cilium', 'shop/web -> https://kubernetes.default', destination, [...dns, ...facts]],
          ['calico', 'api-server -> shop/db:5432', 'yes', []],
          ['cilium', 'api-server -> shop/db:5432', source, source === 'yes' ? [] : FACT],
        ],
      )
    })

    it('the answer says what it depends on', () => {
      const { reason, message } = ask(loadWith('cilium', web, outward), 'shop/web -> api-server')
      expect(reason).toBe('UNDETERMINED_CNI_BEHAVIOUR')
      expect(message).toContain(
        'allowed if the API server is outside the cluster and its address is kept, which the manifests do not show; else',
      )
    })
  })

  it('of ClusterIPs has no effect where that is known (S-038)', () => {
    const svc = service('shop/db', {
      clusterIP: '10.96.0.9',
      selector: { app: 'db' },
      ports: [{ port: 5432 }],
    })
    const objects = [web, db, svc, policy('shop/web', to(block('10.96.0.0/16')))]
    expectAnswers(objects, [
      [undefined, 'shop/web -> shop/svc/db', 'no', ['ASSUMED_POLICY_AFTER_SERVICE', 'ASSUMED_ENFORCING_CNI']],
      ['calico', 'shop/web -> shop/svc/db', 'no', []],
      ['kube-router', 'shop/web -> shop/svc/db', 'no', ['ASSUMED_POLICY_AFTER_SERVICE']],
    ])
    expect(said('kube-router', objects, 'shop/web -> shop/svc/db').join()).toContain(
      '(not known of kube-router)',
    )
  })

  it('of one ClusterIP of a dual-stack Service has none in that family either (S-035, S-038)', () => {
    const both = (v4: string, v6: string): Json => ({
      status: { podIP: v4, podIPs: [{ ip: v4 }, { ip: v6 }] },
    })
    const svc = service('shop/db', {
      clusterIP: '10.96.0.9',
      clusterIPs: ['10.96.0.9', 'fd00:96::9'],
      ipFamilyPolicy: 'RequireDualStack',
      selector: { app: 'db' },
      ports: [{ port: 5432 }],
    })
    const pods = [
      pod('shop/web', { app: 'web' }, both('10.0.0.1', 'fd00::1')),
      pod('shop/db', { app: 'db' }, both('10.0.0.2', 'fd00::2')),
    ]
    const codes = (...blocks: readonly Json[]) =>
      ask(load(...pods, svc, policy('shop/web', to(...blocks))), 'shop/web -> shop/svc/db').assumptions.map(
        ({ code }) => code,
      )
    const AFTER_SERVICE = 'ASSUMED_POLICY_AFTER_SERVICE'
    expect(codes(block('10.96.0.0/16'))).toContain(AFTER_SERVICE)
    expect(codes(block('fd00:96::/64'))).toContain(AFTER_SERVICE)
    expect(codes(block('10.96.0.0/16', '10.96.0.8/29'))).not.toContain(AFTER_SERVICE)
    // It matches the Pod in its own family; that it does not in the other has to do with no Service.
    expect(codes(block('0.0.0.0/0'))).not.toContain(AFTER_SERVICE)
  })

  it('of ClusterIPs is about the Pods behind in egress rules alone: nobody connects from one (S-038)', () => {
    const svc = service('shop/db', {
      clusterIP: '10.96.0.9',
      selector: { app: 'db' },
      ports: [{ port: 5432 }],
    })
    const { message, assumptions } = ask(
      load(web, db, svc, policy('shop/db', fromTo([block('10.96.0.0/16')]))),
      'shop/web -> shop/svc/db',
    )
    expect(message).not.toContain("the Service's own address")
    expect(assumptions.map(({ code }) => code)).not.toContain('ASSUMED_POLICY_AFTER_SERVICE')
  })
})
