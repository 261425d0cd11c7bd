import { expect, it } from 'vitest'
import { run } from './run.ts'

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\n'

it.each([
  [
    'a protocol that policies do not know',
    'web web:80/gre',
    /`gre` is no protocol\n.*write tcp, udp, sctp or icmp/,
  ],
  ['two ports', 'web web --port 80 --port 90', /given twice, as 80 before/],
  ['two protocols', 'web web --port 80 --protocol tcp --protocol udp', /given twice, as tcp before/],
  ['a workload that is not there', 'sts/a web', /no StatefulSet is called `a` in namespace shop\n/],
  [
    'a namespace that is not there',
    'gone/a web',
    /no Pod, workload or Service is called `a` in namespace gone\n/,
  ],
  [
    'a name of four parts',
    'web shop/pods/web/x',
    /`shop\/pods\/web\/x` is no name of an object\n.*NAMESPACE\/KIND\/NAME/,
  ],
  ['a name without a name', 'web /', /`\/` is no name of an object/],
])('%s is an error that says what to do', async (_, question, err) => {
  const result = await run({ 'x.yaml': POD }, `can-reach -n shop ${question}`)
  expect(result.err).toMatch(err)
  expect({ exit: result.exit, out: result.out }).toEqual({ exit: 2, out: '' })
})

it('the same port twice is one', async () => {
  expect((await run({ 'x.yaml': POD }, 'can-reach -n shop web web --port 80 --port 80')).exit).toBe(0)
})
