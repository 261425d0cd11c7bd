// Measures starts, evaluation and reading, and writes what it has seen into RESULTS.md beside it: `npm run bench`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { count, exponent, mb, ms, table, times } from './format.mjs'
import { hostile } from './hostile.mjs'
import { starts } from './starts.mjs'

const folder = mkdtempSync(join(tmpdir(), 'netpol-bench-'))

function header() {
  const [cpu] = cpus()
  return [
    '# What was measured',
    '',
    `By \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, with Node ${process.version} on ${cpus().length} cores of`,
    `${cpu?.model.trim() || 'an unnamed processor'} with ${Math.round(totalmem() / 1e9)} GB of memory. Times are wall times; on a machine that others use as well, trust the`,
    'ratios. `bench/run.mjs` says how each figure comes about; the clusters are made by `bench/cluster.ts`.',
    '',
  ]
}

/** Runs a program and gives what it prints. */
function runs(...args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return stdout
}

function measure(...args) {
  console.error(`measuring: ${args.join(' ')}`)
  return JSON.parse(runs('--max-old-space-size=4096', join(folder, 'measure.mjs'), ...args.map(String)))
}

const PAIRS_HEAD = [
  'Pods / policies',
  'ends',
  'classes',
  'first run',
  'median',
  'peak memory',
  'of it loaded',
]

const pairsRow = (pods, policies, figures) => [
  `${count(pods)} / ${count(policies)}`,
  count(figures.endpoints),
  count(figures.classes),
  ms(figures.first),
  ms(figures.ms),
  mb(figures.megabytes),
  mb(figures.loaded),
]

function pairs() {
  const floor = measure('floor', 10_000)
  const targets = [
    [1000, 1000, '100 ms'],
    [10_000, 10_000, '1 s, 500 MB'],
    [50_000, 10_000, '3 s, 1 GB'],
    [100_000, 10_000, '6 s, 2 GB'],
  ]
  const seen = targets.map(([pods, policies]) => measure('pairs', pods, policies, 'usual'))
  return [
    '## Every pair',
    '',
    'From loaded objects to the whole answer for every pair of ends: all ports and protocols, with addresses, named ports',
    'and ranges, in both directions and with the world outside. Five runs in one process; in the first one nothing is',
    `compiled yet. To fill and combine two matrices of 10,000 × 10,000 bits takes ${ms(floor.ms)} here.`,
    '',
    ...table(
      [...PAIRS_HEAD, 'target'],
      targets.map(([pods, policies, target], index) => [...pairsRow(pods, policies, seen[index]), target]),
    ),
    ...growth('usual', [
      [2500, 2500],
      [5000, 5000],
      [10_000, 10_000],
    ]),
  ]
}

function growth(shape, sizes) {
  const seen = sizes.map(([pods, policies]) => measure('pairs', pods, policies, shape))
  const points = sizes.map(([pods], index) => [pods, seen[index].ms])
  return [
    ...table(
      PAIRS_HEAD,
      sizes.map(([pods, policies], index) => pairsRow(pods, policies, seen[index])),
    ),
    `Growth: time is the size to the power of ${exponent(points)}.`,
    '',
  ]
}

function worst() {
  const sizes = [
    [2500, 2500],
    [5000, 5000],
    [10_000, 10_000],
  ]
  return [
    '## The worst cases',
    '',
    '### Every Pod is told from every other',
    '',
    ...growth('distinct', sizes),
    '### Every policy has CIDRs of its own, with an exception',
    '',
    ...growth('blocks', sizes),
    '### Thousands of named ports',
    '',
    ...growth('named-ports', sizes),
  ]
}

function edits() {
  const { known, other } = measure('edit', 10_000, 10_000)
  const row = (what, { changes, first, ms: median }) => [
    what,
    count(changes),
    ms(first),
    ms(median),
    '100 ms',
  ]
  return [
    '## One policy edited, among 10,000 Pods and 10,000 policies',
    '',
    'From the new policy to the list of all pairs of classes whose answer it changes.',
    '',
    ...table(
      ['the new policy has', 'changed pairs', 'first run', 'median', 'target'],
      [
        row('other ports, and labels that others mention', known),
        row('a label and a CIDR that nobody mentioned before', other),
      ],
    ),
  ]
}

