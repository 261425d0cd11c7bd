import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

const POD = (name: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {containers: [{name: c, image: c}]}
---
`
const FILES = {
  'x.yaml': `${['web', 'db', 'batch'].map(POD).join('')}apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
    - from: [{podSelector: {matchLabels: {app: batch}}}]
      ports: [{port: 5432}]
    - from: [{podSelector: {matchLabels: {app: web, tier: front}}}]
      ports: [{port: 5432}]
    - from: [{ipBlock: {cidr: 169.254.169.254/32}}]
`,
}

describe('--expect', () => {
  it.each<[question: string, exit: number, expectNo: number, expectYes: number]>([
    ['shop/batch shop/db:5432', 0, 1, 0],
    ['shop/web shop/db:5432', 1, 0, 1],
    // Neither is what a question about both ports gets.
    ['shop/batch shop/db', 1, 1, 1],
    // Whether the address is that of the Pod is not known.
    ['169.254.169.254/31 shop/db:5432', 1, 1, 1],
    ['shop/nobody shop/db:5432', 2, 2, 2],
  ])(
    '%s: the exit code says whether the answer is as expected',
    async (question, exit, expectNo, expectYes) => {
      for (const command of ['can-reach', 'explain', 'can-reach -q', 'explain -q']) {
        const exits = ['', ' --expect no', ' --expect yes'].map(
          async flag => (await run(FILES, `${command} ${question}${flag}`)).exit,
        )
        expect(await Promise.all(exits)).toEqual([exit, expectNo, expectYes])
      }
    },
  )

  it('is weaker than --strict', async () => {
    const other = `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: other, namespace: shop}
spec: {endpointSelector: {}}
`
    const files = { 'x.yaml': FILES['x.yaml'] + other }
    for (const quiet of ['', ' -q'])
      expect((await run(files, `can-reach shop/web shop/db --expect no --strict${quiet}`)).exit).toBe(3)
  })

  it('takes yes or no', async () => {
    const { exit, err } = await run(FILES, 'can-reach shop/web shop/db --expect partial')
    expect([exit, err]).toEqual([2, expect.stringContaining('Allowed choices are yes, no')])
  })

  it('is part of the data', async () => {
    const asked = async (flag: string) => {
      const { out } = await run(FILES, `can-reach shop/web shop/db:5432 -o json${flag}`)
      const { expected, suggestions } = JSON.parse(out)
      return [expected, suggestions.length > 0]
    }
    expect(await asked('')).toEqual([undefined, true])
    expect(await asked(' --expect yes')).toEqual(['yes', true])
    expect(await asked(' --expect no')).toEqual(['no', false])
  })
})

describe('help beside an answer', () => {
  const errOf = async (flag: string, question = 'shop/web shop/db:5432') =>
    (await run(FILES, `can-reach ${question}${flag}`)).err

  it('takes a no for a mistake only if a yes is expected', async () => {
    expect(await errOf('')).toMatch(/^help: if this should be allowed: in db ingress/)
    expect(await errOf(' --expect yes')).toMatch(/^help: in db ingress/)
  })

  it('says nothing of how to allow what should be denied', async () => {
    expect(await errOf(' --expect no')).toBe('')
    const { out } = await run(FILES, 'explain shop/web shop/db:5432 --expect no')
    expect(out).toMatch(/^no: /)
    expect(out).not.toContain('Suggestion')
  })

  it('and nothing is saved', async () => {
    const { exit, err } = await run(FILES, 'can-reach shop/web shop/db:5432 --expect no --write fix.yaml')
    expect([exit, err]).toEqual([0, 'note: `fix.yaml` is not written: a no is expected\n'])
  })

  it('says how to close what should be closed, and not what should be open', async () => {
    const typo = FILES['x.yaml'].replace('matchLabels: {app: db}', 'matchLabels: {app: dv}')
    const errs = ['', ' --expect no', ' --expect yes'].map(
      async flag => (await run({ 'x.yaml': typo }, `can-reach shop/web shop/db:5432${flag}`)).err,
    )
    const closing = expect.stringMatching(/^help: to close it: write app: db/)
    expect(await Promise.all(errs)).toEqual([closing, closing, ''])
  })
})
