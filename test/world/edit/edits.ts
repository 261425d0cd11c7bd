import { say } from '../../../src/words/reason.ts'
import { editWorld, type ObjectEdit } from '../../../src/world/edit/edit.ts'
import { buildWorld, type World } from '../../../src/world/world.ts'
import type { Json } from '../../semantics/ask.ts'

/** Worlds with edits, as tests write them. */

const file = (path: string, ...objects: readonly Json[]) => ({
  path,
  text: objects.map(object => JSON.stringify(object)).join('\n---\n'),
})

export const edited = (objects: readonly Json[], ...edits: readonly ObjectEdit[]): World =>
  editWorld(buildWorld([file('base.yaml', ...objects)]), edits)

export const messages = (world: World): readonly string[] => world.input.whatIf.map(say)

export const podLabels = (world: World): Readonly<Record<string, object>> =>
  Object.fromEntries(world.cluster.pods.map(one => [one.name, Object.fromEntries(one.labels)]))

export const pods = (world: World): readonly string[] => world.cluster.pods.map(({ name }) => name).sort()

export const apply = (...objects: readonly Json[]): ObjectEdit => ({
  kind: 'apply',
  files: [file('fix.yaml', ...objects)],
})
export const remove = (kind: string, name: string, within?: string): ObjectEdit => ({
  kind: 'delete',
  object: { kind, namespace: within, name },
})
export const label = (kind: string, name: string, within: string | undefined, changes: Json): ObjectEdit => ({
  kind: 'label',
  object: { kind, namespace: within, name },
  labels: new Map(
    Object.entries(changes).map(([key, value]) => [key, typeof value === 'string' ? value : null]),
  ),
})

const podSpec = { containers: [{ name: 'c', image: 'c' }] }

export const workload = (kind: string, name: string, labels: Json, metadata: Json = {}): Json => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { namespace: 'shop', name, ...metadata },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'api' } },
    template: { metadata: { labels: { app: 'api', ...labels } }, spec: podSpec },
  },
})
