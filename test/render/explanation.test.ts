import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { run } from '../cli/run.ts'

const PODS = ['web/client', 'web/nginx', 'live/client', 'live/other']
  .map(id => {
    const [namespace, name] = id.split('/')
    return `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}
spec: {containers: [{name: c, image: c, ports: [{name: http, containerPort: 8080}]}]}
`
  })
  .join('---\n')

const NAMESPACES = `apiVersion: v1
kind: Namespace
metadata: {name: live, labels: {env: production}}
---
apiVersion: v1
kind: Namespace
metadata: {name: web}
`

const policy = (name: string, from: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: web
spec:
  podSelector: {matchLabels: {app: nginx}}
  ingress:
    - ports:
        - port: http
      from:
${from}`

const ONE_ENTRY = policy(
  'one-entry',
  `        - podSelector: {matchLabels: {app: client}}
          namespaceSelector: {matchLabels: {env: production}}
`,
)
const TWO_ENTRIES = policy(
  'two-entries',
  `        - podSelector: {matchLabels: {app: client}}
        - namespaceSelector: {matchLabels: {env: production}}
`,
)
const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: nginx, namespace: web}
spec: {selector: {app: nginx}, ports: [{port: 80, targetPort: http}]}
`
const SECOND = `apiVersion: v1
kind: Pod
metadata: {name: nginx-2, namespace: web, labels: {app: nginx, canary: 'yes'}}
spec: {containers: [{name: c, image: c, ports: [{name: http, containerPort: 9090}]}]}
`
const NO_DNS = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: client, namespace: web}
spec:
  podSelector: {matchLabels: {app: client}}
  policyTypes: [Egress]
  egress:
    - to: [{podSelector: {}}]
`
const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: web}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: nginx, port: {number: 80}}}}]}
`
const SERVICE_PORT = policy('service-port', '        - namespaceSelector: {}\n').replace(
  'port: http',
  'port: 80',
)

const world = { 'pods.yaml': PODS, 'namespaces.yaml': NAMESPACES }

