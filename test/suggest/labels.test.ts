import { describe, expect, it } from 'vitest'
import { edit, load, reach, verdict } from '../../src/index.ts'

/*
 * By which labels suggested policies select: a policy has to survive the next release of a chart.
 */

type Labels = Readonly<Record<string, string>>

const written = (labels: Labels): string => JSON.stringify(labels)

const deployment = (name: string, selector: Labels, labels: Labels): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: ${written(selector)}}
  template:
    metadata: {labels: ${written({ ...selector, ...labels })}}
    spec: {containers: [{name: c, image: c, ports: [{containerPort: 80}]}]}
`
const pod = (name: string, labels: Labels): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: ${written(labels)}}
spec: {containers: [{name: c, image: c, ports: [{containerPort: 80}]}]}
`
const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
`
const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
`

const worldOf = (...objects: readonly string[]) =>
  load([{ path: 'all.yaml', text: [NAMESPACE, DENY, ...objects].join('---\n') }])

const ASKED = { from: 'shop/web', to: 'shop/api', port: 80 }

/** The labels that the first suggestion selects the Pods of `api` by. */
function chosen(api: string, ...others: readonly string[]): string | undefined {
  const web = pod('web', { app: 'web' })
  const [first] = reach(worldOf(web, api, ...others), { ...ASKED, advice: true }).suggestions
  // Of the policy for the Pods of api.
  const text = first?.manifest.split('---\n').find(one => one.includes('- Ingress')) ?? ''
  const selector = /podSelector:\n +matchLabels:\n((?: {6}.*\n)+)/.exec(text)?.[1]
  return selector?.trim().split(/\n +/).join(', ')
}

const CHART = {
  'app.kubernetes.io/version': '1.2.3',
  'helm.sh/chart': 'api-0.1.0',
  'app.kubernetes.io/managed-by': 'Helm',
  'sidecar.istio.io/inject': 'false',
}
const IDENTITY = { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'rel' }
const BY_IDENTITY = 'app.kubernetes.io/name: api, app.kubernetes.io/instance: rel'

describe('suggested policies select', () => {
  it.each<[how: string, api: string, labels: string]>([
    ['by the selector of a workload', deployment('api', IDENTITY, CHART), BY_IDENTITY],
    [
      'by the selector of a workload alone, whatever other labels there are',
      deployment('api', { app: 'api' }, { ...IDENTITY, tier: 'back' }),
      'app: api',
    ],
    [
      'by a version, where workloads are told apart by it',
      deployment('api', { app: 'api', version: 'v1' }, {}),
      'app: api, version: v1',
    ],
    [
      'without the version of the chart, even if a workload is selected by it',
      deployment('api', { app: 'api', 'helm.sh/chart': 'api-0.1.0' }, {}),
      'app: api',
    ],
    ['by the recommended labels of a bare Pod', pod('api', { ...CHART, ...IDENTITY }), BY_IDENTITY],
    [
      'by all labels that stay, where none is recommended',
      pod('api', { run: 'api', version: '7', chart: 'api-1.0.0', heritage: 'Tiller' }),
      'run: api',
    ],
    ['by what there is', pod('api', { version: 'v1' }), 'version: v1'],
  ])('%s', (_, api, labels) => expect(chosen(api)).toBe(labels))

  it.each<[what: string, web: string, api: string, said: string | undefined]>([
    [
      'of a Pod that has no others',
      pod('web', { app: 'web' }),
      pod('api', { version: 'v1' }),
      'shop/api has only the label version=v1, which the next release may change',
    ],
    [
      'of both Pods',
      pod('web', { 'helm.sh/chart': 'web-1', revision: '7' }),
      pod('api', { version: 'v1' }),
      'shop/web has only the labels helm.sh/chart=web-1, revision=7, which the next release may change',
    ],
    ['which stay', pod('web', { app: 'web' }), pod('api', { app: 'api', version: 'v1' }), undefined],
    [
      'by which a workload selects its Pods',
      pod('web', { app: 'web' }),
      deployment('api', { version: 'v1' }, {}),
      undefined,
    ],
  ])('and say so by labels %s', (_, web, api, said) => {
    const { suggestions } = reach(worldOf(web, api), { ...ASKED, advice: true })
    const messages = suggestions.map(({ message }) => message)
    expect(messages).not.toEqual([])
    for (const message of messages)
      if (said === undefined) expect(message).not.toContain('next release')
      else expect(message).toContain(said)
  })

  it('by more labels, where others have these too', () =>
    expect(
      chosen(
        deployment('api', { app: 'api' }, { tier: 'back' }),
        pod('other', { app: 'api', tier: 'front' }),
      ),
    ).toBe('app: api, tier: back'))

  it('so that they survive a new release of the chart', () => {
    const objects = (version: string): readonly string[] =>
      ['web', 'api'].map(name =>
        deployment(
          name,
          { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'rel' },
          {
            ...CHART,
            version,
            'app.kubernetes.io/version': version,
            'helm.sh/chart': `${name}-${version}`,
            'istio.io/rev': version,
          },
        ),
      )
    const { suggestions } = reach(worldOf(...objects('1.0.0')), { ...ASKED, advice: true })
    expect(suggestions.length).toBeGreaterThan(0)
    for (const { manifest } of suggestions) {
      const after = edit(worldOf(...objects('2.0.0')), [
        { kind: 'apply', files: [{ path: 'fix.yaml', text: manifest }] },
      ])
      expect(verdict(after, ASKED)).toBe('yes')
    }
  })
})
