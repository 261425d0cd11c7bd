import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, policy, type Rows, service } from './ask.ts'
import { backend, ends, HOST, ingress, type Path, routed, rule, world } from './ingress-world.ts'

/* Which rule of an Ingress a request comes to, and where it leads. */

describe('S-354 backends', () => {
  it.each<[string, string, string]>([
    ['by the number of the Service’s port', 'api:80', 'api'],
    ['by the name of the Service’s port', 'api:web', 'api'],
    ['by the Pod’s port, which is not the Service’s', 'api:5678', 'HTTP 503'],
    ['a Service that is not there', 'gone:80', 'HTTP 503'],
    ['a Service of another namespace', 'far:80', 'HTTP 503'],
    ['a Service without endpoints', 'empty:80', 'HTTP 503'],
  ])('%s', (_, to, expected) => {
    const more = [
      service('other/far', { selector: {}, ports: [{ port: 80 }] }),
      service('shop/empty', { selector: { app: 'none' }, ports: [{ port: 80 }] }),
    ]
    expect(ends(world(ingress('main', { rules: [rule(HOST, ['/', to])] }), ...more), `http://${HOST}/`)).toBe(
      expected,
    )
  })

  it.each<[string, 'yes' | 'no', string]>([
    ['nginx', 'yes', 'ROUTE_REDIRECTS'],
    ['traefik', 'no', 'DENIED_BY_INGRESS'],
  ])('a redirect of ingress-nginx comes to no backend (%s)', (ingressClassName, verdict, reason) => {
    const annotations = { 'nginx.ingress.kubernetes.io/permanent-redirect': 'https://www.example.com' }
    const main = ingress('main', { ingressClassName, rules: [rule(HOST, ['/', 'api'])] }, { annotations })
    expectRows(world(main, policy('shop/api', {})), [[`internet -> http://${HOST}/`, verdict, reason]])
  })

  it.each<[string, ports: readonly Json[], port: string, className: string, to: number | undefined]>([
    ['by number', [{ port: 80, targetPort: 5678 }], 'db:5678', 'nginx', 5678],
    ['by name', [{ port: 80, targetPort: 'http' }], 'db:http', 'nginx', 5678],
    [
      'the first port that fits is taken',
      [
        { name: 'a', port: 81, targetPort: 80 },
        { name: 'b', port: 80, targetPort: 5678 },
      ],
      'db:80',
      'nginx',
      80,
    ],
    ['which the Service leaves out', [{ port: 80 }], 'db:5678', 'nginx', undefined],
    ['by another controller', [{ port: 80, targetPort: 5678 }], 'db:5678', 'traefik', undefined],
  ])(
    'ingress-nginx takes the target port of a Service as well: %s',
    (_, ports, to, ingressClassName, port) => {
      const db = service('shop/db', { selector: { app: 'api' }, ports })
      const main = ingress('main', { ingressClassName, rules: [rule(HOST, ['/', to])] })
      const { verdict, endpoints } = ask(world(db, main), `internet -> http://${HOST}/`)
      expect(verdict === 'yes' ? endpoints?.[0]?.port?.number : undefined).toBe(port)
    },
  )

  it('a headless Service is dialed on its target port', () => {
    const headless = service('shop/db', {
      clusterIP: 'None',
      selector: { app: 'api' },
      ports: [{ port: 80, targetPort: 5678 }],
    })
    const { endpoints } = ask(
      world(headless, ingress('main', { rules: [rule(HOST, ['/', 'db:80'])] })),
      `internet -> http://${HOST}/`,
    )
    expect(endpoints?.map(({ port }) => port?.number)).toEqual([5678])
  })

  it('a resource is known to its controller alone', () => {
    const bucket = ingress('main', {
      defaultBackend: { resource: { apiGroup: 'x', kind: 'Bucket', name: 'files' } },
    })
    expectRows(world(bucket), [[`internet -> http://${HOST}/`, 'undetermined', 'UNDETERMINED_BACKEND']])
    expect(ask(world(bucket), `internet -> http://${HOST}/`).message).toContain('Bucket/files')
  })
})

