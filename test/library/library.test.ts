import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as netpol from '../../src/index.ts'

const POD = (name: string, labels = `{app: ${name}}`): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: ${labels}}\nspec: {containers: []}\n---\n`
const policy = (name: string, spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}}\nspec: ${spec}\n---\n`
const TO_DB = policy(
  'db',
  '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]}',
)

const file = (...objects: readonly string[]) => [{ path: 'world.yaml', text: objects.join('') }]
const world = netpol.load(file(POD('web'), POD('db'), TO_DB))
const INVALID = policy('wrong', '{podselector: {}}')

/** What it complains of. */
function refusal(action: () => unknown): readonly string[] {
  try {
    action()
    return []
  } catch (error) {
    if (error instanceof netpol.CannotAnswer) return error.diagnostics.map(({ code }) => code)
    throw error
  }
}

describe('load', () => {
  it('refuses what a cluster would refuse', () => {
    expect(refusal(() => netpol.load(file(POD('web'), INVALID)))).toEqual(['UNKNOWN_FIELD'])
    expect(refusal(() => netpol.load([], { cni: 'nope' }))).toEqual(['UNKNOWN_CNI'])
  })

  it('leaves it out if it is told to, and says what it was', () => {
    const loaded = netpol.load(file(POD('web'), INVALID), { skipInvalid: true })
    expect(loaded.diagnostics).toMatchObject([{ severity: 'error', code: 'UNKNOWN_FIELD' }])
    expect(netpol.leftOut(loaded)).toMatchObject([
      { what: 'NetworkPolicy wrong', source: { file: 'world.yaml', line: 9 }, errors: 1 },
    ])
    expect(netpol.isUnsure(netpol.matrix(loaded))).toBe(true)
  })

  it('tells what became of each document', () => {
    const loaded = netpol.load(file(POD('web'), 'a: b\n'))
    const found = netpol.documents(loaded).map(({ line, ...document }) => ({ ...document, line: line() }))
    expect(found).toEqual([
      { file: 'world.yaml', line: 1, state: 'used', text: 'Pod web', matters: false },
      {
        file: 'world.yaml',
        line: 6,
        state: 'not used',
        text: expect.stringMatching(/^not a K/),
        matters: false,
      },
    ])
    expect([netpol.isForeign(loaded), netpol.isForeign(netpol.load(file('a: b\n')))]).toEqual([false, true])
  })

  it('replaces what is neither UTF-8 nor UTF-16, as kubectl does', () => {
    const utf16 = Uint8Array.of(0xff, 0xfe, 0x61, 0)
    expect(netpol.decodeFile('a.yaml', utf16)).toEqual({ path: 'a.yaml', text: 'a' })
    expect(netpol.decodeFile('a.yaml', Uint8Array.of(0xff, 0x61))).toEqual({
      path: 'a.yaml',
      text: '\ufffda',
    })
  })
})

describe('edit', () => {
  const question = { from: 'web', to: 'pod/db:5432' }

  it.each<[netpol.Edit, string]>([
    [{ kind: 'label', object: 'pod/web', changes: ['app=api'] }, 'yes'],
    [{ kind: 'delete', object: 'default/netpol/db' }, 'yes'],
    [{ kind: 'apply', files: file(policy('web', '{podSelector: {}}')) }, 'no'],
  ])('%o', (change, verdict) => {
    const after = netpol.edit(world, [change])
    expect(netpol.reach(after, question).verdict).toBe(verdict)
    expect(netpol.reach(after, question).assumptions).toContainEqual(
      expect.objectContaining({ code: 'ASSUMED_WHAT_IF' }),
    )
    expect(netpol.reach(world, question)).toMatchObject({ verdict: 'no', assumptions: expect.any(Array) })
  })

  it('refuses what is not there, and what a cluster would refuse', () => {
    expect(refusal(() => netpol.edit(world, [{ kind: 'delete', object: 'pod/x' }]))).toEqual([
      'NAME_NOT_FOUND',
    ])
    const wrong: netpol.Edit = { kind: 'apply', files: file(INVALID) }
    expect(refusal(() => netpol.edit(world, [wrong]))).toEqual(['UNKNOWN_FIELD'])
    expect(refusal(() => netpol.edit(world, [wrong], { skipInvalid: true }))).toEqual([])
  })
})

