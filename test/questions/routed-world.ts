import { load, show, whoCanReach } from '../../src/index.ts'

/* Services of a namespace behind Ingresses and routes, and what is asked of them. */

export const POD = (id: string, more = '') => {
  const [namespace, name] = id.split('/')
  return `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}${more}}}
spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80, targetPort: 8080}, {name: other, port: 81, targetPort: 8081}]}
`
}
export const INGRESS = (name: string, spec: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: shop}
spec:
  ingressClassName: nginx
${spec.replace(/^/gm, '  ')}
`
/** A Gateway with one listener. */
export const EDGE = (listener: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: istio, listeners: [{name: x, ${listener}}]}
`
export const TO = (service: string) =>
  `{path: /, pathType: Prefix, backend: {service: {name: ${service}, port: {number: 80}}}}`
export const WEB = INGRESS('web', `rules: [{host: shop.example.com, http: {paths: [${TO('web')}]}}]`)
export const POLICY = (spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
${spec.replace(/^/gm, '  ')}
`
export const FROM = (namespace: string) =>
  POLICY(
    `ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ${namespace}}}}]}]`,
  )
export const SHOP = [POD('shop/web'), POD('shop/db')]

export const drawnAs = async (...shown: Parameters<typeof show>) =>
  [...(await show(...shown))].join('\n').replace(/ +/g, ' ')
export const world = (...objects: readonly string[]) =>
  load([{ path: 'all.yaml', text: objects.join('---\n') }])
export const outside = (loaded: ReturnType<typeof world>, to: string) =>
  [...whoCanReach(loaded, { to }).sources].filter(({ from }) => from.kind === 'External')
export const text = (loaded: ReturnType<typeof world>, to: string) =>
  drawnAs(whoCanReach(loaded, { to }), 'text')
