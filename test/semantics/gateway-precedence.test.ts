import { describe, expect, it } from 'vitest'
import { ask, type Json } from './ask.ts'
import { ends, gateway, HOST, NOT_FOUND, on, route, to, world } from './gateway-world.ts'

/* Which rule of the routes of a Gateway a request comes to. */

describe('S-366 precedence', () => {
  it.each<[string, readonly Json[], string, string]>([
    ['exact before prefix', [on('/api', 'web'), on('/api', 'api', 'Exact')], '/api', 'shop/api'],
    ['the longest prefix', [on('/', 'web'), on('/api', 'api')], '/api/v1', 'shop/api'],
    ['element by element', [on('/ap', 'web')], '/api', NOT_FOUND],
    ['no match at all means everything', [to('api')], '/x', 'shop/api'],
    [
      'a method before none',
      [on('/api', 'web'), on('/api', 'api', 'PathPrefix', { method: 'GET' })],
      '/api',
      'shop/api',
    ],
    ['another method', [on('/api', 'api', 'PathPrefix', { method: 'POST' })], '/api', NOT_FOUND],
    [
      'a header that is not sent',
      [on('/api', 'api', 'PathPrefix', { headers: [{ name: 'x', value: 'y' }] })],
      '/api',
      NOT_FOUND,
    ],
    ['the first of equal rules', [on('/api', 'api'), on('/api', 'web')], '/api', 'shop/api'],
    [
      'a query that is not sent',
      [on('/api', 'api', 'PathPrefix', { queryParams: [{ name: 'x', value: 'y' }] })],
      '/api',
      NOT_FOUND,
    ],
    ['an exact path that is another one', [on('/api', 'api', 'Exact')], '/api/v1', NOT_FOUND],
    [
      'an exact path, whatever an expression beside it means',
      [on('/a.*', 'web', 'RegularExpression'), on('/api', 'api', 'Exact')],
      '/api',
      'shop/api',
    ],
    ['an expression', [on('/a.*', 'api', 'RegularExpression')], '/api', 'unknown'],
  ])('%s', (_, rules, path, expected) => {
    expect(ends([gateway(), route('shop/r', rules)], `http://${HOST}${path}`)).toBe(expected)
  })

  it('of equal rules of several routes that of the first by name', () => {
    const routes = [route('shop/b', [to('web')]), route('shop/a', [to('api')]), route('shop/c', [to('web')])]
    expect(ends([gateway(), ...routes])).toBe('shop/api')
    expect(ends([gateway(), ...routes.toReversed()])).toBe('shop/api')
  })

  it('a closer host before a wildcard, in whichever route', () => {
    const routes = [
      route('shop/a', [to('web')], { hostnames: ['*.example.com'] }),
      route('shop/b', [to('api')], { hostnames: [HOST] }),
    ]
    expect(ends([gateway(), ...routes])).toBe('shop/api')
    expect(ends([gateway(), ...routes], 'http://a.b.example.com/')).toBe('shop/web')
  })

  it('a longer wildcard before a shorter one', () => {
    const routes = [
      route('shop/a', [to('web')], { hostnames: ['*.com'] }),
      route('shop/b', [to('api')], { hostnames: ['*.example.com'] }),
    ]
    expect(ends([gateway(), ...routes])).toBe('shop/api')
  })

  it('of two listeners on a port the one that names the host more closely gets the request', () => {
    const listeners = [
      { name: 'any', port: 80, protocol: 'HTTP' },
      { name: 'shop', port: 80, protocol: 'HTTP', hostname: HOST },
    ]
    const on = (sectionName: string, id: string, name: string) =>
      route(id, [to(name)], { parentRefs: [{ name: 'main', sectionName }] })
    const objects = [gateway({}, { listeners }), on('any', 'shop/a', 'web'), on('shop', 'shop/b', 'api')]
    expect(ends(objects)).toBe('shop/api')
    expect(ends(objects, 'http://other.example.com/')).toBe('shop/web')
  })

  it('a redirect is an answer', () => {
    const redirect = { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }
    const answer = ask(world(gateway(), route('shop/r', [redirect])), `internet -> http://${HOST}/`)
    expect(answer).toMatchObject({ verdict: 'yes', reason: 'ROUTE_REDIRECTS', symptom: 'HTTP 302' })
  })
})
