import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.ts'
import { type Run, run } from './run.ts'
import { pod, policy } from './short-manifests.ts'

const ALLOW =
  'podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {access: "true"}}}]}]'

const FILES = {
  'base.yaml': [
    pod('shop/web', 'app: web'),
    pod('shop/db', 'app: db'),
    policy('shop/db', ALLOW),
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\nspec: {selector: {matchLabels: {app: api}}, template: {metadata: {labels: {app: api}}, spec: {containers: [{name: c, image: c}]}}}\n',
    'apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: cal, namespace: other}\n',
  ].join('---\n'),
  'rollout.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: r-1, namespace: shop, ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: r, uid: r, controller: true}]}\nspec: {containers: [{name: c, image: c}]}\n`,
  'open.yaml': policy('shop/db', 'podSelector: {matchLabels: {app: db}}, ingress: [{}]'),
  'closed.yaml': policy('shop/all', 'podSelector: {}, policyTypes: [Ingress, Egress]'),
  'from-prod.yaml': policy(
    'shop/db',
    'podSelector: {matchLabels: {app: db}}, ingress: [{from: [{namespaceSelector: {matchLabels: {env: prod}}}]}]',
  ),
  'wrong.yaml': policy('shop/x', 'podselector: {}'),
  'empty.yaml': '',
  'folder/a.yaml': pod('shop/extra', 'access: "true"'),
  'overlay/kustomization.yaml': 'resources: [pod.yaml]\npatches: [{path: patch.yaml}]\n',
  'overlay/patch.yaml': pod('shop/extra', 'access: "false"'),
  'overlay/pod.yaml': pod('shop/extra', 'access: "true"'),
  'folder/b.yaml': pod('shop/more', 'access: "true"'),
}

const ask = (what: string, settings: Parameters<typeof run>[2] = {}): Promise<Run> =>
  run(FILES, `${what} -f base.yaml -f rollout.yaml`, settings)

const notes = ({ err }: Run): readonly string[] =>
  err
    .split('\n')
    .filter(line => line.includes('[ASSUMED_WHAT_IF]'))
    .map(line => line.replace(/^note: what if | \[ASSUMED_WHAT_IF\]$/g, ''))

const reach = (edits: string, from = 'shop/web'): string => `can-reach ${from} shop/db ${edits}`
const WEB = '--label shop/pod/web'

describe('each edit', () => {
  it.each<[string, string, number, readonly string[]]>([
    ['none', '', 1, []],
    ['a policy is deleted', '--delete shop/netpol/db', 0, ['NetworkPolicy shop/db were deleted']],
    ['in the namespace of -n', '--delete netpol/db -n shop', 0, ['NetworkPolicy shop/db were deleted']],
    ['by its plural', '--delete networkpolicies/db -n shop', 0, ['NetworkPolicy shop/db were deleted']],
    [
      'by its group',
      '--delete networkpolicy.networking.k8s.io/db -n shop',
      0,
      ['NetworkPolicy shop/db were deleted'],
    ],
    [
      'somebody else’s by its group',
      '--delete other/networkpolicy.projectcalico.org/cal',
      1,
      ['NetworkPolicy other/cal were deleted'],
    ],
    [
      'somebody else’s where it is the only one',
      '--delete other/netpol/cal',
      1,
      ['NetworkPolicy other/cal were deleted'],
    ],
    [
      'a workload that its Pod alone tells of',
      '--delete shop/rollout/r --delete shop/netpol/db',
      0,
      ['Rollout shop/r and its Pod were deleted', 'NetworkPolicy shop/db were deleted'],
    ],
    [
      'a policy is replaced',
      '--apply open.yaml',
      0,
      ['open.yaml were applied: NetworkPolicy shop/db (replaced)'],
    ],
    [
      'a policy is added',
      '--apply closed.yaml',
      1,
      ['closed.yaml were applied: NetworkPolicy shop/all (new)'],
    ],
    [
      'a folder',
      '--apply folder',
      1,
      ['folder/a.yaml, folder/b.yaml were applied: Pod shop/extra (new), Pod shop/more (new)'],
    ],
    [
      'a folder with a kustomization and its patch, which are no objects',
      '--apply overlay',
      1,
      ['overlay/pod.yaml were applied: Pod shop/extra (new)'],
    ],
    [
      'the same again',
      '--apply base.yaml',
      1,
      [
        'base.yaml were applied: Pod shop/web (unchanged), Pod shop/db (unchanged), NetworkPolicy shop/db (unchanged), Deployment shop/api (unchanged), NetworkPolicy other/cal (unchanged)',
      ],
    ],
    ['a Pod is labelled', `${WEB} access=true`, 0, ['Pod shop/web were labelled access=true (new)']],
    ['with the wrong value', `${WEB} access=no`, 1, ['Pod shop/web were labelled access=no (new)']],
    [
      'with several labels, of two for one key the last',
      `${WEB} access=no app- access=true tier=`,
      0,
      ['Pod shop/web were labelled access=true (new), app- (was web), tier= (new)'],
    ],
    [
      'written with =',
      '--label=shop/pod/web access=true',
      0,
      ['Pod shop/web were labelled access=true (new)'],
    ],
    [
      'with what it has',
      `${WEB} app=web nothing-`,
      1,
      ['Pod shop/web were labelled app=web (as it is), nothing- (not there); that changes nothing'],
    ],
    [
      'a policy is labelled',
      '--label shop/netpol/db a=b',
      1,
      ['NetworkPolicy shop/db were labelled a=b (new); no answer depends on that'],
    ],
  ])('%s', async (_, edits, exit, expected) => {
    const answer = await ask(reach(edits))
    expect({ exit: answer.exit, notes: notes(answer) }).toEqual({ exit, notes: expected })
  })

  it.each<[string, string, string, number]>([
    ['the Pods of a workload', '--label shop/deploy/api access=true', 'shop/api', 0],
    ['a namespace that is merely used', '--apply from-prod.yaml --label ns/shop env=prod', 'shop/web', 0],
    ['the same with another label', '--apply from-prod.yaml --label ns/shop env=test', 'shop/web', 1],
    ['standard input', '--apply -', 'shop/web', 0],
  ])('%s', async (_, edits, from, exit) => {
    const answer = await ask(reach(edits, from), { stdin: FILES['open.yaml'] })
    expect(answer).toMatchObject({ exit })
  })

  it('a Pod whose namespace is labelled is no longer in one that is only assumed', async () => {
    const asked = '--apply from-prod.yaml'
    expect((await ask(reach(asked))).err).toContain('[ASSUMED_NAMESPACE]')
    expect((await ask(reach(`${asked} --label ns/shop env=prod`))).err).not.toContain('[ASSUMED_NAMESPACE]')
  })
})

