import { describe, expect, it } from 'vitest'
import { explain, load, verdict } from '../../src/index.ts'

/*
 * Which rule is nearest, and what keeps it from matching: mistakes that people make in selectors.
 */

const pod = (namespace: string, name: string, labels: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}, labels: {${labels}}}
spec: {containers: [{name: c, image: c, ports: [{containerPort: 80}]}]}
`
const namespace = (name: string, labels = ''): string => `apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: {${labels}}}
`
const policy = (spec: string, name = 'api'): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec: {${spec}}
`
const API = pod('shop', 'api', 'app: api')
const fromTo = (...rules: readonly string[]): string =>
  policy(`podSelector: {matchLabels: {app: api}}, ingress: [${rules.join(', ')}]`)
const only = (peer: string): string => fromTo(`{from: [${peer}], ports: [{port: 80}]}`)

const SHOP = namespace('shop', 'team: sales')
const WEB = pod('shop', 'web', 'app: web')
const OTHER_WEB = pod('ops', 'web', 'app: web')
const OPS = namespace('ops', 'team: ops')

const worldOf = (...objects: readonly string[]) => load([{ path: 'all.yaml', text: objects.join('---\n') }])

function answer(from: string, ...objects: readonly string[]) {
  const world = worldOf(...objects, API, SHOP)
  const question = { from, to: 'shop/api', port: 80 }
  const { message, suggestions } = explain(world, question)
  return { message, suggestions, question, objects }
}

/** The suggestion that has some words, applied: the answer then. */
function applied({ suggestions, question, objects }: ReturnType<typeof answer>, words: RegExp) {
  const fix = suggestions.find(({ message }) => words.test(message))
  return fix && verdict(worldOf(...objects, API, SHOP, fix.manifest), question)
}

describe('a label in the wrong selector', () => {
  it.each<[what: string, from: string, objects: readonly string[], says: RegExp, fix: RegExp]>([
    [
      'of a Pod of the own namespace, under namespaceSelector',
      'shop/web',
      [WEB, only('{namespaceSelector: {matchLabels: {app: web}}}')],
      /app=web is a label of the Pod shop\/web, but a namespaceSelector matches labels of namespaces/,
      /: move app=web to podSelector$/,
    ],
    [
      'of a Pod of another namespace',
      'ops/web',
      [OTHER_WEB, OPS, only('{namespaceSelector: {matchLabels: {app: web}}}')],
      /app=web is a label of the Pod ops\/web, but a namespaceSelector/,
      /: move app=web to podSelector, beside a namespaceSelector for ops$/,
    ],
    [
      'beside one that is right',
      'ops/web',
      [OTHER_WEB, OPS, only('{namespaceSelector: {matchLabels: {app: web, team: ops}}}')],
      /app=web is a label of the Pod ops\/web, but a namespaceSelector/,
      /: move app=web to podSelector$/,
    ],
    [
      'of the namespace, under podSelector',
      'ops/web',
      [OTHER_WEB, OPS, only('{podSelector: {matchLabels: {team: ops}}}')],
      /team=ops is a label of namespace ops, but a podSelector matches labels of Pods/,
      /: move team=ops to namespaceSelector$/,
    ],
    [
      'of the namespace, under podSelector beside a label of the Pod',
      'ops/web',
      [OTHER_WEB, OPS, only('{podSelector: {matchLabels: {app: web, team: ops}}, namespaceSelector: {}}')],
      /team=ops is a label of namespace ops, but a podSelector/,
      /: move team=ops to namespaceSelector$/,
    ],
    [
      'the name of the namespace, under podSelector',
      'ops/web',
      [OTHER_WEB, OPS, only('{podSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}}')],
      /kubernetes.io\/metadata.name=ops is a label of namespace ops, but a podSelector/,
      /: move kubernetes.io\/metadata.name=ops to namespaceSelector$/,
    ],
    [
      'in matchExpressions',
      'shop/web',
      [WEB, only('{namespaceSelector: {matchExpressions: [{key: app, operator: In, values: [web, cron]}]}}')],
      /app in \(web, cron\) is a label of the Pod shop\/web/,
      /: move app in \(web, cron\) to podSelector$/,
    ],
  ])('%s', (_, from, objects, says, fix) => {
    const found = answer(from, ...objects)
    expect(found.message).toMatch(says)
    expect(applied(found, fix)).toBe('yes')
  })

  it.each<[what: string, objects: readonly string[]]>([
    [
      'a namespace has another value',
      [OTHER_WEB, OPS, only('{namespaceSelector: {matchLabels: {team: web}}}')],
    ],
    [
      'both have it',
      [pod('ops', 'web', 'team: ops'), OPS, only('{namespaceSelector: {matchLabels: {team: x}}}')],
    ],
    [
      'neither has it',
      [OTHER_WEB, OPS, only('{podSelector: {matchLabels: {role: x}}, namespaceSelector: {}}')],
    ],
  ])('is not said where %s', (_, objects) => {
    expect(answer('ops/web', ...objects).message).not.toMatch(/is a label of/)
  })
})

