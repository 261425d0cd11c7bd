import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from './run.ts'

const PODS = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: c, image: c, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: shop, labels: {app: db}}
spec: {containers: [{name: c, image: c}]}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
`
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: shop
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
    - from: [{podSelector: {matchLabels: {app: web}}}]
      ports: [{port: 5432}]
`
const FILES = { 'pods.yaml': PODS, 'policies/db.yaml': POLICY }

describe('can-reach', () => {
  it.each([
    [
      'shop/web shop/db:5432',
      0,
      'yes: shop/web -> shop/db TCP 5432: db ingress[0] (policies/db.yaml:9) opens it\n',
    ],
    [
      'shop/web shop/db:80',
      1,
      'no: shop/web -> shop/db TCP 80: db ingress[0] (policies/db.yaml:9) does not open it: it is about TCP 5432, not TCP 80\n',
    ],
    [
      'web db --port 5432 -n shop',
      0,
      'yes: shop/web -> shop/db TCP 5432: db ingress[0] (policies/db.yaml:9) opens it\n',
    ],
    ['shop/db shop/web:http', 0, 'yes: shop/db -> shop/web TCP http (8080): no policy isolates either end\n'],
    ['shop/web shop/web', 0, 'yes: shop/web -> shop/web: a Pod always reaches itself\n'],
    [
      'internet shop/db:5432',
      1,
      'no: internet -> shop/db TCP 5432: db ingress[0] (policies/db.yaml:9) does not open it: a selector matches Pods only, and internet is none\n',
    ],
  ])('%s exits with %i and says so in one line', async (question, exit, out) => {
    expect(await run(FILES, `can-reach ${question}`)).toMatchObject({ exit, out })
  })

  it('says which ports are open when none is asked for', async () => {
    const { exit, out } = await run(FILES, 'can-reach shop/web shop/db')
    expect(exit).toBe(1)
    expect(out).toMatch(/^partial: shop\/web -> shop\/db, open: TCP 5432: /)
  })

  it('prints nothing with -q, and answers by its exit code', async () => {
    expect(await run(FILES, 'can-reach shop/web shop/db:5432 -q')).toEqual({ exit: 0, out: '', err: '' })
    expect(await run(FILES, 'can-reach shop/web shop/db:80 --quiet')).toEqual({ exit: 1, out: '', err: '' })
  })

  it('says on standard error what it takes for granted', async () => {
    const pods = PODS.replace(/---\napiVersion: v1\nkind: Namespace[\s\S]*/, '')
    const policy = (key: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {${key}: shop}}}]}]}
