import {
  API,
  DB,
  DB_SERVICE,
  deployment,
  example,
  ingress,
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

const FROM_TENS = policy(
  'db',
  'podSelector: {matchLabels: {app: db}}\ningress:\n- from: [{ipBlock: {cidr: 10.0.0.0/16}}]',
)

const HELM_RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: search}
spec:
  chart: {spec: {chart: opensearch, sourceRef: {kind: HelmRepository, name: search}}}
`

/** What the input does not tell. With `--strict` the exit code is 3. */
export const UNDETERMINED = {
  UNDETERMINED_CNI_BEHAVIOUR: {
    meaning: 'The network plugin may decide otherwise, in a way that is not evaluated or not known.',
    rule: 'Calico usually drops what a Pod sends to itself through a Service, where its policies do not open it. NetworkPolicy does not define what becomes of ICMP (ping) where policies isolate a Pod: most plugins drop it unless a rule without ports matches. Cilium lets no ipBlock match a node, so that it depends on whether the API server, or who called a Service from outside, counts as one. kube-proxy holds Pods that dial a load balancer to its `loadBalancerSourceRanges`, and Cilium does not. With `externalTrafficPolicy: Local`, what Pods send to a port of a node without a backend may get to backends on other nodes: kube-proxy does so in its iptables mode.',
    example: example('explain pod/db svc/db --port 5432 --cni calico', DB, DB_SERVICE, NOTHING_IN),
    mend: 'Open it by a rule, so that it does not hang on the plugin.',
    see: ['CNI_BEHAVIOUR', 'ASSUMED_SELF_THROUGH_SERVICE'],
  },
  UNDETERMINED_ADDRESS: {
    meaning: 'A block decides, and the address of the Pod is not in the manifests.',
    rule: 'A Pod gets its address when it starts. Manifests written by hand do not have it.',
    example: example('can-reach web pod/db', WEB, DB, FROM_TENS),
    mend: 'Ask of a dump of the cluster, where the Pods have addresses, or let the Pod in by a selector instead of a block.',
    see: ['ASSUMED_POD_IP', 'NEAR_MISS_CIDR'],
  },
  UNDETERMINED_LABEL: {
    meaning: 'A selector asks for a label whose value only a running cluster knows.',
    rule: 'Controllers give labels of their own to the Pods that they make, such as the `pod-template-hash` of a Deployment.',
    example: example(
      'can-reach web deploy/api',
      WEB,
      deployment('api'),
      policy('api', "podSelector: {matchLabels: {pod-template-hash: '5d4f8c7b9'}}"),
    ),
    mend: 'Select by labels of the template, which do not change with each version.',
    see: ['NEAR_MISS_LABEL', 'NEAR_MISS_SUBJECT_LABEL'],
  },
  UNDETERMINED_NODE: {
    meaning: 'It depends on which node a Pod runs, and the manifests do not say.',
    rule: 'A node is let in to its own Pods whatever the policies say; to those of other nodes it is an address like any other.',
    example: example('can-reach node/n1 pod/db', node('n1', '192.168.0.1'), DB, NOTHING_IN),
    mend: 'Ask of a dump of the cluster, where each Pod has its `nodeName`, or let the addresses of the nodes in with an ipBlock.',
    see: ['NODE_TRAFFIC', 'UNDETERMINED_HOST_NETWORK'],
  },
  UNDETERMINED_BACKEND: {
    meaning:
      'A route leads to something that only its controller knows, or in a way that only its controller knows.',
    rule: 'The backend of an Ingress may be a `resource`, an object of any kind, in place of a Service. A load balancer of AWS dials ports of nodes, which a ClusterIP Service does not have, unless the target type is `ip`. A ReferenceGrant in which something has to be substituted first may or may not be for the route.',
    example: example(
      'can-reach internet http://shop.example.com/',
      ingress(
        'files',
        `ingressClassName: nginx
