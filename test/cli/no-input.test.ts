import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'
const LIST = 'apiVersion: v1\nitems: []\nkind: List\nmetadata: {resourceVersion: ""}\n'
const CILIUM = 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c}\nspec: {}\n'
const POLICY =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelector: {}}\n'

describe('what a failed command leaves on standard input is no cluster', () => {
  it.each([
    ['nothing', '', 'NO_MANIFESTS', 'standard input holds no objects'],
    ['blank lines', '\n\n', 'NO_MANIFESTS', 'standard input holds no objects'],
    ['an empty List', LIST, 'NO_MANIFESTS', 'standard input holds no objects'],
    [
      "kubectl's table",
      'NAME   READY   STATUS    RESTARTS   AGE\nweb    1/1     Running   0          5d\n',
      'NO_IDENTITY',
      "kubectl's table",
    ],
    [
      'the table of all namespaces',
      'NAMESPACE   NAME   POD-SELECTOR   AGE\na           b      <none>         5d\n',
      'NO_IDENTITY',
      "kubectl's table",
    ],
    ['a name', 'pod/web\n', 'NO_IDENTITY', 'a list of names from kubectl'],
    [
      'names, of which not all are read',
      `${'networkpolicy.networking.k8s.io/db\r\nclusterrole.rbac.authorization.k8s.io/system:node\n'.repeat(99)}`,
      'NO_IDENTITY',
      'a list of names from kubectl',
    ],
    [
      'a description',
      'Name:         db\nNamespace:    a\nLabels:       <none>\nSpec:\n  Not affecting egress traffic\n',
      'NO_IDENTITY',
      'what `kubectl describe` prints',
    ],
    [
      'that of a node',
      'Name:               n1\nRoles:              <none>\n',
      'NO_IDENTITY',
      '`kubectl describe`',
    ],
    [
      'a complaint',
      'error: the server doesn\'t have a resource type "x"\n',
      'NO_IDENTITY',
      'a complaint of kubectl',
    ],
    [
      'a refusal',
      'Error from server (Forbidden): pods is forbidden\n',
      'NO_IDENTITY',
      'a complaint of kubectl',
    ],
    [
      'a cluster that is not there',
      'The connection to the server localhost:8080 was refused\n',
      'NO_IDENTITY',
      'a complaint of kubectl',
    ],
    [
      'the log before it',
      `E1201 12:00:00.123456   17 memcache.go:265] "Unhandled Error"\nThe connection to the server x was refused\n`,
      'NO_IDENTITY',
      'a complaint of kubectl',
    ],
    [
      'a warning, by 2>&1',
      `Warning: v1 Endpoints is deprecated in v1.33+\n${POD}`,
      'NO_IDENTITY',
      'without `2>&1`',
    ],
    [
      'a release of helm',
      `NAME: web\nLAST DEPLOYED: Mon Jan  1 00:00:00 2024\nMANIFEST:\n---\n${POD}`,
      'NO_IDENTITY',
      'helm get manifest',
    ],
    ['no resources', 'No resources found in default namespace.\n', 'NO_IDENTITY', 'a complaint of kubectl'],
  ])('%s', async (_, stdin, code, words) => {
    const { exit, out, err } = await run({}, 'matrix -f -', { stdin })
    expect([exit, out]).toEqual([2, ''])
    expect(err).toContain(`error[${code}]`)
    expect(err).toContain(words)
  })

  it.each([
    ['an empty file', '', '', 2],
    ['comments', '# none\n---\n', '', 2],
    ['an empty List', LIST, '', 2],
    ['an empty file that something is applied to', '', '--apply b/pod.yaml', 0],
  ])('nor is %s', async (_, text, more, exit) => {
    const answer = await run({ 'a.yaml': text, 'b/pod.yaml': POD }, `matrix -f a.yaml ${more}`)
    expect(answer.exit).toBe(exit)
    expect(answer.err.includes('no objects in `a.yaml`')).toBe(exit === 2)
  })

  it('beside other files, an empty List is fine', async () => {
    const { exit } = await run({ 'a.yaml': POD }, 'matrix -f a.yaml -f -', { stdin: LIST })
    expect(exit).toBe(0)
  })

  it('an object is told from a table', async () => {
    const { exit } = await run({}, 'matrix -f -', { stdin: `# NAME   READY   STATUS\n${POD}` })
    expect(exit).toBe(0)
  })
})

describe('an input without policies is said to be one', () => {
  it.each([
    ['Pods alone', POD, true],
    ['with a NetworkPolicy', `${POD}---\n${POLICY}`, false],
    ['with a policy that is not evaluated', `${POD}---\n${CILIUM}`, false],
  ])('%s', async (_, text, isSaid) => {
    const { err } = await run({ 'a.yaml': text }, 'matrix')
    expect(err.includes('the input holds no NetworkPolicy')).toBe(isSaid)
  })

  it('but for what is left out', async () => {
    const broken = POLICY.replace('podSelector', 'podselector')
    const { err } = await run({ 'a.yaml': `${POD}---\n${broken}` }, 'matrix --skip-invalid')
    expect(err).toContain(
      'note: without what is left out, the input holds no NetworkPolicy\nleft out: a.yaml:8: ',
    )
  })

  it('not with -q', async () => {
    expect((await run({ 'a.yaml': POD }, 'matrix -q')).err).toBe('')
  })
})
