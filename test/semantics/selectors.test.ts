import { describe, expect, it } from 'vitest'
import {
  ask,
  codes,
  expectRows,
  type Json,
  load,
  namespace,
  openPorts,
  pod,
  policy,
  refusals,
} from './ask.ts'

/* Label selectors and ports. */

const expression = (key: string, operator: string, values?: readonly string[]): Json => ({
  matchExpressions: [{ key, operator, ...(values && { values }) }],
})

/** Whether a peer's podSelector matches a Pod with these labels. */
function matches(podSelector: Json, labels: Json): boolean {
  const world = load(
    pod('shop/client', labels),
    pod('shop/db', { app: 'db' }),
    policy('shop/db', { ingress: [{ from: [{ podSelector }] }] }),
  )
  return openPorts(world, 'shop/client -> shop/db') === 'all'
}

describe('A.4 label selectors', () => {
  it('S-017 all entries of matchLabels and matchExpressions must hold', () => {
    const selector = { matchLabels: { a: '1', b: '2' }, ...expression('c', 'Exists') }
    expect(matches(selector, { a: '1', b: '2', c: '3' })).toBe(true)
    expect(matches(selector, { a: '1', b: '2' })).toBe(false)
    expect(matches(selector, { a: '1', c: '3' })).toBe(false)
  })

  it.each([
    ['matchLabels', { matchLabels: { k: 'v' } }, false, true, false, false],
    ['In', expression('k', 'In', ['v', 'w']), false, true, false, false],
    ['NotIn', expression('k', 'NotIn', ['v']), true, false, true, true],
    ['Exists', expression('k', 'Exists'), false, true, true, true],
    ['DoesNotExist', expression('k', 'DoesNotExist'), true, false, false, false],
    ['In ""', expression('k', 'In', ['']), false, false, false, true],
  ])('S-018 S-020 %s, with the key absent, v, x, and empty', (_, selector, absent, v, x, empty) => {
    const answers = [{}, { k: 'v' }, { k: 'x' }, { k: '' }].map(labels => matches(selector, labels))
    expect(answers).toEqual([absent, v, x, empty])
  })

  it('S-019 an empty value needs the key; comparison is exact', () => {
    expect(matches({ matchLabels: { k: '' } }, {})).toBe(false)
    expect(matches({ matchLabels: { k: '' } }, { k: '' })).toBe(true)
    expect(matches({ matchLabels: { k: 'Web' } }, { k: 'web' })).toBe(false)
    expect(matches({ matchLabels: { k: 'web' } }, { k: 'web-1' })).toBe(false)
  })

  it('S-020 a namespaceSelector with NotIn matches a namespace without labels', () => {
    const peer = { namespaceSelector: expression('env', 'NotIn', ['test']) }
    const world = load(
      namespace('test', { env: 'test' }),
      pod('test/client'),
      pod('kube-system/client'),
      pod('shop/db', { app: 'db' }),
      policy('shop/db', { ingress: [{ from: [peer] }] }),
    )
    expectRows(world, [
      ['test/client -> shop/db:80', 'no'],
      ['kube-system/client -> shop/db:80', 'yes'],
    ])
  })

  it.each(['Gt', 'Lt'])('S-021 %s is refused', operator => {
    expect(refusals(policy('shop/db', { podSelector: expression('k', operator, ['1']) }))).toEqual([
      `spec.podSelector.matchExpressions[0].operator: Invalid value: "${operator}": not a valid selector operator`,
    ])
  })

  it.each([
    ['declared without it', [namespace('ops')]],
    ['declared with another name in it', [namespace('ops', { 'kubernetes.io/metadata.name': 'shop' })]],
    ['only used', []],
  ])('S-022 a namespace carries its name as a label: %s', (_, declared) => {
    const from = (name: string) => [
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } },
    ]
    const world = (name: string) =>
      load(
        ...declared,
        pod('ops/client'),
        pod('shop/db', { app: 'db' }),
        policy('shop/db', { ingress: [{ from: from(name) }] }),
      )
    expectRows(world('ops'), [['ops/client -> shop/db:80', 'yes']])
    expectRows(world('shop'), [['ops/client -> shop/db:80', 'no']])
  })

  it('S-023 no other label of a namespace is automatic', () => {
    const peer = { namespaceSelector: { matchLabels: { name: 'kube-system' } } }
    const world = load(
      pod('kube-system/dns'),
      pod('shop/db', { app: 'db' }),
      policy('shop/db', { ingress: [{ from: [peer] }] }),
    )
    expectRows(world, [['kube-system/dns -> shop/db:80', 'no', 'DENIED_BY_INGRESS']])
  })

  it('S-024 other labels, another answer', () => {
    expect(matches({ matchLabels: { access: 'true' } }, {})).toBe(false)
    expect(matches({ matchLabels: { access: 'true' } }, { access: 'true' })).toBe(true)
  })
})

const HTTP_80 = { name: 'http', containerPort: 80 }
const HTTP_8080 = { name: 'http', containerPort: 8080 }
const DNS_UDP = { name: 'dns', containerPort: 53, protocol: 'UDP' }

/** What a rule with these ports opens on a Pod with those container ports. */
function opened(ports: readonly unknown[], containerPorts: readonly Json[] = []): string {
  const world = load(
    pod('shop/client'),
    pod('shop/db', { app: 'db' }, { ports: containerPorts }),
    policy('shop/db', { ingress: [{ ports }] }),
  )
  return openPorts(world, 'shop/client -> shop/db')
}

