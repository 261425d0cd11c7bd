import type { Json } from '../semantics/ask.ts'

/* Objects of kinds that are not built in. */

export function custom(apiVersion: string, kind: string, id: string, spec: Json, more: Json = {}): Json {
  const [ns, name] = id.split('/')
  return { apiVersion, kind, metadata: { namespace: ns, name, ...more }, spec }
}

export const template = (labels: Json, ports: readonly Json[] = []): Json => ({
  metadata: { labels },
  spec: { containers: [{ name: 'c', image: 'c', ports }] },
})
