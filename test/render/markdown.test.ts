import { describe, expect, it } from 'vitest'
import { reachabilityMarkdown } from '../../src/render/markdown.ts'
import { run } from '../cli/run.ts'
import { asGithub, asHtml } from './as-github.ts'
import { PAPER, REFUSED, suggestion } from './refused.ts'

const PODS = ['web', 'db']
  .map(
    name => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}
spec: {containers: [{name: c, image: c}]}
---
`,
  )
  .join('')
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
    - from: [{podSelector: {matchLabels: {app: wbe}}}] # \`\`\` </details>
    - ports: [{port: 80}]
`

describe('-o markdown', () => {
  it('is a ticket: the answer, the way, the cause, what to do', async () => {
    const markdown = [...reachabilityMarkdown(REFUSED, PAPER)].join('\n')
    await expect(`${markdown}\n`).toMatchFileSnapshot('../golden/explain-suggestions.md')
    const headings = asGithub(markdown).match(/<h\d>.*?<\/h\d>/g)
    expect(headings).toEqual([
      '<h2>no: <code>app/frontend -&gt; app/database TCP 5432</code></h2>',
      '<h3>The way</h3>',
      '<h3>Cause</h3>',
      '<h3>Suggestion</h3>',
      '<h3>Warnings</h3>',
    ])
  })

  it('has the manifest of each suggestion as it is', () => {
    const manifest = 'metadata:\n  annotations:\n    note: "``` and <b>"\n'
    const markdown = [...reachabilityMarkdown({ ...REFUSED, suggestions: [suggestion({ manifest })] }, PAPER)]
    expect(asGithub(markdown.join('\n'))).toContain(
      `<pre><code class="language-yaml">${asHtml(manifest)}</code></pre>`,
    )
  })

  it('folds long lists', () => {
    const opens = Array.from({ length: 9 }, (_, index) => `app/x-${index} -> app/y all`)
    const markdown = [...reachabilityMarkdown({ ...REFUSED, suggestions: [suggestion({ opens })] }, PAPER)]
    expect(markdown).toContain('<summary>and 4 more</summary>')
    expect(markdown.filter(line => /^- `app\/x-\d -> app\/y all`$/.test(line))).toHaveLength(9)
  })

  it.each(['can-reach', 'explain', 'explain -v'])(
    '%s says what names and files say, and obeys nothing of it',
    async command => {
      const file = 'x`<b>|_*[a](b)</details>.yaml'
      const question = `${command} shop/web shop/db:5432 -o markdown`
      const { exit, out } = await run({ [file]: PODS + POLICY }, question, { terminal: 80 })
      const html = asGithub(out)
      expect(exit).toBe(1)
      expect(html).toContain(asHtml(`${file}:1`))
      expect(html).not.toMatch(/<(?:b|em|a|del|table)\b/)
      expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length)
      // The line of the near miss, in a block of its own.
      expect(html).toMatch(
        /<pre><code class="language-text">.*\n.*\n.*app: wbe.*``` &lt;\/details&gt;\n.*\^\^\^\n<\/code><\/pre>/,
      )
      expect(html).toContain('<strong>help:</strong> write app: web')
    },
  )

  it('is the text, for all that is no way of a connection', async () => {
    const files = { 'x.yaml': PODS + POLICY }
    for (const command of ['matrix', 'get pods -n shop', 'describe pod web -n shop']) {
      const { out: text } = await run(files, command)
      const { out } = await run(files, `${command} -o markdown`, { env: { FORCE_COLOR: '1' } })
      expect(out).toBe(`\`\`\`text\n${text}\`\`\`\n`)
    }
  })

  it('is named where another form is unknown', async () => {
    const { exit, err } = await run({ 'x.yaml': PODS }, 'explain shop/web shop/db -o html')
    expect(exit).toBe(2)
    expect(err).toContain('the forms are: text, wide, json, yaml, markdown\n')
  })
})
