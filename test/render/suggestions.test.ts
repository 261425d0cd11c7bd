import { describe, expect, it } from 'vitest'
import type { Paper } from '../../src/render/paper.ts'
import { trace } from '../../src/render/text/explanation.ts'
import { PAPER, REFUSED, suggestion } from './refused.ts'

const text = (report = REFUSED, more: Partial<Paper> = {}): string =>
  [...trace(report, { ...PAPER, ...more })].join('\n')

describe('explain with suggestions', () => {
  it.each([80, 200])('the first in full, and the others in a line each, at %d columns', async width => {
    const out = text(REFUSED, { width })
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width)
    await expect(`${out}\n`).toMatchFileSnapshot(`../golden/explain-suggestions-at-${width}.txt`)
  })

  it('all of them in full with -v', async () =>
    await expect(`${text(REFUSED, { verbose: true })}\n`).toMatchFileSnapshot(
      '../golden/explain-suggestions-v.txt',
    ))

  it.each([
    ['app/frontend -> app/database TCP 5432', true],
    ['app/frontend -> app/database TCP 5433', false],
  ])('%s, opened', (opened, isAsked) => {
    const out = text({ ...REFUSED, suggestions: [suggestion({ opens: [opened] })] })
    expect(out.includes('this lets in nothing else')).toBe(isAsked)
    expect(out.includes(`this also lets in:\n    ${opened}`)).toBe(!isAsked)
  })

  it('a manifest that would fill the screen is folded', () => {
    const long = { ...REFUSED, suggestions: [suggestion({ manifest: 'a: b\n'.repeat(30) })] }
    expect(text(long)).toContain('its manifest has 30 lines (-v shows it)')
    expect(text(long, { verbose: true }).match(/ a: b$/gm)).toHaveLength(30)
  })

  it('nothing of a manifest is obeyed by a terminal', () =>
    expect(text({ ...REFUSED, suggestions: [suggestion({ manifest: 'a: \u{9b}31m\n' })] })).toContain(
      String.raw`a: \u009b31m`,
    ))
})
