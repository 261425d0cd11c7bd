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
    for (const width of [80, 200]) {
      const result = await run({ ...world, ...files }, `explain ${question}`, {
        env: { COLUMNS: String(width) },
      })
      expect({ exit: result.exit, err: result.err }).toEqual({ exit, err: '' })
      for (const line of result.out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width)
      const file = `../golden/explain-${name.toLowerCase().replaceAll(/,? /g, '-')}-at-${width}.txt`
      await expect(result.out).toMatchFileSnapshot(file)
    }
  })
})