describe('explain', () => {
  it.each([
    ['one entry with two selectors', { 'policy.yaml': ONE_ENTRY }, 'live/other web/nginx:8080', 1],
    ['two entries', { 'policy.yaml': TWO_ENTRIES }, 'live/other web/nginx:8080', 0],
    [
      'a Service whose port a rule names',
      { 'policy.yaml': SERVICE_PORT, 'service.yaml': SERVICE },
      'live/other web/svc/nginx',
      1,
    ],
    ['an address outside', { 'policy.yaml': ONE_ENTRY }, '203.0.113.7 web/nginx:8080', 1],
    [
      'a name that two Pods answer to, and that cannot be looked up',
      { 'policy.yaml': NO_DNS, 'service.yaml': SERVICE, 'second.yaml': SECOND },
      'web/client nginx:80',
      1,
    ],
    [
      'a request through an Ingress',
      { 'policy.yaml': TWO_ENTRIES, 'service.yaml': SERVICE, 'second.yaml': SECOND, 'ingress.yaml': INGRESS },
      '203.0.113.7 http://shop.example.com/',
      1,
    ],
    ['all ports at once', { 'policy.yaml': TWO_ENTRIES }, 'web/client web/nginx', 1],
  ])('%s', async (name, files, question, exit) => {
    for (const [width, flag] of [
      [80, ''],
      [200, ''],
      [80, '-v'],
    ] as const) {
      const result = await run({ ...world, ...files }, `explain ${question} ${flag}`, {
        env: { COLUMNS: String(width) },
      })
      expect(result.exit).toBe(exit)
      if (flag === '') expect(result.err).toBe('')
      // A manifest keeps its lines, so that it can be copied.
      const lines = result.out.split('\n').filter(line => !/^ +(?:- )?[\w-]+: /.test(line))
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(width)
      const file = `../golden/explain-${name.toLowerCase().replaceAll(/,? /g, '-')}-at-${width}${flag}.txt`
      // How all suggestions look in full is for suggestions.test.ts.
      const shown = flag === '-v' ? result.out.replace(/\nSuggestions?\n.*?\n(?=\n)/s, '') : result.out
      await expect(shown).toMatchFileSnapshot(file)
    }
  })

  it('says which policy isolates the Pod, and which one only may', async () => {
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: web}
spec:
  selector: {matchLabels: {app: api}}
  template: {metadata: {labels: {app: api}}, spec: {containers: []}}
`
    const denying = (name: string, label: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: web}
spec: {podSelector: {matchLabels: {${label}}}, policyTypes: [Ingress]}
`
    const files = {
      ...world,
      'api.yaml': deployment,
      'perhaps.yaml': denying('perhaps', 'pod-template-hash: abc'),
      'surely.yaml': denying('surely', 'app: api'),
    }
    const { out } = await run(files, 'explain web/client web/api:80')
    expect(out).toContain('\n  surely (surely.yaml:1) isolates it for ingress and has no ingress rule\n')
    expect(out).toContain('NetworkPolicy surely (surely.yaml:1) isolates it and has no ingress rule\n')
    const verbose = await run(files, 'explain web/client web/api:80 -v')
    expect(verbose.out).toContain('NetworkPolicy surely isolates it (surely.yaml:1)\n')
    expect(verbose.out).toContain('NetworkPolicy perhaps may isolate it (perhaps.yaml:1)\n')
  })

  it('has no colours that the words do not need', async () => {
    const question = 'explain live/other web/nginx:8080'
    const files = { ...world, 'policy.yaml': ONE_ENTRY }
    const plain = await run(files, question, { env: { NO_COLOR: '1' }, terminal: 80 })
    const coloured = await run(files, question, { terminal: 80 })
    expect(coloured.out).not.toBe(plain.out)
    expect(stripVTControlCharacters(coloured.out)).toBe(plain.out)
  })

  it.each(['-f -', '-f world.yaml --apply -'])('shows the line of what comes by %s', async flags => {
    const others = `${PODS}---\n${NAMESPACES}`
    const isAll = flags === '-f -'
    const result = await run({ 'world.yaml': others }, `explain live/other web/nginx:8080 ${flags}`, {
      stdin: isAll ? `${ONE_ENTRY}---\n${others}` : ONE_ENTRY,
    })
    expect(result.out).toContain(`
       --> -:12:44
        |
     12 |         - podSelector: {matchLabels: {app: client}}
        |                                            ^^^^^^
`)
  })
})

describe('explain of many ends', () => {
  const pods = Array.from(
    { length: 30 },
    (_, index) => `apiVersion: v1
kind: Pod
metadata: {name: api-${index}, namespace: web, labels: {app: api, tier: ${index % 10 === 3 ? 'gold' : 'tin'}}}
spec: {containers: [{name: c, image: c, ports: [{containerPort: 8080}]}]}
`,
  ).join('---\n')
  const files = {
    ...world,
    'api.yaml': `${pods}---\n${SERVICE.replaceAll('nginx', 'api').replace('http', '8080')}`,
    'gold.yaml': ONE_ENTRY.replace('app: nginx', 'tier: gold'),
  }

  it('tells once what they have in common', async () => {
    const { out } = await run(files, 'explain web/client svc/api -n web')
    await expect(out).toMatchFileSnapshot('../golden/explain-many-ends.txt')
  })

  it('tells a reason once that reads the same for ports of one Service', async () => {
    const two = SERVICE.replace(/ports: .*/, 'ports: [{name: a, port: 53}, {name: b, port: 81}]}')
    const deny = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: web}
spec: {podSelector: {}, policyTypes: [Ingress]}
`
    const { out } = await run(
      { ...world, 'service.yaml': two, 'deny.yaml': deny },
      'explain web/client web/svc/nginx -v',
    )
    expect(out.match(/has no ingress rule/g)).toHaveLength(1)
  })

  it('tells of each with -v', async () => {
    const { out } = await run(files, 'explain web/client svc/api -n web -v')
    expect(out.match(/^(?:yes|no): web\/client -> web\/api-\d+ TCP 8080$/gm)).toHaveLength(30)
  })
})