describe('S-356 hosts', () => {
  const hosts = world(
    ingress('hosts', {
      rules: [rule('foo.com', ['/', 'api']), rule('*.foo.com', ['/', 'web'])],
    }),
  )
  it.each([
    ['http://foo.com/', 'api'],
    ['http://FOO.com/', 'api'],
    ['http://foo.com:443/', 'api'],
    ['http://bar.foo.com/', 'web'],
    ['http://a.b.foo.com/', 'HTTP 404'],
    ['http://foo.com.evil.com/', 'HTTP 404'],
    ['http://other.com/', 'HTTP 404'],
  ])('%s', (url, expected) => expect(ends(hosts, url)).toBe(expected))

  it('an exact host beats a wildcard, and both beat a rule for every host', () => {
    const layered = world(
      ingress('layered', {
        rules: [
          rule(undefined, ['/', 'web'], ['/deep', 'web']),
          rule('*.foo.com', ['/deep', 'web']),
          rule('a.foo.com', ['/', 'api']),
        ],
      }),
    )
    expect(ends(layered, 'http://a.foo.com/deep')).toBe('api')
    expect(ends(layered, 'http://b.foo.com/deep')).toBe('web')
    expect(ends(layered, 'http://b.foo.com/else')).toBe('HTTP 404')
    expect(ends(layered, 'http://x.org/else')).toBe('web')
  })
})

describe('S-357 S-358 paths', () => {
  it.each<[readonly Path[], string, string]>([
    [[['/foo', 'api', 'Exact']], '/foo', 'api'],
    [[['/foo', 'api', 'Exact']], '/foo/', 'HTTP 404'],
    [[['/foo', 'api', 'Exact']], '/Foo', 'HTTP 404'],
    [[['/foo', 'api']], '/foo', 'api'],
    [[['/foo', 'api']], '/foo/', 'api'],
    [[['/foo/', 'api']], '/foo', 'api'],
    [[['/aaa/bb', 'api']], '/aaa/bbb', 'HTTP 404'],
    [[['/aaa/bbb', 'api']], '/aaa/bbb/ccc', 'api'],
    [[['/', 'api']], '/anything/at/all', 'api'],
    [
      [
        ['/', 'web'],
        ['/api', 'api'],
      ],
      '/api/v1',
      'api',
    ],
    [
      [
        ['/api', 'web'],
        ['/api', 'api', 'Exact'],
      ],
      '/api',
      'api',
    ],
    [
      [
        ['/api', 'web'],
        ['/api', 'api', 'Exact'],
      ],
      '/api/',
      'web',
    ],
    [[['/api', 'api']], '/api?x=/web', 'api'],
    [[['/api', 'api', 'ImplementationSpecific']], '/api/v1', 'api'],
    [[[undefined, 'api', 'ImplementationSpecific']], '/x', 'api'],
    [[['/api(/|$)(.*)', 'api', 'ImplementationSpecific']], '/api/v1', 'HTTP 404'],
    [[['/api(/|$)(.*)', 'api', 'ImplementationSpecific']], '/web', 'HTTP 404'],
    [[['/api*', 'api', 'ImplementationSpecific']], '/ap', 'HTTP 404'],
    [[['/a+b', 'api']], '/a+b/c', 'api'],
  ])('%j, asked for %s', (paths, path, expected) => {
    expect(ends(routed(...paths), `http://${HOST}${path}`)).toBe(expected)
  })
})

describe('an Ingress by its name', () => {
  it('is asked on every path', () => {
    const main = ingress('main', { rules: [rule(HOST, ['/api', 'api'], ['/web', 'web'], ['/old', 'gone'])] })
    const { verdict, to, endpoints } = ask(world(main), 'internet -> shop/ingress/main')
    expect([verdict, to.id]).toEqual(['partial', 'shop/ingress/main'])
    expect(endpoints?.map(answer => [answer.to.name, answer.verdict])).toEqual([
      ['api', 'yes'],
      ['web', 'yes'],
      [undefined, 'no'],
    ])
    expect(() => ask(world(main), 'shop/api -> shop/ing/main')).toThrow('leads clients outside')
    expect(() => ask(world(main), 'shop/ing/main -> shop/api')).toThrow('open no connections')
  })

  it('with a default backend beside its rules is asked on every path', () => {
    const main = ingress('main', { defaultBackend: backend('web'), rules: [rule(HOST, ['/api', 'api'])] })
    expectRows(world(main, policy('shop/web', {})), [['internet -> shop/ingress/main', 'yes']])
    expectRows(world(main, policy('shop/api', {})), [['internet -> shop/ingress/main', 'no']])
  })

  it('with a default backend alone is asked for anything', () => {
    const main = ingress('main', { defaultBackend: backend('web') })
    expectRows(world(main), [['internet -> shop/ingress/main', 'yes']])
  })
})

