// Small files that are long in one place: with one of them, nobody should hold a CI job for minutes.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { count, exponent, ms, table } from './format.mjs'

const each = (size, make) => Array.from({ length: size }, (_, index) => make(index))
const address = n => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
const pod = (name, podIP, labels = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name, ...labels } },
  spec: { containers: [{ name: 'c', image: 'c' }] },
  status: { podIP },
})
const policy = (name, spec) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name },
  spec,
})
const PODS = [pod('a', '10.0.0.1'), pod('b', '10.0.0.2')]

const ports = size => [
  ...PODS,
  policy('p', { podSelector: {}, ingress: [{ ports: each(size, index => ({ port: 2 * index + 1 })) }] }),
]
const blocks = size => [
  ...PODS,
  policy('p', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    egress: [{ to: each(size, index => ({ ipBlock: { cidr: `${address(index * 3)}/32` } })) }],
    ingress: [
      { from: [{ ipBlock: { cidr: '0.0.0.0/0', except: each(size, index => `${address(index * 5)}/32`) } }] },
    ],
  }),
]
const rules = size => [
  ...PODS,
  policy('p', {
    podSelector: {},
    ingress: each(size, index => ({
      from: [index % 2 === 0 ? '0.0.0.0/1' : '128.0.0.0/1', `${address(index * 256)}/24`].map(cidr => ({
        ipBlock: { cidr },
      })),
      ports: [{ port: index + 1 }],
    })),
  }),
]
const behindService = size => [
  PODS[0],
  ...each(size, index => pod(`b${index}`, address(index + 2), { app: 'b', u: `u${index}` })),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'b' },
    spec: { selector: { app: 'b' }, ports: [{ port: 80 }] },
  },
  ...each(size, index =>
    policy(`p${index}`, {
      podSelector: { matchLabels: { u: `u${index}` } },
      ingress: [{ from: [{ podSelector: { matchLabels: { x: `y${index}` } } }] }],
    }),
  ),
]

const CASES = [
  ['ports of a rule', ports, [4000, 16_000], ['explain', 'a', 'b:80']],
  ['blocks and exceptions', blocks, [2500, 10_000], ['can-reach', 'a', 'b:80']],
  ['blocks and exceptions', blocks, [2500, 10_000], ['who-can-reach', 'b']],
  ['blocks and exceptions', blocks, [2500, 10_000], ['matrix']],
  ['rules with a port and blocks of their own', rules, [500, 2000], ['can-reach', 'a', 'b:80']],
  ['rules with a port and blocks of their own', rules, [500, 2000], ['matrix']],
  ['Pods behind a Service', behindService, [250, 1000], ['can-reach', 'a', 'svc/b:80']],
  ['Pods behind a Service', behindService, [250, 1000], ['can-reach', 'a', 'svc/b:80', '-q']],
  ['Pods behind a Service', behindService, [250, 1000], ['explain', 'a', 'svc/b:80']],
]

/** The fastest of three runs, in milliseconds, without the time of a start. */
function timeOf(args, start) {
  const runs = each(3, () => {
    const before = performance.now()
    spawnSync(process.execPath, ['bin/netpol.js', ...args], { stdio: 'ignore' })
    return performance.now() - before
  })
  return Math.max(1, Math.min(...runs) - start)
}

export function hostile(folder) {
  console.error('measuring: hostile or unlucky')
  const start = timeOf(['--help'], 0)
  const rows = CASES.map(([what, make, sizes, args]) => {
    const points = sizes.map(size => {
      const file = join(folder, 'hostile.json')
      writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: make(size) }))
      return [size, timeOf([...args, '-f', file], start)]
    })
    const figures = points.flatMap(([size, time]) => [count(size), ms(time)])
    return [`${what}: \`${args.join(' ')}\``, ...figures, exponent(points)]
  })
  return [
    '## Hostile or unlucky',
    '',
    'Files that are long in one place, at two sizes: from the start of a command to its end, without what a start takes. Time is',
    'the size to the power of the last column; more than a little above 1 is a defect.',
    '',
    ...table(['what', 'size', 'time', 'size', 'time', 'power'], rows),
  ]
}
