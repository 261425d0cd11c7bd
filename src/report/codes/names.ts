import { DB, DB_SERVICE, example, namespace, node, pod, policy, service, WEB } from './manifests.ts'
import type { Pages } from './page.ts'

const lettingOut = (...rules: readonly string[]): string =>
  policy(
    'web',
    ['podSelector: {matchLabels: {app: web}}', 'policyTypes: [Egress]', 'egress:', ...rules].join('\n'),
  )

const TO_DB = '- to: [{podSelector: {matchLabels: {app: db}}}]'

/** Names, DNS and Services. */
export const NAMES = {
  NAME_RESOLVES: {
    meaning: 'The name stands for something, and the client finds out for what.',
    rule: 'A Pod looks a name up in its own namespace first (`db`), then as it is written (`db.shop`), with the domain of the cluster behind it.',
    example: example('explain web db:5432', WEB, DB, DB_SERVICE),
    mend: 'Nothing: this is the first step of the way.',
    see: ['NAME_NOT_FOUND', 'DNS_BLOCKED'],
  },
  NAME_NOT_FOUND: {
    meaning: 'Nothing has the name: no object of the input, or no DNS server that the client asks knows it.',
    rule: 'The short name of a Service is good in its own namespace only; from another one it takes the namespace too. Pods have no names in DNS, but for those of a StatefulSet.',
    example: example(
      'can-reach web db:5432',
      WEB,
      namespace('data'),
      pod('data/db'),
      service('data/db', 'selector: {app: db}\nports: [{port: 5432}]'),
    ),
    mend: 'Write the name with its namespace, as in `db.data`. If the object is missing from the input, add its file with `-f`; names of objects are NAME, NAMESPACE/NAME or KIND/NAME.',
    see: ['NAME_RESOLVES', 'DNS_BLOCKED', 'AMBIGUOUS_NAME'],
  },
  DNS_BLOCKED: {
    meaning: 'The policies keep the client from the DNS server, so no name resolves.',
    rule: 'To look a name up is a connection too, to the DNS Pods in kube-system on port 53. Whoever isolates a Pod for egress has to open it.',
    example: example('can-reach web db:5432', WEB, DB, DB_SERVICE, lettingOut(TO_DB)),
    mend: 'Add an egress rule with UDP 53 and TCP 53, to namespaceSelector `kubernetes.io/metadata.name: kube-system` and podSelector `k8s-app: kube-dns` in one entry.',
    see: ['DNS_OVER_TCP_BLOCKED', 'ASSUMED_CLUSTER_DNS', 'DENIED_BY_EGRESS'],
  },
  DNS_OVER_TCP_BLOCKED: {
    meaning: 'DNS is open over UDP only; an answer that is too long for UDP does not get through.',
    rule: 'A client asks by UDP, and again by TCP when the answer is cut off, as it is for a headless Service with many Pods.',
    example: example(
      'can-reach web db:5432',
      WEB,
      DB,
      DB_SERVICE,
      lettingOut(TO_DB, '- ports: [{port: 53, protocol: UDP}]'),
    ),
    mend: 'Open port 53 for TCP beside UDP.',
    see: ['DNS_BLOCKED', 'NEAR_MISS_PROTOCOL'],
  },
  SERVICE_FORWARDS: {
    meaning: 'The Service hands the connection to a Pod behind it.',
    rule: 'What is behind a Service are the ready Pods that its selector matches, each on its `targetPort`. From here on policies see the Pod and that port.',
    example: example('explain web svc/db --port 5432', WEB, DB, DB_SERVICE),
    mend: 'Nothing: this is a step of the way.',
    see: ['SERVICE_HAS_NO_ENDPOINTS', 'SERVICE_PORT_IS_NOT_POD_PORT'],
  },
  HOST_PORT_FORWARDS: {
    meaning: 'A port of the node leads to a Pod that runs on it.',
    rule: 'A container with `hostPort` takes that port of its node. The node hands connections on to the Pod, whose policies see the port of the container.',
    example: example(
      'can-reach internet node/n1:80',
      node('n1', '192.168.0.1'),
      pod('edge', { container: 'ports: [{containerPort: 8080, hostPort: 80}]', spec: 'nodeName: n1' }),
      policy('edge', 'podSelector: {matchLabels: {app: edge}}\ningress:\n- ports: [{port: 80}]'),
    ),
    mend: 'Name the port of the container in the policy, not that of the node.',
    see: ['SERVICE_FORWARDS', 'ASSUMED_HOST_PORT', 'UNDETERMINED_HOST_PORT'],
  },
  SERVICE_HAS_NO_ENDPOINTS: {
    meaning: 'The Service has nothing behind it that is ready.',
    rule: 'A Service leads to the Pods of its namespace that have all labels of its selector and are ready. Policies have no part in this.',
    example: example(
      'can-reach web svc/db --port 5432',
      WEB,
      DB,
      service('db', 'selector: {app: database}\nports: [{port: 5432}]'),
    ),
    mend: 'Write in the selector of the Service the labels that the Pods have; if they match, find out why no Pod is ready.',
    see: ['SERVICE_PORT_UNKNOWN', 'WORKLOAD_HAS_NO_PODS', 'NAMED_PORT_UNRESOLVED'],
  },
  SERVICE_PORT_UNKNOWN: {
    meaning: 'The Service does not have this port, so nothing forwards it.',
    rule: 'A client dials a `port` of the Service; the `targetPort` is that of the Pods, and cannot be dialed unless it is the same or the Service is headless.',
    example: example('can-reach web svc/db --port 5433', WEB, DB, DB_SERVICE),
    mend: 'Ask for one of the ports that the Service lists (`{netpol} get svc`), or add the port to the Service.',
    see: ['SERVICE_PORT_IS_NOT_POD_PORT', 'SERVICE_HAS_NO_ENDPOINTS'],
  },
  SERVICE_NOT_EXPOSED: {
    meaning:
      'The Service is for clients inside the cluster only, or its load balancer for those of the private network.',
    rule: 'A ClusterIP leads nowhere outside the cluster. From there a Service is reached by a port of the nodes (NodePort), by a load balancer, by its externalIPs, or through an Ingress. An annotation may make the load balancer an internal one, without an address in the internet; that of an Ingress or a Gateway also its class.',
    example: example('can-reach internet svc/db --port 5432', DB, DB_SERVICE),
    mend: 'Give it `type: LoadBalancer` or `NodePort`, or put an Ingress in front of it, if it is meant to be open.',
    see: ['OUTSIDE_SOURCE_RANGES', 'NO_ROUTE'],
  },
  OUTSIDE_SOURCE_RANGES: {
    meaning:
      'The load balancer of the Service, or the controller of the Ingress, lets in other addresses only.',
    rule: '`loadBalancerSourceRanges` is looked at before the connection comes to a Pod, and so before any policy; ports of the nodes and `externalIPs` bypass the load balancer. Ingress controllers have annotations for the same, such as `nginx.ingress.kubernetes.io/whitelist-source-range`, and load balancers `alb.ingress.kubernetes.io/inbound-cidrs`.',
    example: example(
      'can-reach 198.51.100.7 svc/db --port 5432',
      DB,
      service(
        'db',
        'type: LoadBalancer\nloadBalancerSourceRanges: [203.0.113.0/24]\nselector: {app: db}\nports: [{port: 5432}]',
      ),
    ),
    mend: 'Add the address of the client to `loadBalancerSourceRanges`, or to the annotation.',
    see: ['SERVICE_NOT_EXPOSED', 'NEAR_MISS_CIDR', 'ASSUMED_CLIENT_IP'],
  },
} satisfies Pages
