import {
  type Broken,
  db,
  denyAll,
  dns,
  egressOf,
  ingressOf,
  namespace,
  pod,
  policy,
  service,
  web,
} from './manifests.ts'

/** Services and names, and the way to the DNS Pods. */
export const names: readonly Broken[] = [
  {
    what: 'T-21: DNS by a port without a protocol',
    objects: [
      web,
      db,
      dns,
      service('shop/db', 'selector: {app: db}, ports: [{port: 5432}]'),
      policy(
        'shop/web',
        egressOf('web', '- ports: [{port: 53}]\n- to: [{podSelector: {matchLabels: {app: db}}}]'),
      ),
    ],
    question: 'shop/web db:5432',
    line: 'looking up `db` needs UDP to kube-system/kube-dns: no egress rule opens it; nearest is web egress[0] (w.yaml:39): it is about TCP 53, not UDP 53',
    mend: 'a new NetworkPolicy shop/web-to-coredns',
  },
  {
    what: 'T-20: DNS to a namespace under a label that nobody set',
    objects: [
      web,
      db,
      dns,
      service('shop/db', 'selector: {app: db}, ports: [{port: 5432}]'),
      policy(
        'shop/web',
        egressOf(
          'web',
          '- to: [{namespaceSelector: {matchLabels: {name: kube-system}}}]\n  ports: [{port: 53, protocol: UDP}]\n- to: [{podSelector: {matchLabels: {app: db}}}]',
        ),
      ),
    ],
    question: 'shop/web db:5432',
    line: 'name=kube-system is wanted, and namespace kube-system has no label name, but kubernetes.io/metadata.name=kube-system',
    mend: 'write kubernetes.io/metadata.name: kube-system',
  },
  {
    what: 'S-242: DNS to a podSelector alone',
    objects: [
      web,
      db,
      dns,
      service('shop/db', 'selector: {app: db}, ports: [{port: 5432}]'),
      policy(
        'shop/web',
        egressOf(
          'web',
          '- to: [{podSelector: {matchLabels: {k8s-app: kube-dns}}}]\n  ports: [{port: 53, protocol: UDP}, {port: 53}]\n- to: [{podSelector: {matchLabels: {app: db}}}]',
        ),
      ),
    ],
    question: 'shop/web db:5432',
    line: "a podSelector alone means Pods of the policy's own namespace shop, and kube-system/coredns is in kube-system",
    mend: 'add to this entry, without a dash: namespaceSelector',
  },
  {
    what: 'S-242: DNS to Pods by another label than theirs',
    objects: [
      web,
      db,
      dns,
      service('shop/db', 'selector: {app: db}, ports: [{port: 5432}]'),
      policy(
        'shop/web',
        egressOf(
          'web',
          '- to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: coredns}}}]\n  ports: [{port: 53, protocol: UDP}, {port: 53}]\n- to: [{podSelector: {matchLabels: {app: db}}}]',
        ),
      ),
    ],
    question: 'shop/web db:5432',
    line: 'k8s-app=coredns is wanted, and kube-system/coredns has k8s-app=kube-dns',
    mend: 'add an entry for kube-system/coredns',
  },
  {
    what: "S-242: DNS to the Service's own address",
    objects: [
      web,
      db,
      dns,
      service('shop/db', 'selector: {app: db}, ports: [{port: 5432}]'),
      policy(
        'shop/web',
        egressOf(
          'web',
          '- to: [{ipBlock: {cidr: 10.96.0.10/32}}]\n  ports: [{port: 53, protocol: UDP}, {port: 53}]\n- to: [{podSelector: {matchLabels: {app: db}}}]',
        ),
      ),
    ],
    question: 'shop/web db:5432',
    line: "nearest is web egress[0] (w.yaml:39): 10.96.0.10/32 holds the Service's own address, and policies see what is behind it, kube-system/coredns",
    mend: 'add an entry for kube-system/coredns',
  },
  {
    what: 'S-245: the DNS Pods let nobody in',
    objects: [
      web,
      db,
      dns,
      denyAll('kube-system', 'Ingress'),
      service('shop/db', 'selector: {app: db}, ports: [{port: 5432}]'),
    ],
    question: 'shop/web db:5432',
    line: 'looking up `db` needs UDP to kube-system/kube-dns: deny-all (w.yaml:27) isolates it for ingress',
    mend: 'a new NetworkPolicy kube-system/coredns-from-web',
  },
  {
    what: 'T-46: an empty selector of a Service',
    objects: [web, db, service('shop/db', 'selector: {}, ports: [{port: 5432}]')],
    question: 'shop/web shop/svc/db:5432',
    line: 'Service db has no selector, and no Endpoints or EndpointSlice of namespace shop gives it a ready address',
  },
  {
    what: 'T-47: a headless Service leads to no other port',
    objects: [
      web,
      db,
      dns,
      service('shop/db', 'clusterIP: None, selector: {app: db}, ports: [{port: 80, targetPort: 5432}]'),
      policy('shop/db', ingressOf('db', '- ports: [{port: 5432}]')),
    ],
    question: 'shop/web db:80',
    line: 'it is about TCP 5432, to which nothing leads from TCP 80: Service db is headless',
    mend: 'a new NetworkPolicy shop/db-from-web',
  },
  {
    what: 'T-48: a short name from another namespace',
    objects: [
      namespace('ops'),
      namespace('shop'),
      pod('ops/cron', 'app: cron'),
      db,
      dns,
      service('shop/db', 'selector: {app: db}, ports: [{port: 5432}]'),
    ],
    question: 'ops/cron db:5432',
    line: '`db` does not resolve in namespace ops',
  },
  {
    what: 'S-213: a target port by a name that no Pod has',
    objects: [
      web,
      pod('shop/db', 'app: db', '', '{name: postgres, containerPort: 5432}'),
      service('shop/db', 'selector: {app: db}, ports: [{port: 5432, targetPort: pg}]'),
    ],
    question: 'shop/web shop/svc/db:5432',
    line: 'Service db leads to the port named TCP pg, and none of its Pods declares one: shop/db declares postgres (5432)',
    mend: 'write targetPort: postgres',
  },
  {
    what: "S-211: the Pod's port asked of the Service",
    objects: [web, db, service('shop/db', 'selector: {app: db}, ports: [{port: 80, targetPort: 5432}]')],
    question: 'shop/web shop/svc/db:5432',
    line: 'Service db has no port TCP 5432; it has TCP 80: 5432 is the port of the Pods behind 80',
  },
  {
    what: 'S-227: a Pod of a StatefulSet under another Service than its own',
    objects: [
      web,
      dns,
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {namespace: shop, name: db}\nspec:\n  serviceName: db-headless\n  selector: {matchLabels: {app: db}}\n  template:\n    metadata: {labels: {app: db}}\n    spec: {containers: [{name: c, image: i}]}',
      service('shop/db-headless', 'clusterIP: None, selector: {app: db}, ports: [{port: 5432}]'),
    ],
    question: 'shop/web db-0.db:5432',
    line: '`db-0.db-headless` would',
  },
]
