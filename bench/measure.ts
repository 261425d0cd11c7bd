import { readFileSync } from 'node:fs'
import { attributor } from '../src/compare/attribute.ts'
import { compareWorlds } from '../src/compare/worlds.ts'
import type { PolicyEdit } from '../src/engine/policy-index.ts'
import { allPairs } from '../src/network/all-pairs.ts'
import { changedPairs } from '../src/network/changed-pairs.ts'
import { settingsOf } from '../src/path/question.ts'
import type { PolicyObject } from '../src/policy/policy.ts'
import { everyEndpoint } from '../src/questions/matrix/rows-and-columns.ts'
import { reachWithAdvice } from '../src/questions/reachability.ts'
import { sourcesReport } from '../src/questions/who-can-reach/who-can-reach.ts'
import { PLAIN } from '../src/render/paper.ts'
import { help } from '../src/render/text/reachability.ts'
import { treeText } from '../src/render/text/tree.ts'
import { VIEWS } from '../src/report/views.ts'
import { ALL } from '../src/sets/connections.ts'
import { buildWorld, type World } from '../src/world/world.ts'
import { type ClusterManifests, cluster, listOf, type Shape } from './cluster.ts'

/*
 * One measurement, in a process of its own, so that its memory is its own: prints the figures as JSON.
 */

const RUNS = 5

const [what = '', ...args] = process.argv.slice(2)

function main(): object {
  switch (what) {
    case 'pairs':
      return pairs(Number(args[0]), Number(args[1]), toShape(args[2]))
    case 'edit':
      return edit(Number(args[0]), Number(args[1]))
    case 'advice':
      return advice(Number(args[0]), Number(args[1]))
    case 'who':
      return who(Number(args[0]), Number(args[1]), args[2] === 'verbose')
    case 'compare':
      return compare(Number(args[0]), Number(args[1]))
    case 'floor':
      return floor(Number(args[0]))
    case 'read':
      return read(args[0] ?? '')
    case 'parse':
      return parse(args[0] ?? '')
    default:
      throw new Error(`there is no measurement \`${what}\``)
  }
}

const toShape = (text = ''): Shape => {
  if (text === 'usual' || text === 'distinct' || text === 'blocks' || text === 'named-ports') return text
  throw new Error(`there is no shape \`${text}\``)
}

function load(pods: number, policies: number, shape: Shape): World {
  const text = JSON.stringify(listOf(cluster({ pods, policies, shape })))
  const world = buildWorld([{ path: 'cluster.json', text }])
  if (world.diagnostics.length > 0) throw new Error(world.diagnostics[0]?.message)
  return world
}

/** From loaded objects to the whole answer: every port and protocol, every Pod and address outside, in both directions. */
function everyLine(world: World): { readonly endpoints: number; readonly classes: number } {
  const endpoints = everyEndpoint(world)
  const all = allPairs(world, endpoints, () => ALL)
  for (let index = 0; index < all.classes.length; index++) all.from(index)
  return { endpoints: endpoints.length, classes: all.classes.length }
}

function pairs(pods: number, policies: number, shape: Shape): object {
  const world = load(pods, policies, shape)
  const loaded = megabytes()
  let counts = { endpoints: 0, classes: 0 }
  const times = timed(() => {
    counts = everyLine(world)
  })
  return { ...counts, ...times, loaded, megabytes: megabytes() }
}

/** A policy that says something else: with what others mention, and with a label and a block that nobody mentioned. */
function edit(pods: number, policies: number): object {
  const world = load(pods, policies, 'usual')
  const all = allPairs(world, everyEndpoint(world), () => ALL)
  // Other questions have been asked before, from both ends.
  for (let index = 0; index < all.classes.length; index++) all.from(index)
  all.to(0)
  const { policyObjects } = world
  const place = Math.floor(policyObjects.length / 2)
  const old = policyObjects[place]
  const replace = (now: PolicyObject): PolicyEdit => ({
    removed: old?.directions ?? [],
    added: now.directions,
  })
  const measure = (now: PolicyObject): object => {
    let changes = 0
    const times = timed(() => {
      const change = replace(now)
      changes = changedPairs(world, all, all.edited(change), change).length
    })
    return { changes, ...times }
  }
  return { known: measure(likeOf(old, {})), other: measure(likeOf(old, OTHER)) }
}

const OTHER = {
  podSelector: { matchLabels: { 'pod-template-hash': '0' } },
  ipBlock: { cidr: '10.0.3.0/27' },
}

