import { describe, expect, it } from 'vitest'
import { run } from '../cli/run.ts'

/*
 * Files that are not objects as they are: charts, templates with placeholders, expectations of tests, hooks.
 */

const pod = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {app: ${name}}${more}}\nspec: {containers: []}\n`
const APP = `${pod('web')}---\n${pod('db')}`
const policy = (name: string, selector = '{}'): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}}\nspec: {podSelector: ${selector}, policyTypes: [Ingress]}\n`
const service = (name: string, app = name): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: ${app}}, ports: [{port: 80}]}\n`
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is a placeholder
const ENVSUBST = '${APP}'
const BACKSTAGE = `$${'{{ values.name }}'}`
const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n'

interface Asked {
  readonly exit: number
  readonly out: string
  readonly err: string
}

const ask = (files: Readonly<Record<string, string>>, args = 'can-reach web db:80 -f . -R'): Promise<Asked> =>
  run({ ...files, 'a-app.yaml': APP }, args)

describe('what is filled in before a cluster sees it is a template, and not a broken object', () => {
  it.each([
    ['envsubst', service(ENVSUBST, `"${ENVSUBST}"`), ENVSUBST],
    ['envsubst without braces', policy('x', '{matchLabels: {app: $APP}}'), '$APP'],
    ['Jinja, in quotes', policy('"{{ app }}-np"'), '{{ app }}'],
    ['a parameter of OpenShift', policy('x').replace('Ingress', '$(TYPES)'), '$(TYPES)'],
    ['Replace Tokens', service('"#{name}#"'), '#{name}#'],
    ['Backstage', service(`"${BACKSTAGE}"`), BACKSTAGE],
    ['ERB', service('<%= app %>'), '<%= app %>'],
    ['ERB with statements', `<% if app %>\n${service('"<%= app %>"')}<% end %>\n`, '<% if app %>'],
    ['Concourse', service('((app))'), '((app))'],
    ['brackets, which are a list', service('[[APP]]'), '[[APP]]'],
    ['a part of a name', service('a-((app))-((env))'), '((app))'],
    ['brackets in quotes', service('"[[ app ]]"'), '[[ app ]]'],
    ['brackets before something else', service('[[APP]]-api', 'x'), '[[APP]]'],
    ['sed', pod('__NAME__'), '__NAME__'],
    ['sed, where YAML has no such value', service('@NAME@'), '@NAME@'],
    ['documentation', pod('<your-pod>'), '<your-pod>'],
    ['a name that a patch gives', policy('_'), '_'],
    [
      'in a kind that is read without complaints',
      `apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: x}\nspec: {host: "${ENVSUBST}", to: {name: web}}\n`,
      ENVSUBST,
    ],
    [
      'ytt',
      '#@ load("@ytt:data", "data")\napiVersion: v1\nkind: Pod\nmetadata:\n  name: #@ data.values.name\n',
      '#@',
    ],
  ])('%s', async (_, text, placeholder) => {
    const { exit, err } = await ask({ 'x.yaml': text })
    expect(exit).toBe(0)
    expect(err).toContain(`x.yaml: a template: \`${placeholder}\` has to be substituted first`)
    expect(err).not.toContain('did you mean')
  })

  it.each([
    ['of another namespace', policy('x', '{}').replace('{name: x}', '{name: x, namespace: other}'), false],
    ['that does not select the Pods', policy('x', '{matchLabels: {app: other}}'), false],
    ['that selects one of the Pods', policy('x', '{matchLabels: {app: db}}'), true],
    ['whose selector has to be filled in', policy('x', `{matchLabels: {app: "${ENVSUBST}"}}`), true],
    [
      'whose namespace has to be filled in',
      policy('x').replace('{name: x}', `{name: x, namespace: "${ENVSUBST}"}`),
      true,
    ],
    [
      'of ytt, where any value may be another one',
      `#@ x = 1\n${policy('x', '{matchLabels: {app: other}}')}`,
      true,
    ],
  ])('a policy %s can change only what it could select', async (_, text, isMarked) => {
    const withPeer = text.replace(
      '[Ingress]',
      `[Ingress], ingress: [{from: [{ipBlock: {cidr: "${ENVSUBST}"}}]}]`,
    )
    const { out, err } = await ask({ 'x.yaml': withPeer })
    expect(err).toContain('has to be substituted first')
    expect(out.includes('[UNDETERMINED_UNMODELLED_POLICY]')).toBe(isMarked)
  })

  it('what is broken beside a placeholder is broken', async () => {
    const ports = 'ports: [{containerPort: 0}]'
    const image = pod('x').replace('[]', `[{name: c, image: "$IMAGE", ${ports}}]`)
    expect((await ask({ 'x.yaml': image })).exit).toBe(2)
  })

  it.each([
    [
      'a line of a script',
      pod('x').replace('containers: []', 'containers: {name: c, args: ["((i++)) && [[ a ]] && exit"]}'),
    ],
    ['a list within a list', policy('x').replace('[Ingress]', '[[Ingress]]')],
    ['a list within a list, and YAML that is broken', `a: [[b]]\n${policy('x')}  a\n`],
  ])('%s is no placeholder', async (_, text) => {
    const { exit, err } = await ask({ 'x.yaml': text })
    expect(exit).toBe(2)
    expect(err).not.toContain('substituted')
  })

  it('what no answer uses may hold whatever it likes', async () => {
    const image = pod('x').replace(
      '[]',
      '[{name: c, image: "$IMAGE", args: ["$(HOST)", "((i++)) [[ -f a ]] <%= b %>"]}]',
    )
    expect((await ask({ 'x.yaml': image }, 'get pods -f .')).out).toContain('x ')
  })

  it('a policy among them marks the answers, other objects do not', async () => {
    expect((await ask({ 'x.yaml': policy('"{{ app }}"') })).out).toContain('UNDETERMINED_UNMODELLED_POLICY')
    expect((await ask({ 'x.yaml': service('"{{ app }}"') })).out).toMatch(/^yes: /)
  })
})

