import { describe, expect, it } from 'vitest'
import { type Json, pod, policy, refusals } from '../semantics/ask.ts'

const BACKEND = { service: { name: 'web', port: { number: 80 } } }

function ingress(spec: Json, annotations: Json = {}): Json {
  const metadata = { namespace: 'shop', name: 'web', annotations }
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec }
}

const path = (more: Json) =>
  ingress({
    rules: [
      {
        host: 'shop.example.com',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: BACKEND, ...more }] },
      },
    ],
  })
const rule = (more: Json) => ingress({ rules: [more] })
const AT = 'spec.rules[0].http.paths[0]'

describe('S-157 an Ingress', () => {
  it.each<[string, Json, readonly string[]]>([
    [
      'with nothing in it',
      ingress({}),
      ['spec: Invalid value: {}: either `defaultBackend` or `rules` must be specified'],
    ],
    ['with a default backend alone', ingress({ defaultBackend: BACKEND }), []],
    ['with a rule that has a host alone', rule({ host: 'shop.example.com' }), []],
    ['with http and no paths', rule({ http: { paths: [] } }), ['spec.rules[0].http.paths: Required value']],
    [
      'with a path without type',
      path({ pathType: undefined }),
      [`${AT}.pathType: Required value: pathType must be specified`],
    ],
    [
      'with a path of an unknown type',
      path({ pathType: 'prefix' }),
      [
        `${AT}.pathType: Unsupported value: "prefix": supported values: "Exact", "ImplementationSpecific", "Prefix"`,
      ],
    ],
    [
      'with a relative path',
      path({ path: 'foo' }),
      [`${AT}.path: Invalid value: "foo": must be an absolute path`],
    ],
    [
      'with two slashes',
      path({ path: '/a//b' }),
      [`${AT}.path: Invalid value: "/a//b": must not contain '//'`],
    ],
    ['that climbs', path({ path: '/a/..' }), [`${AT}.path: Invalid value: "/a/..": cannot end with '/..'`]],
    [
      'that leaves the path to the controller',
      path({ path: undefined, pathType: 'ImplementationSpecific' }),
      [],
    ],
    [
      'for an address',
      rule({ host: '10.0.0.1', http: { paths: [{ path: '/', pathType: 'Prefix', backend: BACKEND }] } }),
      ['spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address'],
    ],
    ['for a wildcard', rule({ host: '*.example.com' }), []],
    ['with a path without backend', path({ backend: undefined }), [`${AT}.backend: Required value`]],
    [
      'in the form of an older API',
      path({ backend: { serviceName: 'web', servicePort: 80 } }),
      [
        `unknown field "${AT}.backend.serviceName"`,
        `unknown field "${AT}.backend.servicePort"`,
        `${AT}.backend: Invalid value: "": resource or service backend is required`,
      ],
    ],
    [
      'with a port by name and by number',
      path({ backend: { service: { name: 'web', port: { name: 'http', number: 80 } } } }),
      [`${AT}.backend: Invalid value: "": cannot set both port name & port number`],
    ],
    [
      'with a backend without port',
      path({ backend: { service: { name: 'web' } } }),
      [`${AT}.backend: Required value: port name or number is required`],
    ],
    [
      'with two backends in one',
      path({ backend: { ...BACKEND, resource: { kind: 'Bucket', name: 'x' } } }),
      [`${AT}.backend: Invalid value: "": cannot set both resource and service backends`],
    ],
    [
      'with two classes',
      ingress(
        { ingressClassName: 'nginx', defaultBackend: BACKEND },
        { 'kubernetes.io/ingress.class': 'traefik' },
      ),
      [
        'metadata.annotations.kubernetes.io/ingress.class: Invalid value: "traefik": must match `ingressClassName` when both are specified',
      ],
    ],
  ])('%s', (_, object, expected) => {
    expect(refusals(object)).toEqual(expected)
  })

  it('of a version that is no longer served is refused', () => {
    expect(refusals({ ...ingress({ defaultBackend: BACKEND }), apiVersion: 'extensions/v1beta1' })).toEqual([
      'no matches for kind "Ingress" in version "extensions/v1beta1"',
    ])
  })
})

const searchPaths = (count: number, end = ''): readonly string[] =>
  Array.from({ length: count }, (_, index) => `s${index}${end}`)

