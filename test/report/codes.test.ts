import { describe, expect, it } from 'vitest'
import { filesOf } from '../../src/cli/run-example.ts'
import type { Example } from '../../src/report/codes/page.ts'
import { CODE_FAMILIES } from '../../src/report/codes.ts'
import { run } from '../cli/run.ts'

const entries = CODE_FAMILIES.flatMap(({ pages }) => Object.entries(pages))

/** Every code of an answer: in its data, or in brackets on standard error. */
async function codesOf(example: Example): Promise<readonly string[]> {
  const { command } = example
  const { out, err } = await run(filesOf(example), / -o /.test(command) ? command : `${command} -o json`)
  const inData = [...out.matchAll(/"(?:code|reason)": "([A-Z0-9_]+)"/g)]
  const inText = [...err.matchAll(/^(?:error|warning)\[([A-Z0-9_]+)\]/gm)]
  return [...inData, ...inText].map(([, code = '']) => code)
}

describe('the example on the page of', () => {
  it.each(entries)('%s has the code in its answer', async (code, { example }) => {
    const found = await codesOf(example)
    expect(found).toContain(code)
  })
})

describe('the page of', () => {
  const codes = entries.map(([code]) => code)

  it.each(entries)('%s is written like the others', (code, { meaning, rule, mend, see = [] }) => {
    expect(code).toMatch(/^[A-Z0-9]+(_[A-Z0-9]+)*$/)
    for (const sentence of [meaning, mend, ...(rule === undefined ? [] : [rule])])
      expect(sentence).toMatch(/^\S.*[.)]$/)
    expect(codes).toEqual(expect.arrayContaining([...see]))
    expect(see).not.toContain(code)
  })

  it('each code is there once', () => {
    expect(codes.length).toBe(new Set(codes).size)
  })
})