describe('a chart is not rendered, and not read', () => {
  const chart = (templates: Readonly<Record<string, string>>): Record<string, string> => ({
    'charts/web/Chart.yaml': CHART,
    'charts/web/values.yaml': 'kind: Deployment\nspec: {}\nmetadata: {}\n',
    'charts/web/ci/test-values.yaml': 'apiVersion: v1\nspec: {}\nmetadata: {}\n',
    ...Object.fromEntries(
      Object.entries(templates).map(([name, text]) => [`charts/web/templates/${name}`, text]),
    ),
  })

  it('its templates are counted, with the flag that renders them', async () => {
    const files = chart({ 'a.yaml': '{{- if }}\n:\n', 'b.yaml': 'kind: Pod\n{{ .x }}\n' })
    const { exit, out, err } = await ask(files)
    expect({ exit, out: out.split('\n')[0] }).toEqual({
      exit: 0,
      out: 'yes: default/web -> default/db TCP 80: no policy isolates either end',
    })
    expect(err).toContain(
      'note: not rendered: 2 templates of Helm chart charts/web; --helm charts/web renders it (-v lists what is not used)\n',
    )
  })

  it('a policy among them could select any Pod', async () => {
    const { out } = await ask(
      chart({ 'np.yaml': `{{- if .Values.x }}\n${policy('{{ .Release.Name }}')}{{- end }}\n` }),
    )
    expect(out).toContain('UNDETERMINED_UNMODELLED_POLICY')
  })

  it('a Service whose Pods are nowhere may have them there', async () => {
    const files = { 'x.yaml': service('api') }
    expect((await ask(files, 'can-reach web api:80 -f . -R')).exit).toBe(1)
    const { out } = await ask(
      { ...files, ...chart({ 'a.yaml': '{{ x }}\n' }) },
      'can-reach web api:80 -f . -R',
    )
    expect(out).toMatch(/^undetermined/)
  })

  it('CRDs and what else is beside its templates are read', async () => {
    const { out } = await ask(
      { ...chart({}), 'charts/web/examples/pod.yaml': pod('other') },
      'get pods -f . -R',
    )
    expect(out).toContain('other')
  })

  it('a file that is named is read', async () => {
    const files = chart({ 'pod.yaml': pod('other') })
    const { out } = await ask(files, 'get pods -f charts/web/templates/pod.yaml')
    expect(out).toContain('other')
  })
})

