import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from '../cli/run.ts'

/* What a CI job would take for a command in its log, in names, paths and texts of manifests. */

const COMMANDS = [
  '::error file=a::x',
  '::add-mask::x',
  '::stop-commands::x',
  '##[error]x',
  '##vso[task.setvariable]x',
  '##teamcity[buildStatus]',
]
const text = COMMANDS.map(command => `      ${command}`).join('\n')

const FILES = {
  'a.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {app: web}
  annotations:
    text: |
${text}
---
apiVersion: v1
kind: Pod
metadata:
  name: db
  labels: {app: db}
  annotations:
    text: |
${text}
---
# ::error::a comment
# ##[error]another
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  annotations:
    text: |
${text}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{podSelector: {matchLabels: {app: wbe}}}]}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front}
spec:
  rules:
  - host: shop.example.com
    http:
      paths:
${COMMANDS.map(command => `      - {path: "/ ${command}", pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}`).join('\n')}
`,
  'b.yaml': `apiVersion: "##[error]x/v1"\nkind: "::error::y"\nmetadata: {name: z}\n`,
}

/** The lines that GitHub or Azure would obey. */
const obeyed = (output: string): readonly string[] =>
  output.split('\n').filter(line => /^\s*::[a-z-]+.*::/i.test(line) || /##[a-z]*\[/i.test(line))

describe('no line of an answer is a command of a CI job', () => {
  const QUESTIONS = [
    'explain pod/web pod/db --port 80 -v',
    'can-reach pod/web pod/db --port 80',
    'describe ingress front',
    'describe netpol db',
    'get pods',
    'get ingress -o wide',
    'who-can-reach pod/db -v',
    'matrix',
    'can-reach pod/web ::error::x',
    'get pods -f ::add-mask::x',
    'matrix -f ##[error]x.yaml',
  ]
  it.each(QUESTIONS.flatMap(line => ['text', 'markdown', 'json', 'yaml'].map(form => [line, form])))(
    '%s -o %s',
    async (line, form) => {
      const { out, err } = await run(FILES, `${line} -o ${form} --skip-invalid`)
      expect(obeyed(out)).toEqual([])
      expect(obeyed(err)).toEqual([])
    },
  )

  it.each(['json', 'yaml'])('and %s has the text as it is', async form => {
    const { out } = await run(FILES, `explain pod/web pod/db --port 80 -o ${form} -f a.yaml`)
    const { suggestions } = parse(out)
    expect(JSON.stringify(suggestions)).toContain('##[error]x')
    expect(JSON.stringify(suggestions)).toContain('::add-mask::x')
  })
})

describe('nobody is called by a ticket', () => {
  it('@team and #1 are no mentions in Markdown', async () => {
    const { out } = await run(
      { 'a.yaml': FILES['a.yaml'].replaceAll('/ ::', '/@team/#1/::') },
      'describe ingress front -o markdown',
    )
    const prose = out.replaceAll(/```[\s\S]*?```|`[^`]*`/g, '')
    expect(prose).not.toMatch(/@team|#1/)
  })
})
