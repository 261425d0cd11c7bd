/*
 * Made-up clusters of any size, always the same for the same wishes: what a company's cluster has, and the worst that the
 * evaluation could be given.
 */

export interface Wishes {
  readonly pods: number
  readonly policies: number
  readonly shape: Shape
  readonly seed?: number
}

export type Shape =
  /** Workloads of several replicas in namespaces of a hundred Pods; policies of the usual kinds. */
  | 'usual'
  /** The same, but some policy tells each Pod from every other. */
  | 'distinct'
  /** Every policy has a block of its own, with an exception. */
  | 'blocks'
  /** Every policy names a port of its own, which few Pods declare, each under another number. */
  | 'named-ports'
  /** As usual, but what the API leaves open is left out: no block holds a Pod. More is open, for egress is rarely closed. */
  | 'plain'

export type Json = Readonly<Record<string, unknown>>

export interface ClusterManifests {
  readonly namespaces: readonly Json[]
  readonly pods: readonly Json[]
  readonly policies: readonly Json[]
}

const TEAMS = 20
const TIERS = ['web', 'api', 'db', 'cache', 'worker'] as const
const ENVIRONMENTS = ['prod', 'stage', 'dev'] as const
const PODS_OF_NAMESPACE = 100
const NAMED = [
  { name: 'http', containerPort: 8080 },
  { name: 'metrics', containerPort: 9090 },
  { name: 'grpc', containerPort: 50051 },
] as const

/** A number below `limit`, the next of a series that its seed determines (mulberry32). */
type Random = (limit: number) => number

function randomFrom(seed: number): Random {
  let state = seed
  return limit => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}

export function cluster({
  pods: podCount,
  policies: policyCount,
  shape,
  seed = 1,
}: Wishes): ClusterManifests {
  const random = randomFrom(seed)
  const spaces = Math.max(1, Math.ceil(podCount / PODS_OF_NAMESPACE))
  const pods: Json[] = []
  for (let workload = 0; pods.length < podCount; workload++) {
    const replicas = Math.min(1 + random(19), podCount - pods.length)
    for (let replica = 0; replica < replicas; replica++)
      pods.push(
        pod(workload, replica, pods.length, Math.floor((pods.length / podCount) * spaces), shape, random),
      )
  }
  return {
    namespaces: Array.from({ length: spaces }, (_, index) => namespace(index)),
    pods,
    policies: Array.from({ length: policyCount }, (_, index) =>
      policy(index, spaces, podCount, shape, random),
    ),
  }
}

/** `kubectl get -o json` of all of it. */
export const listOf = ({ namespaces, pods, policies }: ClusterManifests): Json => ({
  apiVersion: 'v1',
  kind: 'List',
  items: [...namespaces, ...pods, ...policies],
})

const nameOfSpace = (index: number): string => `team-${index % TEAMS}-${index}`

const namespace = (index: number): Json => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: nameOfSpace(index),
    labels: {
      'kubernetes.io/metadata.name': nameOfSpace(index),
      team: `team-${index % TEAMS}`,
      env: ENVIRONMENTS[index % ENVIRONMENTS.length],
    },
  },
})

function pod(
  workload: number,
  replica: number,
  index: number,
  space: number,
  shape: Shape,
  random: Random,
): Json {
  const own = { name: `port-${index % 5000}`, containerPort: 1024 + (index % 60000) }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `app-${workload}-${replica}-${index}`,
      namespace: nameOfSpace(space),
      labels: {
        app: `app-${workload}`,
        tier: TIERS[workload % TIERS.length],
        'pod-template-hash': `${(workload * 7919).toString(36)}`,
        ...(shape === 'distinct' && { pod: `pod-${index}` }),
      },
    },
    spec: {
      nodeName: `node-${random(100)}`,
      containers: [
        { name: 'main', image: 'app', ports: shape === 'named-ports' ? [...NAMED, own] : [...NAMED] },
      ],
    },
    status: { phase: 'Running', podIP: addressOf(index) },
  }
}

