import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

const WORLD = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}, annotations: {note: é}}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: !!binary ZGI=}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]}
`

const ASKED = `(async () => {
  const world = netpol.load([{ path: 'world.yaml', text: WORLD }])
  const answer = netpol.explain(world, { from: 'web', to: 'pod/db:5432' })
  const pages = await netpol.codes(answer.reason)
  const lines = []
  for (const format of ['text', 'wide', 'json', 'yaml', 'markdown', 'csv'])
    lines.push([...(await netpol.show(netpol.matrix(world), format, { color: true }))].length)
  return JSON.stringify({
    verdict: answer.verdict,
    reason: answer.reason,
    suggestion: answer.suggestions[0].message,
    text: [...(await netpol.show(answer, 'text', { world }))].join('\\n'),
    family: pages[0].family,
    lines,
  })
})()`

// The source and what is published: neither asks for a module of Node's, and a bundler needs no settings for the latter.
it.each([
  ['the source', 'src/index.ts', ['@colors/colors']],
  ['the package', 'dist/index.js', []],
])('%s runs in a browser', async (_, entry, external) => {
  const { outputFiles, warnings } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'netpol',
    platform: 'browser',
    external,
    logLevel: 'silent',
  })
  expect(warnings).toEqual([])
  // A realm of its own with nothing but the language, and what every browser has besides.
  const realm = createContext({ WORLD, TextEncoder, TextDecoder, atob, btoa })
  runInContext(outputFiles[0]?.text ?? '', realm)
  const answer: Promise<string> = runInContext(ASKED, realm)
  expect(JSON.parse(await answer)).toEqual({
    verdict: 'no',
    reason: 'DENIED_BY_INGRESS',
    suggestion: expect.stringContaining('a new NetworkPolicy default/db-from-web'),
    text: expect.stringContaining('world.yaml:12:'),
    family: 'Closed, or open in part',
    lines: expect.not.arrayContaining([0]),
  })
})
