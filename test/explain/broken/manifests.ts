/*
 * What broken set-ups are made of, as small as can be.
 */

export const at = (id: string): string => {
  const [namespace, name] = id.split('/')
  return `{namespace: ${namespace}, name: ${name}}`
}

export const pod = (id: string, labels: string, spec = '', ports = ''): string => {
  const [namespace, name] = id.split('/')
  return `apiVersion: v1
kind: Pod
metadata: {namespace: ${namespace}, name: ${name}, labels: {${labels}}}
spec:
${spec}  containers:
  - {name: c, image: i${ports === '' ? '' : `, ports: [${ports}]`}}`
}

export const namespace = (name: string, labels = ''): string => `apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: {${labels}}}`

export const policy = (id: string, spec: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: ${at(id)}
spec:
${spec.replace(/^/gm, '  ')}`

export const service = (id: string, spec: string): string => `apiVersion: v1
kind: Service
metadata: ${at(id)}
spec: {${spec}}`

export const denyAll = (ns: string, types = 'Ingress, Egress'): string =>
  policy(`${ns}/deny-all`, `podSelector: {}\npolicyTypes: [${types}]`)

export const ingressOf = (app: string, rules: string): string =>
  `podSelector: {matchLabels: {app: ${app}}}\npolicyTypes: [Ingress]\ningress:\n${rules}`
export const egressOf = (app: string, rules: string): string =>
  `podSelector: {matchLabels: {app: ${app}}}\npolicyTypes: [Egress]\negress:\n${rules}`

export const web = pod('shop/web', 'app: web')
export const db = pod('shop/db', 'app: db', '', '{containerPort: 5432}')
export const dns = `${pod('kube-system/coredns', 'k8s-app: kube-dns', '', '{name: dns, containerPort: 53, protocol: UDP}, {name: dns-tcp, containerPort: 53}')}
---
${service('kube-system/kube-dns', 'clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]')}`

export interface Broken {
  readonly what: string
  readonly objects: readonly string[]
  /** FROM and TO. */
  readonly question: string
  /** What the first line has to say. */
  readonly line: string
  /** What the help beside it has to say: what opens a no, or closes a yes; absent where nothing small would. */
  readonly mend?: string
}
