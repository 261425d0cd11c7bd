import { describe, expect, it } from 'vitest'
import { help } from '../../src/render/text/reachability.ts'
import { REFUSED } from '../render/refused.ts'
import { run } from './run.ts'

const PODS = ['web', 'db']
  .map(
    name => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {containers: [{name: c, image: c}]}
---
`,
  )
  .join('')
const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
`
const policy = (name: string, spec: string): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec: ${spec}
`
const ingress = policy(
  'db',
  '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: wbe}}}]}]}',
)
const egress = (port: number): string =>
  policy(
    'web',
    `{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{ports: [{port: ${port}}]}]}`,
  )
const closed = policy('closed', '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}')

describe('beside a no, can-reach says what to do', () => {
  it.each<[what: string, policies: string, help: string]>([
    ['the mend of the nearest miss', ingress, 'help: write app: web (db ingress[0], x.yaml:18)\n'],
    [
      'that of each side that refuses',
      ingress + egress(5423),
      'help: write port: 5432 (web egress[0], x.yaml:23); and write app: web (db ingress[0], x.yaml:18)\n',
    ],
    ['but nothing of one where another has none', ingress + closed, ''],
    ['and nothing beside a yes', egress(5432), ''],
  ])('%s', async (_, policies, err) => {
    const files = { 'x.yaml': PODS + NAMESPACE + policies }
    expect((await run(files, 'can-reach shop/web shop/db:5432')).err).toBe(err)
    expect((await run(files, 'can-reach shop/web shop/db:5432 -q')).err).toBe('')
  })

  it('the first suggestion, where there is one', () =>
    expect(help(REFUSED)).toEqual([
      'help: add NetworkPolicy app/frontend-to-database, which lets app/frontend in to app/database on TCP 5432 (`netpol explain` has the manifest)',
    ]))
})
