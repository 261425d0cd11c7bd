import { type End, type Manifest, oracle, type Plugin, type Protocol, type Verdict } from './oracle.ts'

/*
 * The world that the oracle's own tables ask about, and short ways to write policies for it.
 */

export type Json = Readonly<Record<string, unknown>>
/** The rule and what it says, the policies, FROM, TO, the protocol and port, the answer. */
export type Row = readonly [string, readonly Manifest[], string, string, string, Verdict]

export const pod = (
  name: string,
  namespace: string,
  podIP: string,
  spec: Json = {},
  phase = 'Running',
): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels: name === 'plain' ? {} : { app: name } },
  spec: { nodeName: 'n1', containers: [], ...spec },
  status: { podIP, phase },
})

const container = (...ports: readonly (readonly [string, number, Protocol?])[]): Json => ({
  name: 'c',
  ports: ports.map(([name, containerPort, protocol]) => ({ name, containerPort, protocol })),
})

const namespace = (name: string, labels: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
})

export const world: readonly Manifest[] = [
  namespace('shop', { env: 'live' }),
  // S-022: what is written here is not what the cluster has.
  namespace('lab', { env: '', 'kubernetes.io/metadata.name': 'shop' }),
  pod('web', 'shop', '10.0.0.1'),
  pod('api', 'shop', '10.0.0.2', {
    nodeName: 'n2',
    containers: [container(['http', 8080], ['dns', 53, 'UDP']), container(['http', 9090])],
    initContainers: [{ ...container(['http', 7070]), restartPolicy: 'Always' }],
  }),
  pod('plain', 'shop', '10.0.0.3', { containers: [container(['http', 80])] }),
  pod('web', 'lab', '10.0.1.1', { nodeName: 'n2' }),
  pod('web', 'bare', '10.0.2.1', { nodeName: 'n3' }),
  pod('host1', 'shop', '192.168.0.1', { hostNetwork: true, containers: [container(['http', 80])] }),
  pod('host2', 'shop', '192.168.0.2', { hostNetwork: true, nodeName: 'n2' }),
  pod('done', 'shop', '10.0.0.9', {}, 'Succeeded'),
  pod('lost', 'shop', '10.0.0.8', {}, 'Failed'),
  pod('web', 'six', 'fd00::1'),
]

let count = 0
export const policy = (spec: Json, inside = 'shop'): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `policy-${count++}`, namespace: inside },
  spec,
})

export const app = (name: string): Json => ({ matchLabels: { app: name } })
export const ingress = (...rules: readonly unknown[]): Manifest =>
  policy({ podSelector: app('api'), ingress: rules })
export const from = (...peers: readonly unknown[]): Manifest => ingress({ from: peers })
export const ports = (...entries: readonly unknown[]): Manifest => ingress({ ports: entries })
export const egress = (...rules: readonly unknown[]): Manifest =>
  policy({ podSelector: app('web'), policyTypes: ['Egress'], egress: rules })
export const to = (...peers: readonly unknown[]): Manifest => egress({ to: peers })
export const block = (cidr: string, ...except: readonly string[]): Json => ({ ipBlock: { cidr, except } })
export const expression = (key: string, operator: string, ...values: readonly string[]): Json => ({
  matchExpressions: [{ key, operator, values }],
})

export const W = 'shop/web'
export const A = 'shop/api'
export const denyApi = ingress()

const end = (name: string): End => (name.includes('/') ? { pod: name } : { address: name })
const PROTOCOLS: Readonly<Record<string, Protocol>> = { TCP: 'TCP', UDP: 'UDP', SCTP: 'SCTP', ICMP: 'ICMP' }

export function ask(
  objects: readonly Manifest[],
  source: string,
  target: string,
  asked: string,
  plugin: Plugin = {},
): Verdict {
  const [protocol = '', port] = asked.split(' ')
  return oracle(objects, end(source), end(target), PROTOCOLS[protocol] ?? 'ICMP', Number(port), plugin)
}
