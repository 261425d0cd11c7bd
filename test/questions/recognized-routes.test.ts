import { describe, expect, it } from 'vitest'
import { matrix, whoCanReach } from '../../src/index.ts'
import { FROM, outside, POLICY, SHOP, text, world } from './routed-world.ts'

/* Who can reach, and the matrix: the ways in through routes of kinds that are not evaluated. */

const OTHER = (apiVersion: string, kind: string, spec: string, name = 'r') =>
  `\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\nspec: ${spec}\n`
const TRAEFIK = (service: string) =>
  OTHER(
    'traefik.io/v1alpha1',
    'IngressRoute',
    `{routes: [{match: 'Host(\`a.example.com\`)', services: [{name: ${service}, port: 80}]}]}`,
  )
const ISTIO = (host: string) =>
  OTHER(
    'networking.istio.io/v1',
    'VirtualService',
    `{hosts: [a.example.com], gateways: [gw], http: [{route: [{destination: {host: ${host}}}]}]}`,
  )
const ISTIO_GATEWAY = OTHER('networking.istio.io/v1', 'Gateway', '{servers: [{hosts: ["*"]}]}', 'gw')
const FQDN = '{virtualhost: {fqdn: a.example.com}'

describe('routes of kinds that are only recognized', () => {
  it.each<[string, string, string | undefined]>([
    ['a Service by name', TRAEFIK('web'), 'shop/ingressroute/r'],
    ['another Service', TRAEFIK('db'), undefined],
    ['by its namespace too', ISTIO('web.shop'), 'shop/virtualservice/r'],
    [
      'by its whole name',
      `${ISTIO('web.shop.svc.cluster.local')}---${ISTIO_GATEWAY}`,
      'shop/virtualservice/r',
    ],
    ['of another namespace', ISTIO('web.other'), 'shop/virtualservice/r'],
    ['a Gateway without routes, which may be elsewhere', ISTIO_GATEWAY, 'shop/gateway/gw'],
    ['a Gateway whose routes name another Service', `${ISTIO_GATEWAY}---${ISTIO('db')}`, undefined],
    [
      'by a URL',
      OTHER('getambassador.io/v3alpha1', 'Mapping', '{prefix: /, service: "http://web.shop:80"}'),
      'shop/mapping/r',
    ],
    ['what is not a Service', TRAEFIK('other@file'), 'shop/ingressroute/r'],
    [
      'another object that names it',
      `${OTHER('projectcontour.io/v1', 'HTTPProxy', `${FQDN}, includes: [{name: part}]}`)}---${OTHER('projectcontour.io/v1', 'HTTPProxy', '{routes: [{services: [{name: web, port: 80}]}]}', 'part')}`,
      'shop/httpproxy/part',
    ],
    [
      'one that nothing outside leads to',
      OTHER('projectcontour.io/v1', 'HTTPProxy', '{routes: [{services: [{name: web, port: 80}]}]}'),
      undefined,
    ],
  ])('named by %s', async (_, route, via) => {
    const loaded = world(...SHOP, route, FROM('traefik'))
    const found = outside(loaded, 'shop/web')
    expect(found.flatMap(one => one.via ?? []).some(({ id }) => id === via)).toBe(via !== undefined)
    expect(found.map(({ verdict }) => verdict)).toEqual(via === undefined ? [] : ['undetermined'])
    const { routed = [] } = matrix(loaded, { by: 'pod' })
    expect(routed.filter(({ to }) => to === 'shop/web').some(one => one.via.id === via)).toBe(
      via !== undefined,
    )
  })

  it('lead nowhere where no controller is let in', () => {
    expect(outside(world(...SHOP, TRAEFIK('web'), POLICY('ingress: []')), 'shop/web')).toEqual([])
  })

  it('are told with the kind that is not evaluated', async () => {
    const loaded = world(...SHOP, TRAEFIK('web'), FROM('traefik'))
    expect(await text(loaded, 'shop/web')).toContain('internet unknown: TCP 8080-8081 via ingressroute/r')
    expect([...whoCanReach(loaded, { to: 'shop/web' }).sources][0]?.message).toContain(
      'netpol does not evaluate IngressRoute of traefik.io',
    )
  })
})