`
    const notes = async (files: Readonly<Record<string, string>>) =>
      (await run({ 'pods.yaml': pods, ...files }, 'can-reach shop/web shop/db:80')).err
    const assumed =
      'note: namespace shop is not in the input: taken to exist, with kubernetes.io/metadata.name as the only label [ASSUMED_NAMESPACE]\n'
    expect(await notes({ 'policy.yaml': policy('team') })).toContain(assumed)
    // Where no answer depends on it, it is not said.
    expect(await notes({ 'policy.yaml': policy('kubernetes.io/metadata.name') })).toBe('')
    expect(await notes({})).toBe(
      'note: the input holds no NetworkPolicy; `kubectl get networkpolicy -A -o yaml` prints those of a cluster\n',
    )
  })
})

describe('where the cluster comes from', () => {
  it('standard input', async () => {
    const { exit } = await run({}, 'can-reach shop/web shop/db:80 -f -', { stdin: PODS })
    expect(exit).toBe(0)
  })

  it('sub-folders are read, unless told otherwise', async () => {
    expect((await run(FILES, 'can-reach shop/web shop/db:80')).exit).toBe(1)
    expect((await run(FILES, 'can-reach shop/web shop/db:80 -R')).exit).toBe(1)
    expect((await run(FILES, 'can-reach shop/web shop/db:80 --no-recursive')).exit).toBe(0)
  })

  it('-f is repeatable, and one file by two ways is one file', async () => {
    const { exit, err } = await run(
      FILES,
      'can-reach shop/web shop/db:5432 -f pods.yaml -f policies -f policies/db.yaml',
    )
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
  })

  it.each([
    [
      'a folder that is not there',
      'matrix -f nowhere',
      'error[CANNOT_READ]: cannot read `nowhere`: no such file or folder\n  = help: look for a slip in the name\n',
    ],
    [
      'a folder that holds nothing of Kubernetes',
      'matrix -f foreign',
      'error[NO_MANIFESTS]: nothing in `foreign` is a Kubernetes object\n  = help: each has an `apiVersion` and a `kind`; templates have to be rendered first\n',
    ],
    [
      'a folder without manifests',
      'matrix -f empty',
      'error[NO_MANIFESTS]: no manifests in `empty`\n  = help: name a file or a folder with `-f`\n',
    ],
  ])('%s is an error', async (_, commandLine, err) => {
    expect(
      await run({ 'empty/readme.txt': '', 'foreign/values.yaml': 'replicas: 2\n' }, commandLine),
    ).toEqual({ exit: 2, out: '', err })
  })

  it('a file that is named has to hold objects, and a folder need not', async () => {
    const files = { ...FILES, 'values.yaml': 'replicas: 2\n' }
    expect((await run(files, 'can-reach shop/web shop/db:5432 -f .')).exit).toBe(0)
    expect((await run({}, 'can-reach a b -f -', { stdin: 'a: 1\n' })).exit).toBe(2)
    const { exit, err } = await run(files, 'can-reach shop/web shop/db:5432 -f pods.yaml -f values.yaml')
    expect(exit).toBe(2)
    expect(err).toContain('error[NO_IDENTITY]: kind not set\n --> values.yaml:1:1\n')
  })

  it('-v says what became of each document', async () => {
    const files = {
      ...FILES,
      'more.yaml': 'a: 1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
    }
    const { err } = await run(files, 'can-reach shop/web shop/db:5432 -v')
    expect(err).toBe(
      [
        'not used: more.yaml:1: not a Kubernetes object (no apiVersion and kind)',
        'not used: more.yaml:3: ConfigMap has no part in the answers',
        'used: pods.yaml:2: Pod shop/web',
        'used: pods.yaml:7: Pod shop/db',
        'used: pods.yaml:12: Namespace shop',
        'used: policies/db.yaml:1: NetworkPolicy shop/db',
        '',
      ].join('\n'),
    )
  })

  it.each([
    [
      'a Helm template',
      'apiVersion: v1\nkind: Pod\nmetadata: {{ .x }}\n',
      'a template: render it first, for example with helm template',
    ],
  ])('%s that was not used is counted on standard error', async (_, text, why) => {
    const { exit, err } = await run({ ...FILES, 'x.yaml': text }, 'can-reach shop/web shop/db:5432')
    expect({ exit, err }).toEqual({
      exit: 0,
      err: `note: not used, and could matter: x.yaml: ${why} (-v lists them)\n`,
    })
  })
})

describe('what cannot be answered exits with 2', () => {
  it.each([
    [
      'an unknown name',
      'can-reach shop/web shop/dbb',
      /no Pod, workload or Service is called `dbb` in namespace shop\n.*did you mean `shop\/db`\?/,
    ],
    [
      'a name in another namespace',
      'can-reach web db',
      /no Pod, workload or Service is called `web` in namespace default\n.*did you mean `shop\/web`\?/,
    ],
    ['a port that is none', 'can-reach shop/web shop/db:0', /`0` is no port/],
    ['a port given twice', 'can-reach shop/web shop/db:80 --port 81', /the port is given twice/],
    [
      'a protocol that is none',
      'can-reach shop/web shop/db:80/tpc',
      /`tpc` is no protocol\n.*did you mean `tcp`\?/,
    ],
    ['a source with a port', 'can-reach shop/web:80 shop/db', /the source cannot have a port/],
    [
      'a block with host bits',
      'can-reach 10.0.0.1/8 shop/db',
      /must not have bits set beyond the prefix length/,
    ],
    ['IPv4 in IPv6', 'can-reach shop/web http://[::ffff:a00:7]/', /is an IPv4 .*\n.*write `10\.0\.0\.7`/],
    ['nothing of the cluster', 'can-reach internet 8.8.8.8', /outside the cluster/],
    ['a kind that is none', 'can-reach shop/pdo/web shop/db', /`pdo` .* is no kind .*\n.*did you mean `po/],
    [
      'an unknown form',
      'can-reach shop/web shop/db -o jsn',
      /`jsn` is no form of output\n.*text, wide, json, yaml/,
    ],
    ['a missing argument', 'can-reach shop/web', /missing required argument 'to'/],
    ['an unknown flag', 'can-reach shop/web shop/db --prot 80', /unknown option '--prot'/],
    ['an unknown command', 'can-rech shop/web shop/db', /unknown command 'can-rech'\n.*can-reach/],
    ['no command', '', /Usage: netpol/],
    ['a namespace that is not there', 'matrix -n shpo', /no namespace `shpo`/],
    ['a label selector that is none', 'matrix -l app~web', /`app~web` .* is no label selector/],
  ])('%s', async (_, commandLine, err) => {
    const result = await run(FILES, commandLine)
    expect(result.err).toMatch(err)
    expect({ exit: result.exit, out: result.out }).toEqual({ exit: 2, out: '' })
  })
})

