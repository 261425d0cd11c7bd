import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { processIo, type Ran } from '../../src/cli/io.ts'

const NODE = process.execPath

async function ran(program: string, code: string, most = 1000): Promise<string> {
  const result = await processIo().run(program, ['-e', code], most)
  return result === 'not-installed' ? result : saidBy(result)
}

const saidBy = ({ status, stdout, stderr }: Ran): string =>
  `${status} ${new TextDecoder().decode(stdout)} ${stderr.trim()}`

describe('another program', () => {
  it.each([
    ['that prints', 'console.log(1)', '0 1\n '],
    ['that fails', 'console.error("no"); process.exitCode = 7', '7  no'],
    ['that reads standard input: there is none', 'process.stdin.pipe(process.stdout)', '0  '],
  ])('%s', async (_, code, expected) => expect(await ran(NODE, code)).toBe(expected))

  it('that prints more than it may', async () =>
    expect(await ran(NODE, 'console.log("a".repeat(3e6))', 2 ** 21)).toBe('2  it prints more than 2 MiB'))

  it('that is not installed', async () => expect(await ran('no-such-program', '')).toBe('not-installed'))

  it.skipIf(process.platform === 'win32')('that is killed', async () =>
    expect(await ran(NODE, 'console.error("so far"); process.kill(process.pid, "SIGKILL")')).toMatch(
      /^2 {2}so far\s+error: ended by SIGKILL$/,
    ),
  )

  it.skipIf(process.platform === 'win32')('that is not executable', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'netpol-')), 'helm')
    writeFileSync(file, '')
    chmodSync(file, 0o644)
    expect(await ran(file, '')).toBe('2  permission denied: it is not executable')
  })
})