describe('S-232 how a Pod looks names up', () => {
  it.each<[string, Json, readonly string[]]>([
    ['ndots', { dnsConfig: { options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }] } }, []],
    [
      'an unknown policy',
      { dnsPolicy: 'clusterFirst' },
      [
        'spec.dnsPolicy: Unsupported value: "clusterFirst": supported values: "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"',
      ],
    ],
    ['32 search paths', { dnsConfig: { searches: searchPaths(32) } }, []],
    [
      'more search paths than a resolver can hold',
      { dnsConfig: { searches: searchPaths(33) } },
      [
        expect.stringMatching(
          /^spec\.dnsConfig\.searches: Invalid value: .*: must not have more than 32 search paths$/,
        ),
      ],
    ],
    [
      'search paths that are too long together',
      { dnsConfig: { searches: searchPaths(32, `.${'a'.repeat(60)}`) } },
      [
        expect.stringMatching(
          /^spec\.dnsConfig\.searches: Invalid value: .*: must not have more than 2048 characters \(including spaces\) in the search list$/,
        ),
      ],
    ],
    [
      'None without settings',
      { dnsPolicy: 'None' },
      ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
    ],
    [
      'None without a server',
      { dnsPolicy: 'None', dnsConfig: { searches: ['example.com'] } },
      [
        'spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None',
      ],
    ],
    [
      'a server that is no address',
      { dnsConfig: { nameservers: ['dns.example.com'] } },
      [
        'spec.dnsConfig.nameservers[0]: Invalid value: "dns.example.com": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ],
    ],
    [
      'a server at an IPv4 address in an IPv6 one',
      { dnsConfig: { nameservers: ['::ffff:10.0.0.7'] } },
      [
        'spec.dnsConfig.nameservers[0]: Invalid value: "::ffff:10.0.0.7": must not be an IPv4-mapped IPv6 address',
      ],
    ],
    [
      'four servers',
      { dnsConfig: { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] } },
      [
        'spec.dnsConfig.nameservers: Invalid value: ["1.1.1.1","1.1.1.2","1.1.1.3","1.1.1.4"]: must not have more than 3 nameservers',
      ],
    ],
    [
      'an alias without address',
      { hostAliases: [{ hostnames: ['a'] }] },
      ['spec.hostAliases[0].ip: Required value'],
    ],
  ])('%s', (_, spec, expected) => {
    expect(refusals(pod('shop/web', {}, { spec }))).toEqual(expected)
  })
})

describe('names that the server completes, and names of nodes', () => {
  const generated = (generateName: string): Json => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', generateName },
    spec: { containers: [] },
  })
  const fault = (path: string, value: string): unknown =>
    expect.stringContaining(
      `${path}: Invalid value: ${JSON.stringify(value)}: a lowercase RFC 1123 subdomain`,
    )

  it.each<[string, Json, readonly unknown[]]>([
    ['a prefix', generated('web'), []],
    ['a prefix with a dash at its end', generated('web-'), []],
    ['a prefix that no name can begin with', generated('Web-'), [fault('metadata.generateName', 'Web-')]],
    [
      'a prefix that a terminal would obey',
      generated('web\u001b[31m'),
      [fault('metadata.generateName', 'web\u001b[31m')],
    ],
    [
      'a node that no node can be called',
      pod('shop/web', {}, { spec: { nodeName: 'n_1' } }),
      [fault('spec.nodeName', 'n_1')],
    ],
  ])('%s', (_, object, expected) => expect(refusals(object)).toEqual(expected))
})

describe('S-135 fields that a kind does not have', () => {
  /** As it comes from a cluster. */
  const served = (object: Json): Json => ({
    ...object,
    metadata: { ...Object(object['metadata']), uid: 'u' },
  })
  const withFields = (fields: Json): Json => pod('shop/web', {}, { spec: fields })
  const policyWith = (more: Json): Json => ({ ...policy('shop/web', {}), ...more })

  it.each<[string, Json, readonly string[]]>([
    ['are errors', withFields({ hostNetwrk: true, foo: 1 }), ['spec.hostNetwrk', 'spec.foo']],
    ['from a cluster they are merely new', served(withFields({ foo: 1 })), []],
    ['even there a slip is a slip', served(withFields({ hostNetwrk: true })), ['spec.hostNetwrk']],
    ['but in a policy, of which each decides', served(policyWith({ foo: 1 })), ['foo']],
    ['and in its metadata', served(policyWith({ metadata: { name: 'p', foo: 1 } })), ['metadata.foo']],
    ['a policy has no status', policyWith({ status: {} }), ['status']],
    ['from a cluster of 1.24 to 1.27 it has', served(policyWith({ status: {} })), []],
  ])('%s', (_, object, fields) => {
    expect(refusals(object)).toEqual(fields.map(field => `unknown field "${field}"`))
  })
})
