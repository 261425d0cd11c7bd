import { describe, expect, it } from 'vitest'
import { type Json, load, refusals, service } from '../semantics/ask.ts'

const PORTS = [{ port: 80 }]

describe('S-153 the name of a Service', () => {
  it.each(['Web', 'a.b', 'a_b', '-a', '1.b', 'x'.repeat(64)])('%s is refused', name => {
    expect(refusals(service(`shop/${name}`, { ports: PORTS }))).toEqual([
      expect.stringMatching(/^metadata\.name: Invalid value: /),
    ])
  })

  it('that begins with a digit is taken from 1.36 on, and warned of', () => {
    const { diagnostics } = load(service('shop/1web', { ports: PORTS }))
    expect(diagnostics).toMatchObject([
      { severity: 'warning', code: 'NAME_NEEDS_1_36', field: 'metadata.name' },
    ])
  })
})

describe('S-155 what goes with which type of Service', () => {
  it.each<[string, Json, readonly string[]]>([
    [
      'a headless NodePort',
      { type: 'NodePort', clusterIP: 'None', ports: PORTS },
      [`spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services`],
    ],
    ['an ExternalName without a name', { type: 'ExternalName' }, ['spec.externalName: Required value']],
    ['an ExternalName with a final dot', { type: 'ExternalName', externalName: 'db.example.com.' }, []],
    [
      'an ExternalName with addresses',
      { type: 'ExternalName', externalName: 'a.b', clusterIP: '10.0.0.1', ipFamilies: ['IPv4'] },
      [
        'spec.clusterIPs: Forbidden: may not be set for ExternalName services',
        'spec.ipFamilies: Forbidden: may not be set for ExternalName services',
      ],
    ],
    [
      'addresses that are none',
      { clusterIP: 'None', clusterIPs: ['10.0.0.1'], ports: PORTS },
      ['spec.clusterIPs: Invalid value: ["10.0.0.1"]: first value must match `clusterIP`'],
    ],
    [
      'a list of addresses alone',
      { clusterIPs: ['10.0.0.1'], ports: PORTS },
      ['spec.clusterIPs: Invalid value: ["10.0.0.1"]: must be empty when `clusterIP` is not specified'],
    ],
    [
      'none and an address',
      { clusterIP: 'None', clusterIPs: ['None', '10.0.0.1'], ports: PORTS },
      [`spec.clusterIPs: Invalid value: ["None","10.0.0.1"]: 'None' must be the first and only value`],
    ],
    [
      'families that are none',
      { ipFamilies: ['IPv5', 'IPv4', 'IPv4'], ipFamilyPolicy: 'DualStack', ports: PORTS },
      [
        'spec.ipFamilies[2]: Duplicate value: "IPv4"',
        'spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"',
        'spec.ipFamilyPolicy: Unsupported value: "DualStack": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"',
      ],
    ],
    [
      'addresses of both families',
      {
        clusterIP: '10.0.0.1',
        clusterIPs: ['10.0.0.1', 'fd00::1'],
        ipFamilies: ['IPv4', 'IPv6'],
        ipFamilyPolicy: 'RequireDualStack',
        ports: PORTS,
      },
      [],
    ],
    [
      'externalTrafficPolicy for nobody outside',
      { ports: PORTS, externalTrafficPolicy: 'Local' },
      [
        'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
      ],
    ],
    [
      'externalTrafficPolicy for external addresses',
      { ports: PORTS, externalIPs: ['203.0.113.1'], externalTrafficPolicy: 'Local' },
      [],
    ],
    [
      'a nodePort of a ClusterIP',
      { ports: [{ port: 80, nodePort: 30080 }] },
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    ['a nodePort that the server is to choose', { ports: [{ port: 80, nodePort: 0 }] }, []],
    ['a nodePort of a NodePort', { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }, []],
  ])('%s', (_, spec, expected) => {
    expect(refusals(service('shop/web', spec))).toEqual(expected)
  })
})

describe('endpoints that are written by hand', () => {
  const slice = (spec: Json): Json => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 's', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    ...spec,
  })
  const endpoints = (subset: Json): Json => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'web' },
    subsets: [subset],
  })
  const at = (...ips: readonly string[]): Json => ({ addresses: ips.map(ip => ({ ip })) })
  const IP = 'subsets[0].addresses[0].ip: Invalid value:'

  it.each<[string, Json, readonly string[]]>([
    [
      'a type that is none',
      slice({ addressType: 'IPv7' }),
      ['addressType: Unsupported value: "IPv7": supported values: "FQDN", "IPv4", "IPv6"'],
    ],
    ['no type', slice({ addressType: null }), ['addressType: Required value']],
    [
      'an address of the other family',
      slice({ endpoints: [{ addresses: ['fd00::1'] }] }),
      ['endpoints[0].addresses[0]: Invalid value: "fd00::1": must be a valid IPv4 address'],
    ],
    [
      'two ports of one name',
      slice({ ports: [{ port: 1 }, { port: 2 }] }),
      ['ports[1].name: Duplicate value: ""'],
    ],
    [
      'two ports without names',
      endpoints({ ...at('10.0.0.1'), ports: [{ port: 1 }, { port: 2, name: 'b' }] }),
      ['subsets[0].ports[0].name: Required value'],
    ],
    [
      'a loopback address',
      endpoints(at('127.0.0.1')),
      [`${IP} "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)`],
    ],
    [
      'a loopback address of IPv6',
      endpoints(at('::1')),
      [`${IP} "::1": may not be in the loopback range (127.0.0.0/8, ::1/128)`],
    ],
    ['no address', endpoints(at('::')), [`${IP} "::": may not be unspecified (::)`]],
    [
      'a link-local address',
      endpoints(at('169.254.1.1')),
      [`${IP} "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)`],
    ],
  ])('%s', (_, object, expected) => expect(refusals(object)).toEqual(expected))
})
