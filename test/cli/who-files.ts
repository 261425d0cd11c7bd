import { readdirSync, readFileSync } from 'node:fs'

/*
 * The worlds that are asked who can reach whom.
 */

const FOLDER = 'examples/three-tiers'

export const TIERS: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(FOLDER)
    .filter(name => name.endsWith('.yaml'))
    .map(name => [`tiers/${name}`, readFileSync(`${FOLDER}/${name}`, 'utf8')]),
)

/** A database that some may reach; monitoring may reach it on all ports, and one Pod of the cache nothing. */
export const SHOP = {
  'shop.yaml': `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Namespace
metadata: {name: monitoring, labels: {team: ops}}
---
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}
---
apiVersion: v1
kind: Node
metadata: {name: n2}
status: {addresses: [{type: InternalIP, address: 192.168.0.2}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec: {replicas: 3, serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: c, ports: [{name: pg, containerPort: 5432}]}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{name: pg, port: 5432}, {name: metrics, port: 80, targetPort: 9187}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec: {replicas: 3, selector: {matchLabels: {app: api}}, template: {metadata: {labels: {app: api, db: "yes"}}, spec: {containers: [{name: c, image: c}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: c}]}}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop}
spec: {template: {metadata: {labels: {db: "yes"}}, spec: {restartPolicy: Never, containers: [{name: c, image: c}]}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: exporter, namespace: monitoring}
spec: {selector: {matchLabels: {app: exporter}}, template: {metadata: {labels: {app: exporter}}, spec: {hostNetwork: true, containers: [{name: c, image: c}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: prometheus, namespace: monitoring}
spec: {containers: []}
---
apiVersion: v1
kind: Pod
metadata: {name: grafana, namespace: monitoring}
spec: {containers: []}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from: [{podSelector: {matchLabels: {db: "yes"}}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.9.0.0/16]}}]
    ports: [{port: 5432}]
  - from: [{namespaceSelector: {matchLabels: {team: ops}}}]
  - from: [{podSelector: {matchLabels: {statefulset.kubernetes.io/pod-name: db-0}}}]
---
apiVersion: v1
kind: Namespace
metadata: {name: legacy}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: batch, namespace: legacy}
spec: {selector: {matchLabels: {app: batch}}, template: {metadata: {labels: {app: batch}}, spec: {containers: [{name: c, image: c}]}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: legacy}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: cache, namespace: shop}
spec: {replicas: 3, serviceName: cache, selector: {matchLabels: {app: cache}}, template: {metadata: {labels: {app: cache}}, spec: {containers: [{name: c, image: c}]}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: first-cache, namespace: shop}
spec:
  podSelector: {matchLabels: {statefulset.kubernetes.io/pod-name: cache-0}}
  policyTypes: [Egress]
`,
}

const TEAM = (index: number): readonly unknown[] => [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: `team-${index}`, labels: index % 3 === 0 ? { open: 'yes' } : {} },
  },
  ...[0, 1, 2, 3].map(app => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `app-${app}`,
      namespace: `team-${index}`,
      labels: app % 2 === 0 ? { even: 'yes' } : {},
    },
    status: { phase: 'Running', podIP: `10.0.${index}.${app}` },
  })),
]

const PEERS = [
  { namespaceSelector: { matchLabels: { open: 'yes' } } },
  { namespaceSelector: {}, podSelector: { matchLabels: { even: 'yes' } } },
  { ipBlock: { cidr: '203.0.113.0/24' } },
]

/** Sixty teams; team-0 reaches a third of them, of the others every second Pod, and one block outside; and so they reach it. */
export const TEAMS = {
  'teams.json': JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      ...Array.from({ length: 60 }, (_, index) => TEAM(index)).flat(),
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'some', namespace: 'team-0' },
        spec: {
          podSelector: {},
          policyTypes: ['Ingress', 'Egress'],
          ingress: [{ from: PEERS }],
          egress: [{ to: PEERS }],
        },
      },
    ],
  }),
}
