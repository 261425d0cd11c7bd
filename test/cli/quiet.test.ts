import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'

// Advice takes several times as long as the answer. The modules are loaded anew, because other tests have loaded them without
// the spy.
const ASKED = '../../src/questions/reachability.ts'
beforeAll(() => {
  vi.resetModules()
  vi.doMock(ASKED, { spy: true })
})
beforeEach(() => void vi.clearAllMocks())
afterAll(() => {
  vi.doUnmock(ASKED)
  vi.resetModules()
})

const WORLD = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {}}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
`

it.each<[command: string, advice: number, explained: number]>([
  ['can-reach', 1, 0],
  ['can-reach -q', 0, 0],
  ['can-reach -q --strict', 0, 1],
  ['can-reach -q --write fix.yaml', 1, 0],
  ['explain', 1, 0],
  ['explain -q', 0, 0],
  ['explain -q --strict', 0, 1],
  ['explain -q --write fix.yaml', 1, 0],
])('%s explains and asks for advice only where somebody gets it', async (command, advice, explained) => {
  const { run } = await import('./run.ts')
  const { reachWithoutAdvice: reach, reachWithAdvice } = await import('../../src/questions/reachability.ts')
  const { exit } = await run({ 'world.yaml': WORLD }, `${command} web pod/db:5432`)
  const calls = [reachWithAdvice, reach].map(asked => vi.mocked(asked).mock.calls.length)
  expect({ exit, calls }).toEqual({ exit: 1, calls: [advice, explained] })
})
