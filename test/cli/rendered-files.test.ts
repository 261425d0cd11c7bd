import { describe, expect, it } from 'vitest'
import { from, pod, policy } from './rendered-manifests.ts'
import { run } from './run.ts'

const BUILT = [policy(from('../base/policy.yaml')), pod('web'), pod('db')].join('---\n')
/** How a line of kubectl's log starts. */
const LOGGED = 'I1201 12:21:33.804354    7172 log.go:245] '
const YES = 'can-reach pod/web pod/db --port 5432'
const NO = 'can-reach pod/web pod/db --port 80'

describe('-k', () => {
  it.each([
    ['kustomize', { kustomize: () => ({ out: BUILT }), kubectl: () => ({ status: 1 }) }],
    ['kubectl where there is no kustomize', { kubectl: () => ({ out: BUILT }) }],
  ])('is rendered by %s', async (_, programs) => {
    expect((await run({}, `${YES} -k overlays/prod`, { programs })).exit).toBe(0)
    expect((await run({}, `${NO} -k overlays/prod`, { programs })).exit).toBe(1)
  })

  it('passes the folder on as it was typed, and is repeatable', async () => {
    const asked: (readonly string[])[] = []
    const kubectl = (args: readonly string[]) => {
      asked.push(args)
      return { out: pod(`p${asked.length}`) }
    }
    const { out } = await run({}, 'get pods -k a -k b/', { programs: { kubectl } })
    expect(asked).toEqual([
      ['kustomize', 'a'],
      ['kustomize', 'b/'],
    ])
    expect(out).toMatch(/^p1 .*\np2 /m)
  })

  it('goes together with -f, and alone reads nothing else', async () => {
    const programs = { kustomize: () => ({ out: pod('web') }) }
    const names = async (line: string) =>
      JSON.parse(
        (await run({ 'here.yaml': pod('here') }, `get pods -o json ${line}`, { programs })).out,
      ).items.map((item: { name: string }) => item.name)
    expect(await names('-k x')).toEqual(['web'])
    expect(await names('-k x -f .')).toEqual(['here', 'web'])
    expect(await names('')).toEqual(['here'])
  })

  it('an answer names the place in the source, where kustomize tells it', async () => {
    const files = { 'overlays/base/policy.yaml': `# the database's\n---\n${policy()}` }
    const programs = { kustomize: () => ({ out: BUILT }) }
    const { out } = await run(files, `${NO} -k overlays/prod`, { programs })
    expect(out).toContain('db ingress[0] (overlays/base/policy.yaml:12) does not open it')
  })

  it('else the place in what was rendered', async () => {
    const programs = { kustomize: () => ({ out: BUILT }) }
    const { out } = await run({}, `${NO} -k overlays/prod`, { programs })
    expect(out).toContain('db ingress[0] (kustomize build overlays/prod:13) does not open it')
  })

  it('fails in the words of the renderer', async () => {
    const programs = { kustomize: () => ({ status: 1, err: 'Error: no such\n  folder\u001b[31m\n' }) }
    const { exit, err } = await run({}, `${YES} -k 'a`, { programs })
    expect(exit).toBe(2)
    expect(err).toBe(
      'error[CANNOT_RENDER]: ' +
        "`kustomize build ''\\''a'` failed: Error: no such; folder\\u{1b}[31m\n" +
        '  = help: run it by itself, with other options if needed, until it prints the manifests; `-f -` reads them from a pipe\n',
    )
  })

  it('says what is missing where nothing is installed, also as data', async () => {
    const { exit, out, err } = await run({}, `${YES} -k a -o json`)
    expect(exit).toBe(2)
    expect(err).toContain(
      'error[CANNOT_RENDER]: `kustomize` and `kubectl` are not installed, or not on the PATH',
    )
    expect(JSON.parse(out)).toMatchObject({ diagnostics: [{ code: 'CANNOT_RENDER' }] })
  })

  it('nothing rendered is no answer', async () => {
    const programs = { kustomize: () => ({ out: '\n' }), helm: () => ({ out: '' }) }
    const ask = (args: string) => run({}, `${YES} ${args}`, { programs })
    expect(await ask('-k a')).toMatchObject({
      exit: 2,
      err: 'error[NO_MANIFESTS]: no manifests in `kustomize build a`\n  = help: a kustomization prints what its `resources` name\n',
    })
    expect(await ask('--helm a')).toMatchObject({
      exit: 2,
      err: expect.stringContaining(
        '  = help: a chart may print nothing without its values: give them with `--values` or `--set`\n',
      ),
    })
  })

  it.each([
    [
      'the error alone, without warnings before it',
      "# Warning: 'bases' is deprecated\nError: chart(s):\nshop:\n- at '/a': got number",
      "Error: chart(s): shop: - at '/a': got number",
    ],
    [
      'what kubectl logs, without what its log adds',
      `# Warning: 'vars' is deprecated\n${LOGGED.replace('I', 'E')}"command failed" err="invalid Kustomization: json: unknown field \\"foo\\""\n`,
      'invalid Kustomization: json: unknown field "foo"',
    ],
    [
      'what kubectl logs on several lines',
      `${LOGGED.replace('I', 'E')}"command failed" err=<\n\ttrouble with config: \`\n\tname: a\n\t\`: must specify --enable-helm\n >\n`,
      'trouble with config: `; name: a; `: must specify --enable-helm',
    ],
    ['as kubectl writes it', 'W1201 late\nerror: must build at directory', 'error: must build at directory'],
    ['all of it where no line is the error', 'E1201 a\n>', 'E1201 a; >'],
    ['the end of what is long', `${'warning\n'.repeat(2000)}Error: here`, 'Error: here'],
    ['the exit code where there are no words', '', 'exit code 1'],
  ])('fails with %s', async (_, words, expected) => {
    const programs = { kustomize: () => ({ status: 1, err: words }) }
    const { err } = await run({}, `${YES} -k a`, { programs })
    expect(err).toContain(`\`kustomize build a\` failed: ${expected}\n  = help:`)
  })

  it('is no option of the renderer, whatever it is called', async () => {
    let asked: readonly string[] = []
    const kustomize = (args: readonly string[]) => {
      asked = args
      return { out: pod('web') }
    }
    await run({}, 'get pods --kustomize=--enable-exec', { programs: { kustomize } })
    expect(asked).toEqual(['build', '--', '--enable-exec'])
  })

  it('looks for what comes from another repository in no file', async () => {
    const remote = from('policy.yaml').replace(
      'policy.yaml',
      'policy.yaml\n      repo: https://example.com/shop',
    )
    const programs = { kustomize: () => ({ out: [policy(remote), pod('web'), pod('db')].join('---\n') }) }
    const { out } = await run({ 'k/policy.yaml': policy() }, `${NO} -k k`, { programs })
    expect(out).toContain('db ingress[0] (kustomize build k:14) does not open it')
  })

  it('finds the object of which the rendered one has the whole name', async () => {
    const long = policy()
      .replace('name: db\n', 'name: db-2\n')
      .replace('  - from:', '  - # the web\n    from:')
    const rendered = policy(from('two.yaml')).replace('name: db\n', 'name: dev-db-2\n')
    const programs = { kustomize: () => ({ out: [rendered, pod('web'), pod('db')].join('---\n') }) }
    const { out } = await run({ 'k/two.yaml': [policy(), long].join('---\n') }, `${NO} -k k`, { programs })
    expect(out).toContain('dev-db-2 ingress[0] (k/two.yaml:27) does not open it')
  })

  describe('what the renderer says beside it', () => {
    const IGNORED = 'coalesce.go:301: warning: cannot overwrite table with non table for a.b'
    const said = async (words: string, options = '') => {
      const programs = { kustomize: () => ({ out: BUILT, err: words }) }
      return (await run({}, `${YES} -k a ${options}`, { programs })).err
    }
    it.each([
      ['is passed on', `${IGNORED}\n`, `note: kustomize says: ${IGNORED}\n`],
      ['is one line', `${IGNORED}\nx\ny`, `note: kustomize says: ${IGNORED}, and 2 more (-v lists them)\n`],
      [
        'is passed on where it is new',
        "# Warning: 'x' is deprecated",
        "note: kustomize says: # Warning: 'x' is deprecated\n",
      ],
      [
        'is what it says, without what its log adds',
        `${LOGGED}vars that were never replaced: X`,
        'note: kustomize says: vars that were never replaced: X\n',
      ],
      ['cannot steer the terminal', '\u001b[2J', 'note: kustomize says: \\u{1b}[2J\n'],
    ])('%s', async (_, words, expected) => expect(await said(words)).toBe(expected))

    const EDIT_FIX = "Run 'kustomize edit fix' to update your Kustomization automatically."
    it.each([
      `# Warning: 'bases' is deprecated. Please use 'resources' instead. ${EDIT_FIX}`,
      `# Warning: 'commonLabels' is deprecated. Please use 'labels' instead. ${EDIT_FIX}`,
      `# Warning: 'imageTags' is deprecated. Please use 'images' instead. ${EDIT_FIX}`,
      `# Warning: 'patchesJson6902' is deprecated. Please use 'patches' instead. ${EDIT_FIX}`,
      `# Warning: 'patchesStrategicMerge' is deprecated. Please use 'patches' instead. ${EDIT_FIX}`,
      `# Warning: 'vars' is deprecated. Please use 'replacements' instead. [EXPERIMENTAL] ${EDIT_FIX}`,
      'WARNING: Kubernetes configuration file is group-readable. This is insecure. Location: /root/.kube/config',
      'WARNING: Kubernetes configuration file is world-readable. This is insecure. Location: /root/.kube/config',
      'WARNING: This chart is deprecated',
      'level=WARN msg="this chart is deprecated"',
      'walk.go:74: found symbolic link in path: /c/a.yaml resolves to /d/a.yaml. Contents of linked file included and used',
      'level=INFO msg="found symbolic link in path. Contents of linked file included and used" path=/c/a resolved=/d/a',
    ])('is not told where it cannot matter: %s', async words => expect(await said(words)).toBe(''))

    it('is told in full with -v', async () =>
      expect(await said('level=WARN msg="this chart is deprecated"\nx', '-v')).toContain(
        'kustomize: level=WARN msg="this chart is deprecated"\nkustomize: x\n',
      ))
    it('is not told with -q', async () => expect(await said(IGNORED, '-q')).toBe(''))
  })
})

