import { describe, expect, it } from 'vitest'
import { CODE_FAMILIES } from '../../src/report/codes.ts'
import { run } from './run.ts'

/** What can be typed where the program is a plugin of kubectl's: there may be no `netpol` on the path. */

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: c, image: c}]}\n'
const FILES = {
  'shop.yaml': [
    POD,
    POD.replaceAll('web', 'db'),
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny}\nspec: {podSelector: {}}\n',
  ].join('---\n'),
}
const name = 'kubectl netpol'
const BARE = /(?:`|\$ |^)netpol [a-z]/m

describe('called as kubectl-netpol, all that can be typed begins with `kubectl netpol`:', () => {
  it.each<[string, string, string]>([
    ['what is said beside a no', 'can-reach web pod/db:80', '(`kubectl netpol explain` has the manifest)'],
    ['an unknown code', 'codes NOPE', '`kubectl netpol codes` lists them all'],
    ['the same as data', 'codes NOPE -o json', '`kubectl netpol codes` lists them all'],
    ['a name that is missing', 'describe pod', '`kubectl netpol get pods -A` lists them'],
    ['another question', 'who-can-reach http://db/x', '`kubectl netpol can-reach FROM TO`'],
    ['the example of a page', 'codes DENIED_BY_EGRESS', '$ kubectl netpol can-reach web pod/db'],
    ['what a page says to do', 'codes DENIED_BY_EGRESS -o wide', '`kubectl netpol explain` shows which rule'],
    ['the same as data', 'codes DENIED_BY_EGRESS -o json', '"command": "kubectl netpol can-reach web'],
  ])('%s: %s', async (_, line, text) => {
    const all = line.startsWith('codes') ? line : `${line} -f shop.yaml`
    const { out, err } = await run(FILES, all, { name })
    expect(out + err).toContain(text)
    expect(out + err).not.toMatch(BARE)
    const plain = await run(FILES, all)
    expect(plain.out + plain.err).toMatch(BARE)
  })

  it('every page', async () => {
    const { out } = await run({}, 'codes -o json', { name })
    expect(out.match(BARE)).toBeNull()
    expect(out.match(/"command": "kubectl netpol /g)).toHaveLength(
      CODE_FAMILIES.flatMap(({ pages }) => Object.keys(pages)).length,
    )
  })
})

it('the name of a file is left as it is', async () => {
  const { err } = await run(FILES, 'can-reach web pod/db:80 -f netpol/x.yaml', { name })
  expect(err).toContain('`netpol/x.yaml`')
})
