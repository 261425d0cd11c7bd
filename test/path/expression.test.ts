import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exampleOfExpression, matchesFromStart } from '../../src/path/http/expression.ts'

/* As `~* "^EXPRESSION"` of nginx matches a path. */

describe('regular expressions of paths', () => {
  it.each<[string, string, boolean | undefined]>([
    ['/api(/|$)(.*)', '/api', true],
    ['/api(/|$)(.*)', '/api/v1/x', true],
    ['/api(/|$)(.*)', '/apis', false],
    ['/api(/|$)(.*)', '/API/x', true],
    ['/(foo|bar)/?$', '/bar/', true],
    ['/(foo|bar)/?$', '/bar/x', false],
    ['/foo', '/foobar', true],
    ['/v[0-9]+/', '/v12/x', true],
    ['/v[0-9]+/', '/vx/', false],
    ['/[^/]+/static', '/a/static', true],
    ['/[^/]+/static', '/a/b/static', false],
    ['/\\w+\\.js', '/main.js', true],
    ['/\\W', '/a', false],
    ['/[\\w-]+$', '/a-b', true],
    ['/a{2,3}b', '/aab', true],
    ['/a{2,3}b', '/aaaab', false],
    ['/a{2}', '/aab', true],
    ['/a{,2}', '/a{,2}', true],
    ['/a{x}', '/a{x}', true],
    ['(?:/a)+$', '/a/a', true],
    ['/.*?x', '/aax', true],
    ['^/a', '/a', true],
    ['', '/', true],
    ['/a|/b', '/x/b', true],
    ['/a|/b', '/x/a', false],
    ['/[]x]', '/]', true],
    ['/A-[A-C]', '/a-b', true],
    ['/(?!x)', '/y', undefined],
    ['/(?i)x', '/X', undefined],
    ['/a++', '/aa', undefined],
    ['/(a)\\1', '/aa', undefined],
    ['/a\\b', '/a', undefined],
    ['/[[:alpha:]]', '/a', undefined],
    ['/(a', '/a', undefined],
    ['/a)', '/a', undefined],
    ['*', '/', undefined],
    ['/[a', '/a', undefined],
    ['/[z-a]', '/a', undefined],
    ['/a{1000}', '/a', undefined],
    [`/${'a'.repeat(2000)}`, '/a', undefined],
    ['('.repeat(400) + ')'.repeat(400), '/', undefined],
  ])('%s of %s', (expression, text, expected) => {
    expect(matchesFromStart(expression, text)).toBe(expected)
  })

  const part = fc.constantFrom(
    'a',
    'b',
    '/',
    '.',
    '[ab]',
    '[^a]',
    '(a|b)',
    '(a|)',
    '(?:ab)',
    '\\.',
    '\\d',
    'a$',
    '^',
  )
  const times = fc.constantFrom('', '', '*', '+', '?', '*?', '{2}', '{1,2}', '{0,}')
  const expression = fc.array(
    fc.tuple(part, times).map(([one, many]) => `${one}${one === '^' ? '' : many}`),
    { maxLength: 6 },
  )
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '/', '.', '1'), maxLength: 8 })

  it('match what JavaScript matches', () => {
    fc.assert(
      fc.property(expression, fc.boolean(), text, (parts, isSplit, path) => {
        const written = isSplit ? parts.join('|') : parts.join('')
        const isQuantifiedAnchor = /\$[*+?{]/.test(written)
        fc.pre(!isQuantifiedAnchor)
        expect([written, path, matchesFromStart(written, path)]).toEqual([
          written,
          path,
          new RegExp(`^${written}`, 'i').test(path),
        ])
      }),
      { numRuns: 3000 },
    )
  })

  it('none takes longer than its length times that of the text', () => {
    const path = `/${'a'.repeat(2000)}`
    const started = performance.now()
    for (const hostile of ['/(a+)+$x', '/(a|a)*b', '/.*.*.*.*.*.*x', '/(a*)*(a*)*b'])
      expect(matchesFromStart(hostile, path)).toBe(false)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('an example that an expression matches', () => {
  it.each([
    ['/api(/|$)(.*)', '/api/'],
    ['/api/?(.*)', '/api/'],
    ['/v[0-9]+/x', '/v0/x'],
    ['/\\d+$', '/0'],
    ['/[^/]+/static/.*', '/0/static/'],
    ['/(foo|bar)/', '/foo/'],
    ['/(?:a|b)(/.+)?', '/a/x'],
    ['/main\\.js', '/main.js'],
    ['^/a', '/a'],
    ['/a(?!b)', '/a'],
  ])('%s: %s', (expression, example) => expect(exampleOfExpression(expression)).toBe(example))
})
