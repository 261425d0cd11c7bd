import { describe, expect, it } from 'vitest'
import { madeFrom } from '../../src/source/made-from.ts'

/** For each line of what was rendered: its text and the line of the template that made it. */
function traced(template: string, rendered: string): string {
  const written = template.split('\n')
  const lines = madeFrom(rendered, template)
  return rendered
    .split('\n')
    .map((line, index) => `${line} <- ${written[(lines?.[index] ?? 0) - 1]?.trim()}`)
    .join('\n')
}

describe('a rendered line was made from', () => {
  it.each<[string, string, string, string]>([
    ['the same line', 'a: 1\nb: 2', 'a: 1\nb: 2', 'a: 1 <- a: 1\nb: 2 <- b: 2'],
    [
      'a line with actions',
      'name: {{ .n }}\nport: {{ .p }}/{{ .q }}',
      'name: x\nport: 80/TCP',
      'name: x <- name: {{ .n }}\nport: 80/TCP <- port: {{ .p }}/{{ .q }}',
    ],
    [
      'one behind a branch that was not taken',
      '{{- if .a }}\nto:\n- port: {{ .a }}\n{{- else if .b }}\nfrom: []\n{{- else }}\nkeep: {{ .c }}\n{{- end }}\nto: []',
      'keep: 1\nto: []',
      'keep: 1 <- keep: {{ .c }}\nto: [] <- to: []',
    ],
    [
      'one of a loop, each time',
      'ports:\n{{- range .ports }}\n- port: {{ . }}\n  protocol: TCP\n{{- end }}\nend: 1',
      'ports:\n- port: 1\n  protocol: TCP\n- port: 2\n  protocol: TCP\nend: 1',
      'ports: <- ports:\n- port: 1 <- - port: {{ . }}\n  protocol: TCP <- protocol: TCP\n' +
        '- port: 2 <- - port: {{ . }}\n  protocol: TCP <- protocol: TCP\nend: 1 <- end: 1',
    ],
    [
      'an include, all of its lines',
      'labels:\n  {{- include "labels" . | nindent 2 }}\nspec:\n  {{- with .x }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}',
      'labels:\n  a: b\n  c: d\nspec:',
      'labels: <- labels:\n  a: b <- {{- include "labels" . | nindent 2 }}\n  c: d <- {{- include "labels" . | nindent 2 }}\n' +
        'spec: <- spec:',
    ],
    [
      'an action behind a key',
      'a: {{- toYaml .a | nindent 2 }}\nb: {{ .b }}',
      'a:\n  x: 1\n  y: 2\nb: 3',
      'a: <- a: {{- toYaml .a | nindent 2 }}\n  x: 1 <- a: {{- toYaml .a | nindent 2 }}\n' +
        '  y: 2 <- a: {{- toYaml .a | nindent 2 }}\nb: 3 <- b: {{ .b }}',
    ],
    [
      'one of several documents',
      'kind: A\nx: {{ .x }}\n---\nkind: B\nx: {{ .y }}',
      '# Source: s/t.yaml\nkind: B\nx: 1',
      '# Source: s/t.yaml <- ---\nkind: B <- kind: B\nx: 1 <- x: {{ .y }}',
    ],
    [
      'one with a branch of its own',
      'host: {{ if .a }}{{ .a }}{{ else }}none{{ end }}\nport: {{- if .p }} {{ .p }}{{ end }}',
      'host: none\nport:',
      'host: none <- host: {{ if .a }}{{ .a }}{{ else }}none{{ end }}\nport: <- port: {{- if .p }} {{ .p }}{{ end }}',
    ],
    [
      'one behind an action of several lines',
      'a: {{ include "x" (dict\n  "b" .b) }}\n{{- /* c: 1\nd: 2 */}}\nc: 1',
      'a: 9\nc: 1',
      'a: 9 <- a: {{ include "x" (dict\nc: 1 <- c: 1',
    ],
    [
      'one that is not a definition beside it',
      '{{- define "p" }}\na: 1\n{{- end }}\nb: 1\na: 1',
      'b: 1\na: 1',
      'b: 1 <- b: 1\na: 1 <- a: 1',
    ],
    [
      'one with Windows line ends',
      'a: 1\r\nb: {{ .b }}\r\n',
      'a: 1\r\nb: 2\r',
      'a: 1\r <- a: 1\nb: 2\r <- b: {{ .b }}',
    ],
    [
      'what nothing explains: the line before',
      'a: 1\nc: 3',
      'a: 1\nb: 2\nc: 3',
      'a: 1 <- a: 1\nb: 2 <- a: 1\nc: 3 <- c: 3',
    ],
    [
      'the earlier of two that look alike',
      'p:\n- {{ .a }}\n{{- if .b }}\n- {{ .b }}0\n{{- end }}',
      'p:\n- 10',
      'p: <- p:\n- 10 <- - {{ .a }}',
    ],
    ['what is no template', 'a: {{ b: c }}\nd: 1', 'd: 1', 'd: 1 <- d: 1'],
  ])('%s', (_, template, rendered, expected) => expect(traced(template, rendered)).toBe(expected))

  it('nothing that can be found in reasonable time', () =>
    expect(madeFrom('a: 1\n'.repeat(3000), 'a: 1\n'.repeat(3000))).toBeUndefined())
})
