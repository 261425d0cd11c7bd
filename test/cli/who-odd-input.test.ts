import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

const metadata = (name: string, namespace = 'shop'): string =>
  `metadata: {name: ${name}, namespace: ${namespace}}`

const pod = (name: string, namespace = 'shop', more = ''): string =>
  `apiVersion: v1\nkind: Pod\n${metadata(name, namespace)}\nspec: {containers: []}\n${more}---\n`

const deployment = (name: string, replicas: number): string => `apiVersion: apps/v1
kind: Deployment
${metadata(name)}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template: {metadata: {labels: {app: ${name}}}, spec: {containers: []}}
---
`

const service = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: Service\n${metadata(name)}\nspec: ${spec}\n---\n`

const ESC = String.fromCharCode(27)

const files = {
  'odd.yaml': [
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n',
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n---\n',
    pod('web'),
    pod('web', 'other'),
    pod('done', 'shop', 'status: {phase: Succeeded}\n'),
    deployment('idle', 0),
    deployment('web', 2),
    service('web', '{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}'),
    service('alone', '{selector: {app: nobody}, ports: [{port: 80}]}'),
    service('mail', '{type: ExternalName, externalName: mail.example.com}'),
    service(
      'lb',
      '{type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24], selector: {app: web}, ports: [{port: 443}]}',
    ),
    `apiVersion: v1
kind: Pod
metadata:
  name: nasty
  namespace: shop
  ownerReferences: [{apiVersion: v1, kind: "K\\e[31m", name: "n\\e[31m", controller: true}]
spec: {containers: []}
---
`,
    `apiVersion: networking.k8s.io/v1