describe('two labels that are missing', () => {
  const roles = '{role: client, access: "true"}'
  it('are both told, and set together', () => {
    const found = answer(
      'shop/web',
      WEB,
      pod('shop', 'other', 'role: client, access: "true"'),
      fromTo(
        `{from: [{podSelector: {matchLabels: ${roles}}}], ports: [{port: 80}]}`,
        '{ports: [{port: 443}]}',
      ),
    )
    expect(found.message).toMatch(/role=client.*access=true/)
    expect(applied(found, /label shop\/web role=client; and label shop\/web access=true/)).toBe('yes')
  })
  it('of the Pod and of its namespace', () => {
    const found = answer(
      'ops/web',
      OTHER_WEB,
      namespace('ops'),
      pod('in', 'other', 'role: client'),
      namespace('in', 'zone: inner'),
      fromTo(
        '{from: [{podSelector: {matchLabels: {role: client}}, namespaceSelector: {matchLabels: {zone: inner}}}], ports: [{port: 80}]}',
        '{ports: [{port: 443}]}',
      ),
    )
    expect(found.message).toMatch(/zone=inner.*role=client/)
  })
})

describe('nearest is', () => {
  const own = '{from: [{podSelector: {}}]}'
  it.each<[what: string, rules: readonly string[], nearest: string]>([
    [
      'a rule for the port that was asked for',
      [own, '{from: [{podSelector: {matchLabels: {app: ops}}, namespaceSelector: {}}], ports: [{port: 80}]}'],
      'ingress[1]',
    ],
    [
      'whatever comes first',
      ['{from: [{podSelector: {matchLabels: {app: ops}}, namespaceSelector: {}}], ports: [{port: 80}]}', own],
      'ingress[0]',
    ],
    [
      'one with a mistake rather than one for the own namespace',
      [own, '{from: [{podSelector: {matchLabels: {app: wbe}}, namespaceSelector: {}}]}'],
      'ingress[1]',
    ],
    [
      'one for the own namespace where there is nothing else',
      [own, '{from: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 443}]}'],
      'ingress[0]',
    ],
  ])('%s', (_, rules, nearest) => {
    expect(answer('ops/web', OTHER_WEB, OPS, fromTo(...rules)).message).toContain(`api ${nearest}`)
  })
})

it('nobody is told to allow all ports to the DNS Pods by a rule for the own namespace', () => {
  const dns = policy(
    'podSelector: {}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}]}, {to: [{namespaceSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}]}]',
    'out',
  )
  const service = `apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{port: 80}]}
`
  const world = worldOf(WEB, API, SHOP, service, dns)
  const { message, suggestions } = explain(world, { from: 'shop/web', to: 'api:80', namespace: 'shop' })
  expect(message).toContain('nearest is out egress[1]')
  expect(message).toContain('k8s-app=kube-dns is a label of the Pod')
  for (const one of suggestions) expect(one.message).not.toContain('egress[0]')
})