describe('what a test expects is not in the cluster', () => {
  const step = 'apiVersion: kuttl.dev/v1beta1\nkind: TestStep\n'
  const test = (operation: string): string =>
    `apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: t}\nspec: {steps: [{try: [{apply: {file: in.yaml}}, {${operation}: {file: ../expected.yaml}}]}]}\n`

  it.each([
    ['a step of kuttl of the same number', 't/00-assert.yaml', { 't/00-install.yaml': pod('other') }],
    ['one with a suffix', 't/02-assert-web.yml', { 't/2-install.yaml': pod('other') }],
    [
      'any such step in the folder',
      't/01-errors.yaml',
      { 't/00-install.yaml': pod('other'), 't/00-assert.yaml': service('x') },
    ],
    ['a TestStep', 't/assert.yaml', { 't/00-step.yaml': step }],
    [
      'a TestSuite beside it',
      't/errors.yaml',
      { 't/kuttl-test.yaml': 'apiVersion: kuttl.dev/v1beta1\nkind: TestSuite\n' },
    ],
    [
      'a TestSuite that names the folder of all',
      't/web/assert.yaml',
      { 'kuttl-test.yaml': 'apiVersion: kuttl.dev/v1beta1\nkind: TestSuite\ntestDirs: [./t]\n' },
    ],
    [
      'a TestSuite that names the folder of its folder',
      't/e2e/web/00-assert.yaml',
      { 't/kuttl-test.yaml': 'apiVersion: kuttl.dev/v1beta1\nkind: TestSuite\ntestDirs: [./e2e/]\n' },
    ],
    ['a Test of chainsaw beside it', 't/error-x.yaml', { 't/chainsaw-test.yaml': test('assert') }],
    ['a Test that asserts it', 't/expected.yaml', { 't/a/chainsaw-test.yaml': test('assert') }],
    ['a Test that wants no such object', 't/expected.yaml', { 't/a/chainsaw-test.yaml': test('error') }],
  ])('by %s', async (_, name, evidence) => {
    const { exit, out, err } = await ask({ ...evidence, [name]: policy('deny') })
    expect({ exit, out: out.slice(0, 4) }).toEqual({ exit: 0, out: 'yes:' })
    expect(err).toContain(`note: not used, and could matter: ${name}: what a test of `)
    expect(err).toContain('expects to find in a cluster (NetworkPolicy deny)')
    expect((await ask({ [name]: policy('deny') }, `can-reach web db:80 -f a-app.yaml -f ${name}`)).exit).toBe(
      1,
    )
  })

  it.each([
    ['an ordinary folder', 'k/error-pages.yaml', {}],
    ['numbers of an order', 'k/20-assert.yaml', { 'k/10-other.yaml': pod('other') }],
    ['a name that only chainsaw has', 'k/20-error-pages.yaml', { 'k/20-other.yaml': pod('other') }],
    [
      'a Test of another project',
      'k/assert.yaml',
      { 'k/t.yaml': 'apiVersion: example.com/v1\nkind: Test\nmetadata: {name: t}\n' },
    ],
    ['a Test in another folder', 'k/assert.yaml', { 't/chainsaw-test.yaml': test('assert') }],
    ['what a Test applies', 't/in.yaml', { 't/chainsaw-test.yaml': test('assert') }],
  ])('what has such a name is, without a test beside it: %s', async (_, name, others) => {
    expect((await ask({ ...others, [name]: policy('deny') })).exit).toBe(1)
  })

  it('nothing is told of an expectation that would not count', async () => {
    const { err } = await ask({ 't/00-step.yaml': step, 't/00-assert.yaml': service('x') })
    expect(err).not.toContain('t/00-assert.yaml')
  })

  it.each(['assert', 'error'])('that a TestStep of kuttl names under %s', async field => {
    const naming = `${step}apply: [files/db.yaml]\n${field}: [files/done.yaml]\n`
    const files = { 'e2e/00-step.yaml': naming, 'e2e/files/db.yaml': pod('other') }
    const broken = policy('deny').replace('podSelector: {}, ', '')
    expect((await ask({ ...files, 'e2e/files/done.yaml': policy('deny') })).out).toMatch(/^yes:/)
    const { exit, out } = await ask({ ...files, 'e2e/files/done.yaml': broken }, 'get pods -f .')
    expect({ exit, out }).toEqual({ exit: 0, out: expect.stringContaining('other') })
  })
})

describe('Pods and Jobs that are hooks do not run all the time', () => {
  const hook = (name: string, value: string): string => `, annotations: {${name}: ${value}}`
  it.each([
    [
      'a test of a chart',
      pod('test', hook('helm.sh/hook', 'test')),
      'Pod test runs only as helm.sh/hook: test',
    ],
    [
      'a hook of Argo CD',
      pod('sync', hook('argocd.argoproj.io/hook', 'PreSync')),
      'Pod sync runs only as argocd.argoproj.io/hook: PreSync',
    ],
    [
      'a Job',
      `apiVersion: batch/v1\nkind: Job\nmetadata: {name: up, annotations: {helm.sh/hook: "pre-install,pre-upgrade"}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: c}]}}}\n`,
      'Job up runs only as helm.sh/hook: pre-install,pre-upgrade',
    ],
  ])('%s', async (_, text, note) => {
    const { out, err } = await ask({ 'x.yaml': text }, 'get pods -f .')
    expect(out.split('\n').filter(line => /^\w/.test(line))).toHaveLength(3)
    expect(err).toContain(note)
  })

  it('one that runs in a cluster does', async () => {
    const text = pod('test', `${hook('helm.sh/hook', 'test')}, uid: u`)
    expect((await ask({ 'x.yaml': text }, 'get pods -f .')).out).toContain('test')
  })

  it('policies that are hooks are in force', async () => {
    const text = policy('deny').replace(
      '{name: deny}',
      '{name: deny, annotations: {helm.sh/hook: pre-install}}',
    )
    expect((await ask({ 'x.yaml': text })).exit).toBe(1)
  })
})
