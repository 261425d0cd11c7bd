import { describe, expect, it } from 'vitest'
import { BEHAVIORS } from '../../src/policy/behaviors.ts'
import { PROFILES } from '../../src/policy/profile.ts'
import { pluginsReport } from '../../src/questions/plugins.ts'
import { PLUGINS } from '../oracle/oracle.ts'
import { run } from './run.ts'

const MANIFESTS = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: []}
status: {podIP: 10.0.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
spec: {containers: []}
status: {podIP: 10.0.0.2}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80, endPort: 90}]}]
`
const FILES = { 'shop.yaml': MANIFESTS }
const QUESTION = 'can-reach shop/web shop/db:85'
const NONE = { cni: undefined, selector: undefined, selectedBy: undefined, selecting: undefined }

describe('get cni', () => {
  it('needs no manifests, and fits 80 columns', async () => {
    const { exit, out, err } = await run({}, 'get cni', { terminal: 80, env: { NO_COLOR: '1' } })
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(out).toContain(
      'ipBlock matches Pods\n  yes  calico, antrea, kube-router, ovn-kubernetes, kindnet, weave\n  no   cilium\n',
    )
    expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })

  it.each(['get cni weave', 'get cni/weave', 'get CNI Weave-Net', 'get cni --cni weave'])(
    '%s',
    async line => {
      const { exit, out } = await run({}, line)
      expect(exit).toBe(0)
      expect(out).toContain('Weave Net (--cni weave; also weave-net, weavenet)\n')
      expect(out).toMatch(/^named ports +no: issue 3032$/m)
      expect(out).toMatch(/^sctp +\?$/im)
    },
  )

  it('says what another word for a plugin means', async () => {
    expect((await run({}, 'get cni k3s')).out).toContain(
      "--cni k3s: k3s brings kube-router's policy controller",
    )
  })

  it('says with -o wide how each fact is known, in the table what is noted', async () => {
    expect((await run({}, 'get cni cilium -o wide')).out).toMatch(
      /^ipBlock matches nodes +no: unless policy-cidr-match-mode is nodes, since 1\.15 \[from its documentation\]$/m,
    )
    expect((await run({}, 'get cni -o wide')).out).toMatch(/^ +weave: since PR 3367, August 2018$/m)
  })

  it('is all that is known, as JSON, YAML and without headings', async () => {
    const json = JSON.parse((await run({}, 'get cni -o json')).out)
    expect(json).toEqual(pluginsReport(['cni'], NONE))
    expect((await run({}, 'get cni none -o yaml')).out).toContain('state: not-applicable')
    expect((await run({}, 'get cni none --no-headers')).out).toBe('enforces NetworkPolicies  no\n')
  })

  it('cannot be narrowed', async () => {
    const { exit, err } = await run({}, 'get cni -l app=web')
    expect([exit, err]).toEqual([2, expect.stringContaining('error[BAD_OPTION]')])
  })
})

it('the table says of every plugin something about every topic', () => {
  const { plugins } = pluginsReport(['cni'], NONE)
  for (const { name } of PROFILES) {
    const shown = plugins.find(plugin => plugin.name === name)?.behaviours.map(({ topic }) => topic)
    expect(shown?.toSorted()).toEqual(Object.keys(BEHAVIORS).sort())
  }
  expect(plugins.map(({ name }) => name)).toEqual(Object.keys(PLUGINS))
})

it('no two plugins are called by one word', () => {
  const words = PROFILES.flatMap(({ name, aliases }) => [name, ...aliases.map(alias => alias.name)])
  expect(words).toEqual([...new Set(words)])
})

describe('--cni', () => {
  it('changes the answer, which says so', async () => {
    expect((await run(FILES, QUESTION)).exit).toBe(0)
    const cilium = await run(FILES, `${QUESTION} --cni Cilium`)
    expect(cilium.exit).toBe(1)
    expect(cilium.err).toContain(
      'note: Cilium lets no ipBlock match Pods, so that 10.0.0.0/8 does not match shop/web',
    )
  })

  it.each([
    'explain shop/web shop/db:85',
    'matrix',
    'matrix -o csv',
    'get netpol -A',
    'describe netpol shop/db',
  ])('goes with %s', async line => {
    const { exit, err } = await run(FILES, `${line} --cni none`)
    const answer = line.startsWith('explain') ? (await run(FILES, `${line} --cni none`)).out : err
    expect(exit).toBe(0)
    expect(answer.replace(/\s+/g, ' ')).toContain(
      'with --cni none NetworkPolicies are not enforced: the one in the input has no effect',
    )
  })

  it.each([
    ['pod shop/db', 'Policies select it, but everything is open: with --cni none'],
    ['ns shop', 'Its Pods are open, whatever its policies say: with --cni none'],
    ['netpol shop/db', 'It is without effect: with --cni none'],
  ])('describe %s says that nothing is enforced', async (what, says) => {
    expect((await run(FILES, `describe ${what} --cni none`)).out.replace(/\s+/g, ' ')).toContain(says)
  })

  it('describe shows what is written, and what a plugin makes of it', async () => {
    const { out } = await run(FILES, 'describe netpol shop/db --cni weave')
    expect(out).toContain('To Port: 80-90/TCP')
    expect(out.replace(/\s+/g, ' ')).toContain(
      'TCP 80 (of TCP 80-90: the network plugin does not know endPort)',
    )
  })

  it('says what a word means that is no plugin', async () => {
    const { err } = await run(FILES, `${QUESTION} --cni canal`)
    expect(err).toContain("note: --cni canal is taken as Calico: Calico's policies over Flannel's network\n")
    expect((await run(FILES, `${QUESTION} --cni canal -q`)).err).toBe('')
  })

  it.each(['can-reach shop/web shop/db --cni callico', 'get cni callico', 'matrix --cni callico'])(
    '%s is an error that lists them',
    async line => {
      const { exit, out, err } = await run(FILES, line)
      expect({ exit, out }).toEqual({ exit: 2, out: '' })
      expect(err).toBe(
        `error[UNKNOWN_CNI]: \`callico\` is no network plugin that netpol knows
  = help: did you mean \`calico\`? they are: calico, cilium, antrea, kube-router, ovn-kubernetes, kindnet, aws-vpc-cni, azure-npm, weave, flannel, none
`,
      )
    },
  )

  it('shows nothing raw of what was typed', async () => {
    const { err } = await run(FILES, `${QUESTION} --cni x${String.fromCharCode(27)}[31m`)
    expect(err).toContain(String.raw`\u{1b}[31m`)
  })

  it('is undetermined for --strict where the plugin may do otherwise', async () => {
    const agent = `${MANIFESTS}---
apiVersion: v1
kind: Pod
metadata: {name: agent, namespace: shop}
spec: {hostNetwork: true, containers: []}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{namespaceSelector: {}, podSelector: {}}]}]
`
    const exitOf = async (cni: string) =>
      (await run({ 'x.yaml': agent }, `matrix --from internet --strict --cni ${cni}`)).exit
    expect([await exitOf('ovn'), await exitOf('cilium')]).toEqual([3, 0])
  })
})
