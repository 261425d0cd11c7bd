import {
  DB,
  DB_FROM_WEB,
  deployment,
  example,
  NOTHING_IN,
  NOTHING_OUT,
  pod,
  policy,
  service,
  WEB,
} from './manifests.ts'
import type { Pages } from './page.ts'

/** Why something is closed, or open in part. */
export const DENIED = {
  DENIED_BY_EGRESS: {
    meaning: 'Policies isolate the source for egress, and none of their rules opens the connection.',
    rule: 'Once a policy with egress in its policyTypes selects a Pod, only what a rule names may go out of it. The destination is not asked any more.',
    example: example('can-reach web pod/db --port 5432', WEB, DB, NOTHING_OUT),
    mend: 'Add an egress rule to a policy that selects the source, with the destination in `to` and its port in `ports`; `{netpol} explain` shows which rule comes nearest.',
    see: ['DENIED_BY_INGRESS', 'DENIED_BY_BOTH', 'DNS_BLOCKED'],
  },
  DENIED_BY_INGRESS: {
    meaning: 'Policies isolate the destination for ingress, and none of their rules opens the connection.',
    rule: 'Once a policy with ingress in its policyTypes selects a Pod, only what a rule names may come in to it.',
    example: example('can-reach web pod/db --port 5432', WEB, DB, NOTHING_IN),
    mend: 'Add an ingress rule to a policy that selects the destination, with the source in `from` and the port of the Pod in `ports`; `{netpol} explain` shows which rule comes nearest.',
    see: ['DENIED_BY_EGRESS', 'DENIED_BY_BOTH', 'NEAR_MISS_LABEL', 'SERVICE_PORT_IS_NOT_POD_PORT'],
  },
  DENIED_BY_BOTH: {
    meaning: 'Both the egress of the source and the ingress of the destination refuse the connection.',
    rule: 'Both sides have to open a connection: the egress rules of the source and the ingress rules of the destination. To open one of the two changes nothing.',
    example: example('can-reach web pod/db --port 5432', WEB, DB, NOTHING_OUT, NOTHING_IN),
    mend: 'Add a rule on each side: an egress rule for the source and an ingress rule for the destination.',
    see: ['DENIED_BY_EGRESS', 'DENIED_BY_INGRESS'],
  },
  OPEN_IN_PART: {
    meaning: 'Only some of the ports that were asked for are open.',
    rule: 'A question without a port is about every protocol and port at once.',
    example: example('can-reach web pod/db', WEB, DB, DB_FROM_WEB),
    mend: 'Nothing, if these are the ports that are meant: ask for one of them to get a yes or a no.',
    see: ['ENDPOINTS_DIFFER', 'NEAR_MISS_PORT'],
  },
  ENDPOINTS_DIFFER: {
    meaning: 'Several ends stand behind the name, and they do not answer alike.',
    rule: 'Policies select Pods by their labels, not Services or workloads by their names. A client of the Service gets through when chance leads it to one Pod, and does not when it leads to another.',
    example: example(
      'can-reach web svc/api',
      WEB,
      pod('api-1', { labels: 'app: api, track: stable' }),
      pod('api-2', { labels: 'app: api, track: canary' }),
      service('api', 'selector: {app: api}\nports: [{port: 80}]'),
      policy(
        'canary',
        `podSelector: {matchLabels: {track: canary}}
policyTypes: [Ingress]`,
      ),
    ),
    mend: 'Let the podSelector of the policy match all Pods behind the Service, or let in the client for each of them; `{netpol} explain` has the answer for each.',
    see: ['OPEN_IN_PART'],
  },
  NO_SHARED_IP_FAMILY: {
    meaning:
      'One end has only IPv4 addresses and the other only IPv6 ones, so that no connection can be made.',
    rule: 'A connection is made between two addresses of one family. Policies have no part in this.',
    example: example(
      'can-reach web pod/db --port 5432',
      pod('web', { status: '{podIP: 10.0.0.7, podIPs: [{ip: 10.0.0.7}]}' }),
      pod('db', { status: "{podIP: 'fd00::9', podIPs: [{ip: 'fd00::9'}]}" }),
    ),
    mend: 'Give one of the two both families (a dual-stack cluster), or put something that has both between them.',
  },
  POD_HAS_TERMINATED: {
    meaning: 'The Pod has finished (Succeeded or Failed) and has no network any more.',
    rule: 'The address of a Pod that has finished is given back, and another Pod may have it by now.',
    example: example('can-reach web pod/job', WEB, pod('job', { status: '{phase: Succeeded}' })),
    mend: 'Nothing to mend: ask for a Pod that runs. In a dump of a cluster it is the `status.phase` that says so.',
    see: ['WORKLOAD_HAS_NO_PODS', 'SERVICE_HAS_NO_ENDPOINTS'],
  },
  WORKLOAD_HAS_NO_PODS: {
    meaning: 'The workload makes no Pods, so there is nothing to connect.',
    example: example('can-reach web deploy/api', WEB, deployment('api', 0)),
    mend: 'Set `replicas` to one or more. A DaemonSet has Pods on the nodes that its nodeSelector matches.',
    see: ['POD_HAS_TERMINATED', 'SERVICE_HAS_NO_ENDPOINTS'],
  },
} satisfies Pages
