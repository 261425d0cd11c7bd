import { describe, expect, it } from 'vitest'
import { isLoopback, isValidName } from '../../src/path/destination.ts'
import { settingsOf } from '../../src/path/question.ts'
import { run } from '../cli/run.ts'

describe('--cluster-domain', () => {
  it.each([
    ['cluster.local', 'cluster.local'],
    ['Cluster.Local.', 'cluster.local'],
    ['k8s', 'k8s'],
    ['a.b-c.d0', 'a.b-c.d0'],
  ])('%s is the domain %s', (clusterDomain, domain) => {
    expect(settingsOf({ clusterDomain }).domain).toBe(domain)
  })

  it.each(['', '.', '-a', 'a-', 'a..b', '.a', 'a_b', 'a.-b', 'a b', '10.0.0.1'])(
    '%j is none',
    clusterDomain => {
      expect(() => settingsOf({ clusterDomain })).toThrow('is no DNS domain')
    },
  )
})

it.each([
  ['127.0.0.1', true],
  ['127.10.200.30', true],
  ['::1', true],
  ['1127.0.0.1', false],
  ['127.0.0.1.example.com', false],
  ['127.0.0', false],
  ['128.0.0.1', false],
  ['::12', false],
  ['fd00::1', false],
])('S-044 %s is an address of the loopback interface: %s', (name, is) => {
  expect(isLoopback(name)).toBe(is)
})

it.each([
  ['web', true],
  ['shop/web', true],
  ['10.0.0.7', true],
  ['fd00::7', true],
  ['10.0.0.7.example.com', true],
  ['v1.2', true],
  ['', false],
  ['10.0.0', false],
  ['10.0.0.300', false],
  ['web:80:81', false],
])('%j can be what is meant: %s', (name, is) => {
  expect(isValidName(name)).toBe(is)
})

it('a URL on a port by its name is asked on the Service or the Pod, and no route knows the name', async () => {
  const manifests = [
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{ports: [{name: web, containerPort: 80}]}]}\n',
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{name: web, port: 80}]}\n',
    `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
`,
  ].join('---\n')
  const ask = async (url: string) =>
    (await run({ 'a.yaml': manifests }, `can-reach pod/web ${url} --port web`)).out
  expect(await ask('http://web/')).toBe(
    'yes: default/web -> default/web TCP web (80): a Pod always reaches itself\n',
  )
  expect(await ask('http://shop.example.com/')).toBe(
    'no: default/web -> shop.example.com TCP web: shop.example.com declares no port TCP web\n',
  )
})
