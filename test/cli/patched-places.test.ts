import { expect, it } from 'vitest'
import { run } from './run.ts'

const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    app: ${name}\n  name: ${name}\n`

const WRITTEN = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
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
    - port: 5432
`
/** As `buildMetadata: [originAnnotations]` adds it. */
const BUILT = WRITTEN.replace(
  'metadata:\n',
  'metadata:\n  annotations:\n    config.kubernetes.io/origin: |\n      path: policy.yaml\n',
)

/** What a patch has added or changed is not in the file that it patches. */
it.each<[string, string, string]>([
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
])('with -k the place of %s', async (_, built, place) => {
  const kustomize = () => ({ out: [built, pod('web'), pod('db')].join('---\n') })
  const line = 'can-reach pod/web pod/db --port 80 -k k'
  const { out } = await run({ 'k/policy.yaml': WRITTEN }, line, { programs: { kustomize } })
  expect(/ingress\[\d\] \((.*?)\)/.exec(out)?.[1]).toBe(place)
})
