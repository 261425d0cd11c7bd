import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'netpol-library-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const node = (...args: readonly string[]) => spawnSync(process.execPath, args, { encoding: 'utf8' })

/** Each command of the README, with the lines that it says are printed. */
const sessions = [
  ...readFileSync('examples/library/README.md', 'utf8').matchAll(/```sh\nnode (.*)\n([^`]*)```/g),
]

describe('the examples of the library', () => {
  it.each(sessions.map(([, command = '', output = '']) => [command, output]))('%s', (command, output) => {
    const { status, stdout, stderr } = node(...command.split(' '))
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: output.replaceAll(/^# /gm, ''),
      stderr: '',
    })
  })

  it('are shown to work', () => expect(sessions.length).toBe(2))

  it('the check fails where the policies are not what is meant, and says why', () => {
    cpSync('examples/three-tiers', folder, { recursive: true })
    rmSync(join(folder, 'database-policy.yaml'))
    const { status, stdout } = node('examples/library/check.mjs', folder)
    expect(status).toBe(1)
    expect(stdout).toMatch(/^NOT app\/backend -> app\/database:5432: no\n {4}no: app\/backend -> /m)
  })

  it('and where it cannot be answered', () => {
    const { status, stdout, stderr } = node('examples/library/check.mjs', 'examples/isolation')
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(/^error\[NAME_NOT_FOUND\]: /)])
  })
})

it('the program of the README does what it says', () => {
  const [, program = ''] = /```js\n([\s\S]*?)\n```\n/.exec(readFileSync('README.md', 'utf8')) ?? []
  const said = [...program.matchAll(/\/\/ (.*)$/gm)].map(([, line]) => line)
  const { stdout, stderr } = node('--input-type=module', '-e', program)
  expect({ printed: stdout.trimEnd().split('\n'), stderr }).toEqual({ printed: said, stderr: '' })
})
