import type {
  CreatedObject,
  Few,
  NearestPods,
  NoBackends,
  PathFacts,
  ServicePortUnknown,
} from '../report/facts/paths.ts'
import type { ObjectName } from '../report/facts/what-if.ts'
import { printable } from '../source/printable.ts'
import { unmetLabelText } from './differences.ts'
import { andMore, firstFew, objectText, type Sentences } from './lists.ts'
import { NAME_SENTENCES } from './names.ts'
import { portText } from './ports.ts'
import { ROUTE_SENTENCES } from './routes.ts'
import { labelsText } from './rules.ts'

export const PATH_SENTENCES: Sentences<PathFacts> = {
  ...NAME_SENTENCES,
  ...ROUTE_SENTENCES,
  SELF_TRAFFIC: () => 'a Pod always reaches itself',
  NODE_TRAFFIC: ({ from, to }) =>
    `${from} and ${to} are on the same node, and a node reaches its own Pods whatever the policies`,
  NO_SHARED_IP_FAMILY: ({ from, to }) =>
    `${from} and ${to} have no IP family in common: one has only IPv4 addresses, the other only IPv6 ones`,
  POD_HAS_TERMINATED: () => 'the Pod has finished and has no network any more',
  WORKLOAD_HAS_NO_PODS: ({ workload }) => `${workload} has no Pods`,
  SERVICE_FORWARDS: ({ headless, targets, of }) => {
    const shown = targets.map(({ id, port, servicePort }) =>
      port === servicePort ? `${id}:${port}` : `${id}:${port} (for ${servicePort})`,
    )
    return `${headless ? 'the name stands for' : 'forwards to'} ${andMore(shown, of - targets.length)}`
  },
  HOST_PORT_FORWARDS: ({ node, hostPort, pod, port }) =>
    `${portText(hostPort)} of node ${node} is a hostPort of ${pod} and leads to its port ${port}`,
  SERVICE_HAS_NO_ENDPOINTS: noBackendsText,
  SERVICE_PORT_UNKNOWN: portUnknownText,
  SERVICE_NOT_EXPOSED: facts => {
    if ('route' in facts) return internalText(facts.route, facts.internalBy)
    const { service, type, internalBy } = facts
    return internalBy === undefined
      ? `Service ${service} is of type ${type}, which is reached from inside the cluster only`
      : internalText(`Service ${service}`, internalBy)
  },
  SERVICE_NOT_FOUND: ({ service }) => `there is no Service ${printable(service)}`,
  OUTSIDE_SOURCE_RANGES: facts =>
    'service' in facts
      ? `the load balancer of Service ${facts.service} lets in its loadBalancerSourceRanges only`
      : `the controller does not admit this client address to ${facts.ingress} (${facts.annotations.join(', ')})`,
  UNDETERMINED_CREATED_OBJECT: createdText,
}

function createdText(facts: CreatedObject): string {
  const by = creatorsText(facts.by)
  switch (facts.what) {
    case 'Pod of a Service':
      return `no Pod in the manifests matches the selector of Service ${facts.service} (${labelsText(facts.selector)}), but ${by} may create one`
    case 'name':
      return `\`${facts.name}\` is not in the manifests, but ${by} may create it`
  }
}

/** The first few objects that create others. */
export const creatorsText = (by: readonly ObjectName[]): string => printable(firstFew(by.map(objectText), 3))

const internalText = (of: string, by: string): string =>
  `the load balancer of ${of} is internal (${printable(by)}): it has no address in the internet`

function noBackendsText(facts: NoBackends): string {
  const { service } = facts
  switch (facts.why) {
    case 'no-selector':
      return `Service ${service} has no selector, and no Endpoints or EndpointSlice of namespace ${facts.namespace} gives it a ready address`
    case 'ip-family':
      return `Service ${service} is ${facts.isDialed ? `dialed by its ${facts.family} address` : `of ${facts.family} only`}, and none of its ready Pods has such an address`
    case 'not-ready':
      return `no Pod behind Service ${service} is ready: ${fewOfMany(facts.pods)} ${facts.pods.of === 1 ? 'is' : 'are'} not`
    case 'finished':
      return `the Pods that Service ${service} chooses have finished: ${fewOfMany(facts.pods)}`
    case 'selector': {
      const nothing = `the selector of Service ${service} (${labelsText(facts.selector)}) matches no Pod of namespace ${facts.namespace}`
      return facts.nearest === undefined ? nothing : `${nothing}; ${nearestText(facts.nearest)}`
    }
    case 'not-on-node':
      return facts.node === undefined
        ? `Service ${service} forwards only to Pods on the client's node (internalTrafficPolicy: Local), and none of its Pods is there`
        : `Service ${service} forwards only to Pods on the node that was dialed (externalTrafficPolicy: Local), and none of its Pods is on ${facts.node}${facts.nodesOfPods === undefined ? '' : `, but on ${firstFew(facts.nodesOfPods)}`}`
  }
}

const fewOfMany = ({ ids, of }: Few): string => andMore(ids, of - ids.length)

function nearestText(facts: NearestPods): string {
  switch (facts.kind) {
    case 'here': {
      const others = facts.of > 1 ? ` (and ${facts.of - 1} more)` : ''
      return `nearest is ${facts.pod}${others}, which ${facts.labels.map(unmetLabelText).join(' and ')}`
    }
    case 'elsewhere':
      return `${fewOfMany(facts.pods)} would match, but a Service chooses Pods of its own namespace only`
    case 'no-pods':
      return 'that namespace has no Pods in the input'
  }
}

function portUnknownText({ service, asked, has, leading }: ServicePortUnknown): string {
  if (asked?.protocol === 'ICMP')
    return `Service ${service} forwards its ports only, and ICMP has none: ping one of its Pods instead`
  const listed = has.map(portText).join(', ')
  const instead =
    leading === undefined ? '' : `: ${leading.targetPort} is the port of the Pods behind ${leading.port}`
  return `Service ${service} has no port ${portText(asked)}; it has ${listed || 'none'}${instead}`
}
