import { describe, expect, it } from 'vitest'
import { run } from './run.ts'

const PODS = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
`
const policy = (spec: string, more = '', metadata = 'name: p'): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {${metadata}}\nspec: {podSelector: {}, ${spec}}\n${more}`

const STATUS = policy('policyTypes: [Ingress]', 'status: {}\n')
/** To a cluster that does not validate, this rule has no peers, so that it allows all. */
const MISSPELT = policy('ingress: [{form: [{podSelector: {}}]}]')
const TWICE = policy('policyTypes: [Egress], policyTypes: [Ingress]')

const ask = (text: string, flags = '') =>
  run({ 'pods.yaml': PODS, 'x.yaml': text }, `can-reach web db:80 -f . ${flags}`)

describe('--validate is that of kubectl', () => {
  it.each<[string, string, string, number, RegExp]>([
    ['a field that is no longer there', STATUS, '', 2, /error\[UNKNOWN_FIELD\]: unknown field "status"/],
    ['the same', STATUS, '--validate=true', 2, /error\[UNKNOWN_FIELD\]: unknown field "status"/],
    ['the same', STATUS, '--validate', 2, /error\[UNKNOWN_FIELD\]: unknown field "status"/],
    ['the last one counts', STATUS, '--validate --validate=ignore', 1, /^(?!.*UNKNOWN_FIELD)/s],
    ['the last one counts', STATUS, '--validate=ignore --validate', 2, /UNKNOWN_FIELD/],
    ['the same', STATUS, '--validate=warn', 1, /warning\[UNKNOWN_FIELD\]: unknown field "status"/],
    ['the same', STATUS, '--validate=ignore', 1, /^(?!.*UNKNOWN_FIELD)/s],
    ['the same', STATUS, '--validate=false', 1, /^(?!.*UNKNOWN_FIELD)/s],
    ['a slip in a rule', MISSPELT, '', 2, /error\[UNKNOWN_FIELD\].*did you mean `from`/s],
    ['the same', MISSPELT, '--validate=warn', 0, /warning\[UNKNOWN_FIELD\]/],
    ['the same', MISSPELT, '--validate=ignore', 0, /^(?!.*UNKNOWN_FIELD)/s],
    ['a field twice', TWICE, '', 1, /warning\[DUPLICATE_FIELD\]: duplicate field "spec.policyTypes"/],
    ['the same', TWICE, '--validate=ignore', 1, /^(?!.*DUPLICATE_FIELD)/s],
    [
      'what no cluster accepts',
      policy('policyTypes: [ingress]'),
      '--validate=ignore',
      2,
      /error\[UNSUPPORTED_VALUE\]/,
    ],
  ])('%s%.0s %s', async (_, text, flags, exit, says) => {
    const answer = await ask(text, flags)
    expect({ exit: answer.exit, says: says.test(answer.err) }).toEqual({ exit, says: true })
  })

  it.each([
    ['can-reach --validate web db:80 -f pods.yaml', 0],
    ['can-reach web --validate db:80 -f pods.yaml', 0],
    ['can-reach web db:80 -f pods.yaml --validate', 0],
    ['can-reach --validate warn web db:80 -f pods.yaml', 2],
  ])('without a value it takes no word for one: %s', async (line, exit) => {
    expect((await run({ 'pods.yaml': PODS }, line)).exit).toBe(exit)
  })

  it('behind two dashes it is a word like others', async () => {
    const { err } = await run({ 'pods.yaml': PODS }, 'get pods -f pods.yaml -- --validate')
    expect(err).toContain('pods "--validate" not found')
  })

  it('the flag is offered where nothing else is wrong', async () => {
    expect((await ask(STATUS)).err).toContain(
      '1 error; --validate=warn answers without the unknown fields, as a cluster does then\n',
    )
  })

  it('holds for what is applied and what is edited', async () => {
    const files = { 'pods.yaml': PODS, 'x.yaml': STATUS }
    const applied = await run(files, 'can-reach web db:80 -f pods.yaml --apply x.yaml --validate=warn')
    expect(applied.exit).toBe(1)
    const labeled = await run(
      { 'x.yaml': `${PODS.replace('{name: db,', '{nmae: x, name: db,')}` },
      'can-reach web db:80 --validate=ignore --label pod/db app=other',
    )
    expect(labeled.exit).toBe(0)
  })

  it('other values are refused', async () => {
    expect(await ask(STATUS, '--validate=maybe')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('strict, warn, ignore'),
    })
  })
})

