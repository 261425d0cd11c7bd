import { describe, expect, it } from 'vitest'
import { errorsBySchema } from '../report/errors-by-schema.ts'
import { run } from './run.ts'
import { pod, policy } from './short-manifests.ts'

const WEB_IN =
  'podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: prometheus}}}]}]'

/** As many teams as are wanted, none of which lets anybody out. */
const teams = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => [
    pod(`team-${index}/a`, 'app: a'),
    policy(`team-${index}/out`, 'podSelector: {}, policyTypes: [Egress]'),
  ]).flat()

const files = (...objects: readonly string[]) => ({ 'shop.yaml': objects.join('---\n') })

const SHOP = files(
  pod('shop/web', 'app: web'),
  pod('shop/db', 'app: db'),
  pod('shop/report', 'job: report'),
  pod('shop/cache', 'app: cache'),
  pod('shop/queue', 'app: queue'),
  pod('shop/mail', 'app: mail'),
  pod('mon/prom', 'app: prometheus'),
  policy('shop/web-in', WEB_IN),
)

const ask = async (what: string, objects: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const { exit, out } = await run(objects, `who-can-reach ${what} -f shop.yaml`, {
    terminal: 1000,
    env: { NO_COLOR: '1' },
  })
  expect(exit).toBe(0)
  return out.trimEnd().split('\n')
}

describe('those who are kept out are named', () => {
  it('by the rule that comes nearest and what it lacks, with words that say of whom they are true', async () => {
    expect(await ask('shop/web:80', SHOP)).toEqual([
      'who can reach shop/web TCP 80 (Pod):',
      'nobody: neither 6 workloads in 2 namespaces nor internet',
      '  5 sources (shop/cache, shop/db, shop/mail and 2 more), e.g. shop/cache: web-in ingress[0] (shop.yaml:39) does not open it: app=prometheus is wanted, and shop/cache has app=cache; no Pod of the input matches this entry [DENIED_BY_INGRESS]',
      "  mon/prom: web-in ingress[0] (shop.yaml:39) does not open it: a podSelector alone means Pods of the policy's own namespace shop, and mon/prom is in mon [DENIED_BY_INGRESS]",
      '  internet: web-in ingress[0] (shop.yaml:39) does not open it: a selector matches Pods only, and internet is none [DENIED_BY_INGRESS]',
    ])
  })

  it('all of them with -o wide', async () => {
    const text = (await ask('shop/web:80 -o wide', SHOP)).join('\n')
    expect(text).toContain(
      '5 sources (shop/cache, shop/db, shop/mail, shop/queue, shop/report), e.g. shop/cache: ',
    )
  })

  it('without an example where the words are true of all', async () => {
    const deny = files(
      pod('a/web', 'app: web'),
      pod('b/x', 'app: x'),
      pod('b/z', 'app: z'),
      policy('a/deny', 'podSelector: {}'),
    )
    expect(await ask('a/web', deny)).toEqual([
      'who can reach a/web (Pod):',
      'nobody: deny (shop.yaml:16) isolates it for ingress and has no ingress rule [DENIED_BY_INGRESS]',
    ])
  })

  it('together where nobody is let in, whoever else would not let them out', async () => {
    const world = files(pod('a/web', 'app: web'), policy('a/deny', 'podSelector: {}'), ...teams(3))
    expect((await ask('a/web', world)).slice(2)).toEqual([
      '  3 sources (team-0/a, team-1/a, team-2/a), e.g. team-0/a: out (shop.yaml:16) isolates it for egress and has no egress rule; deny (shop.yaml:6) isolates it for ingress and has no ingress rule [DENIED_BY_BOTH]',
      '  internet: deny (shop.yaml:6) isolates it for ingress and has no ingress rule [DENIED_BY_INGRESS]',
    ])
  })

  it('by a few reasons, where there are many', async () => {
    const world = files(pod('a/web', 'app: web'), ...teams(12))
    const text = await ask('a/web -v', world)
    expect(text.filter(line => line.includes('[DENIED_BY_EGRESS]'))).toHaveLength(8)
    expect(text.at(-1)).toBe('  and 4 more reasons for 4 sources: -o wide shows them')
    const wide = await ask('a/web -v -o wide', world)
    expect(wide.filter(line => line.includes('[DENIED_BY_EGRESS]'))).toHaveLength(12)
  })
})

it('as data everybody is in one place', async () => {
  const { out } = await run(SHOP, 'who-can-reach shop/web:80 -f shop.yaml -o json')
  const report = JSON.parse(out)
  expect(errorsBySchema(report)).toBeNull()
  const kept: readonly { readonly from: readonly string[]; readonly sources: number }[] = report.keptOut
  expect(kept.map(({ from, sources }) => [from, sources])).toEqual([
    [['shop/cache', 'shop/db', 'shop/mail', 'shop/queue', 'shop/report'], 5],
    [['mon/prom'], 1],
    [['internet'], 1],
  ])
})
