import { describe, expect, it } from 'vitest'
import { ask, codes, expectRows, type Json, load, node, pod, policy, service } from './ask.ts'

/* `ipBlock`. */

const running = (podIP: string, more: Json = {}): Json => ({ phase: 'Running', podIP, ...more })
const fromBlock = (cidr: string, except?: readonly string[]): Json => ({
  ingress: [{ from: [{ ipBlock: { cidr, ...(except && { except }) } }] }],
})

describe('A.6 ipBlock', () => {
  it('S-034 a block without its exceptions; another peer may allow what is excepted', () => {
    const block = { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }
    const narrow = load(pod('shop/db', { app: 'db' }), policy('shop/db', { ingress: [{ from: [block] }] }))
    expectRows(narrow, [
      ['10.2.0.1 -> shop/db:80', 'yes'],
      ['10.1.0.1 -> shop/db:80', 'no'],
      ['11.0.0.1 -> shop/db:80', 'no'],
    ])
    const wide = load(
      pod('shop/db', { app: 'db' }),
      policy('shop/db', { ingress: [{ from: [block, { ipBlock: { cidr: '10.1.0.0/24' } }] }] }),
    )
    expectRows(wide, [
      ['10.1.0.1 -> shop/db:80', 'yes'],
      ['10.1.1.1 -> shop/db:80', 'no'],
    ])
  })

  it('S-035 0.0.0.0/0 holds no IPv6 address, and ::/0 no IPv4 address', () => {
    const four = load(pod('shop/db', { app: 'db' }), policy('shop/db', fromBlock('0.0.0.0/0')))
    expectRows(four, [
      ['203.0.113.7 -> shop/db:80', 'yes'],
      ['2001:db8::1 -> shop/db:80', 'no'],
      ['internet -> shop/db:80', 'partial', 'ENDPOINTS_DIFFER'],
    ])
    const six = load(pod('shop/db', { app: 'db' }), policy('shop/db', fromBlock('::/0')))
    expectRows(six, [
      ['203.0.113.7 -> shop/db:80', 'no'],
      ['2001:db8::1 -> shop/db:80', 'yes'],
    ])
  })

  it('S-035 a dual-stack Pod is judged for each family', () => {
    const both = (four: string, six: string) => ({
      status: running(four, { podIPs: [{ ip: four }, { ip: six }] }),
    })
    const world = load(
      pod('shop/web', {}, both('10.0.0.1', 'fd00::1')),
      pod('shop/db', { app: 'db' }, both('10.0.0.2', 'fd00::2')),
      policy('shop/db', fromBlock('10.0.0.0/8')),
    )
    const { verdict, reason, endpoints } = ask(world, 'shop/web -> shop/db:80')
    expect({ verdict, reason, each: endpoints?.map(answer => answer.verdict) }).toEqual({
      verdict: 'partial',
      reason: 'ENDPOINTS_DIFFER',
      each: ['yes', 'no'],
    })
  })

  it('S-035 two endpoints without a family in common have no way to each other, whatever the policies', () => {
    const world = load(
      pod('shop/old', {}, { status: running('10.0.0.1') }),
      pod('shop/new', { app: 'new' }, { status: running('fd00::1') }),
      pod(
        'shop/both',
        {},
        { status: running('10.0.0.2', { podIPs: [{ ip: '10.0.0.2' }, { ip: 'fd00::2' }] }) },
      ),
      pod('shop/unknown'),
      policy('shop/new', fromBlock('10.0.0.0/8')),
    )
    expectRows(world, [
      ['shop/old -> shop/new:80', 'no', 'NO_SHARED_IP_FAMILY'],
      ['shop/old -> [fd00::2]:80', 'no', 'NO_SHARED_IP_FAMILY'],
      ['shop/new -> shop/old:80', 'no', 'NO_SHARED_IP_FAMILY'],
      ['shop/both -> shop/old:80', 'yes'],
      ['shop/new -> shop/both:80', 'yes'],
      ['shop/unknown -> shop/old:80', 'yes'],
      ['shop/old -> [2001:db8::1]:80', 'no', 'NO_SHARED_IP_FAMILY'],
      ['2001:db8::1 -> shop/old:80', 'no', 'NO_SHARED_IP_FAMILY'],
      ['203.0.113.7 -> shop/new:80', 'no', 'NO_SHARED_IP_FAMILY'],
      ['shop/unknown -> [2001:db8::1]:80', 'yes'],
      ['shop/both -> [2001:db8::1]:80', 'yes'],
    ])
  })

  it('S-035 a name outside is an address of a family that the client has', () => {
    const toBlock = (name: string, cidr: string) =>
      policy(`shop/${name}`, { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr } }] }, DNS] })
    const DNS = { to: [{ namespaceSelector: {} }] }
    const world = load(
      pod('shop/four', { app: 'four' }, { status: running('10.0.0.1') }),
      pod('shop/six', { app: 'six' }, { status: running('fd00::1') }),
      toBlock('four', '0.0.0.0/0'),
      toBlock('six', '::/0'),
    )
    expectRows(world, [
      ['shop/four -> www.example.com:443', 'yes'],
      ['shop/six -> www.example.com:443', 'yes'],
    ])
  })

  it('S-036 a block matches the addresses of Pods, and the answer says that this is assumed', () => {
    const world = load(
      pod('shop/web', {}, { status: running('10.0.0.1') }),
      pod('shop/db', { app: 'db' }, { status: running('10.0.0.2') }),
      policy('shop/db', fromBlock('10.0.0.1/32')),
    )
    expectRows(world, [['shop/web -> shop/db:80', 'yes', 'ALLOWED_BY_RULE']])
    expect(codes(world, 'shop/web -> shop/db:80')).toContain('ASSUMED_IPBLOCK_MATCHES_POD')
  })

  it('S-037 an ingress block is asked about the address that the destination sees', () => {
    const world = load(pod('shop/db', { app: 'db' }), policy('shop/db', fromBlock('203.0.113.0/24')))
    expectRows(world, [
      ['203.0.113.7 -> shop/db:80', 'yes'],
      ['198.51.100.1 -> shop/db:80', 'no'],
    ])
  })

  it('S-038 a block with the Service’s own address opens nothing, and the answer says so', () => {
    const world = load(
      pod('shop/web', { app: 'web' }, { status: running('10.0.0.1') }),
      pod('shop/db', { app: 'db' }, { status: running('10.0.0.2') }),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'db', namespace: 'shop' },
        spec: { clusterIP: '10.96.0.9', selector: { app: 'db' }, ports: [{ port: 80 }] },
      },
      policy('shop/web', {
        policyTypes: ['Egress'],
        egress: [{ to: [{ ipBlock: { cidr: '10.96.0.0/12' } }] }],
      }),
    )
    expectRows(world, [
      ['shop/web -> shop/svc/db:80', 'no', 'DENIED_BY_EGRESS'],
      ['shop/web -> 10.96.0.9:80', 'no', 'DENIED_BY_EGRESS'],
    ])
    expect(codes(world, 'shop/web -> shop/svc/db:80')).toContain('ASSUMED_POLICY_AFTER_SERVICE')
  })

  it('S-039 a block matches nodes, and so Pods on their network', () => {
    const world = load(
      node('n1', '192.168.0.1'),
      node('n2', '192.168.0.2'),
      pod('shop/db', { app: 'db' }, { spec: { nodeName: 'n2' } }),
      pod('shop/agent', {}, { spec: { nodeName: 'n1', hostNetwork: true } }),
      policy('shop/db', fromBlock('192.168.0.1/32')),
    )
    expectRows(world, [
      ['node/n1 -> shop/db:80', 'yes', 'ALLOWED_BY_RULE'],
      ['shop/agent -> shop/db:80', 'yes', 'ALLOWED_BY_RULE'],
    ])
  })
})

