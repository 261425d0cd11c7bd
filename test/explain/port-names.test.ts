import { describe, expect, it } from 'vitest'
import { explain, load, verdict } from '../../src/index.ts'

/*
 * Names of ports in policies: the Pod's count (S-028), and what is written for another port than the one asked for stays.
 */

const SHOP = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: c, image: c}]}
---
`
const target = (ports: string): string => `apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop, labels: {app: api}}
spec: {containers: [{name: c, image: c, ports: [${ports}]}]}
---
`
const service = (ports: string, name = 'api'): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: api}, ports: [${ports}]}
---
`
const allowing = (ports: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: api, namespace: shop}
spec:
  podSelector: {matchLabels: {app: api}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [${ports}]}]
`
const NAMED = '{containerPort: 8080, name: web-service}, {containerPort: 8443, name: s-web-service}'
const HTTP = '{port: 80, name: http, targetPort: web-service}'
const HTTPS = '{port: 443, name: https, targetPort: 8443}'

function answer(to: string, ...objects: readonly string[]) {
  const worldOf = (...more: readonly string[]) =>
    load([{ path: 'all.yaml', text: [SHOP, ...objects, ...more].join('') }])
  const question = { from: 'shop/web', to, namespace: 'shop' }
  const { message, suggestions } = explain(worldOf(), question)
  const fix = suggestions.find(one => one.facts.some(({ kind }) => kind === 'near-miss'))
  const after = fix && verdict(worldOf('---\n', fix.manifest), question)
  return { message, fix: fix?.message.replace(/^.*?: /, ''), after }
}

describe('the name of a port of a Service in a policy', () => {
  it.each<[what: string, to: string, objects: readonly string[], says: RegExp, fix: string]>([
    [
      'gets the name that the Pod has for it',
      'svc/api:443',
      [target(NAMED), service(`${HTTP}, ${HTTPS}`), allowing('{port: http}, {port: https}')],
      /https is the name of a port of the Service shop\/api, but policies match the port names of Pods: shop\/api declares s-web-service \(8443\)/,
      'write port: s-web-service',
    ],
    [
      'of the first port as well',
      'svc/api:80',
      [target(NAMED), service(`${HTTP}, ${HTTPS}`), allowing('{port: https}, {port: http}')],
      /http is the name of a port of the Service/,
      'write port: web-service',
    ],
    [
      'also where the Pod is asked',
      'pod/api:8443',
      [target(NAMED), service(`${HTTP}, ${HTTPS}`), allowing('{port: http}, {port: https}')],
      /https is the name of a port of the Service shop\/api/,
      'write port: s-web-service',
    ],
    [
      'gets the number where the Pod has no name for it',
      'svc/api:443',
      [target('{containerPort: 8443}'), service(HTTPS), allowing('{port: https}')],
      /shop\/api declares no name for this port/,
      'write port: 8443',
    ],
  ])('%s', (_, to, objects, says, fix) => {
    const found = answer(to, ...objects)
    expect(found.message).toMatch(says)
    expect(found).toMatchObject({ fix, after: 'yes' })
  })

  it('is not said of a name that is for another port', () => {
    const objects = [target(NAMED), service(`${HTTP}, ${HTTPS}`), allowing('{port: http}, {port: metrics}')]
    expect(answer('svc/api:443', ...objects).message).not.toMatch(/name of a port of the Service/)
  })
})

describe('a name that the Pod has not', () => {
  it.each<[what: string, to: string, objects: readonly string[], fix: string]>([
    [
      'is replaced by a similar one of the port asked for, whichever comes first',
      'pod/api:8443',
      [target(NAMED), allowing('{port: web-servce}, {port: s-web-servce}')],
      'write port: s-web-service',
    ],
    [
      'stays where it is for another port',
      'pod/api:8443',
      [target(NAMED), allowing('{port: metrics}, {port: web-service}')],
      'add port TCP 8443',
    ],
    [
      'is replaced by the number where it is the only one',
      'pod/api:8443',
      [target('{containerPort: 8443}'), allowing('{port: tls}')],
      'write port: 8443',
    ],
  ])('%s', (_, to, objects, fix) => {
    expect(answer(to, ...objects)).toMatchObject({ fix, after: 'yes' })
  })
})

it('a rule for the port of a Service in front of an address outside speaks of that address', () => {
  const endpoints = `apiVersion: v1
kind: Endpoints
metadata: {name: legacy, namespace: shop}
subsets: [{addresses: [{ip: 192.0.2.42}], ports: [{port: 3307}]}]
---
apiVersion: v1
kind: Service
metadata: {name: legacy, namespace: shop}
spec: {ports: [{port: 3306, targetPort: 3307}]}
---
`
  const egress = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: 192.0.2.42/32}}], ports: [{port: 3306}]}]
`
  const { message } = answer('svc/legacy:3306', endpoints, egress)
  expect(message).toContain('policies see that of 192.0.2.42 behind it: TCP 3307')
})
