// A check for CI: says of each connection whether it is as it is meant to be, and of the others why not.
// Run it as `node check.mjs FOLDER`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CannotAnswer, explain, load, show, showDiagnostics } from 'netpol'

/** What the policies are for: who reaches whom, and who must not. */
const MEANT = [
  { from: 'app/frontend', to: 'app/backend:8080', verdict: 'yes' },
  { from: 'app/backend', to: 'app/database:5432', verdict: 'yes' },
  { from: 'app/frontend', to: 'app/database:5432', verdict: 'no' },
  { from: 'internet', to: 'app/database:5432', verdict: 'no' },
]

const [folder = '.'] = process.argv.slice(2)
const files = readdirSync(folder)
  .filter(name => /\.(ya?ml|json)$/.test(name))
  .map(name => ({ path: name, text: readFileSync(join(folder, name), 'utf8') }))

try {
  const world = load(files)
  for (const { from, to, verdict } of MEANT) {
    const answer = explain(world, { from, to })
    const isRight = answer.verdict === verdict
    console.log(`${isRight ? 'ok ' : 'NOT'} ${from} -> ${to}: ${answer.verdict}`)
    if (isRight) continue
    process.exitCode = 1
    for (const line of await show(answer, 'text', { world })) console.log(`    ${line}`)
  }
} catch (error) {
  // A manifest that a cluster would refuse, or a name that is not there.
  if (!(error instanceof CannotAnswer)) throw error
  console.error((await showDiagnostics(error.diagnostics)).join('\n'))
  process.exitCode = 2
}
