import { expect, it } from 'vitest'
import { type Json, load, node } from '../semantics/ask.ts'

const LABELS = { app: 'agent' }

it.each<[string, Json, readonly (string | undefined)[]]>([
  ['a label of a node', { nodeSelector: { role: 'edge' } }, ['n1']],
  ['a label that the kubelet sets', { nodeSelector: { 'kubernetes.io/os': 'linux' } }, ['n1']],
  ['a label that no node of the input has', { nodeSelector: { role: 'gpu' } }, [undefined]],
  ['a taint', { tolerations: [{ key: 'only', operator: 'Exists', effect: 'NoSchedule' }] }, ['n1', 'n2']],
  ['a taint by its value', { tolerations: [{ key: 'only', value: 'db' }] }, ['n1', 'n2']],
  ['another value of a taint', { tolerations: [{ key: 'only', value: 'web' }] }, ['n1']],
  ['every taint', { tolerations: [{ operator: 'Exists' }] }, ['n1', 'n2']],
])('S-302 a DaemonSet is for the nodes that it selects and tolerates: %s', (_, spec, nodes) => {
  const [first, second] = [node('n1', '192.168.0.1'), node('n2', '192.168.0.2')]
  const world = load(
    { ...first, metadata: { name: 'n1', labels: { role: 'edge' } } },
    { ...second, spec: { taints: [{ key: 'only', value: 'db', effect: 'NoSchedule' }] } },
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { namespace: 'shop', name: 'agent' },
      spec: { selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS }, spec } },
    },
  )
  expect(world.cluster.pods.map(({ node: on }) => on)).toEqual(nodes)
})