describe('forms of output', () => {
  it('yaml says what json says', async () => {
    const json = await run(FILES, 'can-reach shop/web shop/db:5432 -o json')
    const yaml = await run(FILES, 'can-reach shop/web shop/db:5432 -o yaml')
    expect(parse(yaml.out)).toEqual(JSON.parse(json.out))
    expect(yaml.out).toContain('verdict: "yes"')
  })

  it('matrix lists what is open, in all ports or in one', async () => {
    const all = JSON.parse((await run(FILES, 'matrix -o json')).out)
    expect(all).toMatchObject({
      kind: 'Matrix',
      by: 'workload',
      port: null,
      endpoints: [
        { id: 'shop/db' },
        { id: 'shop/web', workload: null },
        { id: 'internet', kind: 'External', cidrs: ['0.0.0.0/0', '::/0'] },
      ],
    })
    const one = JSON.parse((await run(FILES, 'matrix -o json --port 5432/tcp --to shop/db')).out)
    expect(one.connections).toEqual([
      { from: 'shop/web', to: 'shop/db', open: [{ protocol: 'TCP', ports: [[5432, 5432]] }] },
    ])
  })

  it.each([
    ['on a terminal', 'can-reach shop/web shop/db:80', { terminal: 80 }, true],
    ['in a pipe', 'can-reach shop/web shop/db:80', {}, false],
    ['with NO_COLOR', 'can-reach shop/web shop/db:80', { terminal: 80, env: { NO_COLOR: '1' } }, false],
    ['with FORCE_COLOR', 'can-reach shop/web shop/db:80', { env: { FORCE_COLOR: '1' } }, true],
    ['with --color never', 'can-reach shop/web shop/db:80 --color never', { terminal: 80 }, false],
    ['with --color always', 'can-reach shop/web shop/db:80 --color always', { env: { NO_COLOR: '1' } }, true],
  ])('colour %s', async (_, commandLine, settings, coloured) => {
    const { out } = await run(FILES, commandLine, settings)
    expect(out.includes('\u001b[')).toBe(coloured)
  })

  it('help names the program as it was called', async () => {
    const { exit, out } = await run(FILES, '--help', { name: 'kubectl netpol' })
    expect(exit).toBe(0)
    expect(out).toMatch(/^Usage: kubectl netpol/)
    expect((await run(FILES, 'can-reach --help', { name: 'kubectl netpol' })).out).toContain(
      'kubectl netpol can-reach app/frontend',
    )
  })
})

describe('--strict', () => {
  const block = POLICY.replace('podSelector: {matchLabels: {app: web}}', 'ipBlock: {cidr: 10.0.0.0/8}')

  it('exits with 3 where the answer hangs on an address that the input does not tell', async () => {
    const files = { 'pods.yaml': PODS, 'db.yaml': block }
    expect((await run(files, 'can-reach shop/web shop/db:5432')).exit).toBe(1)
    expect((await run(files, 'can-reach shop/web shop/db:5432 --strict')).exit).toBe(3)
    expect((await run(files, 'can-reach shop/web shop/db:80 --strict')).exit).toBe(1)
  })

  it('exits with 3 where a policy of another kind could decide otherwise', async () => {
    const cilium =
      'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: x, namespace: shop}\n'
    const files = { ...FILES, 'cilium.yaml': cilium }
    expect((await run(files, 'can-reach shop/web shop/db:5432 --strict')).exit).toBe(3)
    const { exit, err } = await run(files, 'can-reach shop/web shop/db:5432')
    expect(exit).toBe(0)
    expect(err).toMatch(/CiliumNetworkPolicy.*UNDETERMINED_UNMODELLED_POLICY/)
  })

  it.each([
    ['of a policy', 'kind: NetworkPolicy', 3],
    ['of a kind that is one of its pieces', 'kind: {{ .kind }}', 3],
    ['of a kind in quotes that is one of its pieces', 'kind: "{{ .kind }}"', 3],
    ['of something else', 'kind: ConfigMap', 0],
  ])('exits with 3 beside a Helm template %s', async (_, kind, exit) => {
    const text = `apiVersion: networking.k8s.io/v1\n${kind}\nmetadata:\n  name: {{ .name }}\n`
    const files = {
      ...FILES,
      'templates/x.yaml': kind.includes('"') ? (text.split('metadata')[0] ?? '') : text,
    }
    const strict = await run(files, 'can-reach shop/web shop/db:5432 --strict')
    expect(strict.exit).toBe(exit)
    expect(strict.err).toContain('note: not used, and could matter: templates/x.yaml: a template')
    const marked =
      'note: the template templates/x.yaml is not evaluated: it may decide otherwise [UNDETERMINED_UNMODELLED_POLICY]\n'
    expect(strict.err.includes(marked)).toBe(exit === 3)
    const { err } = await run(files, 'can-reach shop/web shop/db:5432 -v')
    expect(err.match(/not used: templates/g)).toHaveLength(1)
  })
})