describe('several edits act in the order in which they are typed', () => {
  it.each<[string, string, number]>([
    ['applied, then deleted', '--apply closed.yaml --delete shop/netpol/all --delete shop/netpol/db', 0],
    ['labelled, then the label taken away', `${WEB} access=true ${WEB} access-`, 1],
    ['the label taken away, then labelled', `${WEB} access- ${WEB} access=true`, 0],
    ['deleted, then applied', '--delete shop/netpol/db --apply open.yaml --apply closed.yaml', 1],
    ['applied over one another', '--apply open.yaml --apply from-prod.yaml', 1],
    ['labels do not swallow the ends', '', 0],
  ])('%s', async (_, edits, exit) => {
    const line = edits === '' ? `can-reach ${WEB} access=true shop/web shop/db` : reach(edits)
    expect(await ask(line)).toMatchObject({ exit })
  })

  it('an object can be deleted but once', async () => {
    const { exit, err } = await ask(reach('--delete shop/netpol/db --delete shop/netpol/db'))
    expect([exit, err]).toEqual([2, expect.stringContaining('no NetworkPolicy is called `db`')])
  })

  it('an object can be labelled that is applied before, and not one that is applied after', async () => {
    const [label, apply] = ['--label shop/pod/extra access=no', '--apply folder']
    expect(await ask(reach(`${apply} ${label}`, 'shop/extra'))).toMatchObject({ exit: 1 })
    expect(await ask(reach(`${label} ${apply}`, 'shop/extra'))).toMatchObject({ exit: 2 })
  })
})

