// How long a start takes, as a multiple of an empty Node started in the same run: `npm run bench`.
import { spawnSync } from 'node:child_process'

const ROUNDS = 21
const COMMANDS = [
  ['--help'],
  ['can-reach', 'app/frontend', 'app/backend:8080', '-f', 'examples/three-tiers'],
  ['can-reach', 'web/frontend', 'web/nginx:80', '-f', 'examples/selectors'],
]

/** The median of several starts, in milliseconds, taken in turn so that a busy machine is busy for all alike. */
function medians(commandLines) {
  const times = commandLines.map(() => [])
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, args] of commandLines.entries()) {
      const start = performance.now()
      spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
      times[index].push(performance.now() - start)
    }
  return times.map(list => list.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)])
}

const [empty, ...ours] = medians([['-e', '0'], ...COMMANDS.map(args => ['bin/netpol.js', ...args])])
console.log(`node -e 0: ${empty.toFixed(0)} ms`)
for (const [index, time] of ours.entries())
  console.log(`${(time / empty).toFixed(2)} times: netpol ${COMMANDS[index].join(' ')}`)
