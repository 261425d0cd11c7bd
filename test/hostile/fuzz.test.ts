import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostics } from '../../src/report/report.ts'
import { run } from '../cli/run.ts'
import { brokenTexts } from './broken-texts.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for
const CONTROL = /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/

/** Every place is inside the file: a line that it has, and columns that the line has, or the one behind its end. */
function expectPlacesInside({ diagnostics }: Diagnostics, text: string): void {
  const lines = text.replace(/^\ufeff/, '').split('\n')
  for (const { source, message, help } of diagnostics) {
    expect({ message, help }).toMatchObject({ help: expect.stringMatching(/./) })
    if (source === undefined) continue
    const line = lines[source.line - 1]
    expect({ message, line }).toMatchObject({ line: expect.any(String) })
    expect(source.column).toBeGreaterThanOrEqual(1)
    expect(source.column).toBeLessThanOrEqual((line?.length ?? 0) + 1)
    expect(source.column + source.length - 1).toBeLessThanOrEqual(Math.max(source.column, line?.length ?? 0))
  }
}

async function expectAnswerOrReason(text: string, options: string): Promise<void> {
  const { exit, out, err } = await run({ 'x.yaml': text }, `matrix -o json ${options}`)
  expect(err).not.toContain('netpol failed')
  expect(CONTROL.exec(err)?.[0]).toBeUndefined()
  const report = JSON.parse(out)
  if (exit === 2) {
    expect(report.kind).toBe('Diagnostics')
    expect(report.errors).toBeGreaterThan(0)
    expectPlacesInside(report, text)
  } else {
    expect(exit).toBe(0)
    expect(report.kind).toBe('Matrix')
  }
}

describe('whatever the input is, it ends in an answer or in diagnostics with places inside it', () => {
  it('manifests with slips in them', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(brokenTexts, async text => expectAnswerOrReason(text, '')),
      { numRuns: 2500 },
    )
  })

  it('and with --skip-invalid there is an answer to whatever can be read', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(brokenTexts, async text => {
        const { exit, out } = await run({ 'x.yaml': text }, 'matrix --skip-invalid -o json')
        const { kind, diagnostics } = JSON.parse(out)
        // Unless nothing in it is an object, so that there is nothing to answer from.
        if (exit === 2) expect(diagnostics).toMatchObject([{ code: 'NO_MANIFESTS' }])
        else expect([exit, kind]).toEqual([0, 'Matrix'])
      }),
      { numRuns: 800 },
    )
  })
})
