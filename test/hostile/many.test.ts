import { expect, it } from 'vitest'
import { someOf } from '../../src/engine/all/bounds.ts'
import { whyNoBackends } from '../../src/explain/differences/services.ts'
import { widthOf } from '../../src/render/text/wrap.ts'
import { NO_BITS } from '../../src/sets/bits.ts'
import { load, pod, service } from '../semantics/ask.ts'

/** More than fit on the stack as the arguments of one call. */
const MANY = 150_000

it('a Service that selects none of very many Pods', () => {
  const world = load(
    pod('shop/web', { app: 'web' }),
    service('shop/db', { selector: { app: 'db' }, ports: [{ port: 80 }] }),
  )
  const [one] = world.cluster.pods
  const [db] = world.cluster.services
  if (one === undefined || db === undefined) throw new Error('both are in the manifests')
  const pods = Array.from({ length: MANY }, (_, index) => ({ ...one, name: `web-${index}` }))
  const why = whyNoBackends({ ...world, cluster: { ...world.cluster, pods } }, db)
  expect(why).toMatchObject({ why: 'selector', nearest: { of: MANY } })
})

it('a column of very many texts', () => {
  expect(widthOf(Array.from({ length: MANY }, (_, index) => `${index}`))).toBe(6)
})

it('a union of very many sets', () => {
  expect(someOf(Array.from({ length: MANY }, () => ({ yes: NO_BITS, maybe: NO_BITS }))).yes).toBe(NO_BITS)
})
