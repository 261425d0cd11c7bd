// How long the executable takes from its start to its answer, as a multiple of an empty Node.
import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { ms, table, times } from './format.mjs'

/** The medians of several starts, taken in turn so that a busy machine is busy for all alike. */
export function starts(folder) {
  const commands = [
    ['--help'],
    ['can-reach', 'app/frontend', 'app/backend:8080', '-f', 'examples/three-tiers'],
    ['can-reach', 'app/frontend', 'app/database:5432', '-f', 'examples/three-tiers'],
    ['can-reach', 'web/frontend', 'web/nginx:80', '-f', 'examples/selectors'],
  ]
  console.error('measuring: starts')
  // The package has nothing that V8 compiled: that is for one Node alone (.build.mjs).
  const installed = join(folder, 'installed')
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(part, join(installed, part), { recursive: true, filter: path => !path.endsWith('.cache') })
  const executables = ['bin/netpol.js', join(installed, 'bin', 'netpol.js')]
  const all = [['-e', '0'], ...commands.flatMap(args => executables.map(executable => [executable, ...args]))]
  const taken = all.map(() => [])
  for (let round = 0; round < 41; round++)
    for (const [index, args] of all.entries()) {
      const start = performance.now()
      spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
      taken[index].push(performance.now() - start)
    }
  const [empty, ...ours] = taken.map(list => list.sort((a, b) => a - b)[Math.floor(list.length / 2)])
  const wanted = [1.25, 1.4, 1.7, 1.5]
  return [
    '## Starting',
    '',
    `As a multiple of \`node -e 0\` (${ms(empty)}), medians of 41 starts in turn: where the project was built, and as the package`,
    'is installed, which this Node has to compile first.',
    '',
    ...table(
      ['command', 'multiple', 'target', 'as installed'],
      commands.map((command, index) => [
        `\`netpol ${command.join(' ')}\``,
        times(ours[2 * index] / empty),
        wanted[index],
        times(ours[2 * index + 1] / empty),
      ]),
    ),
  ]
}