kind: Ingress
${metadata('front')}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
`,
  ].join(''),
}

const ask = (to: string) => run(files, `who-can-reach ${to} -f odd.yaml`)

describe('where nobody can, the one reason is said', () => {
  it.each([
    ['shop/idle', 'nobody: shop/idle has no Pods [WORKLOAD_HAS_NO_PODS]'],
    ['shop/done', 'nobody: the Pod has finished and has no network any more [POD_HAS_TERMINATED]'],
    ['shop/pod/web:http', 'nobody: shop/pod/web declares no port TCP http [NAMED_PORT_UNRESOLVED]'],
  ])('%s', async (to, last) => {
    const { exit, out } = await ask(to)
    expect(out.trimEnd().split('\n').at(-1)).toBe(last)
    expect(exit).toBe(0)
  })

  it('and of several, each with whom it keeps out', async () => {
    const { out } = await ask('shop/alone')
    expect(out).toContain('nobody: neither 4 workloads in 2 namespaces nor internet\n')
    expect(out).toMatch(
      / {2}4 sources \(other\/web, [\s\S]*\):\s+the selector of Service alone [\s\S]*\[SERVICE_HAS_NO_ENDPOINTS\]/,
    )
    expect(out).toMatch(/ {2}internet: Service alone is of type ClusterIP[\s\S]* \[SERVICE_NOT_EXPOSED\]/)
  })
})

describe('what each source would find something else behind is refused, and what to ask instead is said', () => {
  it.each([
    [
      'shop/svc/mail',
      'Service shop/mail stands for the name `mail.example.com`',
      'ask for the address behind it',
    ],
    ['web.shop:80', '`web.shop` is a name', 'ask for the Service: `shop/svc/web:80`'],
    ['http://web.shop/index', '`web.shop` is a name', 'ask for the Service: `shop/svc/web:80`'],
    ['web.shop.svc.cluster.local', 'is a name', 'ask for the Service: `shop/svc/web`'],
    ['https://www.example.com', '`www.example.com` is a name', '`netpol can-reach FROM TO`'],
    ['http://10.0.0.7:8080/x', 'depends on which source asks', 'ask for the address alone: `10.0.0.7:8080`'],
    [
      'http://[2001:db8::1]/x',
      'depends on which source asks',
      'ask for the address alone: `[2001:db8::1]:80`',
    ],
    ['127.0.0.1:80', '`127.0.0.1` is whoever asks for it', 'name the Pod that is meant'],
    [
      'shop/ingress/front',
      'shop/ingress/front leads clients outside',
      '`netpol can-reach internet shop/ingress/front`',
    ],
  ])('%s', async (to, message, help) => {
    const { exit, out, err } = await ask(to)
    expect([exit, out]).toEqual([2, ''])
    expect(err).toContain(message)
    expect(err).toContain(help)
  })
})

describe('names', () => {
  it.each([
    ['shop/wbe', 'did you mean `shop/web`?'],
    ['nothing', 'no Pod, workload or Service is called `nothing` in namespace default'],
    ['a:b:c', '`a:b:c` is no name or address'],
    ['10.0.0.0/33', 'must be a valid CIDR value'],
    ['shop/web:80/gre', '`gre` is no protocol'],
    ['shop/pods/x/y', 'is no name of an object'],
  ])('%s is an error', async (to, said) => {
    const { exit, err } = await ask(to)
    expect(exit).toBe(2)
    expect(err).toContain(said)
  })

  it('that two have are told apart', async () => {
    const { out } = await ask('shop/deploy/web')
    expect(out).toContain('who can reach shop/deployment/web (Deployment, 2 Pods):')
    const json = await run(files, 'who-can-reach shop/deploy/web -f odd.yaml -o json')
    const ids = JSON.parse(json.out).sources.map(({ from }: { from: { id: string } }) => from.id)
    expect(ids).toEqual(['other/web', 'shop/deployment/web', `shop/n${ESC}[31m`, 'shop/pod/web', 'internet'])
  })

  it.each([
    'who-can-reach shop/pod/web -o wide',
    'who-can-reach shop/deploy/web -v -o wide',
    'matrix --from shop/nasty -v',
  ])('reach no terminal raw: %s', async question => {
    const { out } = await run(files, `${question} -f odd.yaml`)
    expect(out).not.toContain(ESC)
    expect(out).toContain(String.raw`n\u{1b}[31m`)
  })
})

it('a load balancer keeps out whom its source ranges leave out', async () => {
  const { out } = await run(files, 'who-can-reach shop/lb -f odd.yaml -v')
  expect(out).toContain('outside the cluster\n  203.0.113.0/24   TCP 443\n')
  expect(out).toContain('nobody else: every other address outside\n')
  expect(out).toMatch(
    / {2}0\.0\.0\.0\/0 except 203\.0\.113\.0\/24, ::\/0: the load balancer of Service lb lets in\s[\s\S]* \[OUTSIDE_SOURCE_RANGES\]/,
  )
})

it('a Service that keeps to the node of its client answers those on the nodes of its Pods (S-205)', async () => {
  const on = (name: string, node: string): string =>
    pod(name).replace('{containers: []}', `{nodeName: ${node}, containers: []}`)
  const back = on('back', 'n1').replace('namespace: shop', 'namespace: shop, labels: {app: back}')
  const local = '{internalTrafficPolicy: Local, selector: {app: back}, ports: [{port: 80}]}'
  const nodes = { 'local.yaml': `${back}${on('here', 'n1')}${on('there', 'n2')}${service('back', local)}` }
  const { out } = await run(nodes, 'who-can-reach shop/svc/back -f local.yaml')
  expect(out).toContain('shop\n  pod/here  TCP 80\nnobody else: shop/there, internet\n')
})

it('thousands of Pods behind one name, each of them a source as well, are no matter', async () => {
  const large = {
    'large.yaml': deployment('web', 5000) + service('web', '{selector: {app: web}, ports: [{port: 80}]}'),
  }
  for (const to of ['shop/deploy/web', 'shop/svc/web']) {
    const { exit, out } = await run(large, `who-can-reach ${to} --port 80 -f large.yaml`)
    expect(exit).toBe(0)
    expect(out).toMatch(/ {2}deploy\/web \(5,000 Pods\).* TCP 80\n/)
  }
}, 30_000)

it('a block of more Pods than one can ask about is a matrix', async () => {
  const pods = Array.from({ length: 300 }, (_, index) =>
    pod(`p${index}`, 'shop', `status: {phase: Running, podIP: 10.0.${index >> 8}.${index & 255}}\n`),
  )
  const large = { 'pods.yaml': pods.join('') }
  const { exit, err } = await run(large, 'who-can-reach 10.0.0.0/22 -f pods.yaml')
  expect(exit).toBe(2)
  expect(err).toContain('`10.0.0.0/22` holds the addresses of 300 Pods and nodes')
  const small = await run(large, 'who-can-reach 10.0.1.0/24 -f pods.yaml')
  expect(small.exit).toBe(0)
})
