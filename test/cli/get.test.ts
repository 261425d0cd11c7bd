import { describe, expect, it } from 'vitest'
import { FILES, lines } from './inventory-files.ts'
import { run } from './run.ts'

describe('get', () => {
  it.each<[string, readonly string[]]>([
    [
      'pods -n shop',
      [
        'NAME   STATUS  IP        NODE    LABELS',
        'web-1  Ready   10.0.0.7  n1      app=web,tier=front',
        'agent  Ready   <none>    <none>  app=web',
        'api~1  Ready   <none>    <none>  app=api,pod-template-hash',
      ],
    ],
    [
      'svc -n shop',
      [
        'NAME  TYPE          CLUSTER-IP  EXTERNAL-IP       PORT(S)              ENDPOINTS',
        'web   NodePort      10.96.0.9   <none>            80:30080/TCP,53/UDP  shop/web-1:8080,shop/web-1:53',
        'api   ClusterIP     <none>      <none>            80/TCP               shop/api~1:5000,shop/api~2:5000,shop/api~3:5000 + 2 more...',
        'db    ClusterIP     None        <none>            <none>               <none>',
        'mail  ExternalName  <none>      smtp.example.com  <none>               <none>',
      ],
    ],
    [
      'ns',
      [
        'NAME   STATUS   PODS  LABELS',
        'shop   Active   7     team=a,kubernetes.io/metadata.name=shop',
        'other  Assumed  1     kubernetes.io/metadata.name=other',
      ],
    ],
    [
      'NetPol -A',
      [
        'NAMESPACE  NAME  POD-SELECTOR                  POLICY-TYPES  PODS',
        'shop       deny  <none>                        Ingress       6',
        'shop       web   app=web,tier in (front,edge)  Ingress       1',
        'shop       hash  pod-template-hash=abc         Egress        0+?',
      ],
    ],
    [
      'ingress -n shop',
      [
        'NAME   CLASS  HOSTS             PORTS   BACKENDS',
        'front  nginx  shop.example.com  80,443  api:80,gone:80,web:http',
      ],
    ],
    ['pods web-1 -n shop --no-headers', ['web-1  Ready  10.0.0.7  n1  app=web,tier=front']],
    ['pod/web-1 -n shop --no-headers', ['web-1  Ready  10.0.0.7  n1  app=web,tier=front']],
    [
      'pods -A -l app=web,tier',
      [
        'NAMESPACE  NAME   STATUS  IP        NODE  LABELS',
        'shop       web-1  Ready   10.0.0.7  n1    app=web,tier=front',
      ],
    ],
    [
      'netpol deny -n shop -o wide',
      [
        'NAME  POD-SELECTOR  POLICY-TYPES  PODS  SOURCE',
        'deny  <none>        Ingress       6     policies.yaml:1',
      ],
    ],
    [
      'pods --selected-by shop/netpol/web',
      [
        'NAMESPACE  NAME   SELECTED  STATUS  IP        NODE  LABELS',
        'shop       web-1  yes       Ready   10.0.0.7  n1    app=web,tier=front',
      ],
    ],
    [
      'pods --selected-by netpol/web -n shop --no-headers',
      ['shop  web-1  yes  Ready  10.0.0.7  n1  app=web,tier=front'],
    ],
    [
      'netpol --selecting shop/pod/web-1 --no-headers',
      [
        'shop  deny  yes  <none>                        Ingress  6',
        'shop  web   yes  app=web,tier in (front,edge)  Ingress  1',
      ],
    ],
    ['pod shop/web-1 --no-headers', ['web-1  Ready  10.0.0.7  n1  app=web,tier=front']],
    ['shop/pod/web-1 --no-headers', ['web-1  Ready  10.0.0.7  n1  app=web,tier=front']],
  ])('get %s', async (question, expected) => {
    const { exit, out, err } = await run(FILES, `get ${question}`)
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(lines(out).slice(0, expected.length)).toEqual(expected)
  })

  it.each<[string, string]>([
    ['pods', 'No resources found in default namespace. (8 in other namespaces: -A)\n'],
    ['ingresses -n other', 'No resources found in other namespace. (1 in other namespaces: -A)\n'],
    [
      'pods -n shpo',
      'No resources found in shpo namespace. (8 in other namespaces: -A; did you mean -n shop?)\n',
    ],
    ['netpol --selecting other/lonely', 'no policy selects other/lonely\n'],
    [
      'netpol --selecting shop/agent',
      "no policy selects shop/agent: it is on its node's network, and policies take it for the node\n",
    ],
    ['pods -A -l app=none', 'No resources found\n'],
    [
      'pods --selected-by netpol/web -n shop -l app=api',
      'of the Pods that netpol/web selects or may select (1), none has these labels\n',
    ],
  ])('get %s: nothing, and where there would be something', async (question, err) => {
    expect(await run(FILES, `get ${question}`)).toEqual({ exit: 0, out: '', err })
  })

  it.each<[string, RegExp]>([
    ['deployments', /`deployments` is no kind that can be listed\n.*the kinds are: pods, services,/],
    ['netpols', /did you mean `netpol`\? the kinds are: pods,/],
    ['pods web-2 -n shop', /pods "web-2" not found\n {2}= help: did you mean `web-1`/],
    ['pods/web-1/x/y', /`pods\/web-1\/x\/y` names no object/],
    ['pod/web-1 agent -n shop', /`pod\/web-1 agent` names no object/],
    ['ns shop/web', /`namespaces shop\/web` names no object/],
    ['pod/ -n shop', /`pod\/` names no object/],
    ['svc -l app=web', /`-l` is of no use with services/],
    ['pods --selecting pod/web-1', /`--selecting` is of no use with pods/],
    ['netpol --selected-by netpol/web', /`--selected-by` is of no use with networkpolicies/],
    ['pods --selected-by netpol/wbe -n shop', /did you mean `shop\/netpol\/web`/],
    ['pods --selected-by shop/pod/web', /`shop\/pod\/web` is no name of a NetworkPolicy/],
    ['netpol --selecting svc/web -n shop', /neither a Pod nor a workload/],
    ['netpol --selecting shop/nobody', /no Pod, workload or Service is called `nobody` in namespace shop/],
  ])('get %s is an error', async (question, err) => {
    const result = await run(FILES, `get ${question}`)
    expect({ exit: result.exit, out: result.out }).toEqual({ exit: 2, out: '' })
    expect(result.err).toMatch(err)
  })

  it.each<[string, string]>([
    ['{phase: Running, conditions: [{type: Ready, status: "True"}]}', 'Ready'],
    ['{phase: Running, conditions: [{type: Ready, status: "False"}]}', 'NotReady'],
    ['{phase: Pending}', 'Pending'],
    ['{phase: Failed}', 'Finished'],
  ])('a Pod with status %s is %s', async (status, expected) => {
    const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}\nstatus: ${status}\n`
    const { out } = await run({ 'pod.yaml': pod }, 'get pods --no-headers')
    expect(out.split(/ +/)[1]).toBe(expected)
  })

  it('a long list is laid out like a short one', async () => {
    const many = { 'many.yaml': FILES['shop.yaml'].replace('replicas: 5', 'replicas: 300') }
    const { out } = await run(many, 'get pods -n shop')
    expect(lines(out)).toHaveLength(303)
    expect(lines(out)[1]).toMatch(/^web-1 {4}Ready {3}10\.0\.0\.7 {2}n1 {6}app=web,tier=front$/)
  })
})

describe('what only a running cluster knows is not said to be selected', () => {
  it.each<[string, readonly string[], string]>([
    [
      'pods --selected-by shop/hash -l app=api',
      [1, 2, 3, 4, 5].map(
        index => `shop  api~${index}  undetermined  Ready  <none>  <none>  app=api,pod-template-hash`,
      ),
      'note: whether hash selects shop/api~1, shop/api~2, shop/api~3, shop/api~4, shop/api~5 depends on a label that only a running cluster knows [UNDETERMINED_LABEL]\n',
    ],
    [
      'netpol --selecting shop/deploy/api',
      [
        'shop  deny  yes           <none>                 Ingress  6',
        'shop  hash  undetermined  pod-template-hash=abc  Egress   0+?',
      ],
      'note: whether shop/deploy/api is selected by hash depends on a label that only a running cluster knows [UNDETERMINED_LABEL]\n',
    ],
  ])('get %s', async (question, expected, err) => {
    const result = await run(FILES, `get ${question} --no-headers`)
    expect({ ...result, out: lines(result.out) }).toEqual({ exit: 0, out: expected, err })
    expect((await run(FILES, `get ${question} --strict`)).exit).toBe(3)
  })

  it('a policy that selects but some of the Pods of a workload says so', async () => {
    const { out } = await run(
      {
        'db.yaml': `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: []}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: first}
spec: {podSelector: {matchLabels: {statefulset.kubernetes.io/pod-name: db-0}}}
`,
      },
      'get netpol --selecting sts/db --no-headers',
    )
    expect(out).toMatch(/^default {2}first {2}partial /)
  })

  it('a policy of a kind that is not evaluated is told of', async () => {
    const cilium = { 'c.yaml': 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c}\n' }
    const { exit, err } = await run({ ...FILES, ...cilium }, 'get netpol --selecting other/lonely')
    expect({ exit, lines: lines(err) }).toEqual({
      exit: 0,
      lines: ['no policy selects other/lonely', expect.stringMatching(/UNDETERMINED_UNMODELLED_POLICY/)],
    })
  })
})
