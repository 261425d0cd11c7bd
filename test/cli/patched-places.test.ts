import { expect, it } from 'vitest'
import { from, pod, policy } from './rendered-manifests.ts'
import { run } from './run.ts'

const WRITTEN = policy()
const BUILT = policy(from('policy.yaml'))

/** The object as it is rendered where a patch has replaced its rules. */
const REPLACED = BUILT.replace(/ {2}- from:(?:.*\n)*/, '  - ports:\n    - port: 81\n')
const PATCH = 'kind: NetworkPolicy\nmetadata: {name: db}\nspec:\n  ingress:\n  - ports: [{port: 81}]\n'
const patchedBy = (patch: string) => ({
  'k/kustomization.yaml': `resources: [base]\n`,
  [`k/base/kustomization.yml`]: 'patches: [{path: a.yaml}, {path: b.yaml}]\n',
  [`k/base/a.yaml`]: `# the rules\napiVersion: networking.k8s.io/v1\n${patch}`,
  [`k/base/b.yaml`]: 'apiVersion: v1\nkind: Pod\nmetadata: {name: db}\nspec: {}\n',
})

/** What a patch has added or changed is not in the file that it patches. */
it.each<[string, string, string, Readonly<Record<string, string>>?]>([
  ['a rule as it was written', BUILT, 'k/policy.yaml:10'],
  ['a rule with common labels', BUILT.replace('app: web', 'app: web\n          team: a'), 'k/policy.yaml:10'],
  ['a rule of an object with a prefix', BUILT.replace('name: db\n', 'name: dev-db\n'), 'k/policy.yaml:10'],
  [
    'a rule that a patch has put before the others',
    BUILT.replace('  ingress:\n', '  ingress:\n  - ports:\n    - port: 81\n'),
    'kustomize build k:13',
  ],
  ['a rule that a patch has put behind them', `${BUILT}  - ports:\n    - port: 81\n`, 'kustomize build k:19'],
  ['a rule with a port that a patch has changed', BUILT.replace('5432', '81'), 'kustomize build k:13'],
  [
    'a rule without what a patch has taken out',
    BUILT.replace(/- from:\n(?: {4}.*\n){3} {4}ports/, '- ports'),
    'kustomize build k:13',
  ],
  [
    'a rule of an object that a patch has given another name',
    BUILT.replace('name: db\n', 'name: other\n').replace('5432', '81'),
    'kustomize build k:13',
  ],
  ['a rule that a patch has put in the place of another', REPLACED, 'k/base/a.yaml:7', patchedBy(PATCH)],
  [
    'a rule of an object with a prefix that a patch has put there',
    REPLACED.replace('name: db\n', 'name: dev-db\n'),
    'k/base/a.yaml:7',
    patchedBy(PATCH),
  ],
  [
    'a rule that a patch of another object has too',
    REPLACED,
    'kustomize build k:13',
    patchedBy(PATCH.replace('name: db', 'name: web')),
  ],
  [
    'a rule with a port that two patches have changed',
    REPLACED,
    'kustomize build k:13',
    patchedBy(PATCH.replace('81', '82')),
  ],
])('with -k the place of %s', async (_, built, place, patches) => {
  const kustomize = () => ({ out: [built, pod('web'), pod('db')].join('---\n') })
  const line = 'can-reach pod/web pod/db --port 80 -k k'
  const { out } = await run({ 'k/policy.yaml': WRITTEN, ...patches }, line, { programs: { kustomize } })
  expect(/ingress\[\d\] \((.*?)\)/.exec(out)?.[1]).toBe(place)
})

it.each([
  ['of the patch', patchedBy(PATCH), '7 |   - ports: [{port: 81}]'],
  ['of what was rendered', {}, '14 |     - port: 81'],
])('explain shows the line %s', async (_, patches, shown) => {
  const kustomize = () => ({ out: [REPLACED, pod('web'), pod('db')].join('---\n') })
  const files = { 'k/policy.yaml': WRITTEN, ...patches }
  const { out } = await run(files, 'explain pod/web pod/db --port 80 -k k', { programs: { kustomize } })
  expect(out).toContain(shown)
})
