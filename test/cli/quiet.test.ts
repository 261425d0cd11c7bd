import { expect, it } from 'vitest'
import type { Context } from '../../src/cli/command.ts'
import { canReach } from '../../src/cli/commands/can-reach.ts'
import { explain } from '../../src/cli/commands/explain.ts'
import { flagsOf } from '../../src/cli/flags.ts'
import * as netpol from '../../src/index.ts'

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

/** How often advice is asked for, which takes several times as long as the answer. */
async function advised(spec: typeof canReach, typed: Readonly<Record<string, unknown>>) {
  let times = 0
  const context: Context = {
    args: ['web', 'pod/db:5432'],
    flags: flagsOf(typed, []),
    world: () => netpol.buildWorld([{ path: 'world.yaml', text: WORLD }]),
    calledAs: 'netpol',
    rehearse: () => Promise.reject(new Error('no example is asked')),
    netpol: {
      ...netpol,
      reachWithAdvice: (...question) => {
        times++
        return netpol.reachWithAdvice(...question)
      },
    },
  }
  const { exit } = await spec.run(context)
  return { exit, times }
}

it.each<[string, typeof canReach, Readonly<Record<string, unknown>>, number]>([
  ['can-reach', canReach, {}, 1],
  ['can-reach -q', canReach, { quiet: true }, 0],
  ['can-reach -q --write fix.yaml', canReach, { quiet: true, write: 'fix.yaml' }, 1],
  ['explain', explain, {}, 1],
  ['explain -q', explain, { quiet: true }, 0],
  ['explain -q --write fix.yaml', explain, { quiet: true, write: 'fix.yaml' }, 1],
])('%s asks for advice only where somebody gets it', async (_, spec, typed, times) => {
  expect(await advised(spec, typed)).toEqual({ exit: 1, times })
})
