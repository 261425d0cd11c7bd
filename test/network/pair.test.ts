import { expect, it } from 'vitest'
import { evaluatePair } from '../../src/network/pair.ts'
import { load, pod, policy } from '../semantics/ask.ts'

it('S-035 two dual-stack Pods have one verdict where it is the same for both families', () => {
  const both = (four: string, six: string) => ({
    status: { phase: 'Running', podIP: four, podIPs: [{ ip: four }, { ip: six }] },
  })
  const verdicts = (cidr: string) => {
    const world = load(
      pod('shop/web', { app: 'web' }, both('10.0.0.1', 'fd00::1')),
      pod('shop/db', { app: 'db' }, both('10.0.0.2', 'fd00::2')),
      policy('shop/db', { ingress: [{ from: [{ ipBlock: { cidr } }] }] }),
    )
    const [web, db] = world.cluster.pods
    return web && db && evaluatePair(world, { kind: 'pod', pod: web }, { kind: 'pod', pod: db }).length
  }
  expect([verdicts('10.0.0.0/8'), verdicts('192.168.0.0/16')]).toEqual([2, 1])
})
