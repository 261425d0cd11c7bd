import { describe, expect, it } from 'vitest'
import { CannotAnswer, load } from '../../src/index.ts'

/*
 * Fields in the wrong place, the most common mistake in manifests: help says where they belong.
 */

function helpFor(kind: string, body: string): readonly (string | undefined)[] {
  const apiVersion = { NetworkPolicy: 'networking.k8s.io/v1', Deployment: 'apps/v1' }[kind] ?? 'v1'
  const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: x\n${body}`
  try {
    load([{ path: 'x.yaml', text }])
    return []
  } catch (error) {
    if (!(error instanceof CannotAnswer)) throw error
    return error.diagnostics.map(({ help }) => help)
  }
}

const ingress = (rule: string): string => `spec:\n  podSelector: {}\n  ingress:\n  - ${rule}`

describe('a field of a NetworkPolicy in the wrong place', () => {
  it.each<[what: string, body: string, help: string]>([
    [
      'ports below a peer',
      ingress('from:\n    - podSelector: {}\n      ports: [{port: 80}]'),
      '`ports` belongs in `spec.ingress[]`: move it out two levels',
    ],
    [
      'from below a peer',
      ingress('from:\n    - podSelector: {}\n      from: []'),
      '`from` belongs in `spec.ingress[]`: move it out two levels',
    ],
    [
      'policyTypes below podSelector',
      'spec:\n  podSelector:\n    policyTypes: [Ingress]',
      '`policyTypes` belongs in `spec`: move it out one level',
    ],
    [
      'policyTypes in a rule',
      ingress('ports: [{port: 80}]\n    policyTypes: [Ingress]'),
      '`policyTypes` belongs in `spec`: move it out two levels',
    ],
    [
      'egress in a rule of ingress',
      ingress('from: []\n    egress: []'),
      '`egress` belongs in `spec`: move it out two levels',
    ],
    [
      'spec below metadata',
      '  spec: {podSelector: {}}',
      '`spec` belongs at the top of the object: move it out one level',
    ],
    [
      'podSelector beside spec',
      'spec:\npodSelector: {}',
      '`podSelector` belongs in `spec`: indent it below `spec:`',
    ],
    [
      'policyTypes without spec',
      'policyTypes: [Ingress]',
      '`policyTypes` belongs in `spec`: write `spec:` above it, and indent it below',
    ],
    [
      'from in spec',
      'spec:\n  podSelector: {}\n  from: []',
      '`from` belongs in `spec.ingress[]`: write it in an entry of `ingress`, as `- from:`',
    ],
    [
      'namespaceSelector in a rule',
      ingress('namespaceSelector: {}'),
      '`namespaceSelector` belongs in `spec.ingress[].from[]`: write it in an entry of `from`, as `- namespaceSelector:`',
    ],
    [
      'ipBlock in a rule of egress',
      'spec:\n  podSelector: {}\n  egress:\n  - ipBlock: {cidr: 10.0.0.0/8}',
      '`ipBlock` belongs in `spec.egress[].to[]`: write it in an entry of `to`, as `- ipBlock:`',
    ],
    [
      'a port in a rule',
      ingress('port: 80'),
      '`port` belongs in `spec.ingress[].ports[]`: write it in an entry of `ports`, as `- port:`',
    ],
    [
      'matchLabels beside podSelector of a peer',
      ingress('from:\n    - podSelector:\n      matchLabels: {app: x}'),
      '`matchLabels` belongs in `spec.ingress[].from[].podSelector`: indent it below `podSelector:`',
    ],
    [
      'matchLabels beside namespaceSelector',
      ingress('from:\n    - namespaceSelector:\n      matchLabels: {app: x}'),
      '`matchLabels` belongs in `spec.ingress[].from[].namespaceSelector`: indent it below `namespaceSelector:`',
    ],
    [
      'matchLabels beside the podSelector of the policy',
      'spec:\n  podSelector:\n  matchLabels: {app: x}',
      '`matchLabels` belongs in `spec.podSelector`: indent it below `podSelector:`',
    ],
    [
      'a block in a peer',
      ingress('from:\n    - cidr: 10.0.0.0/8'),
      '`cidr` belongs in `spec.ingress[].from[].ipBlock`: write `ipBlock:` above it, and indent it below',
    ],
    [
      'an operator in a selector',
      'spec:\n  podSelector: {operator: Exists}',
      '`operator` belongs in `spec.podSelector.matchExpressions[]`: write it in an entry of `matchExpressions`, as `- operator:`',
    ],
    [
      'a label in a selector',
      'spec:\n  podSelector: {app: x}',
      'labels go below `matchLabels`: write `matchLabels: {app: x}`',
    ],
    [
      'a label that looks like a number',
      'spec:\n  podSelector: {tier: 1}',
      'labels go below `matchLabels`: write `matchLabels: {tier: "1"}`',
    ],
    [
      'the name of a namespace in a selector',
      ingress('from:\n    - namespaceSelector: {name: shop}'),
      'labels go below `matchLabels`: write `matchLabels: {kubernetes.io/metadata.name: shop}`',
    ],
    [
      'the name of a Pod in a selector',
      ingress('from:\n    - podSelector: {name: web}'),
      'labels go below `matchLabels`: write `matchLabels: {name: web}`',
    ],
    [
      'from in a rule of egress',
      'spec:\n  podSelector: {}\n  egress:\n  - from: []',
      'an egress rule has `to`: write that, or move the rule to `ingress`',
    ],
    [
      'to in a rule of ingress',
      ingress('to: []'),
      'an ingress rule has `from`: write that, or move the rule to `egress`',
    ],
    ['labels in spec', 'spec:\n  podSelector: {}\n  labels: {a: b}', '`labels` belongs in `metadata`'],
    // A typo of a field that belongs here is told as one.
    ['a typo', 'spec:\n  podSelecter: {}', 'did you mean `podSelector`?'],
  ])('%s', (_, body, help) => expect(helpFor('NetworkPolicy', body)).toEqual([help]))
})

it.each(['{a: b}', '[Pod]', '1', 'constructor', '__proto__'])('whatever its kind is: %s', kind => {
  const text = `apiVersion: v1\nkind: ${kind}\nmetadata: {name: x, spec: null}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: x, spec: {a: b}}\nspec: {dnsConfig: {searches: [{a: b}]}, containers: [{name: c, image: c}]}\n`
  expect(() => load([{ path: 'x.yaml', text }])).toThrow(CannotAnswer)
})

describe('a plain value in the place of a mapping', () => {
  it.each<[peer: string, help: string]>([
    ['ipBlock: 10.0.0.0/8', 'write `cidr: 10.0.0.0/8` below `ipBlock:`'],
    ['ipBlock: 10.0.0.1', 'write `cidr: 10.0.0.1/32` below `ipBlock:`'],
    ['ipBlock: "2001:db8::1"', 'write `cidr: 2001:db8::1/128` below `ipBlock:`'],
    ['10.0.0.0/8', 'write `ipBlock: {cidr: 10.0.0.0/8}`'],
    [
      'namespaceSelector: shop',
      'write `matchLabels: {kubernetes.io/metadata.name: shop}` below `namespaceSelector:`',
    ],
    ['podSelector: app=web', 'write `matchLabels: {app: web}` below `podSelector:`'],
    ['podSelector: web', 'fields go here: matchLabels, matchExpressions'],
  ])('%s', (peer, help) => expect(helpFor('NetworkPolicy', ingress(`from:\n    - ${peer}`))).toEqual([help]))
})

describe('a field of another kind in the wrong place', () => {
  const template = (more: string): string =>
    `spec:\n  selector: {matchLabels: {app: x}}\n  template:\n    metadata: {labels: {app: x}}\n    spec:\n      containers: [{name: c, image: c}]\n${more}`
  it.each<[what: string, kind: string, body: string, help: string]>([
    [
      'replicas in the template',
      'Deployment',
      template('    replicas: 2'),
      '`replicas` belongs in `spec`: move it out one level',
    ],
    [
      'labels in the spec of the Pods',
      'Deployment',
      template('      labels: {a: b}'),
      '`labels` belongs in `spec.template.metadata`',
    ],
    [
      'ports in the spec of a Pod',
      'Pod',
      'spec:\n  containers: [{name: c, image: c}]\n  ports: [{containerPort: 80}]',
      '`ports` belongs in `spec.containers[]`: write it in an entry of `containers`, as `- ports:`',
    ],
    [
      'a port in the spec of a Service',
      'Service',
      'spec:\n  targetPort: 80\n  ports: [{port: 80}]',
      '`targetPort` belongs in `spec.ports[]`: write it in an entry of `ports`, as `- targetPort:`',
    ],
  ])('%s', (_, kind, body, help) => expect(helpFor(kind, body)).toEqual([help]))
})
