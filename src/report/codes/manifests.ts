import type { Example } from './page.ts'

/*
 * What the examples are made of: as little of each object as an answer needs, but nothing that a cluster would refuse.
 */

/** A question about objects that stand in one file. */
export const example = (command: string, ...objects: readonly string[]): Example => ({
  manifests: objects.join('---\n'),
  command,
})

/** `db`, or `shop/db` in a namespace of that name. */
function metadata(id: string, labels = ''): string {
  const [name = '', namespace] = id.split('/').toReversed()
  const fields = [`name: ${name}`, ...(namespace === undefined ? [] : [`namespace: ${namespace}`])]
  return `metadata: {${[...fields, ...(labels === '' ? [] : [`labels: {${labels}}`])].join(', ')}}`
}

const indented = (lines: string): string => lines.replace(/^/gm, '  ')

interface PodFields {
  /** Absent: `app` with the Pod's name. */
  readonly labels?: string
  /** What its container has beside a name and an image. */
  readonly container?: string
  readonly spec?: string
  readonly status?: string
}

export function pod(id: string, { labels, container, spec, status }: PodFields = {}): string {
  const name = id.replace(/.*\//, '')
  const own = container === undefined ? '' : `, ${container}`
  return `apiVersion: v1
kind: Pod
${metadata(id, labels ?? `app: ${name}`)}
spec:
  containers: [{name: ${name}, image: ${name}${own}}]
${spec === undefined ? '' : `${indented(spec)}\n`}${status === undefined ? '' : `status: ${status}\n`}`
}

/** A Deployment whose Pods have `app` with its name. */
export const deployment = (id: string, replicas = 1): string => {
  const name = id.replace(/.*\//, '')
  return `apiVersion: apps/v1
kind: Deployment
${metadata(id)}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: ${name}, image: ${name}}]}
`
}

const object =
  (apiVersion: string, kind: string) =>
  (id: string, spec: string): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\n${metadata(id)}\nspec:\n${indented(spec)}\n`

export const service = object('v1', 'Service')
export const policy = object('networking.k8s.io/v1', 'NetworkPolicy')
export const ingress = object('networking.k8s.io/v1', 'Ingress')
export const gateway = object('gateway.networking.k8s.io/v1', 'Gateway')
export const httpRoute = object('gateway.networking.k8s.io/v1', 'HTTPRoute')

export const namespace = (name: string, labels = ''): string =>
  `apiVersion: v1\nkind: Namespace\n${metadata(name, labels)}\n`

export const node = (name: string, address: string): string =>
  `apiVersion: v1\nkind: Node\n${metadata(name)}\nstatus: {addresses: [{type: InternalIP, address: ${address}}]}\n`

/** A client, and what it wants to reach. */
export const [WEB, DB] = [pod('web'), pod('db')]

/** The Service in front of `db`. */
export const DB_SERVICE = service('db', 'selector: {app: db}\nports: [{port: 5432}]')

/** Lets `web` in to `db` on its port, and nobody else. */
export const DB_FROM_WEB = policy(
  'db',
  `podSelector: {matchLabels: {app: db}}
ingress:
- from: [{podSelector: {matchLabels: {app: web}}}]
  ports: [{port: 5432}]`,
)

/** Lets nothing in to any Pod of its namespace. */
export const NOTHING_IN = policy('nothing-in', 'podSelector: {}\npolicyTypes: [Ingress]')

/** Lets nothing out of any Pod of its namespace. */
export const NOTHING_OUT = policy('nothing-out', 'podSelector: {}\npolicyTypes: [Egress]')

/** `api` and the Service in front of it. */
export const API = [pod('api'), service('api', 'selector: {app: api}\nports: [{port: 80}]')]

/** An Ingress with one path, and its backend. */
export const routed = (
  backend: string,
  { path = '/', pathType = 'Prefix', className = 'nginx' } = {},
): string =>
  ingress(
    'api',
    `${className === '' ? '' : `ingressClassName: ${className}\n`}rules:
- host: shop.example.com
  http: {paths: [{path: ${path}, pathType: ${pathType}, backend: {${backend}}}]}`,
  )

export const TO_API = 'service: {name: api, port: {number: 80}}'