function advice() {
  const row = ([pods, policies, target]) => {
    const { answer, help, all } = measure('advice', pods, policies)
    const figures = [answer.first, answer.ms, help.ms, all.ms].map(ms)
    return [`${count(pods)} / ${count(policies)}`, ...figures, target]
  }
  return [
    '## A no with its suggestions',
    '',
    'From a loaded input to the answer, to its help line (can-reach), and to all that `-o json` prints: each suggestion is',
    'applied, asked again, and compared with the input. Medians of five, and the first answer of the process.',
    '',
    ...table(
      ['Pods / policies', 'first answer', 'answer', 'help line', 'everything', 'target'],
      [row([1000, 100, '']), row([10_000, 1000, '1 s'])],
    ),
  ]
}

function who() {
  const row = ([pods, policies, target]) => {
    const [short, verbose] = ['short', 'verbose'].map(form => measure('who', pods, policies, form))
    const figures = [short.first, short.ms, verbose.first, verbose.ms].map(ms)
    return [`${count(pods)} / ${count(policies)}`, ...figures, target]
  }
  return [
    '## Who can reach a Pod',
    '',
    'From a loaded input to the printed tree; with `-v` also why the others are denied.',
    '',
    ...table(
      ['Pods / policies', 'first run', 'median', 'first with -v', 'median', 'target'],
      [row([1000, 100, '']), row([10_000, 1000, '1 s'])],
    ),
  ]
}

function comparison() {
  const row = ([pods, policies, target]) => {
    const { changes, first, ms: median, megabytes, loaded } = measure('compare', pods, policies)
    const name = `${count(pods)} / ${count(policies)}`
    return [name, count(changes), ms(first), ms(median), mb(megabytes), mb(loaded), target]
  }
  return [
    '## Two folders of which twenty policies differ',
    '',
    'From both loaded to all pairs of classes with a difference, and the causes of the first ten.',
    '',
    ...table(
      ['Pods / policies', 'differences', 'first run', 'median', 'peak memory', 'of it loaded', 'target'],
      [row([1000, 1000, '']), row([10_000, 10_000, '3 s, 1.5 GB'])],
    ),
  ]
}

function reading() {
  console.error('measuring: reading')
  const { yaml, pretty, plain, sizes } = JSON.parse(runs(join(folder, 'write-dump.mjs'), folder))
  const median = list => list.sort((a, b) => a.ms - b.ms)[Math.floor(list.length / 2)]
  const several = (...args) => median([1, 2, 3].map(() => measure(...args)))
  const rows = [
    ['JSON, as kubectl indents it', several('parse', pretty), several('read', pretty), sizes.pretty, 2],
    ['JSON without blanks', several('parse', plain), several('read', plain), sizes.plain, 2],
    ['YAML', several('parse', plain), several('read', yaml), sizes.yaml, 3.5],
  ]
  return [
    '## Reading a dump',
    '',
    '`kubectl get -o json` and `-o yaml` of Pods, Namespaces and policies with managedFields and status, beside `JSON.parse` of',
    'the same content as JSON; each in a process of its own, medians of three.',
    '',
    ...table(
      ['form', 'size', '`JSON.parse`', 'netpol', 'ratio', 'target', 'peak memory', 'of the size', 'target'],
      rows.map(([form, parse, read, size, target]) => [
        form,
        mb(size / 1e6),
        ms(parse.ms),
        ms(read.ms),
        times(read.ms / parse.ms),
        target,
        mb(read.megabytes),
        times(read.megabytes / (size / 1e6)),
        4,
      ]),
    ),
  ]
}

try {
  await build({
    entryPoints: ['bench/measure.ts', 'bench/write-dump.ts'],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    alias: { yaml: './node_modules/yaml/browser/index.js' },
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'warning',
  })
  const sections = [
    ...header(),
    ...starts(folder),
    ...pairs(),
    ...worst(),
    ...edits(),
    ...comparison(),
    ...advice(),
    ...who(),
    ...reading(),
    ...hostile(folder),
  ]
  writeFileSync('bench/RESULTS.md', `${sections.join('\n')}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
