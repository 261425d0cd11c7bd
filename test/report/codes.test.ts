import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CODES } from '../../src/report/codes.ts'

it('every reason code is one that some answer can have', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts') && !path.endsWith('codes.ts'))
    .map(path => readFileSync(join('src', path), 'utf8'))
    .join('\n')
  expect(Object.keys(CODES).filter(code => !sources.includes(`'${code}'`))).toEqual([])
})
