import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/path/question.ts'
import { describeObject as describeOne } from '../../src/questions/inventory/description.ts'
import { listing } from '../../src/questions/inventory/listing.ts'
import { matrixReport } from '../../src/questions/matrix/matrix.ts'
import { pluginsReport } from '../../src/questions/plugins.ts'
import { reachWithoutAdvice } from '../../src/questions/reachability.ts'
import { sourcesReport } from '../../src/questions/who-can-reach/who-can-reach.ts'
import { json } from '../../src/render/data.ts'
import schema from '../../src/report/schema.json' with { type: 'json' }
import { buildWorld } from '../../src/world/world.ts'
import { errorsBySchema } from './errors-by-schema.ts'

const world = buildWorld([
  {
    path: 'shop.yaml',
    text: `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080, name: http}]}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec: {containers: [{name: api, image: api}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: api, namespace: shop}
spec:
  podSelector: {matchLabels: {app: api}}
  ingress:
    - from: [{podSelector: {matchLabels: {app: web}}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]
      ports: [{port: 8080}, {port: http}]
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: isolated, namespace: shop, labels: {app: isolated}}
spec: {containers: []}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: isolated, namespace: shop}
spec: {podSelector: {matchLabels: {app: isolated}}, policyTypes: [Egress]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, namespace: shop}
spec:
  rules:
    - http: {paths: [{path: /api, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}]}
`,
  },
])

it('schema.json is what the types say: `npm run build` makes it', async () => {
  const made: { readonly reportSchema: () => object } = await import(resolve('.schema.mjs'))
  expect(schema).toEqual(made.reportSchema())
}, 60_000)

function expectValid(report: unknown): void {
  // Through JSON, because that is what leaves the program.
  expect(errorsBySchema(JSON.parse(JSON.stringify(report)))).toBeNull()
}

describe('schema.json holds for', () => {
  it.each([
    ['web', 'deploy/api', '8080'],
    ['web', 'svc/api', undefined],
    ['web', 'svc/api', '443'],
    ['deploy/api', 'deploy/api', '8080'],
    ['internet', 'deploy/api', '8080'],
    ['10.1.2.3', 'web', 'http'],
    ['web', 'web', '53/udp'],
    ['deploy/api', '2001:db8::1', undefined],
    ['web', 'http://api', undefined],
    ['web', 'http://api:9', undefined],
    ['web', 'api.nowhere.svc', undefined],
    ['web', 'https://www.example.com', undefined],
    ['isolated', 'http://api', undefined],
    ['internet', 'http://shop.example.com/api', undefined],
    ['internet', 'http://shop.example.com/other', undefined],
    ['internet', 'ing/front', undefined],
    ['deploy/api', 'kubernetes.default', '443'],
  ])('%s -> %s port %s', (from, to, port) => {
    const question = { from, to, port, protocol: undefined, namespace: 'shop', settings: settingsOf({}) }
    expectValid(reachWithoutAdvice(world, question, 'decisive'))
    expectValid(reachWithoutAdvice(world, question, 'every rule'))
  })

  it.each([
    ['web', 'workload', undefined],
    ['svc/api', 'pod', undefined],
    ['svc/api', 'namespace', '443'],
    ['deploy/api', 'workload', 'http'],
    ['internet', 'namespace', '53/udp'],
    ['10.1.2.3', 'pod', undefined],
  ] as const)('who can reach %s by %s', (to, by, port) => {
    const question = { to, port, protocol: undefined, namespace: 'shop', selector: undefined, by }
    const report = sourcesReport(world, question)
    expectValid(JSON.parse([...json(report)].join('\n')))
  })

  it.each(['pod', 'workload', 'namespace'] as const)('the matrix by %s', by => {
    const everyone = () => true
    const asked = { protocol: undefined, port: undefined }
    const report = matrixReport(world, { by, asked, isSource: everyone, isDestination: everyone })
    expectValid(JSON.parse([...json(report)].join('\n')))
  })
})

describe('schema.json holds for what was loaded', () => {
  const everything = {
    namespaces: undefined,
    selector: undefined,
    selectedBy: undefined,
    selecting: undefined,
  }

  it.each(['pods', 'services', 'namespaces', 'networkpolicies', 'ingresses'])('%s', kind => {
    const report = listing(world, { ...everything, words: [kind] })
    expect(report.items).not.toEqual([])
    expectValid(report)
    const [name = ''] = report.items.map(item => item.name)
    expectValid(describeOne(world, { words: [kind, name], namespace: 'shop' }))
  })

  it.each([
    { words: ['pods'], selectedBy: 'shop/netpol/api' },
    { words: ['netpol'], selecting: 'shop/deploy/api' },
  ])('%o', question => {
    const report = listing(world, { ...everything, ...question })
    expect(report.items).toMatchObject([{ matches: 'yes' }, ...report.items.slice(1)])
    expectValid(report)
  })
})

it('schema.json holds for what is known of network plugins', () => {
  const question = { cni: undefined, selector: undefined, selectedBy: undefined, selecting: undefined }
  expectValid(pluginsReport(['cni'], question))
  expectValid(pluginsReport(['cni', 'none'], question))
})

it('schema.json refuses a report with a field that it does not know', () => {
  const report = reachWithoutAdvice(
    world,
    {
      from: 'web',
      to: 'web',
      port: undefined,
      protocol: undefined,
      namespace: 'shop',
      settings: settingsOf({}),
    },
    'decisive',
  )
  expect(errorsBySchema({ ...report, extra: 1 })).not.toBeNull()
})
