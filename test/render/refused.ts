import { type Paper, PLAIN } from '../../src/render/paper.ts'
import type { SourceRef } from '../../src/report/common.ts'
import type { ConclusionFacts } from '../../src/report/facts/paths.ts'
import type { Reachability } from '../../src/report/report.ts'
import type { Suggestion } from '../../src/report/suggestion.ts'

const at = (file: string, line: number): SourceRef => ({ file, line, column: 1 })

const allow = (name: string, tier: string, rules: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: app
spec:
  podSelector:
    matchLabels:
      tier: ${tier}
${rules}
`

const INGRESS = `  ingress:
    - from:
        - podSelector:
            matchLabels:
              tier: frontend
      ports:
        - port: 5432`

const ASKED = 'app/frontend -> app/database TCP 5432'
const TCP_5432 = [{ protocol: 'TCP', ports: [[5432, 5432]] }] as const

/** A suggestion that is made up; it opens what was asked for, unless it says otherwise. */
export function suggestion({ opens = [ASKED], closes = [], ...more }: Partial<Suggestion> = {}): Suggestion {
  const changed = (line: string) => {
    const [from = '', to = ''] = line.split(/ -> | /)
    return { message: line, from, to, open: line.endsWith('all') ? 'all' : TCP_5432 } as const
  }
  return {
    message:
      'add NetworkPolicy app/frontend-to-database, which lets app/frontend in to app/database on TCP 5432',
    facts: [],
    fixes: [],
    manifest: allow('frontend-to-database', 'database', INGRESS),
    opens,
    opened: opens.map(line => ({ ...changed(line), asked: line === ASKED })),
    closes,
    closed: closes.map(changed),
    also: [],
    services: [],
    ...more,
  }
}

/** The near miss that the answer tells of. */
export const NEAR_MISS = 'app/database-policy ingress NEAR_MISS_LABEL@spec.ingress.0.from.0'

const DATABASE_POLICY = {
  kind: 'NetworkPolicy',
  namespace: 'app',
  name: 'database-policy',
  source: at('db.yaml', 1),
} as const

const OTHER_TIER = {
  requirement: { key: 'tier', operator: 'In', values: ['backend'] },
  object: { kind: 'Pod', id: 'app/frontend' },
  actual: 'frontend',
} as const

const NOT_OPENED: ConclusionFacts = {
  direction: 'ingress',
  asked: { protocol: 'TCP', number: 5432 },
  policy: DATABASE_POLICY,
  others: 0,
  rules: 1,
  nearest: {
    policy: DATABASE_POLICY,
    rule: { policy: DATABASE_POLICY, direction: 'ingress', index: 0, source: at('db.yaml', 14) },
    differences: [{ code: 'NEAR_MISS_LABEL', facts: OTHER_TIER }],
  },
}

export const PAPER: Paper = {
  width: 80,
  wide: false,
  headers: true,
  verbose: false,
  style: PLAIN,
  excerpt: () => [],
}

/** An answer that is made up, with everything that one may have. */
export const REFUSED: Reachability = {
  kind: 'Reachability',
  from: { id: 'app/frontend', kind: 'Pod', namespace: 'app', name: 'frontend', workload: null },
  to: { id: 'app/database', kind: 'Pod', namespace: 'app', name: 'database', workload: null },
  port: { protocol: 'TCP', number: 5432 },
  verdict: 'no',
  reason: 'DENIED_BY_INGRESS',
  message:
    'database-policy ingress[0] (db.yaml:14) does not open it: tier=backend is wanted, and app/frontend has tier=frontend',
  facts: NOT_OPENED,
  symptom: 'connection times out',
  symptomCode: 'times-out',
  open: [],
  steps: [
    {
      step: 'ingress',
      verdict: 'no',
      reason: 'DENIED_BY_INGRESS',
      message:
        'database-policy ingress[0] (db.yaml:14) does not open it: tier=backend is wanted, and app/frontend has tier=frontend',
      facts: NOT_OPENED,
      object: 'app/database',
      policies: [
        {
          kind: 'NetworkPolicy',
          namespace: 'app',
          name: 'database-policy',
          source: at('db.yaml', 1),
          selects: 'yes',
          isolates: true,
          rules: [
            {
              index: 0,
              matches: false,
              reason: 'NEAR_MISS_LABEL',
              message: 'tier=backend is wanted, and app/frontend has tier=frontend',
              facts: OTHER_TIER,
              text: 'TCP 5432 from Pods tier=backend of namespace app',
              source: at('db.yaml', 14),
              peers: [],
            },
          ],
        },
      ],
      decisive: 0,
      nearMisses: [
        {
          id: NEAR_MISS,
          reason: 'NEAR_MISS_LABEL',
          facts: OTHER_TIER,
          message: 'tier=backend is wanted, and app/frontend has tier=frontend',
          mend: 'label app/frontend tier=backend',
          policy: DATABASE_POLICY,
          rule: 0,
          source: { ...at('db.yaml', 17), length: 7 },
        },
      ],
    },
  ],
  assumptions: [
    {
      code: 'ASSUMED_ENFORCING_CNI',
      message: 'the cluster’s network plugin is taken to enforce NetworkPolicies',
      facts: {},
    },
  ],
  warnings: [
    {
      code: 'DNS_OVER_TCP_BLOCKED',
      message: 'DNS is open over UDP only',
      facts: { servers: 'kube-system/kube-dns' },
    },
  ],
  cause: {
    message: 'database-policy (db.yaml:1) alone refuses it: without it the answer would be yes',
    facts: {
      kind: 'each-policy',
      policies: [
        { kind: 'NetworkPolicy', namespace: 'app', name: 'database-policy', source: at('db.yaml', 1) },
      ],
    },
    policies: [
      {
        kind: 'NetworkPolicy',
        namespace: 'app',
        name: 'database-policy',
        source: at('db.yaml', 1),
        without: 'yes',
      },
    ],
  },
  suggestions: [
    suggestion({
      opens: [
        'app/frontend -> app/database TCP 5432',
        'app/cron -> app/database TCP 5432',
        'app/web -> app/database TCP 5432',
        'shop/web -> app/database TCP 5432',
        'shop/api -> app/database TCP 5432',
        'shop/job -> app/database TCP 5432',
      ],
    }),
    suggestion({
      message: 'write tier: frontend in database-policy ingress[0] (db.yaml:17)',
      closes: ['app/backend -> app/database TCP 5432'],
    }),
    suggestion({
      message: 'delete NetworkPolicy app/database-policy',
      opens: ['app/frontend -> app/database TCP 5432', 'app/cron -> app/database all'],
    }),
  ],
}