describe('a field that is set twice', () => {
  it('is not worth a warning in what no answer uses', async () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, name: b}\n'
    expect((await ask(map)).err).not.toContain('DUPLICATE_FIELD')
  })

  it('is not worth a warning in a file of a folder that is no manifest', async () => {
    const { exit, err } = await run(
      { 'a/pods.yaml': PODS, 'a/mkdocs.yml': 'plugins: 1\nplugins: 2\n' },
      'get pods -f a',
    )
    expect({ exit, err }).toEqual({ exit: 0, err: expect.not.stringContaining('DUPLICATE_FIELD') })
  })

  it.each([
    ['before a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', 2],
    ['before another policy', policy('policyTypes: [Egress]'), 2],
    ['beside it, parted by ---', `---\n${policy('policyTypes: [Egress]', '', 'name: q')}`, 1],
  ])('a policy is lost, where it is a whole object %s', async (_, next, exit) => {
    const answer = await ask(policy('policyTypes: [Ingress]') + next)
    expect(answer.exit).toBe(exit)
    expect(answer.err.includes('kubectl silently ignores the object above')).toBe(exit === 2)
  })

  it('is told a few times, and counted', async () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      policy('policyTypes: []', '', `name: p${index}, name: q${index}`),
    )
    const { err } = await ask(many.join('---\n'))
    expect(err.match(/DUPLICATE_FIELD/g)).toHaveLength(3)
    expect(err).toContain('6 more warnings not shown (-v shows more)\n')
    expect(err).toContain('\nwarning[DUPLICATE_FIELD]: x.yaml:8:22: duplicate field "metadata.name"\n')
    expect((await ask(many.join('---\n'), '-v')).err.match(/DUPLICATE_FIELD/g)).toHaveLength(9)
  })
})

describe('what a cluster keeps', () => {
  const block = (cidr: string, uid = ''): string =>
    policy(`policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "${cidr}"}}]}]`, '', `name: p${uid}`)
  const reach = (text: string, address = '198.51.101.9') =>
    run({ 'pods.yaml': PODS, 'x.yaml': text }, `can-reach web ${address}:443 -f .`)

  it('host bits in a block of a live dump are a warning, and the block is the one they are in', async () => {
    const { exit, err } = await reach(block('198.51.103.0/22', ', uid: u'))
    expect(exit).toBe(0)
    expect(err).toContain(
      'warning[INVALID_VALUE]: spec.egress[0].to[0].ipBlock.cidr: `198.51.103.0/22` is taken for 198.51.100.0/22: a new object must not have bits set beyond the prefix length from Kubernetes 1.36 on',
    )
    expect((await reach(block('198.51.103.0/22', ', uid: u'), '198.51.104.1')).exit).toBe(1)
  })

  it('so are leading zeros', async () => {
    expect((await reach(block('198.051.100.0/22', ', uid: u'))).exit).toBe(0)
  })

  it('in a manifest they are an error that names the version', async () => {
    const { exit, err } = await reach(block('198.51.103.0/22'))
    expect(exit).toBe(2)
    expect(err).toContain('clusters before 1.36 take it for 198.51.100.0/22')
  })

  it.each(['::ffff:10.0.0.0/104', '10.0.0.0/33', 'nonsense'])('%s is an error anyway', async cidr => {
    expect((await reach(block(cidr, ', uid: u'))).exit).toBe(2)
  })
})
