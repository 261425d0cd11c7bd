import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../src/cli/commands/index.ts'
import { namesOfOption } from '../src/cli/options.ts'

const readme = readFileSync('README.md', 'utf8')
const executable = resolve('bin/netpol.js')
const folder = mkdtempSync(join(tmpdir(), 'netpol-readme-'))

/** The manifests that the README shows the refusals of. */
const BROKEN = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podselector: {}
`

const BROKEN_RANGE = `${BROKEN.replace('podselector', 'podSelector')}  ingress:
  - ports:
    - port: 90
      endPort: 80
`

beforeAll(() => {
  writeFileSync(join(folder, 'broken.yaml'), BROKEN)
  writeFileSync(join(folder, 'broken-range.yaml'), BROKEN_RANGE)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Each `$ … netpol …` of the console blocks, with what stands below it. */
const sessions = [...readme.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map(session => {
      const [command = '', ...output] = session.trimEnd().split('\n')
      return [command.replace(/^.*npx netpol /, ''), output.join('\n').trimEnd()] as const
    }),
)

describe('the README', () => {
  it.each(sessions)('netpol %s', (command, output) => {
    const cwd = command.includes('broken') ? folder : process.cwd()
    const { stdout, stderr } = spawnSync(process.execPath, [executable, ...command.split(' ')], {
      cwd,
      encoding: 'utf8',
    })
    expect(`${stdout}${stderr}`.trimEnd()).toBe(output)
  })

  it('shows something', () => expect(sessions.length).toBeGreaterThan(2))

  it('has every command in its table', () => {
    const names = [...readme.matchAll(/^\| `netpol ([a-z-]+)/gm)].map(([, name]) => name)
    expect(names).toEqual(COMMANDS.map(({ name }) => name))
  })

  it('tells of every option that does something, by one of its names', () => {
    const told = (name: string): boolean => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(readme)
    const untold = COMMANDS.flatMap(({ options }) => options).filter(
      option => !namesOfOption(option).some(told) && !option.description.includes('(this is'),
    )
    expect(untold.map(({ long }) => long)).toEqual([])
  })

  it('does not call unfinished what a command does', () => {
    const [notYet = ''] = readme.match(/^Not yet: [\s\S]*?\n\n/m) ?? []
    expect(notYet).not.toBe('')
    expect(notYet).not.toMatch(/what-if|who-can-reach|matrix|describe|complet/)
  })
})

describe('src/README.md', () => {
  const architecture = readFileSync('src/README.md', 'utf8')

  it('names files and folders that are there', () => {
    const named = [...architecture.matchAll(/`([a-z-]+(?:\/[a-z-]+)*(?:\.ts|\/))`/g)].map(
      ([, path = '']) => path,
    )
    // Folders of a room are named in its own row.
    const files = named.filter(path => path.endsWith('.ts') && path.includes('/'))
    expect(files.filter(path => !existsSync(`src/${path}`))).toEqual([])
  })
})