describe('questions', () => {
  it('reach says what decides, explain also every rule, the cause and what would mend it', () => {
    const question = { from: 'web', to: 'pod/db', port: 5432 }
    const short = netpol.reach(world, question)
    const long = netpol.explain(world, question)
    expect(short).toMatchObject({ verdict: 'no', port: { protocol: 'TCP', number: 5432 }, suggestions: [] })
    expect(short.cause).toBeUndefined()
    expect(netpol.verdict(world, question)).toBe(short.verdict)
    expect(netpol.verdict(world, { ...question, from: 'internet', to: 'pod/web' })).toBe('yes')
    expect(long.cause?.policies).toMatchObject([{ name: 'db', without: 'yes' }])
    expect(long.suggestions.length).toBeGreaterThan(0)
    expect(netpol.reach(world, { ...question, advice: true }).suggestions).toEqual(long.suggestions)
    expect(netpol.explain(world, { ...question, advice: false }).suggestions).toEqual([])
  })

  it('an answer is plain data, whatever a screen shows in its place', () => {
    const matrix = netpol.matrix(world, { by: 'pod' })
    expect(Object.keys(matrix)).toEqual(['kind', 'by', 'port', 'endpoints', 'connections', 'assumptions'])
    expect([...matrix.connections]).toContainEqual({ from: 'default/db', to: 'default/web', open: 'all' })
    const who = netpol.whoCanReach(world, { to: 'pod/web' })
    expect(Array.from(who.sources, ({ from }) => from.id)).toEqual(['default/db', 'internet'])
  })

  it('a list that is made while it is read is a list in JSON', () => {
    const { connections } = JSON.parse(JSON.stringify(netpol.matrix(world)))
    expect(connections).toEqual([...netpol.matrix(world).connections])
    const { sources, keptOut } = JSON.parse(JSON.stringify(netpol.whoCanReach(world, { to: 'pod/db' })))
    expect({ sources, keptOut: keptOut.length }).toEqual({ sources: [], keptOut: 2 })
  })

  it('get, describe, codes and network plugins', async () => {
    const pods = netpol.get(world, { kind: 'pods', selector: 'app=db' })
    expect(pods.items).toMatchObject([{ name: 'db' }])
    expect(netpol.describe(world, { kind: 'netpol', name: 'db' }).id).toBe('default/db')
    expect((await netpol.codes('DNS_BLOCKED')).map(({ code }) => code)).toEqual(['DNS_BLOCKED'])
    expect(netpol.networkPlugins({ name: 'calico' }).plugins).toMatchObject([{ name: 'calico' }])
  })

  it('name the program in what they tell to type', async () => {
    const question = { to: 'http://db/x', program: 'kubectl netpol' }
    expect(() => netpol.whoCanReach(world, question)).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({ help: expect.stringContaining('`kubectl netpol can-reach') }),
        ],
      }),
    )
    const [page] = await netpol.codes('DENIED_BY_EGRESS', { program: 'my tool' })
    expect(page?.mend).toContain('`my tool explain`')
  })
})

describe('show', () => {
  const answer = netpol.reach(world, { from: 'web', to: 'pod/db:5432' })
  const lines = async (...shown: Parameters<typeof netpol.show>) => [...(await netpol.show(...shown))]

  it('has the layouts of the command line', async () => {
    expect(await lines(answer, 'text', { brief: true })).toHaveLength(1)
    expect(await lines(answer)).toContainEqual(expect.stringMatching(/^2\. Ingress of default\/db: no/))
    expect((await lines(netpol.get(world, { kind: 'pods' })))[0]).toMatch(/^NAMESPACE +NAME/)
    const [head] = await lines(netpol.get(world, { kind: 'pods' }), 'text', { oneNamespace: true })
    expect(head).toMatch(/^NAME /)
  })

  it('quotes files where it has the world', async () => {
    const quoted = expect.stringContaining('{matchLabels: {app: api}}')
    expect(await lines(answer)).not.toContainEqual(quoted)
    expect(await lines(answer, 'text', { world })).toContainEqual(quoted)
  })

  it('has colors where they are wanted and mean something', async () => {
    expect((await lines(answer, 'text', { color: true })).join()).toContain('\u001b[')
    expect((await lines(answer, 'markdown', { color: true, world })).join()).not.toContain('\u001b[')
  })

  it('knows which formats there are', async () => {
    expect(netpol.formatsFor('Matrix')).toEqual(['text', 'wide', 'json', 'yaml', 'markdown', 'csv'])
    expect(netpol.formatsFor('Reachability')).toEqual(['text', 'wide', 'json', 'yaml', 'markdown'])
    for (const format of ['csv', 'toString', ''])
      await expect(netpol.show(answer, format)).rejects.toMatchObject({
        diagnostics: [{ code: 'BAD_OUTPUT' }],
      })
  })

  it('shows what is wrong, in short and as compilers do', async () => {
    const { diagnostics } = netpol.load(file(INVALID), { skipInvalid: true })
    expect(await lines(netpol.problems(diagnostics))).toEqual([
      'error[UNKNOWN_FIELD]: unknown field "spec.podselector"',
      '  --> world.yaml:4:8 in NetworkPolicy wrong',
      '  = help: did you mean `podSelector`?',
    ])
    expect(await netpol.showDiagnostics(diagnostics)).toContainEqual(
      expect.stringContaining('spec: {podselector: {}}'),
    )
  })
})

it('every name of the library says what it is', () => {
  const root = 'dist/types'
  const names = (path: string) => {
    const text = readFileSync(join(root, path), 'utf8')
    const found = text.matchAll(/^export (?:declare )?(?:interface|type|const|function|class) (\w+)/gm)
    return Array.from(found, ({ 1: name = '', index }) => {
      return { name, isDocumented: text.slice(0, index).trimEnd().endsWith('*/') }
    })
  }
  const index = readFileSync(join(root, 'index.d.ts'), 'utf8')
  const exported = [...index.matchAll(/^export (?:type )?(?:\{(.*?)\}|\*) from '(.*?)\.ts'/gms)]
  const undocumented = exported.flatMap(([, list, from = '']) => {
    const wanted = list?.split(',').map(one => one.trim().replace(/^type /, ''))
    return names(`${posix.normalize(from)}.d.ts`)
      .filter(({ name, isDocumented }) => !isDocumented && wanted?.includes(name) !== false)
      .map(({ name }) => name)
  })
  expect(exported.length).toBeGreaterThan(10)
  expect(undocumented).toEqual([])
})
