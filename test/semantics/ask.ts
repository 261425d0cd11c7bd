import { expect } from 'vitest'
import { findPaths } from '../../src/path/find-paths.ts'
import { type ClusterOptions, settingsOf } from '../../src/path/question.ts'
import { verdictOfAll } from '../../src/path/verdict.ts'
import { pluginCalled } from '../../src/questions/plugins.ts'
import { reachWithoutAdvice } from '../../src/questions/reachability.ts'
import type { Reachability } from '../../src/report/report.ts'
import { buildWorld, type World } from '../../src/world/world.ts'

/** What a manifest says, in the API's own words; nulls and all. */
export type Json = { readonly [field: string]: unknown }

export function pod(
  id: string,
  labels: Json = {},
  more: { spec?: Json; status?: Json; ports?: readonly Json[] } = {},
): Json {
  const [namespace, name] = id.split('/')
  const containers = [{ name: 'c', image: 'c', ports: more.ports ?? [] }]
  const spec = { containers, ...more.spec }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels },
    spec,
    ...(more.status && { status: more.status }),
  }
}

export const namespace = (name: string, labels: Json = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
})

export const node = (name: string, address: string): Json => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: { addresses: [{ type: 'InternalIP', address }] },
})

/** `shop/db` selects the Pods of namespace shop with app=db, unless the spec says otherwise. */
export function policy(id: string, spec: Json, name?: string): Json {
  const [ns, app] = id.split('/')
  const metadata = { namespace: ns, name: name ?? app }
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: { podSelector: { matchLabels: { app } }, ...spec },
  }
}

export function service(id: string, spec: Json): Json {
  const [ns, name] = id.split('/')
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace: ns, name }, spec }
}

export const load = (...objects: readonly Json[]): World => loadWith(undefined, ...objects)

/** As a cluster with this network plugin takes them. */
export function loadWith(cni: string | undefined, ...objects: readonly Json[]): World {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
  const profile = cni === undefined ? undefined : pluginCalled(cni)
  return buildWorld([{ path: 'world.json', text }], { profile })
}

/**
 * Asks `FROM TO`, through the real loader; the world must be free of errors. The answer has the verdict of its paths, however
 * it is put together from their explanations.
 */
export function ask(world: World, question: string, settings: ClusterOptions = {}): Reachability {
  expect(world.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const [from = '', to = ''] = question.split(' -> ')
  const asked = { from, to, port: undefined, protocol: undefined, namespace: 'default' }
  const reachQuestion = { ...asked, settings: settingsOf(settings) }
  const answer = reachWithoutAdvice(world, reachQuestion, 'every rule')
  expect(verdictOfAll(findPaths(world, reachQuestion).paths)).toBe(answer.verdict)
  return answer
}

/** Each row: the question, the verdict, and the reason where it matters. */
export type Rows = readonly (readonly [question: string, verdict: Reachability['verdict'], reason?: string])[]

export function expectRows(world: World, rows: Rows, settings: ClusterOptions = {}): void {
  const answers = rows.map(([question, , reason]) => {
    const { verdict, reason: actual } = ask(world, question, settings)
    return reason === undefined ? [question, verdict] : [question, verdict, actual]
  })
  expect(answers).toEqual(rows)
}

/** What of a question is open, as `TCP 80; UDP 53`, through the same report. */
export function openPorts(world: World, question: string): string {
  const { open } = ask(world, question)
  if (open === 'all') return 'all'
  return open
    .map(({ protocol, ports }) =>
      `${protocol} ${ports.map(range => [...new Set(range)].join('-')).join(',')}`.trim(),
    )
    .join('; ')
}

export const codes = (world: World, question: string, settings: ClusterOptions = {}): readonly string[] =>
  ask(world, question, settings).assumptions.map(({ code }) => code)

/** The errors that the input is refused with. */
export const refusals = (...objects: readonly Json[]): readonly string[] =>
  load(...objects)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ message }) => message)