describe('A.5 ports', () => {
  it.each([
    ['S-025 without a protocol it is TCP', [{ port: 53 }], [], 'TCP 53'],
    ['S-026 without a port it is every port of the protocol', [{ protocol: 'UDP' }], [], 'UDP 1-65535'],
    ['S-027 a number need not be declared by a container', [{ port: 9999 }], [HTTP_80], 'TCP 9999'],
    ['S-028 a name is looked up among the container ports', [{ port: 'http' }], [HTTP_8080], 'TCP 8080'],
    ['S-029 a name that the Pod does not declare opens nothing', [{ port: 'http' }], [], ''],
    ['S-029 a name of another protocol opens nothing', [{ port: 'dns' }], [DNS_UDP], ''],
    ['S-029 a name of its own protocol', [{ port: 'dns', protocol: 'UDP' }], [DNS_UDP], 'UDP 53'],
    ['S-032 a range holds both its ends', [{ port: 8080, endPort: 8082 }], [], 'TCP 8080-8082'],
    ['S-032 a range of one', [{ port: 8080, endPort: 8080 }], [], 'TCP 8080'],
  ])('%s', (_, ports, containerPorts, open) => {
    expect(opened(ports, containerPorts)).toBe(open)
  })

  it('S-028 in an egress rule, too, a name is the destination’s', () => {
    const world = load(
      pod('shop/web', { app: 'web' }, { ports: [HTTP_80] }),
      pod('shop/db', { app: 'db' }, { ports: [HTTP_8080] }),
      policy('shop/web', { egress: [{ ports: [{ port: 'http' }] }], policyTypes: ['Egress'] }),
    )
    expect(openPorts(world, 'shop/web -> shop/db')).toBe('TCP 8080')
  })

  it('S-029 a name is each Pod’s own, and nothing where the destination is no Pod', () => {
    const world = load(
      pod('shop/web', { app: 'web' }),
      pod('shop/a', {}, { ports: [HTTP_80] }),
      pod('shop/b', {}, { ports: [HTTP_8080] }),
      pod('shop/c'),
      pod('shop/host', {}, { ports: [HTTP_80], spec: { hostNetwork: true, nodeName: 'n2' } }),
      { ...pod('shop/other'), spec: { containers: [], nodeName: 'n1' } },
      policy('shop/web', { egress: [{ ports: [{ port: 'http' }] }], policyTypes: ['Egress'] }),
    )
    const open = ['a', 'b', 'c'].map(name => openPorts(world, `shop/web -> shop/${name}`))
    expect(open).toEqual(['TCP 80', 'TCP 8080', ''])
    expect(openPorts(world, 'shop/web -> 203.0.113.7')).toBe('')
    expect(openPorts(world, 'shop/web -> shop/host')).toBe('')
  })

  it('S-030 a name on several containers is each of their ports', () => {
    const spec = {
      containers: [
        { name: 'a', image: 'a', ports: [HTTP_80] },
        { name: 'b', image: 'b', ports: [HTTP_8080] },
      ],
    }
    const world = load(
      pod('shop/client'),
      pod('shop/db', { app: 'db' }, { spec }),
      policy('shop/db', { ingress: [{ ports: [{ port: 'http' }] }] }),
    )
    expect(openPorts(world, 'shop/client -> shop/db')).toBe('TCP 80,8080')
  })

  it('S-031 the port of a sidecar has no name for a policy', () => {
    const spec = { initContainers: [{ name: 's', image: 's', restartPolicy: 'Always', ports: [HTTP_80] }] }
    const world = load(
      pod('shop/client'),
      pod('shop/db', { app: 'db' }, { spec }),
      policy('shop/db', { ingress: [{ ports: [{ port: 'http' }] }] }),
    )
    expect(openPorts(world, 'shop/client -> shop/db')).toBe('')
  })

  it('S-031 the answer says that this is assumed', () => {
    const spec = { initContainers: [{ name: 's', image: 's', restartPolicy: 'Always', ports: [HTTP_80] }] }
    const rule = { ports: [{ port: 'http' }] }
    const world = load(
      pod('shop/client'),
      pod('shop/db', { app: 'db' }, { spec }),
      policy('shop/db', { ingress: [rule] }),
    )
    expect(codes(world, 'shop/client -> shop/db:80')).toContain('ASSUMED_SIDECAR_PORT')
  })

  it('S-033 a number in quotes is a name, and refused', () => {
    expect(refusals(policy('shop/db', { ingress: [{ ports: [{ port: '80' }] }] }))).toEqual([
      'spec.ingress[0].ports[0].port: Invalid value: "80": must contain at least one letter (a-z)',
    ])
  })
})

it('S-303 an answer that cannot be told hangs on a rule for the port that was asked', () => {
  const hash = (operator: string, values: readonly string[], port: number): Json => ({
    from: [{ podSelector: { matchExpressions: [{ key: 'pod-template-hash', operator, values }] } }],
    ports: [{ port }],
  })
  const client: Json = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name: 'd' },
    spec: {
      selector: { matchLabels: { app: 'd' } },
      template: { metadata: { labels: { app: 'd' } }, spec: { containers: [] } },
    },
  }
  const ingress = [hash('NotIn', ['abc'], 2), hash('In', ['abc'], 8)]
  const world = load(client, pod('shop/web', { app: 'web' }), policy('shop/web', { ingress }))
  const { verdict, reason, message } = ask(world, 'shop/d -> shop/web:8')
  expect([verdict, reason]).toEqual(['undetermined', 'UNDETERMINED_LABEL'])
  expect(message).toContain('ingress[1]')
})
