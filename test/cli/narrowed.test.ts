import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

const pod = (id: string): string => {
  const [namespace, name] = id.split('/')
  return `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}
`
}

/** Into namespace a leads only a way from b/c, and none out of it. */
const FILES = {
  'pods.yaml': ['a/v', 'a/w', 'b/c', 'b/d', 'c/e'].map(pod).join('---\n'),
  'policy.yaml': `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: in, namespace: a}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}
          podSelector: {matchLabels: {app: c}}
      ports: [{port: 80}]
`,
}

const pairsOf = (csv: string): readonly string[] =>
  csv
    .split('\n')
    .slice(1, -1)
    .map(line => line.split(',').slice(0, 3).join(' '))

describe('matrix -n and -l hide nothing that comes from elsewhere', () => {
  const INTO_A = ['b/c a/v open', 'b/c a/w open']
  it.each<[typed: string, pairs: readonly string[]]>([
    ['-n a', INTO_A],
    [
      '-n c',
      [
        'b/c c/e open',
        'b/d c/e open',
        'c/e b/c open',
        'c/e b/d open',
        'c/e internet open',
        'internet c/e open',
      ],
    ],
    ['-n c -n a --from b/c', [...INTO_A, 'b/c c/e open']],
    ['-n a --from b/c', INTO_A],
    ['-n a --from internet', []],
    ['-n a --to w', ['b/c a/w open']],
    ['-n a --to b/d', []],
    ['-n b --from c --to a/w', ['b/c a/w open']],
    ['-l app=w', ['b/c a/w open']],
    ['-n a -l app=w', ['b/c a/w open']],
    ['-n b -l app=d --to a/w', []],
    ['-n a --by namespace', ['b a partial']],
    ['-n a --by pod', INTO_A],
    ['-n a --port 80', INTO_A],
    ['-n a --port 81', []],
  ])('%s', async (typed, pairs) => {
    const { exit, out } = await run(FILES, `matrix ${typed} -o csv`)
    expect([exit, pairsOf(out)]).toEqual([0, pairs])
  })

  it('several -n are all of them, -A is every namespace', async () => {
    const all = await run(FILES, 'matrix -o csv')
    expect(await run(FILES, 'matrix -n a -n b -n c -o csv')).toEqual(all)
    expect(await run(FILES, 'matrix -A -n a -o csv')).toEqual(all)
    const { out } = await run(FILES, 'matrix -n a -n c -o csv')
    const isIn = (pair: string): boolean => pair.split(' ').some(id => /^[ac]\//.test(id))
    expect(pairsOf(out)).toEqual(pairsOf(all.out).filter(isIn))
  })

  it('as a table without what was not asked for, narrow and wide', async () => {
    const table = `Rows: from. Columns: to. Ports are TCP unless they say otherwise.
Other Pods are shown where something is open between them and a selected one.

          a/v  a/w  internet
a/v       =    -    -
a/w       -    =    -
b/c       80   80
internet  -    -

-  nothing is open                     =  one Pod alone: it reaches itself
`
    expect((await run(FILES, 'matrix -n a')).out).toBe(table)
    expect((await run(FILES, 'matrix -n a -o wide')).out).toBe(table)
    expect((await run(FILES, 'matrix -n a -o markdown')).out).toContain(table)
  })

  it('as JSON with what is selected', async () => {
    const { endpoints, selected, connections } = JSON.parse((await run(FILES, 'matrix -n a -o json')).out)
    expect(endpoints.map(({ id }: { id: string }) => id)).toEqual(['a/v', 'a/w', 'b/c', 'internet'])
    expect(selected).toEqual(['a/v', 'a/w'])
    expect(connections).toHaveLength(2)
  })

  it('from one source as a tree', async () => {
    const { out } = await run(FILES, 'matrix -n a --from b/c')
    expect(out).toBe('b/c (Pod) can reach:\na\n  all 2 workloads  TCP 80\n')
  })

  it('where nothing is selected, it says so', async () => {
    expect((await run(FILES, 'matrix -l app=x')).out).toBe(
      'Nothing to show: no source or destination is selected.\n',
    )
  })

  it('each namespace has to be there', async () => {
    const { exit, err } = await run(FILES, 'matrix -n x -n a')
    expect([exit, err]).toEqual([2, expect.stringContaining('there is no namespace `x` in the input')])
  })

  it('with routes, only those into what is selected', async () => {
    const routed = `apiVersion: v1
kind: Service
metadata: {name: e, namespace: c}
spec: {selector: {app: e}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: e, namespace: c}
spec: {defaultBackend: {service: {name: e, port: {number: 80}}}}
`
    const line = (typed: string) => run({ ...FILES, 'routed.yaml': routed }, `matrix ${typed} -o csv`)
    expect((await line('-n c')).out).toContain('internet,c/e,undetermined,TCP,80')
    expect((await line('-n a')).out).not.toContain('internet,c/e')
  })
})

describe('get lists several namespaces', () => {
  const names = async (typed: string): Promise<readonly string[]> => {
    const { out } = await run(FILES, `get pods ${typed} --no-headers`)
    return out.split('\n').map(line => line.split(/ +/).slice(0, 2).join(' '))
  }

  it('with their names', async () => {
    expect(await names('-n a -n c')).toEqual(['a v', 'a w', 'c e', ''])
    expect(await names('w -n a -n c')).toEqual(['a w', ''])
  })

  it('the same one twice is one', async () => {
    expect(await names('-n c -n c')).toEqual(['e Ready', ''])
  })

  it('and says of each that it has nothing', async () => {
    const { err } = await run(FILES, 'get svc -n a -n bb')
    expect(err).toBe('No resources found in a and bb namespaces. (did you mean -n b?)\n')
  })
})

it('where -n does not narrow, the last one counts, as with kubectl', async () => {
  const { out } = await run(FILES, 'can-reach pod/c pod/d --port 80 -n a -n b')
  expect(out).toMatch(/^yes: b\/c -> b\/d/)
})