defaultBackend:
  resource: {apiGroup: example.com, kind: Bucket, name: files}`,
      ),
    ),
    mend: 'Render templates first. netpol cannot evaluate a backend of another kind: NetworkPolicies apply only to Pods.',
    see: ['BACKEND_UNUSABLE', 'UNDETERMINED_ROUTE'],
  },
  UNDETERMINED_ROUTE: {
    meaning: 'Whether a rule matches, or admits the client, is up to the controller.',
    rule: 'Each controller decides how ImplementationSpecific paths match; for ingress-nginx, the annotations use-regex and rewrite-target make regular expressions of the paths of a host, which are evaluated. Routes of other projects, such as IngressRoute, VirtualService and HTTPProxy, are not evaluated: an answer about one of their hosts names them, and so does one about a host that a template may have once it is filled in. Where annotations of an Ingress, or the ConfigMap of its controller, admit only some client addresses, it matters which address the controller sees; and where no argument of its Pods names that ConfigMap, whether it is its own. Firewalls and plugins that annotations, filters or other objects attach to a route, its Gateway or a Service, such as Cloud Armor by a BackendConfig, are not evaluated, and neither are the annotations by which the load balancer of a Service limits its clients: they may keep clients out.',
    example: example(
      'can-reach internet http://shop.example.com/api/v1',
      ...API,
      routed(TO_API, {
        path: "'/api(/|$)(.*)'",
        pathType: 'ImplementationSpecific',
        className: 'traefik',
      }),
    ),
    mend: 'Use `pathType: Prefix` or `Exact`, or ask for the Service behind the route.',
    see: ['NO_ROUTE', 'INGRESS_CLASS_UNKNOWN'],
  },
  UNDETERMINED_CONTROLLER: {
    meaning:
      'It is unknown which Pods serve the Ingress or the Gateway, and the policies of the backend depend on it.',
    rule: 'Requests reach a backend from the Pods of the controller. These are known from the controller of the IngressClass, the usual names of classes, and the labels and images of Pods.',
    example: example(
      'can-reach internet http://shop.example.com/',
      ...API,
      routed(TO_API, { className: 'acme' }),
      policy(
        'api',
        'podSelector: {matchLabels: {app: api}}\ningress:\n- from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: acme}}}]',
      ),
    ),
    mend: 'Name the Pods: `--ingress-controller edge/app=router`, whether or not they are in the manifests. Or add them and the IngressClass with `-f`.',
    see: ['ASSUMED_INGRESS_CONTROLLER', 'INGRESS_CLASS_UNKNOWN'],
  },
  UNDETERMINED_CONTROLLER_PORT: {
    meaning: 'The input does not tell whether the ingress controller is reached on this port from outside.',
    rule: 'A controller is reached from outside through a Service of its own. Without it only 80 and 443 are taken for granted.',
    example: example('can-reach internet http://shop.example.com:8080/', ...API, routed(TO_API)),
    mend: 'Add the Service of the controller to the input.',
    see: ['ASSUMED_INGRESS_CONTROLLER', 'SERVICE_PORT_UNKNOWN'],
  },
  UNDETERMINED_DNS: {
    meaning: 'Whether the client reaches the DNS server is unknown.',
    rule: 'The question to the DNS Pods is a connection like any other; here it depends on data that the manifests do not have.',
    example: example(
      'can-reach web db:5432',
      WEB,
      DB,
      DB_SERVICE,
      policy(
        'web',
        `podSelector: {matchLabels: {app: web}}
policyTypes: [Egress]
egress:
- to: [{podSelector: {matchLabels: {app: db}}}]
- to: [{ipBlock: {cidr: 10.0.0.0/8}}]
  ports: [{port: 53, protocol: UDP}, {port: 53}]`,
      ),
    ),
    mend: 'Open DNS by the labels of the DNS Pods, whose addresses change, or add the Pods of kube-system with their addresses to the input.',
    see: ['DNS_BLOCKED', 'UNDETERMINED_ADDRESS', 'ASSUMED_CLUSTER_DNS'],
  },
  UNDETERMINED_HOST_NETWORK: {
    meaning: 'A Pod that uses its node’s network is judged as the node, whose address is not known.',
    rule: 'Such a Pod has no address of its own, so that only an ipBlock with the address of its node can mean it, and its node is always let in to its own Pods.',
    example: example(
      'can-reach agent pod/db',
      pod('agent', { spec: 'hostNetwork: true' }),
      pod('db', { spec: 'nodeName: n1' }),
      FROM_TENS,
    ),
    mend: 'Add the Nodes with their addresses to the input, and the `nodeName` of the Pods.',
    see: ['ASSUMED_HOST_NETWORK', 'UNDETERMINED_NODE'],
  },
  UNDETERMINED_HOST_PORT: {
    meaning: 'A port of a node may lead to a Pod, or a node may replace the address of its client.',
    rule: 'A `hostPort` is on the node that the Pod runs on. A client Pod on another node arrives with its own address or with that of its node, depending on the network plugin.',
    example: example(
      'can-reach internet node/n1:80',
      node('n1', '192.168.0.1'),
      pod('edge', { container: 'ports: [{containerPort: 8080, hostPort: 80}]' }),
      NOTHING_IN,
    ),
    mend: 'Ask of a dump of the cluster, where each Pod has its `nodeName`, or ask for the Pod itself.',
    see: ['HOST_PORT_FORWARDS', 'ASSUMED_HOST_PORT', 'UNDETERMINED_NODE'],
  },
  UNDETERMINED_INVALID_INPUT: {
    meaning:
      'Objects that a cluster would refuse were left out (--skip-invalid), and the answer may be another with them.',
    rule: 'The API server creates no object that it refuses, and the policy that was meant is then missing.',
    example: example(
      'can-reach web pod/db --skip-invalid',
      WEB,
      DB,
      policy('db', 'podSelector: {matchLabels: {app: db}}\npolicyType: [Ingress]'),
    ),
    mend: 'Mend the objects that are listed as left out.',
    see: ['UNKNOWN_FIELD', 'INVALID_VALUE'],
  },
  UNDETERMINED_NOT_RENDERED: {
    meaning:
      'A kustomization changes the objects of the answer, and `-f` reads them as they are in the files.',
    rule: 'kustomize gives objects another namespace, other labels and names, and patches policies. Files that a kustomization names as patches are no objects of their own.',
    example: {
      ...example('can-reach pod/web pod/db --port 80', WEB, DB, NOTHING_IN),
      overlay: 'resources: [../manifests.yaml]\npatches: [{path: open.yaml}]\n',
    },
    mend: 'Ask about the overlay itself: `-k overlays/prod`.',
    see: ['UNDETERMINED_INVALID_INPUT'],
  },
  UNDETERMINED_DNS_SERVER: {
    meaning:
      'The manifests do not show which DNS servers the Pod asks, and policies allow only some of them.',
    rule: 'With NodeLocal DNSCache a process on the node answers, at 169.254.20.10: no podSelector matches it, only an ipBlock. OpenShift has its DNS Pods in openshift-dns, on port 5353.',
    example: example(
      'can-reach web https://www.example.com',
      WEB,
      policy(
        'web',
        `podSelector: {matchLabels: {app: web}}
