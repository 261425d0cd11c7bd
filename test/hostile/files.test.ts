import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { processIo } from '../../src/cli/io.ts'
import { run } from '../cli/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'netpol-'))
afterAll(() => rmSync(folder, { recursive: true }))

const POD = (name: string, labels = 'app: web') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {${labels}}}\nspec: {containers: [{name: c, image: c}]}\n`

/** The executable itself, in the folder. */
function netpol(...words: readonly string[]): { exit: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(process.cwd(), 'bin/netpol.js'), ...words],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    },
  )
  return { exit: status, out: stdout, err: stderr }
}

const pods = (...words: readonly string[]) => netpol('get', 'pods', '-o', 'json', ...words)
const namesOf = (out: string): readonly string[] =>
  JSON.parse(out).items.map((item: { readonly name: string }) => item.name)

describe('what a folder may hold', { timeout: 120_000 }, () => {
  beforeEach(() => {
    rmSync(folder, { recursive: true })
    mkdirSync(join(folder, 'sub'), { recursive: true })
    writeFileSync(join(folder, 'sub/web.yaml'), POD('web'))
  })

  it.each<[string, Uint8Array, readonly string[]]>([
    ['a byte order mark', Buffer.from(`\ufeff${POD('bom')}`), ['bom', 'web']],
    ['Windows line ends', Buffer.from(POD('crlf').replaceAll('\n', '\r\n')), ['crlf', 'web']],
    ['the line ends of old Macs', Buffer.from(POD('mac').replaceAll('\n', '\r')), ['mac', 'web']],
    ['UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${POD('utf16')}`, 'utf16le'), ['utf16', 'web']],
    ['a comment in Latin-1', Buffer.from(`# caf\u00e9\n${POD('latin')}`, 'latin1'), ['latin', 'web']],
    ['nothing', Buffer.from(''), ['web']],
    ['a file without a line end', Buffer.from(POD('end').trimEnd()), ['end', 'web']],
    ['documents without end', Buffer.from(`---\n---\n${POD('many')}---\n...\n---\n`), ['many', 'web']],
  ])('%s', (_, bytes, names) => {
    writeFileSync(join(folder, 'a.yaml'), bytes)
    const { exit, out } = pods()
    expect([exit, exit === 0 && namesOf(out)]).toEqual([0, names])
  })

  it.each<[string, Uint8Array, string]>([
    ['NUL bytes', Buffer.from(`${POD('nul')}# \0\n`), 'YAML cannot contain the character `\\u{0}`'],
    ['what is no UTF-8, in a name', Buffer.from(POD('caf\u00e9'), 'latin1'), 'Invalid value: "caf\ufffd"'],
    ['UTF-16 without a mark', Buffer.from(POD('utf16'), 'utf16le'), 'YAML cannot contain'],
    ['an escape sequence in a name', Buffer.from(POD('"\\e[31mred"')), 'in Pod \\u{1b}[31mred'],
    [
      'a merge conflict',
      Buffer.from(`<<<<<<< HEAD\n${POD('a')}=======\n${POD('b')}>>>>>>> b\n`),
      'unresolved merge conflict',
    ],
    ['a bomb of aliases', Buffer.from(`${POD('bomb')}${bomb()}`), 'aliases expand to too many values'],
    [
      'YAML that is nested deeply',
      Buffer.from(`${POD('deep')}x: ${'['.repeat(50_000)}\n`),
      'is nested too deeply',
    ],
    [
      'JSON that is nested deeply',
      Buffer.from(
        `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      ),
      'spec: must be a mapping, not a list',
    ],
    [
      'JSON that is nested deeply where it would be shown',
      Buffer.from(
        `{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"x"},"spec":{"podSelector":{},"policyTypes":[1,2,${'['.repeat(50_000)}${']'.repeat(50_000)}]}}`,
      ),
      'spec.policyTypes: Invalid value: …: may not specify more than two policyTypes',
    ],
    [
      'Lists in Lists',
      Buffer.from(`${'{"apiVersion":"v1","kind":"List","items":['.repeat(500)}${']}'.repeat(500)}`),
      'a List cannot be an item of a List',
    ],
    [
      'an object that no cluster takes',
      Buffer.from(`${POD('large')}x: "${'x'.repeat(9_000_000)}"\n`),
      'the document is larger than 8 MiB',
    ],
    [
      'a dump that was cut off',
      Buffer.from(`{"apiVersion":"v1","kind":"List","items":[${'{"a":1},'.repeat(200_000)}`),
      'the file cannot be read as JSON',
    ],
    [
      'a dump in YAML that was cut off',
      Buffer.from('apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n'),
      'kind not set',
    ],
    [
      'a large dump in YAML that was cut off',
      Buffer.from(`apiVersion: v1\nitems:\n${'- apiVersion: v1\n  kind: ConfigMap\n'.repeat(300_000)}`),
      'the document is larger than 8 MiB, and is not a List: kind not set',
    ],
  ])('%s is an error, and nothing else is lost', (_, bytes, message) => {
    writeFileSync(join(folder, 'a.yaml'), bytes)
    const { exit, err } = pods()
    expect(exit).toBe(2)
    expect(err).toContain(message)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for
    expect(/[\0-\x09\x0b-\x1f\x7f-\x9f]/.exec(err)).toBeNull()
    const skipping = pods('--skip-invalid')
    expect([skipping.exit, namesOf(skipping.out)]).toEqual([0, ['web']])
    expect(skipping.err).toContain('left out: ')
  })

  it('links that lead back to the folder, and to nowhere', () => {
    symlinkSync('..', join(folder, 'sub/back'))
    symlinkSync('nowhere', join(folder, 'link'))
    symlinkSync('user@host.123', join(folder, '.#web.yaml'))
    symlinkSync('round', join(folder, 'round'))
    expect(namesOf(pods().out)).toEqual(['web'])
    symlinkSync('round.yaml', join(folder, 'round.yaml'))
    expect(pods()).toMatchObject({
      exit: 2,
      err: expect.stringContaining('cannot read `round.yaml`: too many links'),
    })
    const { exit, out } = pods('--skip-invalid')
    expect([exit, namesOf(out)]).toEqual([0, ['web']])
  })

  it.each([
    'cat sub/web.yaml | "$0" "$1" get pods -o json -f /dev/stdin',
    '"$0" "$1" get pods -o json -f <(cat sub/web.yaml)',
  ])('a pipe of the shell is read where it is named: %s', script => {
    const program = join(process.cwd(), 'bin/netpol.js')
    const out = execFileSync('bash', ['-c', script, process.execPath, program], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(namesOf(out)).toEqual(['web'])
  })

  it('a pipe that nobody writes to is passed over', () => {
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')])
    const { exit, out } = pods()
    expect([exit, namesOf(out)]).toEqual([0, ['web']])
  })

  it('a hundred thousand documents', () => {
    const documents = Array.from(
      { length: 100_000 },
      (_, index) => `---\nkind: ConfigMap\napiVersion: v1\ndata: {n: "${index}"}\n`,
    )
    writeFileSync(join(folder, 'many.yaml'), `${documents.join('')}---\n${POD('last')}`)
    const { exit, out } = pods()
    expect([exit, namesOf(out)]).toEqual([0, ['last', 'web']])
  })
})

/** Nine lines that stand for a thousand million values. */
function bomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(', ')}]\n`,
  )
  return `a0: &a0 [x]\n${levels.join('')}`
}

describe('what has no end', () => {
  const LIMIT = 20_000_000

  it.each(['/dev/zero', '/dev/urandom'])('%s is read up to the limit', path => {
    expect(() => processIo().read(path, () => LIMIT)).toThrowError(
      expect.objectContaining({ code: 'TOO_LARGE' }),
    )
  })

  it('a file is looked at for its size before it is read', () => {
    const path = join(folder, 'large.yaml')
    writeFileSync(path, 'x'.repeat(LIMIT + 1))
    expect(processIo().read(path, () => LIMIT + 1)).toHaveLength(LIMIT + 1)
    expect(() => processIo().read(path, () => LIMIT)).toThrowError(
      expect.objectContaining({ code: 'TOO_LARGE' }),
    )
  })
})

describe('keys that JavaScript has uses for', () => {
  const POLICY = (labels: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelector: {matchLabels: {${labels}}}}\n`

  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'a label called %s is a label',
    async key => {
      const files = { 'a.yaml': [POD('db', `${key}: x`), POD('web'), POLICY(`${key}: x`)].join('---\n') }
      expect((await run(files, 'can-reach web db')).out).toMatch(/^no: /)
      expect((await run(files, 'can-reach db web')).out).toMatch(/^yes: /)
    },
  )

  it.each([
    ['yaml', POLICY('__proto__: x')],
    [
      'json',
      '{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"p"},"spec":{"podSelector":{"matchLabels":{"__proto__":"x"}}}}',
    ],
  ])('__proto__ in %s is a label that cannot be, and changes nothing else', async (_, text) => {
    const { exit, err } = await run({ 'a.yaml': text }, 'matrix')
    expect([exit, err]).toEqual([
      2,
      expect.stringContaining('spec.podSelector.matchLabels: Invalid value: "__proto__"'),
    ])
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})
