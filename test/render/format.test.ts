import { expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.ts'
import { formatsFor } from '../../src/render/format.ts'
import { run } from '../cli/run.ts'

it('the help of -o names every form', async () => {
  const { out } = await run({}, 'matrix --help')
  const [, forms = ''] = /form of the answer: (.*?)\n {2}-/s.exec(out) ?? []
  const words = forms.split(/[^a-z]+/)
  const formats = new Set(COMMANDS.flatMap(({ kind }) => formatsFor(kind)))
  expect([...formats].filter(format => !words.includes(format))).toEqual([])
})
