import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, policy } from './ask.ts'
import { app, ends, HOST, ingress, rule } from './ingress-world.ts'

/* Other names of a host, which an annotation of ingress-nginx has. */

type Word = 'yes' | 'no'
const NGINX = 'nginx.ingress.kubernetes.io'
const UNTOLD = 'unknown'
const URL = `http://${HOST}/`
const shop = [...app('api'), ...app('web')]
const nginx = (annotations: Json, className = 'nginx') =>
  ingress('main', { ingressClassName: className, rules: [rule(HOST, ['/', 'api'])] }, { annotations })

describe('hosts that an annotation adds (annotations: server-alias)', () => {
  const alias = { [`${NGINX}/server-alias`]: 'old.example.com, WWW.example.com' }
  it.each<[string, readonly Json[], url: string, Word]>([
    ['one of them', [nginx(alias)], 'http://old.example.com/', 'yes'],
    ['another one, in capitals', [nginx(alias)], 'http://www.example.com/', 'yes'],
    ['the host itself', [nginx(alias)], URL, 'yes'],
    ['no other host', [nginx(alias)], 'http://new.example.com/', 'no'],
    ['of another controller', [nginx(alias, 'traefik')], 'http://old.example.com/', 'no'],
    [
      'a host of its own comes first',
      [nginx(alias), ingress('own', { rules: [rule('old.example.com', ['/only', 'web'])] })],
      'http://old.example.com/',
      'no',
    ],
    [
      'the paths that another Ingress gives to the host',
      [
        ingress('alias', { rules: [rule(HOST, ['/only', 'web'])] }, { annotations: alias }),
        ingress('other', { rules: [rule(HOST, ['/', 'api'])] }),
      ],
      'http://old.example.com/',
      'yes',
    ],
  ])('%s', (_, ingresses, url, verdict) =>
    expectRows(load(...shop, ...ingresses), [[`internet -> ${url}`, verdict]]),
  )

  const named = (name: string, serverAlias: string, host: string, to: string) =>
    ingress(
      name,
      { rules: [rule(host, ['/', to])] },
      { annotations: { [`${NGINX}/server-alias`]: serverAlias } },
    )
  it.each<[string, readonly Json[], host: string, ends: string]>([
    ['a wildcard', [named('a', '*.a.example.com', HOST, 'api')], 'x.a.example.com', 'api'],
    ['a wildcard, at any depth', [named('a', '*.a.example.com', HOST, 'api')], 'x.y.a.example.com', 'api'],
    [
      'a wildcard is no host itself',
      [named('a', '*.a.example.com', HOST, 'api')],
      'a.example.com',
      'HTTP 404',
    ],
    ['a dot is the host as well', [named('a', '.a.example.com', HOST, 'api')], 'a.example.com', 'api'],
    ['a dot is a wildcard', [named('a', '.a.example.com', HOST, 'api')], 'x.y.a.example.com', 'api'],
    ['a wildcard at the end', [named('a', 'www.example.*', HOST, 'api')], 'www.example.co.uk', 'api'],
    [
      'a wildcard at the end, of others',
      [named('a', 'www.example.*', HOST, 'api')],
      'example.org',
      'HTTP 404',
    ],
    [
      'an expression',
      [named('a', String.raw`~^www\d+\.example\.com$`, HOST, 'api')],
      'WWW12.example.com',
      'api',
    ],
    [
      'an expression for others',
      [named('a', String.raw`~^www\d+\.example\.com$`, HOST, 'api')],
      'www.x',
      'HTTP 404',
    ],
    [
      'an expression for any part',
      [named('a', String.raw`~\.example\.`, HOST, 'api')],
      'b.example.org',
      'api',
    ],
    [
      'an expression in capitals',
      [named('a', String.raw`~^\D+$`, HOST, 'api')],
      'a1.example.org',
      'HTTP 404',
    ],
    [
      'the host before a wildcard',
      [named('a', '*.example.com', HOST, 'api'), named('b', '', 'b.example.com', 'web')],
      'b.example.com',
      'web',
    ],
    [
      'a wildcard of nginx before one of an Ingress',
      [named('a', '*.example.com', HOST, 'api'), named('b', '', '*.b.example.com', 'web')],
      'x.b.example.com',
      'api',
    ],
    [
      'the longer wildcard',
      [named('a', '*.example.com', HOST, 'api'), named('b', '*.b.example.com', 'b.example', 'web')],
      'x.b.example.com',
      'web',
    ],
    [
      'one of an Ingress before an expression',
      [named('a', '~^x', HOST, 'api'), named('b', '', '*.b.example.com', 'web')],
      'x.b.example.com',
      'web',
    ],
    [
      'the first of two expressions is that of the first host',
      [
        named('a', '~^x', 'z.example', 'api'),
        named('b', '~^x', 'b.example', 'web'),
        named('c', '~x', 'c.example', 'api'),
      ],
      'x.example.com',
      'web',
    ],
    ['an expression that is not read', [named('a', '~^(?=x)', HOST, 'api')], 'x.example.com', UNTOLD],
    [
      'an expression that is not read, behind a wildcard',
      [named('a', '~^(?=x)', HOST, 'api'), named('b', '', '*.example.com', 'web')],
      'x.example.com',
      'web',
    ],
    ['no name of nginx', [named('a', 'x*.example.com', HOST, 'api')], 'x.example.com', UNTOLD],
    ['an expression that is not read, of another host', [named('a', '~^(?=x)', HOST, 'api')], HOST, 'api'],
  ])('%s', (_, ingresses, host, expected) =>
    expect(ends(load(...shop, ...ingresses), `http://${host}/`)).toBe(expected),
  )

  it('an expression that is not read is named, and policies decide where they deny it', () => {
    const objects = [...shop, named('a', '~^(?=x)', HOST, 'api')]
    const question = 'internet -> http://x.example.com/'
    expect(ask(load(...objects), question).message).toBe(
      `whether \`~^(?=x)\` (world.json:1) matches \`x.example.com\` is unknown: it is a regular expression by ${NGINX}/server-alias that netpol cannot read`,
    )
    expectRows(load(...objects, policy('shop/api', {})), [[question, 'no', 'DENIED_BY_INGRESS']])
  })

  it.each<[string, closed: string, Word]>([
    ['a canary of the host has all requests, and is open', 'shop/api', 'yes'],
    ['a canary of the host has all requests, and is closed', 'shop/web', 'no'],
  ])('%s', (_, closed, verdict) => {
    const canary = ingress(
      'canary',
      { rules: [rule(HOST, ['/', 'web'])] },
      { annotations: { [`${NGINX}/canary`]: 'true', [`${NGINX}/canary-weight`]: '100' } },
    )
    expectRows(load(...shop, nginx(alias), canary, policy(closed, {})), [
      [`internet -> http://old.example.com/`, verdict],
      [`internet -> ${URL}`, verdict],
    ])
  })
})
