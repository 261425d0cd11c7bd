import { type Broken, db, denyAll, dns, egressOf, ingressOf, pod, policy, service, web } from './manifests.ts'

/** Ports, blocks, and what runs on nodes. */
export const ways: readonly Broken[] = [
  {
    what: 'T-14: the port of the Service, where clients come in',
    objects: [
      web,
      db,
      service('shop/db', 'selector: {app: db}, ports: [{port: 80, targetPort: 5432}]'),
      policy(
        'shop/db',
        ingressOf('db', '- from: [{podSelector: {matchLabels: {app: web}}}]\n  ports: [{port: 80}]'),
      ),
    ],
    question: 'shop/web shop/svc/db:80',
    line: 'it is about TCP 80, the port of the Service, and policies see that of the Pod behind it: TCP 5432',
    mend: 'write port: 5432',
  },
  {
    what: 'T-14: the port of the Service, where clients go out',
    objects: [
      web,
      db,
      service('shop/db', 'selector: {app: db}, ports: [{port: 80, targetPort: 5432}]'),
      policy(
        'shop/web',
        egressOf('web', '- to: [{podSelector: {matchLabels: {app: db}}}]\n  ports: [{port: 80}]'),
      ),
    ],
    question: 'shop/web shop/svc/db:80',
    line: 'web egress[0] (w.yaml:27) does not open it: it is about TCP 80, the port of the Service',
    mend: 'write port: 5432',
  },
  {
    what: "T-15: the Service's own address in a block",
    objects: [
      web,
      db,
      service('shop/db', 'clusterIP: 10.96.7.7, selector: {app: db}, ports: [{port: 5432}]'),
      policy('shop/web', egressOf('web', '- to: [{ipBlock: {cidr: 10.96.7.7/32}}]\n  ports: [{port: 5432}]')),
    ],
    question: 'shop/web shop/svc/db:5432',
    line: "10.96.7.7/32 holds the Service's own address, and policies see what is behind it, shop/db",
    mend: 'add an entry for shop/db',
  },
  {
    what: 'T-15: the range of all Services in a block',
    objects: [
      web,
      db,
      service('shop/db', 'clusterIP: 10.96.7.7, selector: {app: db}, ports: [{port: 5432}]'),
      policy('shop/web', egressOf('web', '- to: [{ipBlock: {cidr: 10.96.0.0/12}}]\n  ports: [{port: 5432}]')),
    ],
    question: 'shop/web shop/svc/db:5432',
    line: 'whether its address is in 10.96.0.0/12 is not known, and that of the Service in front of it counts for nothing',
    mend: 'a new NetworkPolicy shop/web-to-db',
  },
  {
    what: 'T-22: an empty port is for TCP alone',
    objects: [web, db, policy('shop/db', ingressOf('db', '- ports: [{}]'))],
    question: 'shop/web shop/db:53/udp',
    line: 'it is about TCP all, not UDP 53',
    mend: 'a new NetworkPolicy shop/db-from-web',
  },
  {
    what: "T-24: the name of the client's own port",
    objects: [
      pod('shop/web', 'app: web', '', '{name: sql, containerPort: 9999}'),
      db,
      policy('shop/web', egressOf('web', '- ports: [{port: sql}]')),
    ],
    question: 'shop/web shop/db:5432',
    line: 'it is about the port named sql, and shop/db declares 5432',
    mend: 'a new NetworkPolicy shop/web-to-db',
  },
  {
    what: "T-34: a policy for a Pod on its node's network",
    objects: [
      web,
      pod('shop/agent', 'app: agent', '  hostNetwork: true\n'),
      policy('shop/agent', ingressOf('agent', '- from: [{podSelector: {matchLabels: {app: prometheus}}}]')),
    ],
    question: 'shop/web shop/agent:9100',
    line: 'shop/agent is on the network of its node, where agent (w.yaml:16) cannot isolate it for ingress',
  },
  {
    what: "T-34: a selector for a client on its node's network",
    objects: [
      db,
      pod('shop/agent', 'app: agent', '  hostNetwork: true\n'),
      policy('shop/db', ingressOf('db', '- from: [{podSelector: {matchLabels: {app: agent}}}]')),
    ],
    question: 'shop/agent shop/db:5432',
    line: 'db ingress[0] (w.yaml:23) does not open it: shop/agent is on the network of its node (hostNetwork)',
    mend: 'a new NetworkPolicy shop/db-from-agent: ingress from anywhere',
  },
  {
    what: 'T-35: the address of a client behind a load balancer',
    objects: [
      pod('shop/web', 'app: web', '', '{containerPort: 80}'),
      service('shop/web', 'type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]'),
      policy(
        'shop/web',
        ingressOf('web', '- from: [{ipBlock: {cidr: 203.0.113.0/24}}]\n  ports: [{port: 80}]'),
      ),
    ],
    question: '203.0.113.7 shop/svc/web:80',
    line: 'whether its address is in 203.0.113.0/24 is not known, because that of a node takes its place',
    mend: 'in Service web (w.yaml:11): write externalTrafficPolicy: Local',
  },
  {
    what: 'T-36: the client, where the controller comes',
    objects: [
      pod('shop/web', 'app: web', '', '{containerPort: 80}'),
      service('shop/web', 'selector: {app: web}, ports: [{port: 80}]'),
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {namespace: shop, name: web}\nspec:\n  ingressClassName: nginx\n  rules:\n  - host: shop.example.com\n    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}',
      policy(
        'shop/web',
        ingressOf('web', '- from: [{ipBlock: {cidr: 203.0.113.0/24}}]\n  ports: [{port: 80}]'),
      ),
    ],
    question: 'internet http://shop.example.com/',
    line: 'the controller ingress-nginx/ingress-nginx-controller~ does not get through',
    mend: 'a new NetworkPolicy shop/web-from-ingress-nginx-controller',
  },
  {
    what: 'T-50: the API server as a Pod of kube-system',
    objects: [
      web,
      dns,
      policy(
        'shop/web',
        egressOf(
          'web',
          '- ports: [{port: 53, protocol: UDP}]\n- to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]\n  ports: [{port: 443}]',
        ),
      ),
    ],
    question: 'shop/web kubernetes.default:443',
    line: 'no egress rule of web (w.yaml:20) opens TCP 6443, and the API server is not a Pod that a selector could match',
    mend: 'a new NetworkPolicy shop/web-to-api-server: egress to anywhere, TCP 6443',
  },
  {
    what: 'T-50: the API server by the port of its Service',
    objects: [
      web,
      dns,
      policy('shop/web', egressOf('web', '- ports: [{port: 53, protocol: UDP}]\n- ports: [{port: 443}]')),
    ],
    question: 'shop/web kubernetes.default:443',
    line: 'it is about TCP 443, not TCP 6443',
    mend: 'add port TCP 6443',
  },
  {
    what: 'S-032: a port just past a range',
    objects: [
      web,
      db,
      policy(
        'shop/db',
        ingressOf(
          'db',
          '- from: [{podSelector: {matchLabels: {app: web}}}]\n  ports: [{port: 32000, endPort: 32768}]',
        ),
      ),
    ],
    question: 'shop/web shop/db:32769',
    line: 'it is about TCP 32000-32768, not TCP 32769',
    mend: 'add port TCP 32769',
  },
  {
    what: 'S-040: a node and its own Pods',
    objects: [
      pod('shop/db', 'app: db', '  nodeName: n1\n'),
      'apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nstatus: {addresses: [{type: InternalIP, address: 10.0.0.1}]}',
      denyAll('shop'),
    ],
    question: 'node/n1 shop/db:5432',
    line: 'a node reaches its own Pods whatever the policies',
  },
  {
    what: 'S-025: another protocol than TCP',
    objects: [
      web,
      db,
      policy(
        'shop/db',
        ingressOf('db', '- from: [{podSelector: {matchLabels: {app: web}}}]\n  ports: [{port: 53}]'),
      ),
    ],
    question: 'shop/web shop/db:53/udp',
    line: 'it is about TCP 53, not UDP 53',
    mend: 'add a port with protocol: UDP',
  },
]
