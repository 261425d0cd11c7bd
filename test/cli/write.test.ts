import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

const POD = (name: string): string =>
  `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec: {containers: [{name: c, image: c}]}
`

const POLICY = (from: string): string => `# Only who asks politely.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
    - from:
        - podSelector: {matchLabels: {app: ${from}}} # the front
      ports:
        - port: 5432
`

const FILES = {
  'world.yaml': [POD('web'), POD('db'), POLICY('wbe')].join('---\n'),
}

async function written(commandLine: string) {
  const files = new Map<string, string>()
  const { exit, out, err } = await run(FILES, commandLine, {
    onCreate: (path, text) => files.set(path, text),
  })
  return { exit, out, err, files }
}

describe('--write', () => {
  it.each(['can-reach', 'explain'])(
    'of %s saves the first suggestion, as it would be applied',
    async command => {
      const { exit, err, files } = await written(`${command} web pod/db --port 5432 --write fix.yaml`)
      expect(exit).toBe(1)
      expect(err).toContain('wrote `fix.yaml`: in db ingress[0] (world.yaml:19): write app: web')
      expect([...files]).toEqual([['fix.yaml', POLICY('web')]])
      const [[, text = ''] = []] = files
      const applied = await run(
        { ...FILES, 'fix.yaml': text },
        'can-reach web pod/db --port 5432 -f world.yaml --apply fix.yaml',
      )
      expect(applied.exit).toBe(0)
    },
  )

  it('says why there is nothing to save', async () => {
    const yes = await written('can-reach db pod/web --write fix.yaml')
    expect([yes.exit, yes.files.size]).toEqual([0, 0])
    expect(yes.err).toContain('note: `fix.yaml` is not written: the answer is yes already')
    const none = await written('can-reach web nowhere:80 --write fix.yaml')
    expect([none.exit, none.files.size]).toEqual([1, 0])
    expect(none.err).toContain('note: `fix.yaml` is not written: there is no suggestion')
  })

  it('never writes over a file, and answers all the same', async () => {
    const { exit, out, err } = await written('can-reach web pod/db --port 5432 --write world.yaml')
    expect([exit, out]).toEqual([2, expect.stringMatching(/^no: default\/web -> default\/db TCP 5432: /)])
    expect(err).toContain('error[CANNOT_WRITE]: cannot write `world.yaml`: there is such a file already')
    expect(err).toContain('give it another name')
  })

  it('is quiet where it is told to be, and writes all the same', async () => {
    const { out, err, files } = await written('can-reach web pod/db --port 5432 --write fix.yaml -q')
    expect([out, err, files.size]).toEqual(['', '', 1])
  })
})

it('a manifest between braces keeps its lines and comments', async () => {
  const braces = `{
  apiVersion: networking.k8s.io/v1,
  kind: NetworkPolicy,
  metadata: { name: db }, # ours
  spec: { podSelector: { matchLabels: { app: db } }, ingress: [ { from: [ { podSelector: { matchLabels: { app: web } } } ], ports: [ { port: 80 } ] } ] }
}
`
  const files = { 'world.yaml': [POD('web'), POD('db'), braces].join('---\n') }
  const saved = new Map<string, string>()
  await run(files, 'can-reach web pod/db --port 81 --write fix.yaml', {
    onCreate: (path, text) => saved.set(path, text),
  })
  expect(saved.get('fix.yaml')).toBe(
    braces.replace('[ { port: 80 } ]', '[ { port: 80 }, { protocol: TCP, port: 81 } ]'),
  )
})
