import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

describe('a reader that has seen enough ends an answer quietly', () => {
  it.each([
    ['explain app/frontend app/database:5432', 'no: app/frontend -> app/database TCP 5432\n'],
    [
      'explain app/frontend app/database:5432 -o markdown',
      '## no: `app/frontend -> app/database TCP 5432`\n',
    ],
  ])('%s | head -1', (command, out) => {
    const line = `node bin/netpol.js ${command} -f examples/three-tiers | head -1; exit $((PIPESTATUS[0] == 2))`
    const { stdout, stderr, status } = spawnSync('bash', ['-c', line], { encoding: 'utf8' })
    expect({ stdout, stderr, status }).toEqual({ stdout: out, stderr: '', status: 0 })
  })
})

describe('a reader that has gone before the answer', () => {
  it.each([
    ['a yes', 'can-reach app/frontend app/backend:8080 -f examples/three-tiers'],
    ['a no', 'can-reach app/frontend app/database:5432 -f examples/three-tiers'],
    ['what cannot be answered', 'can-reach app/frontend app/nobody:80 -f examples/three-tiers'],
  ])('of %s: the exit code of SIGPIPE, which is not that of a yes', (_, command) => {
    const left = `{ (sleep 0.3; node bin/netpol.js ${command} >&4 2>&4; echo $? >&3) 4>&1 | true; } 3>&1`
    const { stdout } = spawnSync('bash', ['-c', left], { encoding: 'utf8' })
    expect(stdout).toBe('141\n')
  })
})