describe('an address that is asked for', () => {
  const both = (four: string, six: string) => ({
    status: { phase: 'Running', podIP: four, podIPs: [{ ip: four }, { ip: six }] },
  })
  it('S-035 is judged for its own family, whatever other addresses its Pod has', () => {
    const world = load(
      pod('shop/web', {}, both('10.0.0.1', 'fd00::1')),
      pod('shop/db', { app: 'db' }, both('10.0.0.2', 'fd00::2')),
      policy('shop/db', fromBlock('10.0.0.0/8')),
    )
    expectRows(world, [
      ['10.0.0.1 -> shop/db:80', 'yes'],
      ['fd00::1 -> shop/db:80', 'no'],
      ['shop/web -> 10.0.0.2:80', 'yes'],
      ['shop/web -> [fd00::2]:80', 'no'],
    ])
  })

  it('S-040 is its Pod’s own node where only the Pod’s status tells', () => {
    const status = { phase: 'Running', podIP: '10.0.0.2', hostIP: '192.168.0.1' }
    const world = load(
      pod('shop/db', { app: 'db' }, { status, spec: { nodeName: 'n1' } }),
      policy('shop/db', {}),
    )
    expectRows(world, [
      ['192.168.0.1 -> shop/db:80', 'yes', 'NODE_TRAFFIC'],
      ['192.168.0.2 -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
    ])
  })
})

describe('a block that is asked for', () => {
  const at = (podIP: string): { status: Json; spec: Json } => ({
    status: { phase: 'Running', podIP, conditions: [{ type: 'Ready', status: 'True' }] },
    spec: { nodeName: 'n1' },
  })
  const world = load(
    node('n1', '192.168.0.1'),
    node('n2', '192.168.0.2'),
    pod('shop/db', { app: 'db' }, at('10.0.0.2')),
    pod('shop/web', { app: 'web' }, at('10.0.0.3')),
    pod('shop/done', {}, { status: { phase: 'Succeeded', podIP: '10.0.2.3' } }),
    service('shop/db', { selector: { app: 'db' }, ports: [{ port: 80 }], clusterIP: '10.96.0.7' }),
    policy('shop/db', { ingress: [{ from: [{ podSelector: {} }] }] }),
  )
  it('S-040 S-014 holds the nodes and the Pods that have its addresses', () => {
    expectRows(world, [
      ['192.168.0.0/24 -> shop/db:80', 'partial', 'ENDPOINTS_DIFFER'],
      ['10.0.0.0/24 -> shop/db:80', 'partial', 'ENDPOINTS_DIFFER'],
      ['10.0.0.3/32 -> shop/db:80', 'yes'],
      ['10.0.1.0/24 -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
      ['10.0.2.0/24 -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
      ['0.0.0.0/0 -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
      ['shop/web -> 10.0.0.0/24:80', 'yes'],
      ['shop/web -> 10.96.0.7/32:80', 'yes'],
      ['shop/web -> 10.96.0.7/32:81', 'no', 'SERVICE_PORT_UNKNOWN'],
    ])
    const { endpoints } = ask(world, '10.0.0.0/24 -> shop/db:80')
    expect(endpoints?.map(({ from, verdict }) => [from.id, verdict])).toEqual([
      ['the rest of 10.0.0.0/24', 'no'],
      ['shop/web', 'yes'],
    ])
    const ofNodes = ask(world, '192.168.0.0/24 -> shop/db:80').endpoints
    expect(ofNodes?.map(({ from, verdict }) => [from.id, verdict])).toEqual([
      ['the rest of 192.168.0.0/24', 'no'],
      ['node/n1', 'yes'],
      ['node/n2', 'no'],
    ])
  })

  it('S-043 holds the node of a Pod on its node’s network, once, no Pod that has finished, and no Service', () => {
    const more = load(
      node('n1', '10.0.0.1'),
      node('far', '10.1.0.1'),
      pod('shop/agent', {}, { spec: { nodeName: 'n1', hostNetwork: true }, status: running('10.0.0.1') }),
      pod('shop/web', {}, { status: running('10.0.0.3') }),
      pod('shop/done', {}, { status: { phase: 'Succeeded', podIP: '10.0.0.4' } }),
      pod('shop/db', { app: 'db' }),
      service('shop/db', { selector: { app: 'db' }, ports: [{ port: 80 }], clusterIP: '10.0.0.7' }),
      policy('shop/db', { ingress: [{ from: [{ podSelector: {} }] }] }),
    )
    const { endpoints } = ask(more, '10.0.0.0/29 -> shop/db:80')
    expect(endpoints?.map(({ from }) => [from.id, from.cidrs])).toEqual([
      ['the rest of 10.0.0.0/29', ['10.0.0.0/32', '10.0.0.2/32', '10.0.0.4/31', '10.0.0.6/32']],
      ['node/n1', undefined],
      ['shop/web', undefined],
    ])
  })
})

it('the empty string is as good as nothing where a field has a default', () => {
  const spec = {
    containers: [{ name: 'c', image: 'c', ports: [{ name: '', protocol: '', containerPort: 80 }] }],
  }
  const db = { ...pod('shop/db', {}, { spec }), metadata: { name: 'db', namespace: '' } }
  expectRows(load(db), [['internet -> default/db:80', 'yes']])
})
