import { ask, type Json, load, pod, service } from './ask.ts'

/* A shop behind a Gateway. */

const GROUP = 'gateway.networking.k8s.io/v1'
export const HOST = 'shop.example.com'

export const app = (ns: string, name: string): readonly Json[] => [
  pod(`${ns}/${name}`, { app: name }),
  service(`${ns}/${name}`, { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] }),
]

export const gateway = (listener: Json = {}, spec: Json = {}): Json => ({
  apiVersion: GROUP,
  kind: 'Gateway',
  metadata: { namespace: 'shop', name: 'main' },
  spec: {
    gatewayClassName: 'any',
    listeners: [{ name: 'web', port: 80, protocol: 'HTTP', ...listener }],
    ...spec,
  },
})

export const gatewayClass = (controllerName: string, name = 'any'): Json => ({
  apiVersion: GROUP,
  kind: 'GatewayClass',
  metadata: { name },
  spec: { controllerName },
})

export function route(id: string, rules: readonly Json[], spec: Json = {}): Json {
  const [ns, name] = id.split('/')
  const parentRefs = [{ name: 'main', namespace: 'shop' }]
  return {
    apiVersion: GROUP,
    kind: 'HTTPRoute',
    metadata: { namespace: ns, name },
    spec: { parentRefs, rules, ...spec },
  }
}

export const to = (name: string, more: Json = {}): Json => ({ backendRefs: [{ name, port: 80, ...more }] })
export const on = (value: string, name: string, type = 'PathPrefix', more: Json = {}): Json => ({
  matches: [{ path: { type, value }, ...more }],
  ...to(name),
})

export const world = (...more: readonly Json[]) => load(...app('shop', 'api'), ...app('shop', 'web'), ...more)

export function ends(objects: readonly Json[], url = `http://${HOST}/api`): string {
  const { verdict, endpoints, symptom } = ask(world(...objects), `internet -> ${url}`)
  return verdict === 'yes' ? (endpoints?.map(({ to: end }) => end.id).join() ?? '') : symptom
}

export const NOT_FOUND = 'HTTP 404'