const addressOf = (index: number): string => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`

function policy(index: number, spaces: number, pods: number, shape: Shape, random: Random): Json {
  const space = index % spaces
  const app = (): Json => ({ matchLabels: { app: `app-${random(Math.max(1, Math.floor(pods / 10)))}` } })
  const tier = (): Json => ({ matchLabels: { tier: TIERS[random(TIERS.length)] } })
  const own = (): Json => ({ matchLabels: { pod: `pod-${random(pods)}` } })
  const subject =
    shape === 'distinct' ? { matchLabels: { pod: `pod-${index % pods}` } } : random(4) === 0 ? tier() : app()
  const spec =
    USUAL[random(USUAL.length)]?.({
      random,
      app: shape === 'distinct' ? own : app,
      tier,
      spaces,
      network: shape === 'plain' ? 198 : 10,
    }) ?? {}
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `policy-${index}`, namespace: nameOfSpace(space) },
    spec: {
      ...(index < spaces
        ? shape === 'plain'
          ? INGRESS_DENY
          : DEFAULT_DENY
        : { podSelector: subject, ...spec }),
      ...odd(index, shape),
    },
  }
}

/** What a shape adds to, or puts in the place of, the rules of a policy. */
function odd(index: number, shape: Shape): Json {
  const [high, low] = [(index >> 8) & 255, index & 255]
  if (shape === 'blocks')
    return {
      policyTypes: ['Ingress'],
      ingress: [
        { from: [{ ipBlock: { cidr: `10.${high}.0.0/16`, except: [`10.${high}.${low}.0/28`] } }] },
        {
          from: [{ ipBlock: { cidr: `172.${16 + (high & 15)}.${low}.${(index >> 12) * 16}/28` } }],
          ports: [{ port: 443 }],
        },
      ],
    }
  if (shape === 'named-ports')
    return {
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: `port-${index % 5000}` }] }],
      egress: [{ ports: [{ port: `port-${(index * 7) % 5000}` }, { port: 'http' }] }],
    }
  return {}
}

const DEFAULT_DENY: Json = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }
const INGRESS_DENY: Json = { podSelector: {}, policyTypes: ['Ingress'] }

interface Ingredients {
  readonly random: Random
  readonly app: () => Json
  readonly tier: () => Json
  readonly spaces: number
  /** The first byte of the addresses that blocks are about; that of Pods is 10. */
  readonly network: number
}

const DNS: Json = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': nameOfSpace(0) } } }],
  ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }],
}

const USUAL: readonly ((ingredients: Ingredients) => Json)[] = [
  ({ app }) => ({
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: app() }], ports: [{ port: 8080 }] }],
  }),
  ({ app, tier }) => ({
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ podSelector: tier() }, { podSelector: app() }],
        ports: [{ port: 'http' }, { port: 'metrics' }],
      },
    ],
    egress: [{ to: [{ podSelector: app() }] }, DNS],
  }),
  ({ random, spaces, tier }) => ({
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [
          {
            namespaceSelector: {
              matchLabels: { 'kubernetes.io/metadata.name': nameOfSpace(random(spaces)) },
            },
            podSelector: tier(),
          },
        ],
        ports: [{ port: 30000, endPort: 30000 + random(2000) }],
      },
    ],
  }),
  ({ random }) => ({
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [{ namespaceSelector: { matchLabels: { team: `team-${random(TEAMS)}` } } }],
        ports: [{ port: 'grpc' }],
      },
    ],
  }),
  ({ random, network }) => {
    const half = `${network}.${random(2)}`
    const ipBlock = { cidr: `${half}.0.0/16`, except: [`${half}.${random(256)}.0/24`] }
    return {
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock }], ports: [{ port: 5000, endPort: 5999 }] }, DNS],
    }
  },
  ({ random }) => ({
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['dev'] }] },
            podSelector: {
              matchExpressions: [{ key: 'tier', operator: 'In', values: ['web', TIERS[random(5)]] }],
            },
          },
        ],
        ports: [{ port: 443 }, { port: 5432 }],
      },
    ],
  }),
  () => ({
    policyTypes: ['Egress'],
    egress: [
      { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: 443 }] },
      DNS,
    ],
  }),
]