policyTypes: [Egress]
egress:
- to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}}]
  ports: [{port: 5353, protocol: UDP}, {port: 5353}]
- to: [{ipBlock: {cidr: 0.0.0.0/0}}]
  ports: [{port: 443}]`,
      ),
    ),
    mend: 'Allow DNS to each of the servers, or say with `--dns` which one the Pods ask.',
    see: ['ASSUMED_CLUSTER_DNS', 'UNDETERMINED_DNS', 'DNS_BLOCKED'],
  },
  UNDETERMINED_NAME: {
    meaning:
      'The cluster does not know the name, but a search domain of the Pod makes a name of it that may exist.',
    rule: 'A Pod asks for a name with each of its search domains in turn. `dnsConfig.searches` adds domains that servers outside the cluster answer for.',
    example: example(
      'can-reach web database:5432',
      pod('web', { spec: 'dnsConfig: {searches: [corp.example.com]}' }),
      DB,
      service('databases', 'selector: {app: db}\nports: [{port: 5432}]'),
    ),
    mend: 'Ask for the full name (`database.corp.example.com`), or for the Service that is meant.',
    see: ['NAME_NOT_FOUND', 'ASSUMED_OUTSIDE_NAME'],
  },
  UNDETERMINED_CREATED_OBJECT: {
    meaning: 'The manifests do not have it, but an object among them makes a controller create it, or may.',
    rule: 'Operators create Pods and Services for objects of their own kinds, and Flux, Argo CD and others install whole charts and folders. A cluster has what they create; manifests do not.',
    example: example(
      'can-reach pod/web svc/search',
      WEB,
      service('search', 'selector: {app: search}\nports: [{port: 9200}]'),
      HELM_RELEASE,
    ),
    mend: 'Render what is missing and read it too (`--helm`, `-k`), or ask of a dump of the cluster.',
    see: ['SERVICE_HAS_NO_ENDPOINTS', 'NAME_NOT_FOUND', 'UNDETERMINED_CREATED_POLICY'],
  },
  UNDETERMINED_CREATED_POLICY: {
    meaning: 'An object makes a controller create policies, or may, and the manifests do not have them.',
    rule: 'Kyverno generates NetworkPolicies for namespaces; charts and folders that Flux or Argo CD install may have some. They add to the policies that are read: what these allow may be blocked, or the reverse.',
    example: example('can-reach web pod/db', WEB, DB, HELM_RELEASE),
    mend: 'Render what is missing and read it too (`--helm`, `-k`), or ask of a dump of the cluster.',
    see: ['UNDETERMINED_CREATED_OBJECT', 'UNDETERMINED_UNMODELLED_POLICY'],
  },
  UNDETERMINED_UNMODELLED_POLICY: {
    meaning: 'There are policies of a kind that is not evaluated; they may decide otherwise.',
    rule: 'Network plugins and service meshes have policies of their own, which are asked before or after NetworkPolicies.',
    example: example(
      'can-reach web pod/db',
      WEB,
      DB,
      `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: db}
spec:
  endpointSelector: {matchLabels: {app: db}}
  ingress: [{fromEndpoints: [{matchLabels: {app: web}}]}]
`,
    ),
    mend: 'Read those policies beside the answer; what they say of these two ends is not in it.',
    see: ['UNDETERMINED_INVALID_INPUT'],
  },
} satisfies Pages
