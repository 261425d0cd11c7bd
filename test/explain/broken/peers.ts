import { type Broken, db, egressOf, ingressOf, namespace, pod, policy, web } from './manifests.ts'

/** Whom rules are for: selectors, labels, namespaces, blocks, nodes. */
export const peers: readonly Broken[] = [
  {
    what: 'T-07: selectors for everybody are for no client outside',
    objects: [
      web,
      db,
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {}, namespaceSelector: {}}]')),
    ],
    question: 'internet shop/db:5432',
    line: 'a selector matches Pods only, and internet is none',
    mend: 'a new NetworkPolicy shop/db-from-internet',
  },
  {
    what: 'T-08: an empty podSelector is for Pods beside the policy',
    objects: [
      namespace('ops'),
      namespace('shop'),
      pod('ops/prometheus', 'app: prometheus'),
      db,
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {}}]')),
    ],
    question: 'ops/prometheus shop/db:5432',
    line: "a podSelector alone means Pods of the policy's own namespace shop, and ops/prometheus is in ops",
    mend: 'add an entry for ops/prometheus',
  },
  {
    what: 'T-09: an empty namespaceSelector is for the own namespace too',
    objects: [web, db, policy('shop/db', ingressOf('db', '- from: [{namespaceSelector: {}}]'))],
    question: 'shop/web shop/db:5432',
    line: 'opens it, from all Pods of all namespaces',
  },
  {
    what: 'T-10: two selectors in one entry, of which the Pod meets one',
    objects: [
      namespace('ops', 'team: ops'),
      namespace('shop'),
      pod('ops/cron', 'app: cron'),
      db,
      policy(
        'shop/db',
        ingressOf(
          'db',
          '- from: [{namespaceSelector: {matchLabels: {team: ops}}, podSelector: {matchLabels: {app: backup}}}]',
        ),
      ),
    ],
    question: 'ops/cron shop/db:5432',
    line: 'app=backup is wanted, and ops/cron has app=cron',
    mend: 'add an entry for ops/cron',
  },
  {
    what: 'T-11: two labels are both wanted',
    objects: [
      web,
      pod('shop/api', 'app: api'),
      db,
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: web, tier: front}}}]')),
    ],
    question: 'shop/web shop/db:5432',
    line: 'tier=front is wanted, and shop/web has no label tier',
    mend: 'label shop/web tier=front',
  },
  {
    what: "T-28: a namespace by its name under a key of one's own",
    objects: [
      namespace('ops'),
      namespace('shop'),
      pod('ops/cron', 'app: cron'),
      db,
      policy('shop/db', ingressOf('db', '- from: [{namespaceSelector: {matchLabels: {namespace: ops}}}]')),
    ],
    question: 'ops/cron shop/db:5432',
    line: 'namespace=ops is wanted, and namespace ops has no label namespace, but kubernetes.io/metadata.name=ops',
    mend: 'write kubernetes.io/metadata.name: ops',
  },
  {
    what: 'T-28: the key of the automatic label with a letter missing',
    objects: [
      namespace('ops'),
      namespace('shop'),
      pod('ops/cron', 'app: cron'),
      db,
      policy(
        'shop/db',
        ingressOf('db', '- from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.nam: ops}}}]'),
      ),
    ],
    question: 'ops/cron shop/db:5432',
    line: 'kubernetes.io/metadata.nam=ops is wanted',
    mend: 'write kubernetes.io/metadata.name: ops',
  },
  {
    what: 'T-28: the name of the namespace with a letter missing',
    objects: [
      namespace('monitoring'),
      namespace('shop'),
      pod('monitoring/prom', 'app: prom'),
      db,
      policy(
        'shop/db',
        ingressOf(
          'db',
          '- from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitorng}}}]',
        ),
      ),
    ],
    question: 'monitoring/prom shop/db:5432',
    line: 'kubernetes.io/metadata.name=monitorng is wanted, and namespace monitoring has kubernetes.io/metadata.name=monitoring',
    mend: 'write kubernetes.io/metadata.name: monitoring',
  },
  {
    what: 'T-38: an address in an exception',
    objects: [
      web,
      policy('shop/out', egressOf('web', '- to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]')),
    ],
    question: 'shop/web 10.1.2.3:443',
    line: 'the address of 10.1.2.3 is in 10.0.0.0/8, which is excepted from 0.0.0.0/0',
    mend: 'add an entry for 10.1.2.3',
  },
  {
    what: "T-45: a peer by the Deployment's own label",
    objects: [
      db,
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {namespace: shop, name: api, labels: {app: api}}\nspec:\n  selector: {matchLabels: {component: api-server}}\n  template:\n    metadata: {labels: {component: api-server}}\n    spec: {containers: [{name: c, image: i}]}',
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: api}}}]')),
    ],
    question: 'shop/deploy/api shop/db:5432',
    line: 'app=api is wanted, which Deployment shop/api has, and the template of its Pods has not',
    mend: 'label shop/api app=api',
  },
  {
    what: 'S-306: `kubectl run` gives another label, to a client',
    objects: [
      pod('shop/web', 'run: web'),
      db,
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: web}}}]')),
    ],
    question: 'shop/web shop/db:5432',
    line: 'app=web is wanted, and shop/web has no label app, but run=web',
    mend: 'write run: web',
  },
  {
    what: 'T-51: NotIn is for those without the label, too',
    objects: [
      pod('shop/cron', 'app: cron'),
      db,
      policy(
        'shop/db',
        ingressOf(
          'db',
          '- from: [{podSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [test]}]}}]',
        ),
      ),
    ],
    question: 'shop/cron shop/db:5432',
    line: 'opens it, from Pods tier!=test of namespace shop',
  },
  {
    what: 'S-019: a label in other letters',
    objects: [
      pod('shop/web', 'app: Web'),
      db,
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: web}}}]')),
    ],
    question: 'shop/web shop/db:5432',
    line: 'app=web is wanted, and shop/web has app=Web',
    mend: 'write app: Web',
  },
  {
    what: 'S-034: an address past a block',
    objects: [db, policy('shop/db', ingressOf('db', '- from: [{ipBlock: {cidr: 10.0.0.0/24}}]'))],
    question: '10.0.1.7 shop/db:5432',
    line: 'the address of 10.0.1.7 is outside 10.0.0.0/24',
    mend: 'add an entry for 10.0.1.7',
  },
  {
    what: 'S-017: one of two labels with a letter missing',
    objects: [
      pod('shop/web', 'app: web, tier: frontend'),
      db,
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: web, tier: fronted}}}]')),
    ],
    question: 'shop/web shop/db:5432',
    line: 'tier=fronted is wanted, and shop/web has tier=frontend',
    mend: 'write tier: frontend',
  },
  {
    what: 'S-014: another namespace, and a letter wrong',
    objects: [
      namespace('ops'),
      namespace('shop'),
      pod('ops/backup', 'app: backup'),
      db,
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: bakcup}}}]')),
    ],
    question: 'ops/backup shop/db:5432',
    line: 'ops/backup is in ops; and app=bakcup is wanted, and ops/backup has app=backup',
    mend: '; and write app: backup',
  },
]
