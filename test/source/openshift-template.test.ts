import { describe, expect, it } from 'vitest'
import { buildWorld, type World } from '../../src/world/world.ts'
import { run } from '../cli/run.ts'

/* OpenShift Templates: their objects are read, with the defaults of the parameters. */

const template = (
  parameters: string,
  objects: string,
  more = '',
): string => `apiVersion: template.openshift.io/v1
kind: Template
metadata: {name: shop}
${more}parameters: ${parameters}
objects:
${objects}`

const POD = `- apiVersion: v1
  kind: Pod
  metadata: {name: "\${APP}-db", namespace: shop, labels: {app: "\${APP}"}}
  spec: {containers: [{name: c, image: c}]}
`
const POLICY = `- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: deny, namespace: shop}
  spec: {podSelector: {matchLabels: {app: "\${APP}"}}, policyTypes: [Ingress]}
`
const read = (text: string): World => buildWorld([{ path: 't.yaml', text }])
const podsOf = ({ cluster, diagnostics }: World) => ({
  pods: cluster.pods.map(({ name, labels }) => [name, Object.fromEntries(labels)]),
  errors: diagnostics.map(({ message }) => message),
})

describe('the objects of a Template', () => {
  it.each<[string, string, ReturnType<typeof podsOf>['pods']]>([
    ['a default', template('[{name: APP, value: web}]', POD), [['web-db', { app: 'web' }]]],
    [
      'one that is generated',
      template('[{name: APP, generate: expression, from: "[a-z]{8}"}]', POD),
      [['generated-db', { app: 'generated' }]],
    ],
    ['one that is required and has no default', template('[{name: APP, required: true}]', POD), []],
    [
      'one without a value that no answer depends on',
      template(
        '[{name: APP, value: web}, {name: IMAGE, required: true}]',
        POD.replace('image: c', `image: "\${IMAGE}"`),
      ),
      [['web-db', { app: 'web' }]],
    ],
    [
      'one without a value that its Pods are labeled with',
      template(
        '[{name: APP, required: true}]',
        `- apiVersion: apps.openshift.io/v1
  kind: DeploymentConfig
  metadata: {name: api}
  spec: {template: {metadata: {labels: {app: "\${APP}"}}, spec: {containers: [{name: c}]}}}
`,
      ),
      [],
    ],
    ['one that is not declared', template('[]', POD), []],
    [
      'labels for all objects',
      template('[{name: APP, value: web}]', POD, `labels: {template: "\${APP}-t"}\n`),
      [['web-db', { app: 'web', template: 'web-t' }]],
    ],
    [
      'a number',
      template(
        '[{name: REPLICAS, value: "2"}]',
        `- apiVersion: apps.openshift.io/v1
  kind: DeploymentConfig
  metadata: {name: api}
  spec:
    replicas: \${{REPLICAS}}
    template: {metadata: {labels: {app: api}}, spec: {containers: [{name: c, image: c}]}}
`,
      ),
      [
        ['api~1', expect.objectContaining({ app: 'api' })],
        ['api~2', expect.objectContaining({ app: 'api' })],
      ],
    ],
  ])('%s', (_, text, pods) => {
    expect(podsOf(read(text))).toEqual({ pods, errors: [] })
  })

  it('one whose parameter has no value could be a policy', () => {
    expect(read(template('[]', POLICY)).unmodeled).toHaveLength(1)
    expect(read(template('[{name: APP, value: web}]', POLICY)).unmodeled).toHaveLength(0)
  })

  it('decide, and the answer says what it rests on', async () => {
    const files = { 't.yaml': template('[{name: APP, value: web}]', POD + POLICY) }
    const { out, err, exit } = await run(files, 'can-reach internet shop/web-db:80')
    expect(exit).toBe(1)
    expect(out).toMatch(/^no: .*deny \(t\.yaml:10\)/)
    expect(err).toContain('the objects of Template shop are read with the defaults of its parameters')
  })

  it('errors are those of its objects, at their places', async () => {
    const { err, exit } = await run(
      {
        't.yaml': template(
          '[]',
          '- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n  spec: {containers: 5}\n',
        ),
      },
      'matrix',
    )
    expect(exit).toBe(2)
    expect(err).toContain('t.yaml:9')
  })

  it('--label and --delete find them', async () => {
    const files = { 't.yaml': template('[{name: APP, value: web}]', POD + POLICY) }
    const labeled = await run(files, 'can-reach internet shop/web-db:80 --label shop/pod/web-db app=other')
    expect(labeled.out).toMatch(/^yes: /)
    const deleted = await run(files, 'can-reach internet shop/web-db:80 --delete shop/netpol/deny')
    expect(deleted.out).toMatch(/^yes: /)
  })
})
