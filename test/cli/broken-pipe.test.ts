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