describe('--helm', () => {
  const TEMPLATE = `{{- if .Values.policy.enabled }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "shop.name" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      app: db
  ingress:
  - from:
    - podSelector:
        matchLabels:
          app: web
    ports:
    - port: {{ .Values.port }}
{{- end }}
`
  const RENDERED = `---
# Source: shop/templates/pods.yaml
${pod('web')}---
# Source: shop/templates/pods.yaml
${pod('db')}---
# Source: shop/templates/policy.yaml
${policy('  labels:\n    helm.sh/chart: shop-1\n    team: a\n')}`

  it('passes its options on', async () => {
    let asked: readonly string[] = []
    const helm = (args: readonly string[]) => {
      asked = args
      return { out: RENDERED }
    }
    const { exit } = await run(
      {},
      `${YES} --helm charts/shop --values a.yaml --set port=5432 --values b.yaml --release r -n team`,
      { programs: { helm } },
    )
    expect(exit).toBe(0)
    expect(asked.join(' ')).toBe(
      'template --namespace team --values a.yaml --values b.yaml --set port=5432 r charts/shop',
    )
  })

  it.each([
    ['in the template', { 'charts/s/templates/policy.yaml': TEMPLATE }, 'charts/s/templates/policy.yaml:13'],
    ['in what was rendered, where the chart is packed', {}, 'helm template --namespace default charts/s:31'],
  ])('an answer names the place %s', async (_, files, place) => {
    const { out } = await run(files, `${NO} --helm charts/s`, {
      programs: { helm: () => ({ out: RENDERED }) },
    })
    expect(out).toContain(`db ingress[0] (${place}) does not open it`)
  })

  it.each([
    ['in a folder of -f', '-f .'],
    ['named with -f too', '-f charts/s -f extra.yaml'],
    ['with its templates named', '-f charts/s/templates -f extra.yaml'],
    ['with a template named', '-f charts/s/templates/policy.yaml -f extra.yaml'],
    ['with the charts within it named', '-f charts/s/charts -f extra.yaml'],
    ['in a folder with a part of it', '-f charts/s/charts/sub/templates -f extra.yaml'],
  ])('a chart that is rendered is not one that nobody renders: %s', async (_, options) => {
    const files = {
      'charts/s/Chart.yaml': 'name: shop',
      'charts/s/templates/policy.yaml': TEMPLATE,
      'charts/s/charts/sub/templates/policy.yaml': TEMPLATE,
    }
    const { exit, err } = await run(
      { ...files, 'extra.yaml': pod('extra') },
      `can-reach pod/extra pod/db --port 5432 --strict --helm charts/s ${options}`,
      { programs: { helm: () => ({ out: RENDERED }) } },
    )
    expect(exit).toBe(1)
    expect(err).not.toMatch(/note: |rendered/)
  })

  it('what is beside its templates is read', async () => {
    const files = { 'charts/s/templates-of-others/a.yaml': pod('a'), 'charts/s/crds/b.yaml': pod('b') }
    const line = 'get pods --helm charts/s -f charts/s/templates-of-others -f charts/s/crds'
    const { out } = await run(files, line, { programs: { helm: () => ({ out: RENDERED }) } })
    expect(out).toMatch(/^a .*\nb /m)
  })

  it('what an action makes has its place', async () => {
    const files = { 'charts/s/templates/policy.yaml': TEMPLATE }
    const line = `explain pod/web pod/db --port 80 --helm charts/s`
    const { out } = await run(files, line, { programs: { helm: () => ({ out: RENDERED }) } })
    expect(out).toContain('18 |     - port: {{ .Values.port }}')
  })

  it('is rendered for the namespace of the answers, whatever the environment says', async () => {
    let asked: readonly string[] = []
    const helm = (args: readonly string[]) => {
      asked = args
      return { out: RENDERED }
    }
    await run({}, `${YES} --helm -s`, { programs: { helm }, env: { HELM_NAMESPACE: 'other' } })
    expect(asked).toEqual(['template', '--namespace', 'default', '--', '-s'])
  })

  it('values come from files', async () => {
    const { exit, err } = await run({}, 'get pods --helm s --values -', { stdin: 'a: 1' })
    expect(exit).toBe(2)
    expect(err).toContain('`--values -`: helm is run without standard input')
  })

  it.each(['--values x', '--set a=b', '--release r'])('%s needs a chart', async option => {
    const { exit, err } = await run({ 'a.yaml': pod('a') }, `get pods ${option}`)
    expect(exit).toBe(2)
    expect(err).toContain('is of no use without `--helm`')
  })
})
