import fc from 'fast-check'
import { stringify } from 'yaml'

/*
 * Files that somebody could have got wrong: good objects of every kind with slips in them, and then in their text.
 */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** One good object of each kind that the evaluation reads, with everything in it that is looked at. */
const OBJECTS: readonly Json[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'a' } } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' }, annotations: { a: 'b' } },
    spec: {
      containers: [{ name: 'c', image: 'c', ports: [{ name: 'http', containerPort: 80, protocol: 'TCP' }] }],
      initContainers: [{ name: 'i', restartPolicy: 'Always', ports: [{ containerPort: 81 }] }],
      dnsConfig: { nameservers: ['10.0.0.1'], searches: ['a.b'], options: [{ name: 'ndots', value: '2' }] },
      hostAliases: [{ ip: '10.0.0.2', hostnames: ['legacy'] }],
    },
    status: { phase: 'Running', podIP: '10.0.0.3', podIPs: [{ ip: '10.0.0.3' }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      replicas: 2,
      serviceName: 'db',
      selector: { matchLabels: { app: 'db' } },
      template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'c' }] } },
    },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'job', namespace: 'shop' },
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: { parallelism: 1, template: { spec: { containers: [] } } } },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'shop' },
    spec: {
      type: 'NodePort',
      selector: { app: 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', nodePort: 30080 }],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'api', namespace: 'shop' },
    spec: {
      podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } }],
          ports: [{ port: 80, endPort: 90 }],
        },
      ],
      egress: [
        {
          to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
          ports: [{ protocol: 'UDP', port: 'dns' }],
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'front', namespace: 'shop' },
    spec: {
      rules: [
        {
          host: 'a.b',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'api', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1' },
    status: { addresses: [{ type: 'InternalIP', address: '10.9.0.1' }] },
  },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'api-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'api' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.0.0.3'], conditions: { ready: true } }],
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
  },
  {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'c', namespace: 'shop' },
    spec: { endpointSelector: { matchLabels: { 'k8s:app': 'web' } } },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'r', namespace: 'shop' },
    spec: {
      parentRefs: [{ name: 'g' }],
      rules: [
        { matches: [{ path: { type: 'Exact', value: '/' } }], backendRefs: [{ name: 'api', port: 80 }] },
      ],
    },
  },
]

const ODD: readonly Json[] = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    1e21,
    65_536,
    '',
    ' ',
    'yes',
    '80',
    '~',
    'a b',
    '*',
    '10.0.0.1',
    '::/0',
    '10.0.0.5/8',
    'x'.repeat(300),
  ],
  ...['\u0000', '\u001b[31m', 'a\nb', 'é', '\u{1f600}', '\u202e', '{{ .x }}', '-', '__proto__', '../../etc'],
  ...[
    [],
    {},
    [[]],
    [{}],
    [null],
    { a: { b: [] } },
    ['a', 1],
    { constructor: 1 },
    { toString: 'x', hasOwnProperty: 'y' },
  ],
]
const KEYS = [
  'spec',
  'metadata',
  'name',
  'podSelector',
  'podselector',
  'ingress',
  'port',
  'items',
  '__proto__',
  'constructor',
  'toString',
  '',
  'a b',
  '\u001b[0m',
]

interface Slip {
  readonly at: number
  readonly how: 'replace' | 'delete' | 'rename' | 'wrap' | 'add'
  readonly value: Json
  readonly key: string
}

const slips: fc.Arbitrary<Slip> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'delete', 'rename', 'wrap', 'add'),
  value: fc.constantFrom(...ODD),
  key: fc.constantFrom(...KEYS),
})

/** The object with a slip at the so-manieth of its values. */
function slipped(object: Json, { at, how, value, key }: Slip): Json {
  let left = at % countValues(object)
  const visit = (here: Json): Json => {
    if (left-- === 0)
      return how === 'wrap'
        ? [here]
        : how === 'add'
          ? { ...(isMap(here) && here), [key]: value }
          : how === 'replace'
            ? value
            : here
    if (Array.isArray(here)) return here.map(visit)
    if (!isMap(here)) return here
    const entries = Object.entries(here).flatMap(([name, item]): [string, Json][] => {
      const isHere = left === 0
      const visited = visit(item)
      if (isHere && how === 'delete') return []
      return [[isHere && how === 'rename' ? key : name, visited]]
    })
    return Object.fromEntries(entries)
  }
  return visit(object)
}

function isMap(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function countValues(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 1)
}

const manifests: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...OBJECTS), fc.array(slips, { maxLength: 3 })), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.constantFrom('yaml', 'flow', 'json', 'list'),
  )
  .map(([objects, form]) => {
    const broken = objects.map(([object, all]) => all.reduce(slipped, object))
    switch (form) {
      case 'yaml':
        return broken.map(object => stringify(object)).join('---\n')
      case 'flow':
        return broken.map(object => JSON.stringify(object)).join('\n---\n')
      case 'json':
        return JSON.stringify(broken[0])
      default:
        return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: broken }, null, 1)
    }
  })

const SCRAPS = [
  ' ',
  '\n',
  '\t',
  '\r',
  ': ',
  '- ',
  '"',
  "'",
  '{',
  ']',
  ',',
  '&a ',
  '*a',
  '!!str ',
  '|',
  '%',
  '@',
  '#',
  '---\n',
  '\u0000',
  '\u001b',
  '\ufeff',
  '\u2028',
  '\u00a0',
  '<<: ',
  'é',
  '\u{1f600}',
  '{{',
  '<<<<<<< HEAD\n',
]

/** A text with segments put in and taken out. */
export const brokenTexts: fc.Arbitrary<string> = fc
  .tuple(
    manifests,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('', ...SCRAPS), fc.nat({ max: 12 })), { maxLength: 4 }),
  )
  .map(([text, edits]) =>
    edits.reduce((written, [at, scrap, gone]) => {
      const offset = at % (written.length + 1)
      return written.slice(0, offset) + scrap + written.slice(offset + (scrap === '' ? gone : 0))
    }, text),
  )
