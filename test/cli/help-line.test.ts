import { describe, expect, it } from 'vitest'
import { help } from '../../src/render/text/reachability.ts'
import { NEAR_MISS, REFUSED, suggestion } from '../render/refused.ts'
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

const NEW = / \(`netpol explain` has the manifest\)\n$/

describe('beside a no, can-reach says what to do', () => {
  it.each<[what: string, policies: string, inOneLine: readonly string[]]>([
    ['what fixes the nearest miss', ingress, ['write app: web', 'db ingress[0]', 'x.yaml:18']],
    [
      'and that of each side that refuses',
      ingress + egress(5423),
      ['write port: 5432', 'web egress[0]', 'x.yaml:23', 'write app: web', 'db ingress[0]', 'x.yaml:18'],
    ],
    ['but not of one where another has none', ingress + closed, ['closed (x.yaml:23)', 'shop/db']],
  ])('%s', async (_, policies, inOneLine) => {
    const files = { 'x.yaml': PODS + NAMESPACE + policies }
    const { err } = await run(files, 'can-reach shop/web shop/db:5432')
    const [first = '', ...more] = err.trimEnd().split('\n')
    const holding = [first, ...more].filter(line => inOneLine.every(words => line.includes(words)))
    expect(holding).toHaveLength(1)
    expect(first).toMatch(/^help: (?!or)/)
    for (const line of more) expect(line).toMatch(/^help: or /)
    expect(err).toMatch(NEW)
    expect((await run(files, 'can-reach shop/web shop/db:5432 -q')).err).toBe('')
  })

  it.each<[what: string, policies: string, first: string]>([
    [
      'the least permissive',
      ingress,
      'a new NetworkPolicy shop/db-from-web: ingress from shop/web, TCP 5432',
    ],
    [
      'the fix, where nothing allows less',
      ingress.replace('}]}]}', '}], ports: [{port: 5432}]}]}'),
      'in db ingress[0] (x.yaml:18): write app: web',
    ],
    [
      'no label of a namespace, if there is anything else',
      policy(
        'db',
        '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: sales}}}], ports: [{port: 5432}]}]}',
      ),
      'a new NetworkPolicy shop/db-from-web: ingress from shop/web, TCP 5432',
    ],
  ])('first %s, which is also what is saved and what explain begins with', async (_, policies, message) => {
    const files = { 'x.yaml': PODS + NAMESPACE + policies }
    const asked = 'shop/web shop/db:5432'
    const { err } = await run(files, `can-reach ${asked} --write fix.yaml`)
    const lines = err.trimEnd().split('\n')
    expect(lines[0]).toContain(`: ${message} (`)
    expect(lines.at(-1)).toBe(`wrote \`fix.yaml\`: ${message}`)
    const { out } = await run(files, `explain ${asked} -o json`)
    expect(JSON.parse(out).suggestions[0].message).toBe(message)
  })

  it('and nothing beside a yes', async () => {
    const files = { 'x.yaml': PODS + NAMESPACE + egress(5432) }
    expect((await run(files, 'can-reach shop/web shop/db:5432')).err).toBe('')
  })

  it('but how to close it, where the line tells of a policy that was likely meant to', async () => {
    const typo = policy('guard', '{podSelector: {matchLabels: {app: wbe}}, policyTypes: [Egress]}')
    const { err } = await run({ 'x.yaml': PODS + NAMESPACE + typo }, 'can-reach shop/web shop/db:5432')
    expect(err).toBe('help: to close it: write app: web (guard, x.yaml:18)\n')
  })

  it('and nothing twice, where the first suggestion is the mend', () => {
    const label = suggestion({
      message: 'label app/frontend tier=backend, for database-policy ingress[0] (db.yaml:14)',
      fixes: [NEAR_MISS],
    })
    expect(help({ ...REFUSED, suggestions: [label] })).toEqual([
      'help: if this should be allowed: label app/frontend tier=backend, for database-policy ingress[0] (db.yaml:14) (`netpol explain` has the manifest)',
    ])
  })

  it('and nothing that is not proven', () => expect(help({ ...REFUSED, suggestions: [] })).toEqual([]))
})
