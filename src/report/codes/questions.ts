import { API, DB, DB_SERVICE, deployment, example, routed, TO_API, WEB } from './manifests.ts'
import type { Pages } from './page.ts'

const PODS = [WEB, DB]

/** What is wrong with a question. */
export const QUESTIONS = {
  AMBIGUOUS_NAME: {
    meaning: 'The name means more than one object.',
    example: example(
      'can-reach web api',
      WEB,
      deployment('api'),
      deployment('api').replace('Deployment', 'StatefulSet'),
    ),
    mend: 'Write one of the readings that the help lists: NAMESPACE/KIND/NAME is never ambiguous.',
    see: ['NAME_NOT_FOUND', 'BAD_NAME'],
  },
  BAD_ADDRESS: {
    meaning: 'It looks like an address or a block, and is none.',
    rule: 'Behind the bits that the prefix counts there are only zeros in a block.',
    example: example('can-reach 10.0.0.5/8 pod/db', ...PODS),
    mend: 'Write the block (`10.0.0.0/8`) or the address (`10.0.0.5`).',
    see: ['BAD_NAME', 'INVALID_VALUE'],
  },
  BAD_DOMAIN: {
    meaning: '`--cluster-domain` is no DNS domain.',
    example: example('can-reach web db:5432 --cluster-domain cluster_local', ...PODS),
    mend: 'Write it as in `cluster.local`, which is the default.',
  },
  BAD_LABEL: {
    meaning: 'What `--label` is to set is no label, or one that cannot be changed.',
    rule: 'The API server sees to it that each Namespace has its name under `kubernetes.io/metadata.name`.',
    example: example('can-reach web pod/db --label ns/default kubernetes.io/metadata.name=x', ...PODS),
    mend: 'Write KEY=VALUE to set a label and KEY- to take it away, with a key of your own.',
    see: ['ASSUMED_WHAT_IF'],
  },
  BAD_NAME: {
    meaning: 'It is no name of an object, no address and no URL.',
    example: example('can-reach web shop/pods/web/x', ...PODS),
    mend: 'Write NAME, KIND/NAME, NAMESPACE/NAME or NAMESPACE/KIND/NAME, an address, a block or `internet`; TO may be a URL.',
    see: ['NAME_NOT_FOUND', 'BAD_ADDRESS'],
  },
  BAD_OPTION: {
    meaning: 'The option is of no use with this kind.',
    example: example('get svc -l app=db', ...PODS, DB_SERVICE),
    mend: 'Leave it out, or ask for the kinds that the help names.',
  },
  BAD_OUTPUT: {
    meaning: 'The answer cannot be given in this form.',
    example: example('can-reach web pod/db -o csv', ...PODS),
    mend: 'Choose one of the forms that the help lists.',
  },
  BAD_PORT: {
    meaning: 'It is no port.',
    rule: 'A port is a number from 1 to 65535, or a name of up to 15 small letters, digits and hyphens.',
    example: example('can-reach web pod/db --port 70000', ...PODS),
    mend: 'Write it as in `8080`, `53/udp` or `http`.',
    see: ['BAD_PROTOCOL', 'PORT_GIVEN_TWICE'],
  },
  BAD_PROTOCOL: {
    meaning: 'It is not a protocol that can be asked for, or ICMP, which has no ports, with a port.',
    example: example('can-reach web pod/db --protocol gre', ...PODS),
    mend: 'Write tcp, udp, sctp or icmp. A question without a port is about all of them and what has no ports.',
    see: ['BAD_PORT', 'ASSUMED_NO_PORTS_PROTOCOLS'],
  },
  BAD_SELECTOR: {
    meaning: 'What stands behind `-l` is no label selector.',
    example: example('get pods -l app~db', ...PODS),
    mend: 'Write key=value, key!=value, key, !key or `key in (a, b)`, joined by commas.',
  },
  BAD_URL: {
    meaning: 'It is no URL, or one without a port.',
    example: example('can-reach web amqp://db', ...PODS),
    mend: 'Write it as in `http://api.shop:8080/path`; other schemes than http and https need the port.',
    see: ['BAD_PORT'],
  },
  INGRESS_IS_FOR_OUTSIDE: {
    meaning: 'An Ingress is asked from outside the cluster, not from a Pod.',
    rule: 'An Ingress is no end of a connection: its controller takes requests from outside and opens connections to the backends.',
    example: example('can-reach web ing/api', WEB, ...API, routed(TO_API)),
    mend: 'Ask from `internet` or an address, or for the Service itself.',
    see: ['SOURCE_IS_AN_INGRESS', 'ROUTE_MATCHES'],
  },
  NOT_A_POD: {
    meaning: 'A policy was asked for by what it cannot select.',
    example: example('get netpol --selecting svc/db', ...PODS, DB_SERVICE),
    mend: 'Name a Pod or a workload: policies select Pods.',
    see: ['SELECTOR_NEEDS_A_POD'],
  },
  NO_NODES: {
    meaning: 'A node is named, and there is no Node in the manifests.',
    rule: 'Nodes are known by their Node objects, or by the status of the Pods on them. The API server can be asked about in any case, as `api-server`.',
    example: example('can-reach node/master pod/db', ...PODS),
    mend: 'Add the Nodes to the input, or ask for the address of the node. If the API server is meant, write `api-server`.',
    see: ['NAME_NOT_FOUND', 'ASSUMED_API_SERVER'],
  },
  NOT_IN_MATRIX: {
    meaning: 'The end has no row of its own in the matrix.',
    rule: 'The matrix has Pods, workloads or namespaces, and the parts of the world outside that the policies tell apart.',
    example: example('matrix --from 10.0.0.7', ...PODS),
    mend: 'Ask for it with `{netpol} can-reach`.',
  },
  NO_CONTROLLER: {
    meaning: '`--ingress-controller` names something without Pods.',
    example: example(
      'can-reach internet http://shop.example.com/ --ingress-controller deploy/nginx',
      ...API,
      routed(TO_API),
      deployment('nginx', 0),
    ),
    mend: 'Name the workload or the Pods that run the controller; those that are not in the manifests by NAMESPACE/KEY=VALUE.',
    see: ['ASSUMED_INGRESS_CONTROLLER', 'WORKLOAD_HAS_NO_PODS'],
  },
  NO_NAME: {
    meaning: '`describe` needs the name of one object.',
    example: example('describe netpol', ...PODS),
    mend: 'Write it behind the kind; `{netpol} get` lists the names.',
    see: ['NAME_NOT_FOUND'],
  },
  NO_ROUTES: {
    meaning: 'A URL was asked for from outside, and nothing in the input leads from there to a Pod.',
    example: example('can-reach internet http://shop.example.com/', ...API),
    mend: 'Add the Ingress, the Gateway or the Route with `-f`, or name a Service of type NodePort or LoadBalancer.',
    see: ['NO_ROUTE', 'SERVICE_NOT_EXPOSED'],
  },
  DIFFERS_BY_SOURCE: {
    meaning: 'Where it leads depends on which source asks, so there is no one answer for all sources.',
    rule: 'Each Pod looks a name up by its own search path and its own DNS servers.',
    example: example('who-can-reach db.default:5432', ...PODS, DB_SERVICE),
    mend: 'Ask for the Service, the Pod or the address behind the name; or for one source, with `can-reach`.',
    see: ['NAME_NOT_FOUND'],
  },
  OUTSIDE_THE_CLUSTER: {
    meaning: 'Both ends are outside the cluster.',
    rule: 'NetworkPolicies decide about Pods: at least one end has to be one.',
    example: example('can-reach internet 10.0.0.7', ...PODS),
    mend: 'Name a Pod, a workload or a Service at one end. A node is one if its Node is in the input.',
    see: ['NOT_SUBJECT_TO_POLICIES'],
  },
  PORT_GIVEN_TWICE: {
    meaning: 'The port or the protocol is given twice.',
    example: example('can-reach web pod/db:5432 --port 80', ...PODS),
    mend: 'Ask for one at a time: behind TO, or with `--port`.',
    see: ['BAD_PORT'],
  },
  SOURCE_HAS_NO_PORT: {
    meaning: 'The source was given a port.',
    rule: 'Policies look at the port of the destination only. That of the source is another one each time.',
    example: example('can-reach web:80 pod/db', ...PODS),
    mend: 'Write the port behind TO, or as `--port`.',
    see: ['PORT_GIVEN_TWICE'],
  },
  SOURCE_IS_AN_INGRESS: {
    meaning: 'An Ingress opens no connections.',
    rule: 'An Ingress is a list of rules; what opens the connections is the controller that reads them.',
    example: example('can-reach ing/api pod/api', ...API, routed(TO_API)),
    mend: 'Ask from `internet` through the Ingress, or from the controller’s Pods.',
    see: ['INGRESS_IS_FOR_OUTSIDE', 'SOURCE_IS_A_SERVICE'],
  },
  SOURCE_IS_A_SERVICE: {
    meaning: 'A Service opens no connections.',
    rule: 'A Service hands on what comes to it. What opens connections are the Pods behind it.',
    example: example('can-reach svc/db pod/web', ...PODS, DB_SERVICE),
    mend: 'Ask from a Pod or a workload behind it.',
    see: ['SOURCE_IS_AN_INGRESS'],
  },
  UNKNOWN_CNI: {
    meaning: 'No network plugin that netpol knows has this name.',
    example: example('can-reach web pod/db --cni calcio', ...PODS),
    mend: 'Write one of those that `{netpol} get cni` lists; without `--cni` the answer goes by what most plugins do.',
    see: ['CNI_BEHAVIOUR'],
  },
  UNKNOWN_CODE: {
    meaning: 'There is no code of this name.',
    example: { manifests: '', command: 'codes NEAR_MISS_LABLE' },
    mend: 'Write the code that is suggested; `{netpol} codes` lists all.',
  },
} satisfies Pages
