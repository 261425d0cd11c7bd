import { describe, expect, it } from 'vitest'
import { resolve } from '../../src/naming/resolve.ts'
import { load, pod, service } from '../semantics/ask.ts'

/* KIND/NAME.NAMESPACE of a Service, as the README has it. */

const world = load(
  pod('shop/api', { app: 'api' }),
  pod('shop/web.shop', { app: 'web' }),
  service('shop/api', { selector: { app: 'api' }, ports: [{ port: 80 }] }),
  service('other/api', { selector: { app: 'api' }, ports: [{ port: 80 }] }),
)

describe('the DNS form of a Service', () => {
  it.each([
    ['svc/api.shop', 'shop/api'],
    ['service/api.other', 'other/api'],
    ['svc/api.shop.svc', 'shop/api'],
    ['svc/kubernetes.default', 'default/kubernetes'],
    ['svc/api', 'shop/api'],
  ])('%s', (typed, expected) =>
    expect(resolve(world, typed, 'shop').ref).toMatchObject({ id: expected, kind: 'Service' }),
  )

  it.each([
    ['svc/api.far', 'no Service is called `api` in namespace far'],
    ['svc/apis.shop', 'no Service is called `apis` in namespace shop'],
    ['svc/api.shop.pod', 'no Service is called `api.shop.pod` in namespace shop'],
    ['deploy/api.shop', 'no Deployment is called `api.shop` in namespace shop'],
  ])('%s is none', (typed, expected) => expect(() => resolve(world, typed, 'shop')).toThrow(expected))

  it.each(['svc/api.other.svc.cluster.local', 'other/service/api.other.svc.cluster.local'])(
    '%s goes on with the domain, which the help leaves out',
    typed =>
      expect(() => resolve(world, typed, 'shop')).toThrow(
        expect.objectContaining({
          diagnostics: [
            expect.objectContaining({ help: 'leave out the domain of the cluster: `svc/api.other`' }),
          ],
        }),
      ),
  )

  it('names of Pods have dots', () =>
    expect(resolve(world, 'pod/web.shop', 'shop').ref.id).toBe('shop/web.shop'))
})
