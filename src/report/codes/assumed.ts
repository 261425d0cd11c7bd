import {
  API,
  DB,
  DB_FROM_WEB,
  DB_SERVICE,
  example,
  httpRoute,
  NOTHING_IN,
  node,
  pod,
  policy,
  routed,
  service,
  TO_API,
  WEB,
} from './manifests.ts'
import type { Pages } from './page.ts'

const fromBlock = (cidr: string): string =>
  policy('db', `podSelector: {matchLabels: {app: db}}\ningress:\n- from: [{ipBlock: {cidr: ${cidr}}}]`)

const REACHED_THROUGH_INGRESS = example('can-reach internet http://shop.example.com/', ...API, routed(TO_API))

/** What an answer takes for granted: what the input leaves out, and what the API leaves to the network plugin. */
export const ASSUMED = {
  ASSUMED_NAMESPACE: {
    meaning:
      'A namespace is used but not declared, and something selects by labels of namespaces: it is taken to exist with its automatic label only.',
    rule: 'Each namespace has the label `kubernetes.io/metadata.name` with its name. All other labels stand in the Namespace object.',
    example: example(
      'can-reach shop/web shop/db',
      pod('shop/web'),
      pod('shop/db'),
      policy(
        'shop/db',
        'podSelector: {matchLabels: {app: db}}\ningress:\n- from: [{namespaceSelector: {matchLabels: {team: shop}}}]',
      ),
    ),
    mend: 'Add the Namespace object to the input, with its labels.',
    see: ['NEAR_MISS_NAMESPACE_LABEL'],
  },
  ASSUMED_CLUSTER_DNS: {
    meaning:
      'The DNS Pods of the cluster are not in the manifests; they are taken to be where kubeadm puts them.',
    rule: 'kubeadm and most distributions run CoreDNS in kube-system, labelled `k8s-app: kube-dns`, on port 53.',
    example: example('can-reach web db:5432', WEB, DB, DB_SERVICE),
    mend: 'Add the objects of kube-system to the input, or say with `--dns` whom the Pods ask.',
    see: ['DNS_BLOCKED', 'ASSUMED_NODE_DNS'],
  },
  ASSUMED_NODE_DNS: {
    meaning: 'The DNS servers of the node, which are not in the manifests, are taken to be outside.',
    rule: 'A Pod with `dnsPolicy: Default` asks the servers that its node asks.',
    example: example('can-reach web https://www.example.com', pod('web', { spec: 'dnsPolicy: Default' })),
    mend: 'Say with `--dns` which address they have.',
    see: ['ASSUMED_CLUSTER_DNS', 'ASSUMED_OUTSIDE_NAME'],
  },
  ASSUMED_OUTSIDE_NAME: {
    meaning: 'A name outside the cluster is assumed to exist and to resolve to a public address.',
    rule: "NetworkPolicies know addresses only, no names: a rule for a name outside is an ipBlock. The name of a Service's load balancer (`status.loadBalancer`) leads out and back to the Service.",
    example: example('can-reach web https://www.example.com', WEB),
    mend: 'Ask for the address itself, where it matters which one it is.',
    see: ['ASSUMED_NODE_DNS', 'NAME_NOT_FOUND'],
  },
  ASSUMED_NAT64: {
    meaning: 'A Pod with only IPv6 addresses is assumed to reach an IPv4 address through NAT64.',
    rule: 'NAT64 gives each IPv4 address outside an IPv6 address of the prefix 64:ff9b::/96. Policies see that one. It is assumed where a policy has a block of this prefix; otherwise the two have no IP family in common.',
    example: example(
      'can-reach web 203.0.113.7 --port 443',
      pod('web', { status: "{podIP: 'fd00::9'}" }),
      policy(
        'web',
        "podSelector: {matchLabels: {app: web}}\npolicyTypes: [Egress]\negress:\n- to: [{ipBlock: {cidr: '64:ff9b::/96'}}]",
      ),
    ),
    mend: 'Nothing, if the network has NAT64.',
    see: ['NO_SHARED_IP_FAMILY'],
  },
  ASSUMED_API_SERVER: {
    meaning: 'The API server is taken to be on a node, on port 6443.',
    rule: 'Behind the Service `kubernetes` in `default` is the address of a control plane node. No selector matches it; a rule for it is an ipBlock with port 6443.',
    example: example('can-reach web kubernetes.default:443', WEB),
    mend: 'Add the EndpointSlice `kubernetes` of namespace default to the input.',
    see: ['SELECTOR_NEEDS_A_POD'],
  },
  ASSUMED_INGRESS_CONTROLLER: {
    meaning:
      'The Pods of the ingress controller are not in the manifests; they are taken to be where it is usually installed.',
    rule: 'What comes through an Ingress reaches the backend from the controller’s Pods: these are what the policies of the backend have to let in.',
    example: REACHED_THROUGH_INGRESS,
    mend: 'Add the controller to the input, or name it by namespace and labels: `--ingress-controller edge/app=controller`.',
    see: ['ROUTE_MATCHES', 'UNDETERMINED_CONTROLLER', 'NO_CONTROLLER'],
  },
  ASSUMED_GATEWAY: {
    meaning: 'A route asks for a Gateway that is not in the manifests; it is assumed to accept the route.',
    rule: 'A Gateway often belongs to another team. Its listeners decide on which ports and for which hosts it serves, and the routes of which namespaces it accepts.',
    example: example(
      'can-reach internet http://shop.example.com/',
      ...API,
      httpRoute(
        'api',
        'parentRefs: [{name: edge, namespace: infra}]\nrules:\n- backendRefs: [{name: api, port: 80}]',
      ),
    ),
    mend: 'Add the Gateway to the input.',
    see: ['ASSUMED_INGRESS_CONTROLLER', 'UNDETERMINED_CONTROLLER'],
  },
  ASSUMED_LOCAL_ENDPOINT: {
    meaning:
      'A Service keeps to the node of its client, and the manifests do not tell on which nodes the Pods are.',
    rule: 'With `internalTrafficPolicy: Local` a Service leads to Pods on the client’s own node only, and to nothing where there are none.',
    example: example(
      'can-reach web svc/db',
      WEB,
      DB,
      service('db', 'internalTrafficPolicy: Local\nselector: {app: db}\nports: [{port: 5432}]'),
    ),
    mend: 'Ask of a dump of the cluster, where each Pod has its `nodeName`.',
    see: ['SERVICE_HAS_NO_ENDPOINTS'],
  },
  ASSUMED_HOST_PORT: {
    meaning: 'The network plugin is assumed to implement hostPort and to keep the address of the client.',
    rule: 'Most plugins leave `hostPort` to the portmap plugin of CNI, which keeps the address of clients outside the cluster; Cilium does the same.',
    example: example(
      'can-reach internet node/n1:80',
      node('n1', '192.168.0.1'),
      pod('edge', { container: 'ports: [{containerPort: 8080, hostPort: 80}]', spec: 'nodeName: n1' }),
      NOTHING_IN,
    ),
    mend: 'Nothing, if the cluster has such a plugin.',
    see: ['HOST_PORT_FORWARDS', 'UNDETERMINED_HOST_PORT'],
  },
  ASSUMED_OBJECT: {
    meaning:
      'A word with a port is taken for a Pod or a workload, because no name of the cluster is so spelled.',
    rule: 'Pods have no names in DNS that a client could use. Only Services have.',
    example: example('can-reach web db:5432', WEB, DB),
    mend: 'Write `pod/db`, if the Pod is meant; add the Service, if clients are to use the name.',
    see: ['NAME_NOT_FOUND'],
  },
  ASSUMED_POD_IP: {
    meaning: 'The address of a Pod is not in the manifests.',
    rule: 'A block decides about the Pod. One that holds every address matches anyway; whether another one does is unknown.',
    example: example('can-reach web pod/db', WEB, DB, fromBlock('10.0.0.0/16')),
    mend: 'Ask of a dump of the cluster, where the Pods have addresses.',
    see: ['UNDETERMINED_ADDRESS', 'ASSUMED_IPBLOCK_MATCHES_POD'],
  },
  ASSUMED_CLIENT_IP: {
    meaning: 'The address that the destination sees may have been rewritten on the way.',
    rule: 'What comes in by a node port or a load balancer usually has the address of a node when a policy sees it, unless the Service has `externalTrafficPolicy: Local`.',
    example: example(
      'can-reach internet svc/db',
      DB,
      service('db', 'type: LoadBalancer\nselector: {app: db}\nports: [{port: 5432}]'),
      fromBlock('203.0.113.0/24'),
    ),
    mend: 'Set `externalTrafficPolicy: Local` on the Service to have policies see the client’s own address.',
    see: ['OUTSIDE_SOURCE_RANGES', 'NEAR_MISS_CIDR'],
  },
  ASSUMED_IPBLOCK_MATCHES_POD: {
    meaning: 'An ipBlock is taken to match the addresses of Pods, as most network plugins have it.',
    rule: 'The API means ipBlocks for addresses outside the cluster and leaves open whether they match Pods. Cilium for one does not let them.',
    example: example(
      'can-reach web pod/db',
      pod('web', { status: '{podIP: 10.0.0.7}' }),
      DB,
      fromBlock('10.0.0.0/16'),
    ),
    mend: 'Select Pods by their labels: that means the same with every plugin.',
    see: ['ASSUMED_POD_IP'],
  },
  ASSUMED_POLICY_AFTER_SERVICE: {
    meaning: 'Policies are taken to see the Pod behind a Service, not the Service’s own address.',
    rule: 'With most plugins the ClusterIP has been replaced by the address of a Pod before a policy looks, so that a block of ClusterIPs opens nothing.',
    example: example(
      'can-reach web svc/db',
      WEB,
      pod('db', { status: '{podIP: 10.244.0.9}' }),
      service('db', 'clusterIP: 10.96.0.9\nselector: {app: db}\nports: [{port: 5432}]'),
      policy(
        'web',
        `podSelector: {matchLabels: {app: web}}
policyTypes: [Egress]
egress:
- to: [{ipBlock: {cidr: 10.96.0.0/12}}]`,
      ),
    ),
    mend: 'Name the Pods behind the Service in the rule, by their labels, with their port.',
    see: ['SERVICE_PORT_IS_NOT_POD_PORT', 'NEAR_MISS_CIDR'],
  },
  ASSUMED_NODE_EGRESS: {
    meaning: 'A Pod is taken to reach the node it runs on, whatever its egress policies say.',
    rule: 'The documentation has it in one place and not in another, and network plugins differ.',
    example: example(
      'can-reach db node/n1',
      node('n1', '192.168.0.1'),
      pod('db', { spec: 'nodeName: n1' }),
      policy('nothing-out', 'podSelector: {}\npolicyTypes: [Egress]'),
    ),
    mend: 'Open the way to the node with an ipBlock, if it is needed: that works with every plugin.',
    see: ['NODE_TRAFFIC'],
  },
  ASSUMED_CREATED_PODS: {
    meaning:
      'The Pods are not in the manifests: assuming those that a controller creates for the object that is.',
    rule: 'For well-known operators, netpol has a table of the Pods that they create: names, labels, ports and number. Of any other kind, a Pod template in the spec is taken as that of a Deployment is.',
    example: example(
      'can-reach web pg-rw:5432',
      WEB,
      'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg}\nspec: {instances: 2}\n',
    ),
    mend: 'Ask of a dump of the cluster, which has the Pods: `kubectl get pods,services -o yaml`.',
    see: ['UNDETERMINED_CREATED_OBJECT'],
  },
  ASSUMED_TEMPLATE_PARAMETERS: {
    meaning: 'The objects of an OpenShift Template are read with the defaults of its parameters.',
    rule: 'A Template is no object of the cluster by itself: `oc process` fills in its parameters and gives the objects, which are then applied.',
    example: example(
      'can-reach internet pod/db --port 5432',
      `apiVersion: template.openshift.io/v1
kind: Template
metadata: {name: shop}
parameters: [{name: APP, value: db}]
objects:
- apiVersion: v1
  kind: Pod
  metadata: {name: db, labels: {app: "\${APP}"}}
  spec: {containers: [{name: db, image: db}]}
`,
    ),
    mend: 'Read what is applied: `oc process -f template.yaml | {netpol} … -f -`.',
  },
  ASSUMED_HOST_NETWORK: {
    meaning: 'A Pod that uses its node’s network is taken to be its node: no selector matches it.',
    rule: 'The API leaves it to the plugin. Nearly all take such a Pod for the node: no policy isolates it, and only an ipBlock lets it in.',
    example: example('can-reach agent pod/db', pod('agent', { spec: 'hostNetwork: true' }), DB, DB_FROM_WEB),
    mend: 'Let it in with an ipBlock that has the addresses of the nodes.',
    see: ['UNDETERMINED_HOST_NETWORK', 'NOT_SUBJECT_TO_POLICIES'],
  },
  ASSUMED_SELF_THROUGH_SERVICE: {
    meaning: 'A Pod that reaches itself through a Service is judged differently by network plugins.',
    rule: 'By its own address a Pod always reaches itself. Through a Service some plugins see another source address, and may refuse it.',
    example: example('can-reach db svc/db', DB, DB_SERVICE, NOTHING_IN),
    mend: 'Have the Pod call itself by `localhost`, or let it in by its own labels.',
    see: ['SELF_TRAFFIC'],
  },
  ASSUMED_NO_PORTS_PROTOCOLS: {
    meaning: 'Protocols without ports, such as ICMP, are taken to pass rules without ports only.',
    rule: 'NetworkPolicies know TCP, UDP and SCTP. What becomes of the others is left to the plugin, so that ping proves nothing.',
    example: example('explain web pod/db', WEB, DB, DB_FROM_WEB),
    mend: 'Test with a connection to a port, not with ping.',
    see: ['OPEN_IN_PART'],
  },
  ASSUMED_SIDECAR_PORT: {
    meaning: 'Only a sidecar declares the named port; whether policies see it is left to the network plugin.',
    rule: 'A sidecar is an init container with `restartPolicy: Always`. Services find its ports by name; not all plugins do.',
    example: example(
      'can-reach web pod/db --port 9187',
      WEB,
      pod('db', {
        spec: `initContainers:
- {name: exporter, image: exporter, restartPolicy: Always, ports: [{name: metrics, containerPort: 9187}]}`,
      }),
      policy('db', 'podSelector: {matchLabels: {app: db}}\ningress:\n- ports: [{port: metrics}]'),
    ),
    mend: 'Write the number of the port in the rule.',
    see: ['NAMED_PORT_UNRESOLVED'],
  },
  ASSUMED_ENFORCING_CNI: {
    meaning: 'The network plugin is taken to enforce NetworkPolicies.',
    rule: 'The API server takes policies whether or not a plugin acts on them. Without one that does they have no effect, and no error tells.',
    example: example('explain web pod/db', WEB, DB, NOTHING_IN),
    mend: 'Nothing in the manifests: make sure that the cluster’s plugin enforces them.',
    see: ['POLICY_NOT_ENFORCED', 'DENIED_BY_INGRESS'],
  },
  CNI_BEHAVIOUR: {
    meaning: 'The network plugin that is named does otherwise than most, and the answer goes by it.',
    rule: 'Where the API leaves something open, `--cni` decides it. `{netpol} get cni NAME` shows what is known of a plugin.',
    example: example(
      'explain web pod/db --port 5432 --cni cilium',
      WEB,
      DB,
      policy('db', 'podSelector: {matchLabels: {app: db}}\ningress:\n- from: [{ipBlock: {cidr: 0.0.0.0/0}}]'),
    ),
    mend: 'Nothing, if the cluster has this plugin; a policy that is to mean the same everywhere does without what plugins differ on.',
    see: ['ASSUMED_CNI_BEHAVIOUR', 'UNDETERMINED_CNI_BEHAVIOUR'],
  },
  ASSUMED_CNI_BEHAVIOUR: {
    meaning:
      'What the network plugin that is named does here is not known, or depends: it is taken to do as most.',
    rule: '`{netpol} get cni NAME` shows what is known of a plugin, and what is not.',
    example: example(
      'explain web pod/db --port 5433 --cni cilium',
      WEB,
      DB,
      policy('db', 'podSelector: {matchLabels: {app: db}}\ningress:\n- ports: [{port: 5432, endPort: 5440}]'),
    ),
    mend: 'Try it in a cluster with that plugin, or write the policy so that it does not hang on it.',
    see: ['CNI_BEHAVIOUR'],
  },
  ASSUMED_WHAT_IF: {
    meaning: 'The answer is about objects that were changed for the question.',
    rule: '`--apply`, `--delete` and `--label` change the objects that were read, for this one answer; the files and the cluster stay as they are.',
    example: example('can-reach web pod/db --delete netpol/nothing-in', WEB, DB, NOTHING_IN),
    mend: 'Nothing: make the same change in the manifests to have it for good.',
  },
} satisfies Pages