describe('what cannot be', () => {
  it.each<[string, string, string]>([
    [
      'an unknown object',
      '--delete shop/netpol/dbb',
      'no NetworkPolicy is called `dbb` in namespace shop\n  = help: did you mean `shop/networkpolicy/db`?',
    ],
    [
      'one of another namespace',
      '--delete netpol/db',
      'no NetworkPolicy is called `db` in namespace default\n  = help: did you mean `shop/networkpolicy/db`?',
    ],
    [
      'no kind',
      '--delete shop/web',
      '`shop` in `shop/web` is no kind of object\n  = help: write it as KIND/NAME or NAMESPACE/KIND/NAME',
    ],
    [
      'a slip in a kind',
      '--delete shop/netpl/db',
      '`netpl` in `shop/netpl/db` is no kind of object\n  = help: did you mean `shop/netpol/db`?',
    ],
    ['a bare name', '--delete db', '`db` does not say which object is meant'],
    [
      'a Node in a namespace',
      '--delete shop/node/n1',
      'a Node is in no namespace\n  = help: write `node/n1`',
    ],
    [
      'a bad label value',
      `${WEB} access=yes!`,
      'Pod shop/web cannot be labelled so: metadata.labels: Invalid value: "yes!": a valid label must',
    ],
    [
      'an empty label key',
      `${WEB} =b`,
      'Pod shop/web cannot be labelled so: metadata.labels: Invalid value: ""',
    ],
    ['no label', WEB, "option '--label <kind/name key=value>' argument 'shop/pod/web' is invalid"],
    ['a label both ways', `${WEB} a=b a-`, 'can not both modify and remove a label in the same command'],
    [
      'S-022',
      '--label ns/shop kubernetes.io/metadata.name=x',
      'the label kubernetes.io/metadata.name of Namespace shop cannot be changed',
    ],
    [
      'a label that the selector asks for',
      '--label shop/deploy/api app=x',
      '`selector` does not match template `labels`',
    ],
    ['a Pod that a workload makes', '--delete shop/pod/api~1', 'Pod shop/api~1 has no manifest'],
    [
      'a file that is not there',
      '--apply nowhere.yaml',
      'cannot read `nowhere.yaml`: no such file or folder',
    ],
    ['a file that a cluster would refuse', '--apply wrong.yaml', 'unknown field "spec.podselector"'],
    [
      'a file with an object that is labelled next',
      '--apply wrong.yaml --label shop/netpol/x a=b',
      'unknown field "spec.podselector"',
    ],
    ['standard input twice', '--apply - --apply -', 'standard input can be read only once'],
  ])('%s', async (_, edits, message) => {
    const { exit, out, err } = await ask(reach(edits))
    expect([exit, out, err]).toEqual([2, '', expect.stringContaining(message)])
  })

  it('is left out of what is applied with --skip-invalid, and said to be', async () => {
    const { exit, err } = await ask(reach('--apply wrong.yaml --apply open.yaml --skip-invalid'))
    expect([exit, err]).toEqual([0, expect.stringContaining('left out: wrong.yaml:4: NetworkPolicy shop/x')])
  })
})

describe('what is said beside the answer', () => {
  it.each(
    COMMANDS.filter(({ options }) => options.some(({ long }) => long === '--apply')).map(
      ({ name }): readonly [string, string] => {
        const words: Readonly<Record<string, string>> = {
          get: 'pods -n shop',
          describe: 'pod shop/web',
          matrix: '',
          'who-can-reach': 'shop/db',
        }
        return [name, words[name] ?? 'shop/web shop/db']
      },
    ),
  )('%s tells what it assumes, also as data', async (name, words) => {
    const { err, out } = await ask(`${name} ${words} --delete shop/netpol/db`)
    expect(`${err}${out}`).toMatch(/what if NetworkPolicy shop\/db were deleted\s\[ASSUMED_WHAT_IF\]/)
    const { assumptions } = JSON.parse((await ask(`${name} ${words} --delete shop/netpol/db -o json`)).out)
    expect(assumptions).toContainEqual({
      code: 'ASSUMED_WHAT_IF',
      message: 'what if NetworkPolicy shop/db were deleted',
      facts: expect.objectContaining({ edit: 'delete' }),
    })
  })

  it('no object is said to be there twice that is replaced by what is applied', async () => {
    expect((await ask(reach('--apply open.yaml'))).err).not.toContain('REPLACED_OBJECT')
  })

  it('-v tells what became of each document', async () => {
    const { err } = await ask(reach(`${WEB} a=b --delete shop/deploy/api --apply open.yaml -v`))
    expect(err.split('\n').filter(line => /^[a-z ]+: \S+\.yaml/.test(line))).toEqual([
      'labelled: base.yaml:1: Pod shop/web',
      'used: base.yaml:6: Pod shop/db',
      'not used: base.yaml:11: NetworkPolicy shop/db is replaced by what is applied',
      'not used: base.yaml:16: Deployment shop/api is deleted',
      'not used: base.yaml:21: NetworkPolicy is not evaluated',
      'applied: open.yaml:1: NetworkPolicy shop/db',
      'used: rollout.yaml:1: Pod shop/r-1',
    ])
  })

  it('what a terminal would obey is made visible', async () => {
    const files = { 'x.yaml': pod('shop/web', 'a: b'), 'y\u001b[31m.yaml': pod('shop/db', 'a: b') }
    const { err } = await run(files, 'can-reach shop/web shop/db -f x.yaml --apply y\u001b[31m.yaml')
    expect(err).toContain('what if y\\u{1b}[31m.yaml were applied')
  })
})