/** A policy in the place of another, which lets in one more. */
function likeOf(
  old: PolicyObject | undefined,
  { podSelector, ipBlock }: Partial<typeof OTHER>,
): PolicyObject {
  const { namespace = 'default', name = 'policy' } = old ?? {}
  const peers = [
    { podSelector: podSelector ?? { matchLabels: { tier: 'web' } } },
    ...(ipBlock ? [{ ipBlock }] : []),
  ]
  const text = JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: { podSelector: {}, ingress: [{ from: peers, ports: [{ port: 8443 }] }], egress: [{ to: peers }] },
  })
  const [policy] = buildWorld([{ path: 'policy.json', text }]).policyObjects
  if (policy === undefined) throw new Error('the policy is none')
  return policy
}

/** A refused question: the answer, the suggestions to choose from, and everything that -o json prints. */
function advice(pods: number, policies: number): object {
  const world = load(pods, policies, 'usual')
  const all = world.cluster.pods
  const nameOf = (place: number): string => {
    const { namespace = '', name = '' } = all[Math.floor(all.length * place)] ?? {}
    return `${namespace}/pod/${name}`
  }
  const typed = {
    from: nameOf(0.1),
    to: nameOf(0.5),
    port: '8080',
    protocol: undefined,
    namespace: 'default',
  }
  const ask = () => reachWithAdvice(world, { ...typed, settings: settingsOf({}) }, 'decisive')
  const { verdict, suggestions } = ask()
  if (verdict !== 'no' || suggestions.length === 0) throw new Error('the question is not refused')
  return {
    answer: timed(() => ask().verdict),
    help: timed(() => help(ask())),
    all: timed(() => JSON.stringify(ask())),
  }
}

/** Everyone who can reach a Pod, as the text that is printed: in short, and with why the others are denied (`-v`). */
function who(pods: number, policies: number, verbose: boolean): object {
  const inside = load(pods, policies, 'usual')
  const { namespace = '', name = '' } = inside.cluster.pods[Math.floor(pods / 2)] ?? {}
  const question = { to: `${namespace}/pod/${name}`, port: '8080', protocol: undefined, namespace: 'default' }
  const paper = { width: 80, wide: false, headers: true, verbose, style: PLAIN, excerpt: () => [] }
  return timed(() => {
    const answer = sourcesReport(inside, { ...question, by: 'workload', selector: undefined })
    for (const line of treeText(answer[VIEWS].tree(), paper))
      if (line === undefined) throw new Error('no line')
  })
}

const EDITED = 20

/** Two folders of which twenty policies differ, read apart. */
function compare(pods: number, policies: number): object {
  const [before, other] = [1, 2].map(seed => cluster({ pods, policies, shape: 'usual', seed }))
  if (before === undefined || other === undefined) throw new Error('there is no cluster')
  const step = Math.floor(policies / EDITED)
  const specOf = (index: number): unknown => other.policies[index]?.['spec']
  const edited = before.policies.map((policy, index) =>
    index % step === step - 1 ? { ...policy, spec: specOf(index) } : policy,
  )
  const read = (manifests: ClusterManifests): World =>
    buildWorld([{ path: 'cluster.json', text: JSON.stringify(listOf(manifests)) }])
  const [was, is] = [read(before), read({ ...before, policies: edited })]
  let counts = { changes: 0, attributed: 0 }
  const loaded = megabytes()
  const times = timed(() => {
    const changes = [...compareWorlds(was, is).changes]
    const attribute = attributor(was, is)
    counts = {
      changes: changes.length,
      attributed: changes.slice(0, 10).flatMap(change => attribute(change)).length,
    }
  })
  return { ...counts, ...times, loaded, megabytes: megabytes() }
}

/** What the least of all evaluations would take: to fill a matrix of bits, and to combine two of them. */
function floor(size: number): object {
  return timed(() => {
    const words = (size * size) / 32
    const [a, b] = [new Int32Array(words).fill(0x55555555), new Int32Array(words).fill(0x33333333)]
    for (let word = 0; word < words; word++) a[word] = (a[word] ?? 0) & (b[word] ?? 0)
  })
}

function read(path: string): object {
  const text = readFileSync(path, 'utf8')
  const start = performance.now()
  const { cluster: read, diagnostics } = buildWorld([{ path, text }])
  const ms = performance.now() - start
  return { ms, pods: read.pods.length, diagnostics: diagnostics.length, megabytes: megabytes() }
}

function parse(path: string): object {
  const text = readFileSync(path, 'utf8')
  const start = performance.now()
  JSON.parse(text)
  return { ms: performance.now() - start, megabytes: megabytes() }
}

/** Milliseconds: of the first run, for which nothing is compiled yet, and the median of all. */
function timed(run: () => void): { readonly first: number; readonly ms: number } {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  const first = times[0] ?? 0
  return { first, ms: times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? first }
}

/** The most memory that the process has had so far. */
const megabytes = (): number => process.resourceUsage().maxRSS / 1000

console.log(JSON.stringify(main()))
