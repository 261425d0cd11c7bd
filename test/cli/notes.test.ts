import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

/* What is printed beside an answer fits on a screen. */

const app = (index: number): string => `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop${index}, labels: {app: web}}
spec: {containers: [{name: c, image: c}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop${index}}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: web, namespace: shop${index}}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop${index}}
spec: {parentRefs: [{name: web}], rules: [{backendRefs: [{name: web, port: 80}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop${index}}
spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}
`
const apps = (count: number) => ({
  'a.yaml': Array.from({ length: count }, (_, index) => app(index)).join('---\n'),
})
const countOf = (err: string) => err.match(/^note: the Pods that serve Gateway/gm)?.length

describe('many notes of one code', () => {
  it('are three, and a number', async () => {
    const { err } = await run(apps(30), 'matrix')
    expect(countOf(err)).toBe(3)
    expect(err).toContain('note: and 27 more of the kind (-v shows them) [ASSUMED_INGRESS_CONTROLLER]\n')
    expect(err.split('\n').length).toBeLessThan(24)
  })

  it('are all there with -v, and where there are few', async () => {
    expect(countOf((await run(apps(30), 'matrix -v')).err)).toBe(30)
    const { err } = await run(apps(4), 'matrix')
    expect([countOf(err), err.includes('more of the kind')]).toEqual([4, false])
  })
})

describe('notes of many codes', () => {
  const openshift = {
    'a.yaml': `apiVersion: v1
kind: Template
metadata: {name: t, namespace: shop}
objects:
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web, namespace: shop}
  spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: c}]}}}
- apiVersion: v1
  kind: Service
  metadata: {name: web, namespace: shop}
  spec: {selector: {app: web}, ports: [{port: 80}]}
- apiVersion: route.openshift.io/v1
  kind: Route
  metadata: {name: web, namespace: shop}
  spec: {host: shop.example.com, to: {kind: Service, name: web}}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: p, namespace: shop}
  spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{protocol: UDP, port: 53}]}]}
`,
  }
  const byTeam = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: in, namespace: shop}
spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: edge}}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]}
`
  const asked = 'can-reach shop/web http://shop.example.com/ --color never'
  const notes = (err: string) => err.split('\n').filter(line => line.startsWith('note: '))
  const rows = (lines: readonly string[], width: number) =>
    lines.reduce((sum, line) => sum + Math.ceil(line.length / width), 0)

  it.each([80, 60, 40])('leave room on a screen of %i columns, and are counted', async terminal => {
    const files = { ...openshift, 'b.yaml': byTeam }
    const { err } = await run(files, asked, { terminal })
    const few = notes(err)
    expect(rows(err.trimEnd().split('\n'), terminal)).toBeLessThanOrEqual(20)
    const all = notes((await run(files, `${asked} -v`, { terminal })).err)
    expect(few.slice(0, -1)).toEqual(all.slice(0, few.length - 1))
    expect(few.at(-1)).toBe(`note: and ${all.length - few.length + 1} more (-v shows all)`)
  })

  it.each([80, 40])('leave room for warnings and for what is not used, at %i columns', async terminal => {
    const twice = Array.from({ length: 30 }, (_, index) => app(index).split('---')[0]).join('---\n')
    const files = { ...openshift, 'b.yaml': twice, 'c.yaml': twice.replaceAll('image: c', 'image: d') }
    const { err } = await run(files, `${asked} --cni gke`, { terminal })
    expect(err).toMatch(/^warning\[/m)
    expect(err).toMatch(/^note: and \d+ more \(-v shows all\)$/m)
    expect(rows(err.trimEnd().split('\n'), terminal)).toBeLessThanOrEqual(21)
  })

  it('are all there on a wide one', async () => {
    const { err } = await run(openshift, asked, { terminal: 200 })
    expect(notes(err)).toEqual(notes((await run(openshift, `${asked} -v`)).err))
  })
})
