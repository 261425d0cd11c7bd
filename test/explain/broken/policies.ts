import { type Broken, db, denyAll, egressOf, ingressOf, namespace, pod, policy, web } from './manifests.ts'

/** What policies are about: policyTypes, lists, podSelectors, namespaces, unions. */
export const policies: readonly Broken[] = [
  {
    what: 'T-02: egress rules alone, and nobody gets in',
    objects: [
      web,
      db,
      policy(
        'shop/db-out',
        'podSelector: {matchLabels: {app: db}}\negress:\n- to: [{podSelector: {matchLabels: {app: backup}}}]',
      ),
    ],
    question: 'shop/web shop/db:5432',
    line: 'db-out (w.yaml:15) isolates it for ingress and has no ingress rule: it has no policyTypes, and so is about ingress too',
    mend: 'a new NetworkPolicy shop/db-from-web',
  },
  {
    what: 'T-03: an empty list of egress rules, and everything gets out',
    objects: [web, db, policy('shop/web-out', 'podSelector: {matchLabels: {app: web}}\negress: []')],
    question: 'shop/web shop/db:5432',
    line: 'web-out (w.yaml:15) does not: it has no policyTypes, and without any rule under egress that means Ingress alone',
    mend: 'write policyTypes: [Ingress, Egress]',
  },
  {
    what: 'T-04: egress rules without Egress in policyTypes, under a default deny',
    objects: [
      web,
      db,
      denyAll('shop', 'Egress'),
      policy(
        'shop/web-out',
        'podSelector: {matchLabels: {app: web}}\npolicyTypes: [Ingress]\negress:\n- to: [{podSelector: {matchLabels: {app: db}}}]',
      ),
    ],
    question: 'shop/web shop/db:5432',
    line: 'web-out (w.yaml:22) would: the egress rules of web-out have no effect on shop/web, because its policyTypes do not name Egress',
    mend: 'add Egress to policyTypes',
  },
  {
    what: 'T-04: the same, and everything gets out',
    objects: [
      web,
      db,
      policy(
        'shop/web-out',
        'podSelector: {matchLabels: {app: web}}\npolicyTypes: [Ingress]\negress:\n- to: [{podSelector: {matchLabels: {app: db}}}]',
      ),
    ],
    question: 'shop/web internet:443',
    line: 'the egress rules of web-out have no effect on shop/web, because its policyTypes do not name Egress',
    mend: 'add Egress to policyTypes',
  },
  {
    what: 'T-05: an empty `from` lets in everybody',
    objects: [web, db, policy('shop/db', ingressOf('db', '- from: []\n  ports: [{port: 5432}]'))],
    question: 'internet shop/db:5432',
    line: 'db ingress[0] (w.yaml:22) opens it, from anywhere',
  },
  {
    what: 'T-06: an empty rule allows everything',
    objects: [web, db, policy('shop/db-deny', ingressOf('db', '- {}'))],
    question: 'internet shop/db:5432',
    line: 'db-deny ingress[0] (w.yaml:22) opens it, from anywhere',
    mend: 'help: to close it: write ingress: []',
  },
  {
    what: 'T-12: a narrower policy beside a broader one narrows nothing',
    objects: [
      web,
      pod('shop/cron', 'app: cron'),
      db,
      policy('shop/all', 'podSelector: {}\ningress:\n- from: [{podSelector: {}}]'),
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: web}}}]')),
    ],
    question: 'shop/cron shop/db:5432',
    line: 'all ingress[0] (w.yaml:28) opens it, from all Pods of namespace shop',
  },
  {
    what: 'T-16: the server lets in, and the client is not let out',
    objects: [
      web,
      db,
      denyAll('shop'),
      policy(
        'shop/db',
        ingressOf('db', '- from: [{podSelector: {matchLabels: {app: web}}}]\n  ports: [{port: 5432}]'),
      ),
    ],
    question: 'shop/web shop/db:5432',
    line: 'deny-all (w.yaml:15) isolates it for egress and has no egress rule; its ingress is open: db ingress[0] (w.yaml:29) opens it',
    mend: 'a new NetworkPolicy shop/web-to-db',
  },
  {
    what: 'T-27: a policy in the namespace of the client',
    objects: [
      namespace('shop'),
      namespace('data'),
      web,
      pod('data/db', 'app: db'),
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: api}}}]')),
    ],
    question: 'shop/web data/db:5432',
    line: 'db (w.yaml:23) does not: it is in namespace shop, where it selects no Pod',
    mend: 'write namespace: data',
  },
  {
    what: 'T-38: an exception is no deny',
    objects: [
      web,
      policy(
        'shop/no-metadata',
        egressOf('web', '- to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]'),
      ),
      policy('shop/all-out', 'podSelector: {}\npolicyTypes: [Egress]\negress: [{}]'),
    ],
    question: 'shop/web 169.254.169.254:80',
    line: 'all-out egress[0] (w.yaml:23) opens it, to anywhere',
  },
  {
    what: 'T-40: nothing but DNS is open',
    objects: [
      web,
      db,
      policy('shop/deny-external', egressOf('web', '- ports: [{port: 53, protocol: UDP}, {port: 53}]')),
    ],
    question: 'shop/web shop/db:5432',
    line: 'it is about UDP 53, TCP 53, not TCP 5432',
    mend: 'a new NetworkPolicy shop/web-to-db',
  },
  {
    what: "T-45: a policy by the Deployment's own label",
    objects: [
      web,
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {namespace: shop, name: api, labels: {app: api}}\nspec:\n  selector: {matchLabels: {component: api-server}}\n  template:\n    metadata: {labels: {component: api-server}}\n    spec: {containers: [{name: c, image: i}]}',
      policy('shop/api', ingressOf('api', '- from: [{podSelector: {matchLabels: {app: gateway}}}]')),
    ],
    question: 'shop/web shop/deploy/api:80',
    line: 'app=api is wanted, which Deployment shop/api has, and the template of its Pods has not',
    mend: 'label shop/api app=api',
  },
  {
    what: 'S-306: `kubectl run` gives another label, to a server',
    objects: [
      web,
      pod('shop/db', 'run: db'),
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: api}}}]')),
    ],
    question: 'shop/web shop/db:5432',
    line: 'app=db is wanted, and shop/db has no label app, but run=db',
    mend: 'write run: db',
  },
  {
    what: 'T-56: a lone dash allows everything',
    objects: [web, policy('shop/deny-egress', 'podSelector: {}\npolicyTypes: [Egress]\negress:\n-')],
    question: 'shop/web internet:443',
    line: 'deny-egress egress[0] (w.yaml:15) opens it, to anywhere',
    mend: 'help: to close it: write egress: []',
  },
  {
    what: 'T-60: beside one another, and only another namespace is let in',
    objects: [
      web,
      db,
      policy(
        'shop/db',
        ingressOf('db', '- from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}}]'),
      ),
    ],
    question: 'shop/web shop/db:5432',
    line: 'kubernetes.io/metadata.name=ops is wanted, and namespace shop has kubernetes.io/metadata.name=shop',
    mend: 'add an entry for shop/web',
  },
  {
    what: 'S-012: ports in a rule of their own are open to everybody',
    objects: [
      web,
      db,
      policy(
        'shop/db',
        ingressOf('db', '- from: [{podSelector: {matchLabels: {app: web}}}]\n- ports: [{port: 5432}]'),
      ),
    ],
    question: 'internet shop/db:5432',
    line: 'db ingress[1] (w.yaml:23) opens it, from anywhere',
    mend: 'help: to close it: write `from` and `ports` as one rule',
  },
  {
    what: 'S-004: egress of the server for ingress',
    objects: [
      web,
      db,
      denyAll('shop', 'Ingress'),
      policy('shop/db', egressOf('db', '- to: [{podSelector: {matchLabels: {app: web}}}]')),
    ],
    question: 'shop/web shop/db:5432',
    line: 'db (w.yaml:22) does not open it: its egress[0] is for the other way, from shop/db to shop/web',
    mend: 'a new NetworkPolicy shop/db-from-web',
  },
  {
    what: 'S-004: a policy of the client for one of the server',
    objects: [
      web,
      db,
      denyAll('shop', 'Ingress'),
      policy('shop/db-from-web', ingressOf('web', '- from: [{podSelector: {matchLabels: {app: db}}}]')),
    ],
    question: 'shop/web shop/db:5432',
    line: 'db-from-web (w.yaml:22) does not open it: its ingress[0] is for the other way, from shop/db to shop/web',
    mend: 'a new NetworkPolicy shop/db-from-web-2',
  },
  {
    what: 'S-007: a default deny without a namespace',
    objects: [
      web,
      db,
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny-all}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress]',
    ],
    question: 'shop/web shop/db:5432',
    line: 'deny-all (w.yaml:15) does not: it names no namespace, and so is in default, where it selects no Pod',
    mend: 'write namespace: shop',
  },
  {
    what: 'S-001: what lets in a client is beside the client',
    objects: [
      namespace('ops'),
      namespace('shop'),
      pod('ops/cron', 'app: cron'),
      db,
      denyAll('shop', 'Ingress'),
      policy('ops/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: cron}}}]')),
    ],
    question: 'ops/cron shop/db:5432',
    line: 'db (w.yaml:30) would: it is in namespace ops, where it selects no Pod',
    mend: 'write namespace: shop; and add to this entry',
  },
]
