import { describe, expect, it } from 'vitest'
import type { Description } from '../../src/report/inventory.ts'
import { factsField, sentence } from '../../src/words/inventory.ts'
import { FILES, lines } from './inventory-files.ts'
import { run } from './run.ts'

describe('describe', () => {
  it.each([
    'netpol web',
    'netpol deny',
    'netpol hash',
    'pod web-1',
    'pod agent',
    'pod api~1',
    'svc web',
    'svc api',
    'svc db',
    'svc mail',
    'ns shop',
    'ingress front',
  ])('describe %s', async question => {
    const { exit, out, err } = await run(FILES, `describe ${question} -n shop`, { env: { COLUMNS: '80' } })
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    for (const line of lines(out)) expect(line.length, line).toBeLessThanOrEqual(80)
    await expect(out).toMatchFileSnapshot(`../golden/describe-${question.replace(/[ ~]/g, '-')}.txt`)
  })

  it.each(['netpol web', 'pod web-1', 'pod agent', 'svc web', 'svc db', 'ns shop', 'ingress front'])(
    'makes each sentence of describe %s from its facts',
    async question => {
      const { out } = await run(FILES, `describe ${question} -n shop -o json`)
      const { facts: fields, meaning }: Description = JSON.parse(out)
      expect(meaning.length).toBeGreaterThan(0)
      for (const one of meaning) expect(sentence(one.facts)).toEqual(one)
      for (const one of fields) if (one.facts) expect(factsField(one.name, one.facts)).toEqual(one)
    },
  )

  it('takes the namespace before the name', async () => {
    const { out } = await run(FILES, 'describe pod web-1 -n shop')
    for (const words of ['pod shop/web-1', 'shop/pod/web-1', 'po/web-1 -n shop'])
      expect((await run(FILES, `describe ${words}`)).out).toBe(out)
  })

  it.each<[string, RegExp]>([
    [
      'netpol wbe -n shop',
      /networkpolicies "wbe" not found in namespace shop\n {2}= help: did you mean `shop\/web`/,
    ],
    [
      'netpol web',
      /networkpolicies "web" not found in namespace default\n {2}= help: did you mean `shop\/web`/,
    ],
    ['ns shp', /namespaces "shp" not found\n {2}= help: did you mean `shop`/],
    ['thing x', /`thing` is no kind/],
    ['svc', /which of the services\?\n.*`netpol get services -A` lists them/],
  ])('describe %s is an error', async (question, err) => {
    const result = await run(FILES, `describe ${question}`)
    expect({ exit: result.exit, out: result.out }).toEqual({ exit: 2, out: '' })
    expect(result.err).toMatch(err)
  })
})

const POD = 'apiVersion: v1\nkind: Pod\n'
const POLICY = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n'

/** What `describe` says below "In words:", each sentence on one line. */
async function words(files: Readonly<Record<string, string>>, question: string): Promise<string> {
  const { out } = await run(files, `describe ${question}`, { env: { COLUMNS: '500' } })
  return out.slice(out.indexOf('In words:\n') + 'In words:\n'.length).replaceAll(/^ +/gm, '')
}

describe('describe says no more than holds', () => {
  it.each<[string, string, string, RegExp]>([
    [
      'a finished Pod is not open',
      `${POD}metadata: {name: x}\nstatus: {phase: Succeeded}\n`,
      'pod x',
      /^It has finished, and has no network any more: nothing reaches it\.\n$/,
    ],
    [
      'a policy that opens everything to every Pod is no default deny',
      `${POLICY}metadata: {name: all}\nspec: {podSelector: {}, ingress: [{}]}\n---\n${POLICY}metadata: {name: deny}\nspec: {podSelector: {}}\n`,
      'ns default',
      /^Everything comes in to its Pods: all lets it\.\nNo default deny for egress/,
    ],
    [
      'a policy that opens something to every Pod',
      `${POLICY}metadata: {name: dns}\nspec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53}]}]}\n`,
      'ns default',
      /^No default deny for ingress.*\nAll its Pods are isolated for egress, by dns: nothing goes out/,
    ],
    [
      'a direction that is filled in',
      `${POLICY}metadata: {name: x}\nspec: {podSelector: {}, egress: [{}]}\n`,
      'netpol x',
      /policyTypes is not written, which means Ingress, and Egress because there are egress rules\.\n$/,
    ],
    [
      'a Pod that its Service sends nothing',
      `${POD}metadata: {name: x, labels: {app: x}}\nstatus: {phase: Running, conditions: []}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: x}, ports: [{port: 80}]}\n`,
      'svc s',
      /Nothing is behind it: no Pod behind Service s is ready: default\/x is not\.\n$/,
    ],
    [
      'a port of a Service that no endpoint has',
      `${POD}metadata: {name: x, labels: {app: x}}\nspec: {containers: []}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: x}, ports: [{port: 80, targetPort: http}]}\n`,
      'svc s',
      /Nothing serves its port 80: no endpoint has a port called http\.\n$/,
    ],
  ])('%s', async (_, text, question, expected) => {
    expect(await words({ 'x.yaml': text }, question)).toMatch(expected)
  })

  it('a policy of a kind that is not evaluated may isolate a Pod, too', async () => {
    const cilium = 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c}\n'
    const { err } = await run({ ...FILES, 'c.yaml': cilium }, 'describe pod other/lonely')
    expect(err).toMatch(/CiliumNetworkPolicy.*\[UNDETERMINED_UNMODELLED_POLICY\]\n$/)
  })

  it('every cluster has a namespace default', async () => {
    const { out } = await run({ 'x.yaml': `${POD}metadata: {name: x}\nspec: {containers: []}\n` }, 'get ns')
    expect(lines(out)[1]).toMatch(/^default {2}Active /)
  })

  it('one port of a Pod behind two ports of a Service is one endpoint in the table', async () => {
    const text = `${POD}metadata: {name: x, labels: {app: x}}\nspec: {containers: []}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: x}, ports: [{name: a, port: 80, targetPort: 8080}, {name: b, port: 443, targetPort: 8080}]}\n`
    const { out } = await run({ 'x.yaml': text }, 'get svc --no-headers')
    expect(out).toMatch(/ {2}80\/TCP,443\/TCP {2}default\/x:8080\n$/)
    const { items } = JSON.parse((await run({ 'x.yaml': text }, 'get svc -o json')).out)
    expect(items[0].endpoints).toMatchObject([
      { servicePort: 80, port: 8080 },
      { servicePort: 443, port: 8080 },
    ])
  })
})