describe('S-359 S-360 what is left', () => {
  it.each<[string, Json, string]>([
    [
      'the default backend takes what no path matches',
      { defaultBackend: backend('web'), rules: [rule(HOST, ['/api', 'api'])] },
      'web',
    ],
    ['without one it is not found', { rules: [rule(HOST, ['/api', 'api'])] }, 'HTTP 404'],
    [
      'a host without paths goes to the default backend',
      { defaultBackend: backend('web'), rules: [{ host: HOST }] },
      'web',
    ],
    ['a default backend alone takes everything', { defaultBackend: backend('web') }, 'web'],
  ])('%s', (_, spec, expected) =>
    expect(ends(world(ingress('main', spec)), `http://${HOST}/other`)).toBe(expected),
  )

  it('a default backend is for the hosts of its own Ingress, and for all that no rule names where it stands alone', () => {
    const host = ingress('host', { rules: [rule(HOST, ['/api', 'api'])] })
    const other = ingress('other', {
      defaultBackend: backend('web'),
      rules: [rule('other.example.com', ['/api', 'api'])],
    })
    const alone = ingress('alone', { defaultBackend: backend('web') })
    expect(ends(world(host, other), `http://${HOST}/else`)).toBe('HTTP 404')
    expect(ends(world(host, other), 'http://nobody.example.com/')).toBe('HTTP 404')
    expect(ends(world(host, other), 'http://other.example.com/else')).toBe('web')
    expect(ends(world(host, alone), `http://${HOST}/else`)).toBe('HTTP 404')
    expect(ends(world(host, alone), 'http://nobody.example.com/')).toBe('web')
    const aloneToo = ingress('alone', { defaultBackend: backend('api') })
    expect(ends(world(other, aloneToo), 'http://nobody.example.com/')).toBe('api')
  })

  it('a default backend beside rules is for other hosts too or not, as the controller has it', () => {
    const other = (ingressClassName: string) =>
      ask(
        world(
          ingress('other', {
            ingressClassName,
            defaultBackend: backend('web'),
            rules: [rule(HOST, ['/api', 'api'])],
          }),
        ),
        'internet -> http://nobody.example.com/',
      )
    expect(other('nginx')).toMatchObject({
      reason: 'NO_ROUTE',
      message: expect.stringContaining('ingress-nginx keeps the default backend of shop/ingress/other'),
    })
    expect(other('traefik')).toMatchObject({ verdict: 'undetermined', reason: 'UNDETERMINED_ROUTE' })
  })

  it('without a default backend a host that no rule names is not found, whatever the controller', () => {
    const main = ingress('main', { ingressClassName: 'traefik', rules: [rule(HOST, ['/api', 'api'])] })
    expect(ends(world(main), 'http://nobody.example.com/')).toBe('HTTP 404')
  })

  it('Ingresses for one host are as one', () => {
    const two = world(
      ingress('one', { rules: [rule(HOST, ['/api', 'api'])] }),
      ingress('two', { rules: [rule(HOST, ['/web', 'web'])] }),
    )
    expect(ends(two, `http://${HOST}/api`)).toBe('api')
    expect(ends(two, `http://${HOST}/web`)).toBe('web')
  })

  it('not found is a step of the way, and no matter of a policy', () => {
    const rows: Rows = [[`internet -> http://${HOST}/other`, 'no', 'NO_ROUTE']]
    const closed = world(ingress('main', { rules: [rule(HOST, ['/api', 'api'])] }), policy('shop/api', {}))
    expectRows(closed, rows)
    const { steps } = ask(closed, `internet -> http://${HOST}/other`)
    expect(steps.map(({ step, object }) => [step, object])).toEqual([['name', 'shop/ingress/main']])
  })
})
