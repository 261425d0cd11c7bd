import { ask, type Json, load, pod, policy, service } from './ask.ts'

/* A shop behind an Ingress. */

export const app = (name: string): readonly Json[] => [
  pod(`shop/${name}`, { app: name }, { ports: [{ name: 'http', containerPort: 5678 }] }),
  service(`shop/${name}`, {
    selector: { app: name },
    ports: [{ name: 'web', port: 80, targetPort: 'http' }],
  }),
]

export type Path = readonly [path: string | undefined, backend: string, type?: string]

export const backend = (text: string): Json => {
  const [name, port = '80'] = text.split(':')
  return { service: { name, port: /\d/.test(port) ? { number: Number(port) } : { name: port } } }
}

export const rule = (host: string | undefined, ...paths: readonly Path[]): Json => ({
  ...(host !== undefined && { host }),
  http: {
    paths: paths.map(([path, to, pathType = 'Prefix']) => ({ path, pathType, backend: backend(to) })),
  },
})

/** Of ingress-nginx, unless the spec says otherwise. */
export const ingress = (name: string, spec: Json, metadata: Json = {}): Json => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { namespace: 'shop', name, ...metadata },
  spec: { ingressClassName: 'nginx', ...spec },
})

export const ingressClass = (name: string, controller: string, isDefault = false): Json => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name, annotations: isDefault ? { 'ingressclass.kubernetes.io/is-default-class': 'true' } : {} },
  spec: { controller },
})

export const HOST = 'shop.example.com'
/** Of a class, or of none, for `api`. */
export const main = (className?: string, annotations: Json = {}, name = 'main'): Json =>
  ingress(name, { ingressClassName: className, rules: [rule(HOST, ['/', 'api'])] }, { annotations })

export const inNamespace = (name: string): Json => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
})
/** A policy of `api` that lets one of the peers in. */
export const letsIn = (...peers: readonly Json[]) => policy('shop/api', { ingress: [{ from: peers }] })
export const letsInNamespace = (name: string) => letsIn(inNamespace(name))

const shop = [...app('api'), ...app('web')]
export const world = (...more: readonly Json[]) => load(...shop, ...more)
export const routed = (...paths: readonly Path[]) =>
  world(ingress('main', { ingressClassName: 'nginx', rules: [rule(HOST, ...paths)] }))

/** The Pod that a request ends at, or what the client sees instead. */
export function ends(loaded: ReturnType<typeof world>, url: string): string {
  const { verdict, endpoints, symptom } = ask(loaded, `internet -> ${url}`)
  return verdict === 'yes' ? (endpoints?.map(({ to }) => to.name).join() ?? '') : symptom
}

/** Who is seen by `api`. */
export const sourceOf = (...objects: readonly Json[]) =>
  ask(world(...objects), `internet -> http://${HOST}/`).endpoints?.[0]?.from.id

/** `api` behind ports of nodes, and a Pod beside it. */
export const onNodePorts: readonly Json[] = [
  pod('shop/client', { app: 'client' }),
  pod('shop/api', { app: 'api' }),
  service('shop/api', {
    type: 'NodePort',
    selector: { app: 'api' },
    ports: [{ port: 80, targetPort: 5678 }],
  }),
]
export const ALB = 'alb.ingress.kubernetes.io'
/** Of a load balancer of AWS with an address in the internet. */
export const facing = { [`${ALB}/scheme`]: 'internet-facing', [`${ALB}/target-type`]: 'ip' }
