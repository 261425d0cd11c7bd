import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { code, details, fenced, item, prose } from '../../src/render/markdown-text.ts'
import { printableLines } from '../../src/source/printable.ts'
import { asGithub, asHtml } from './as-github.ts'

const together = (text: string): string => text.replaceAll(/\s/g, '')

/** Texts made of what means something in Markdown and HTML. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...'\\`*_{}[]()<>#+-.!|~&$:"\'=@^ a1',
      '\n',
      '``',
      '```',
      '~~~',
      '](x)',
      '[x]: y',
      '&lt;',
      '&#96;',
      '<b>',
      '<!--',
      '</details>',
      'http://a.b',
      'www.a.b',
      'a@b.c',
      '| - |',
      '1. ',
      '- [ ] ',
      '# ',
      '[^1]',
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map(parts => parts.join(''))
  .filter(text => text.trim() !== '')
  // Commands of CI jobs are escaped everywhere: test/hostile/ci-commands.test.ts.
  .filter(text => [text, text.replaceAll(/\s+/g, ' ')].every(one => printableLines(one) === one))

describe('text of others in Markdown says what it says, and nothing more', () => {
  it('as a sentence, with what is between backticks as code', () =>
    fc.assert(
      fc.property(hostile, text => {
        const out = asGithub(prose(text))
        const said = out.replaceAll(/<\/?(?:p|code)>/g, '')
        expect(said).not.toMatch(/<[^>]*>/)
        expect(together(said)).toBe(
          together(
            asHtml(
              text
                .replaceAll(/\s+/g, ' ')
                .trim()
                .replaceAll(/`([^`]*[^`\s][^`]*)`/g, '$1'),
            ),
          ),
        )
      }),
      { numRuns: 2000 },
    ))

  it('as code', () =>
    fc.assert(
      fc.property(hostile, text => {
        const [, said = ''] = /^<p><code>(.*)<\/code><\/p>$/.exec(asGithub(code(text))) ?? []
        expect(said).toBe(asHtml(text.replaceAll(/\s+/g, ' ').trim()))
      }),
      { numRuns: 2000 },
    ))

  it('as lines, in an item of a list too', () =>
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), texts => {
        const lines = texts.flatMap(text => text.split('\n'))
        const out = asGithub([...item('1. ', fenced(lines, 'text'))].join('\n'))
        const [, said = ''] =
          /^<ol>\n<li>\n?<pre><code class="language-text">([\s\S]*)\n<\/code><\/pre>\n<\/li>\n<\/ol>$/.exec(
            out,
          ) ?? []
        expect(said.split('\n').map(line => line.trim())).toEqual(lines.map(line => asHtml(line).trim()))
      }),
      { numRuns: 500 },
    ))

  it('as what is seen of something folded', () =>
    fc.assert(
      fc.property(hostile, text => {
        const out = asGithub(details(text, ['inside']).join('\n'))
        const [, said = ''] =
          /^<details>\n<summary>(.*)<\/summary>\n<p>inside<\/p>\n<\/details>$/.exec(out) ?? []
        expect(said.replaceAll('"', '&quot;')).toBe(asHtml(text.replaceAll(/\s+/g, ' ').trim()))
      }),
      { numRuns: 500 },
    ))

  it.each([
    ['`interginx` does not resolve', '<p><code>interginx</code> does not resolve</p>'],
    ['api ingress[0] (a_b.yaml:3)', '<p>api ingress[0] (a_b.yaml:3)</p>'],
    ['kube-dns~ and kube-dns~', '<p>kube-dns~ and kube-dns~</p>'],
    ['`a``b`', '<p><code>a</code> <code>b</code></p>'],
    ['`a`@b', '<p><code>a</code> <code>@</code>b</p>'],
    ['`a`#1', '<p><code>a</code> <code>#</code>1</p>'],
    ['+@.a and a.b-@c.d', '<p>+@.a and a.b-@c.d</p>'],
  ])('%s', (text, out) => expect(asGithub(prose(text))).toBe(out))

  it('is not escaped without need', () =>
    expect(prose('api ingress[0] (a_b.yaml:3)')).toBe('api ingress[0] (a_b.yaml:3)'))
})
