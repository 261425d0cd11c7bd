import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, policy } from './ask.ts'
import { ends, HOST, ingress, type Path, rule, world } from './ingress-world.ts'

/* S-357: paths that are patterns of the controller's own; those of ingress-nginx are regular expressions by an annotation. */

const NGINX = 'nginx.ingress.kubernetes.io'
const USE_REGEX = { annotations: { [`${NGINX}/use-regex`]: 'true' } }
const REWRITE = { annotations: { [`${NGINX}/rewrite-target`]: '/$2' } }
const UNKNOWN = 'unknown'
const NOT_FOUND = 'HTTP 404'

const specific = (path: string, to: string): Path => [path, to, 'ImplementationSpecific']
const main = (metadata: Json, ...paths: readonly Path[]) =>
  ingress('main', { rules: [rule(HOST, ...paths)] }, metadata)
const end = (path: string, ...objects: readonly Json[]) => ends(world(...objects), `http://${HOST}${path}`)

describe('with use-regex or rewrite-target each path is a regular expression', () => {
  it.each<[string, Json, readonly Path[], string, string]>([
    ['use-regex', USE_REGEX, [specific('/api(/|$)(.*)', 'api')], '/api/v1', 'api'],
    ['rewrite-target', REWRITE, [specific('/api(/|$)(.*)', 'api')], '/api', 'api'],
    ['that does not match', REWRITE, [specific('/api(/|$)(.*)', 'api')], '/apis', NOT_FOUND],
    ['in capitals or not', REWRITE, [specific('/api(/|$)(.*)', 'api')], '/API/x', 'api'],
    ['of type Prefix, which is not by elements then', REWRITE, [['/api', 'api']], '/apis', 'api'],
    ['of type Exact, which is a beginning then', USE_REGEX, [['/api', 'api', 'Exact']], '/api/x', 'api'],
    ['the longest', REWRITE, [['/', 'web'], specific('/api(/|$)(.*)', 'api')], '/api/x', 'api'],
    ['the longest that matches', REWRITE, [['/', 'web'], specific('/api(/|$)(.*)', 'api')], '/x', 'web'],
    [
      'use-regex: "false"',
      { annotations: { [`${NGINX}/use-regex`]: 'false' } },
      [specific('/api(/|$)', 'api')],
      '/api',
      NOT_FOUND,
    ],
    [
      'a rewrite-target that rewrites nothing',
      { annotations: { [`${NGINX}/rewrite-target`]: '/api' } },
      [['/api', 'api']],
      '/apis',
      NOT_FOUND,
    ],
    ['one that cannot be read', USE_REGEX, [specific('/api(?!x)', 'api')], '/api/y', UNKNOWN],
    [
      'one that cannot be read, and does not begin so',
      USE_REGEX,
      [specific('/api(?!x)', 'api')],
      '/web',
      NOT_FOUND,
    ],
    [
      'after one that matches',
      USE_REGEX,
      [['/api/v1/more', 'web'], specific('/api(?!x)', 'api')],
      '/api/v1/more',
      'web',
    ],
    [
      'before one that matches',
      USE_REGEX,
      [['/api', 'web'], specific('/api(?!x)', 'api')],
      '/api/y',
      UNKNOWN,
    ],
  ])('%s', (_, metadata, paths, path, expected) => {
    expect(end(path, main(metadata, ...paths))).toBe(expected)
  })

  it('for its host, in whatever Ingress it is, and for no other', () => {
    const other = ingress('other', {
      rules: [rule(HOST, ['/web', 'web']), rule('x.example.com', ['/web', 'web'])],
    })
    const annotated = main(REWRITE, specific('/api(/|$)(.*)', 'api'))
    expect(end('/website', annotated, other)).toBe('web')
    expect(ends(world(annotated, other), 'http://x.example.com/website')).toBe(NOT_FOUND)
  })

  it('says by which annotation', () => {
    const { steps } = ask(
      world(main(REWRITE, specific('/api(/|$)(.*)', 'api'))),
      `internet -> http://${HOST}/api`,
    )
    expect(steps[0]?.message).toContain(`a regular expression by ${NGINX}/rewrite-target`)
    const unread = ask(world(main(USE_REGEX, specific('/api(?!x)', 'api'))), `internet -> http://${HOST}/api`)
    expect(unread.message).toContain(`a regular expression by ${NGINX}/use-regex`)
  })
})

describe('without the annotation', () => {
  it('ingress-nginx takes a path as it is, and the answer names the annotation', () => {
    const answer = ask(world(main({}, specific('/api(/|$)(.*)', 'api'))), `internet -> http://${HOST}/api/v1`)
    expect(answer).toMatchObject({ verdict: 'no', reason: 'NO_ROUTE' })
    expect(answer.message).toContain(`without ${NGINX}/use-regex`)
  })

  it.each([
    ['Traefik', 'traefik', USE_REGEX],
    ['a controller that is not known', 'acme', {}],
  ])('a pattern is up to the controller: %s', (_, ingressClassName, metadata) => {
    const other = ingress(
      'main',
      { ingressClassName, rules: [rule(HOST, specific('/api(/|$)(.*)', 'api'))] },
      metadata,
    )
    expectRows(world(other), [
      [`internet -> http://${HOST}/api/v1`, 'undetermined', 'UNDETERMINED_ROUTE'],
      [`internet -> http://${HOST}/web`, 'no', 'NO_ROUTE'],
    ])
  })
})

describe('the policies behind are evaluated in any case', () => {
  const closed = policy('shop/api', {})
  const alsoClosed = policy('shop/web', {})
  const unreadable = main(USE_REGEX, ['/api', 'web'], specific('/api(?!x)', 'api'))

  it.each<[string, readonly Json[], 'undetermined' | 'no', string]>([
    ['open, whichever matches', [], 'undetermined', 'UNDETERMINED_ROUTE'],
    ['closed where one matches', [closed], 'undetermined', 'UNDETERMINED_ROUTE'],
    ['closed, whichever matches', [closed, alsoClosed], 'no', 'DENIED_BY_INGRESS'],
  ])('%s', (_, policies, verdict, reason) => {
    expectRows(world(unreadable, ...policies), [[`internet -> http://${HOST}/api/y`, verdict, reason]])
  })

  it('closed, where nothing else matches', () => {
    const alone = main(USE_REGEX, specific('/api(?!x)', 'api'))
    expectRows(world(alone, closed), [[`internet -> http://${HOST}/api/y`, 'no', 'DENIED_BY_INGRESS']])
    const { endpoints } = ask(world(alone), `internet -> http://${HOST}/api/y`)
    expect(endpoints?.map(({ to, verdict }) => [to.name, verdict])).toEqual([['api', 'undetermined']])
  })
})

describe('an Ingress by its name is asked on an example of each expression', () => {
  it.each<[string, Json, readonly Path[], readonly (string | undefined)[]]>([
    [
      'of ingress-nginx',
      REWRITE,
      [specific('/api(/|$)(.*)', 'api'), specific('/v[0-9]+/(.*)', 'web')],
      ['api', 'web'],
    ],
    [
      'and on a path that is none as it is',
      {},
      [
        ['/a+b', 'api'],
        ['/x', 'web'],
      ],
      ['api', 'web'],
    ],
  ])('%s', (_, metadata, paths, expected) => {
    const {
      verdict,
      to,
      endpoints = [],
    } = ask(world(main(metadata, ...paths)), 'internet -> shop/ingress/main')
    expect([verdict, (endpoints.length > 0 ? endpoints : [{ to }]).map(one => one.to.name)]).toEqual([
      'yes',
      expected,
    ])
  })
})
