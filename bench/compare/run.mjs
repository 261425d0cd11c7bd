// netpol beside what one could take instead, on the same clusters: `node bench/compare/run.mjs`, by hand, after `npm run build`.
// Those tools are asked that are found in PATH; README.md beside this file says how to get them and what they answer.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const SIZES = [100, 300, 1000]
const LIMIT = 600_000
const PORT = 8080

const folder = mkdtempSync(join(tmpdir(), 'netpol-compare-'))

/** The manifests as each tool wants them: a folder for all, and policies and a model apart for cyclonus. */
function write({ namespaces, pods, policies }, place) {
  const lines = objects => objects.map(object => `---\n${JSON.stringify(object)}\n`).join('')
  mkdirSync(join(place, 'manifests'), { recursive: true })
  for (const [name, objects] of Object.entries({ namespaces, pods, policies }))
    writeFileSync(join(place, 'manifests', `${name}.yaml`), lines(objects))
  mkdirSync(join(place, 'policies'))
  for (const [index, policy] of policies.entries()) {
    const { spec } = policy
    // cyclonus takes no policy without its types.
    const policyTypes = spec.policyTypes ?? (spec.egress ? ['Ingress', 'Egress'] : ['Ingress'])
    const whole = { ...policy, spec: { ...spec, policyTypes } }
    writeFileSync(join(place, 'policies', `${index}.yaml`), JSON.stringify(whole))
  }
  writeFileSync(join(place, 'model.json'), JSON.stringify(modelOf(namespaces, pods)))
}

/** Namespaces and Pods as cyclonus has them, and the port that is asked for. */
const modelOf = (namespaces, pods) => ({
  Probes: [{ Port: PORT, Protocol: 'TCP' }],
  Resources: {
    Namespaces: Object.fromEntries(namespaces.map(({ metadata }) => [metadata.name, metadata.labels])),
    Pods: pods.map(({ metadata, spec, status }) => ({
      Namespace: metadata.namespace,
      Name: metadata.name,
      Labels: metadata.labels,
      IP: status.podIP,
      Containers: spec.containers[0].ports.map(({ name, containerPort }, index) => ({
        Name: `c${index}`,
        Port: containerPort,
        Protocol: 'TCP',
        PortName: name,
      })),
    })),
  },
})

/** How many pairs of two Pods have something open, by what a tool printed. */
const openPairs = {
  netpol: printed => {
    const { endpoints, connections } = JSON.parse(printed)
    const pods = new Set(endpoints.filter(({ kind }) => kind === 'Pod').map(({ id }) => id))
    return connections.filter(({ from, to }) => pods.has(from) && pods.has(to)).length
  },
  nca: printed => {
    const pairs = [...printed.matchAll(/^([a-z][^ ]*\/[^ ]+) => ([a-z][^ ]*\/[^ ]+) :/gm)]
    return new Set(pairs.filter(([, from, to]) => from !== to).map(([, from, to]) => `${from} ${to}`)).size
  },
  cyclonus: printed => {
    const [, combined = ''] = /Combined:\n([\s\S]*?)\n\n/.exec(printed) ?? []
    const rows = combined.split('\n').filter(line => line.startsWith('| ') && line.includes('/'))
    const cells = rows.slice(1).map(row =>
      row
        .split('|')
        .slice(2, -1)
        .map(cell => cell.trim()),
    )
    return cells.flatMap((row, from) => row.filter((cell, to) => cell === '.' && from !== to)).length
  },
}

const questions = place => [
  {
    question: 'every pair, every port, with the world outside',
    tools: {
      netpol: [
        process.execPath,
        'bin/netpol.js',
        'matrix',
        '--by',
        'pod',
        '-o',
        'json',
        '-f',
        join(place, 'manifests'),
      ],
      nca: [
        ...[
          'nca',
          '--connectivity',
          join(place, 'manifests'),
          '-n',
          join(place, 'manifests', 'namespaces.yaml'),
        ],
        ...['-p', join(place, 'manifests'), '--output_endpoints', 'pods', '-o', 'txt_no_fw_rules'],
      ],
    },
  },
  {
    question: `every pair of Pods, TCP ${PORT} alone`,
    tools: {
      netpol: [
        ...[process.execPath, 'bin/netpol.js', 'matrix', '--by', 'pod', '--port', String(PORT), '-o', 'json'],
        ...['-f', join(place, 'manifests')],
      ],
      cyclonus: [
        ...['cyclonus', 'analyze', '--mode', 'probe', '--policy-path', join(place, 'policies')],
        ...['--probe-path', join(place, 'model.json')],
      ],
    },
  },
]

function ask(tool, [program, ...args]) {
  console.error(`asking ${tool}`)
  const start = performance.now()
  const { stdout, status, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
    timeout: LIMIT,
  })
  const seconds = (performance.now() - start) / 1000
  if (error?.code === 'ENOENT') return { time: 'not there', pairs: '' }
  if (error?.code === 'ETIMEDOUT') return { time: `stopped after ${LIMIT / 1000} s`, pairs: '' }
  if (status !== 0) return { time: `exit code ${status}`, pairs: '' }
  return { time: `${seconds.toFixed(1)} s`, pairs: openPairs[tool](stdout).toLocaleString('en') }
}

try {
  const bundle = join(folder, 'cluster.mjs')
  await build({
    entryPoints: ['bench/cluster.ts'],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
  })
  const { cluster } = await import(bundle)
  const rows = SIZES.flatMap(size => {
    const place = join(folder, String(size))
    write(cluster({ pods: size, policies: size, shape: 'plain' }), place)
    return questions(place).flatMap(({ question, tools }) =>
      Object.entries(tools).map(([tool, command]) => {
        const { time, pairs } = ask(tool, command)
        return `| ${size} | ${question} | ${tool} | ${time} | ${pairs} |`
      }),
    )
  })
  const lines = [
    '# Side by side',
    '',
    `By \`node bench/compare/run.mjs\` on ${new Date().toISOString().slice(0, 10)}: each tool once, on ${cpus().length} cores of ${cpus()[0]?.model.trim()}; wall`,
    'times with reading and printing. As many policies as Pods. README.md beside this file says what the tools answer.',
    '',
    '| Pods | question | tool | time | open pairs of Pods |',
    '| --: | :-- | :-- | --: | --: |',
    ...rows,
  ]
  writeFileSync('bench/compare/RESULTS.md', `${lines.join('\n')}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
