import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

const pod = (name: string, namespace = ''): string =>
  `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}${namespace && `, namespace: ${namespace}`}}
`
const policy = (name: string, from: string): string =>
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [${from}], ports: [{port: 80}]}]
`
const FILES = {
  'app.yaml': [pod('web'), pod('db'), pod('cron', 'jobs')].join('---\n'),
  'policy.yaml': policy('db', '{podSelector: {matchLabels: {app: wbe}}}'),
  'more/apply.yaml': policy('db', '{podSelector: {matchLabels: {app: web}}}'),
  'more/cluster.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: a}}\n',
  'more/cilium.yaml': 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c}\nspec: {}\n',
}
const APP = '-f app.yaml -f policy.yaml'
const PLACED = (count: number): string =>
  `note: ${count} objects that name no namespace are in shop, as -n says\n`

describe('-n is the namespace of what is given without one', () => {
  it.each<[string, string, 0 | 1, string]>([
    ['names and objects', `can-reach pod/web pod/db --port 80 ${APP}`, 1, PLACED(3)],
    [
      'an object that names another namespace keeps it',
      `can-reach jobs/cron pod/web --port 80 ${APP}`,
      0,
      PLACED(3),
    ],
    [
      'a selector of namespaces meets them',
      `can-reach pod/web pod/db --port 80 -f more/cluster.yaml ${APP}`,
      1,
      PLACED(3),
    ],
    [
      'so it is with what is applied',
      `can-reach pod/web pod/db --port 80 ${APP} --apply more/apply.yaml`,
      0,
      PLACED(3),
    ],
    ['and deleted', `can-reach pod/web pod/db --port 80 ${APP} --delete netpol/db`, 0, PLACED(2)],
    ['and labelled', `can-reach pod/web pod/db --port 80 ${APP} --label pod/web app=wbe`, 0, PLACED(3)],
    [
      'and with policies that are not evaluated',
      `can-reach pod/web pod/db --port 80 -f app.yaml -f more/cilium.yaml`,
      0,
      'CiliumNetworkPolicy shop/c',
    ],
  ])('%s', async (_, line, exit, err) => {
    const answer = await run(FILES, `${line} -n shop`)
    expect(answer.exit).toBe(exit)
    expect(answer.err).toContain(err)
  })

  it('says nothing where each object names its own', async () => {
    const { err } = await run({ 'x.yaml': pod('a', 'jobs') }, 'get pods -n jobs')
    expect(err).not.toContain('-n')
  })

  it('a suggestion is proven there, and can be applied there', async () => {
    const files = new Map<string, string>()
    const line = `can-reach pod/web pod/db --port 80 ${APP} -n shop`
    await run(FILES, `${line} --write fix.yaml`, { onCreate: (path, text) => files.set(path, text) })
    const saved = files.get('fix.yaml') ?? ''
    expect(saved).toBe(policy('db', '{podSelector: {matchLabels: {app: web}}}'))
    expect((await run({ ...FILES, 'fix.yaml': saved }, `${line} --apply fix.yaml`)).exit).toBe(0)
  })

  it('an object is the same with and without its namespace', async () => {
    const files = { 'a.yaml': pod('a'), 'b.yaml': pod('a', 'shop') }
    const { err } = await run(files, 'get pods -n shop -v')
    expect(err).toContain('not used: a.yaml:1: replaced by a later one')
  })

  it.each(['Shop', 'a.b', '-a', ''])(
    'a name that no namespace can have is refused: "%s"',
    async namespace => {
      const { exit, err } = await run(FILES, `get pods --namespace=${namespace}`)
      expect(exit).toBe(2)
      expect(err).toContain(`error[BAD_NAME]: no namespace can be called \`${namespace}\``)
    },
  )
})
