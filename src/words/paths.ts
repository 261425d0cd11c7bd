import type { NameNotFound, NameTarget } from '../report/facts/names.ts'
import type {
  CreatedObject,
  Few,
  NearestPods,
  NoBackends,
  PathFacts,
  ServicePortUnknown,
} from '../report/facts/paths.ts'
import type { BackendFacts, RouteRuleFacts, Unmatched } from '../report/facts/routes.ts'
import type { ObjectName } from '../report/facts/what-if.ts'
import { printable } from '../source/printable.ts'
import { unmetLabelText } from './differences.ts'
import { andMore, firstFew, objectText, placeText, type Sentences } from './names.ts'
import { portText } from './ports.ts'
import { labelsText } from './rules.ts'

export const PATH_SENTENCES: Sentences<PathFacts> = {
  SELF_TRAFFIC: () => 'a Pod always reaches itself',
  NODE_TRAFFIC: ({ from, to }) =>
    `${from} and ${to} are on the same node, and a node reaches its own Pods whatever the policies`,
  NO_SHARED_IP_FAMILY: ({ from, to }) =>
    `${from} and ${to} have no IP family in common: one has only IPv4 addresses, the other only IPv6 ones`,
  POD_HAS_TERMINATED: () => 'the Pod has finished and has no network any more',
  WORKLOAD_HAS_NO_PODS: ({ workload }) => `${workload} has no Pods`,
  NAME_RESOLVES: nameText,
  NAME_NOT_FOUND: notFoundText,
  UNDETERMINED_NAME: ({ name, searched, hint }) =>
    printable(
      `\`${name}\` is not a name of the cluster, and whether ${searched}, by a search domain of the Pod, exists is unknown`,
    ) + (hint === undefined ? '' : `; ${hintText(hint)}`),
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
  SERVICE_NOT_EXPOSED: ({ service, type, internalBy }) =>
    internalBy === undefined
      ? `Service ${service} is of type ${type}, which is reached from inside the cluster only`
      : `the load balancer of Service ${service} is internal (${printable(internalBy)}): it has no address in the internet`,
  SERVICE_NOT_FOUND: ({ service }) => `there is no Service ${printable(service)}`,
  OUTSIDE_SOURCE_RANGES: facts =>
    'service' in facts
      ? `the load balancer of Service ${facts.service} lets in its loadBalancerSourceRanges only`
      : `the controller does not admit this client address to ${facts.ingress} (${facts.annotations.join(', ')})`,
  ROUTE_MATCHES: ({ rule, backends, controller }) =>
    `${routeRuleText(rule)} leads to ${backends.map(backendText).join(', ')}, by way of ${controller}`,
  ROUTE_REDIRECTS: ({ rule }) => `${routeRuleText(rule)} is a redirect`,
  NO_ROUTE: noRouteText,
  UNDETERMINED_ROUTE: facts => {
    switch (facts.kind) {
      case 'pattern': {
        const { pattern, path, source, annotation } = facts
        const text = `whether \`${printable(pattern)}\` (${placeText(source)}) matches \`${printable(path)}\``
        return annotation === undefined
          ? `${text} is up to the controller`
          : `${text} is unknown: it is a regular expression by ${annotation} that netpol cannot read`
      }
      case 'expression':
        return `whether the expression \`${printable(facts.expression)}\` (${placeText(facts.source)}) matches is up to the controller`
      case 'default-backend':
        return `${noRuleText(facts.unmatched)}, and whether the default backend of ${facts.ingress} takes it is up to the controller`
      case 'source-ranges': {
        const text = `${facts.ingress} admits only some client addresses (${facts.annotations.join(', ')})`
        return facts.isReadable
          ? `${text}, and which address its controller sees is unknown: externalTrafficPolicy: Local on the controller's Service keeps that of the client`
          : `${text}, in a form that netpol cannot read`
      }
      case 'not-evaluated':
        return `${facts.route} ${printable(facts.name)} (${placeText(facts.source)}) may serve this host, and netpol does not evaluate ${facts.route} of ${facts.group}`
    }
  },
  BACKEND_UNUSABLE: facts => {
    switch (facts.why) {
      case 'none':
        return 'the rule has no backend that gets requests'
      case 'not-granted':
        return `no ReferenceGrant of namespace ${printable(facts.namespace)} lets ${facts.routeKind}s of ${facts.routesFrom} refer to Service ${printable(facts.name)}`
      case 'no-port':
        return `no port of Service ${printable(facts.service)} leads to port ${printable(String(facts.targetPort))} of its Pods`
      case 'no-node-port': {
        const { annotation, onNodes, onPods, service, type } = facts
        return `${annotation}: ${onNodes} requires a Service of type NodePort or LoadBalancer, but Service ${service} is of type ${type} (${onPods} does not require a node port)`
      }
    }
  },
  UNDETERMINED_BACKEND: facts => {
    if ('what' in facts)
      return `the backend is ${facts.isNamed ? '' : 'a '}${printable(facts.what)}, which only its controller knows`
    const { annotation, onNodes, onPods, service, type } = facts
    return `the load balancer reaches Service ${service}, which is of type ${type}, only with ${annotation}: ${onPods}, which neither it nor the Ingress sets; the controller's default is ${onNodes} unless its configuration or IngressClass says otherwise`
  },
  UNDETERMINED_CONTROLLER: facts =>
    `${unknownControllerText(facts)}: name them with --ingress-controller NAMESPACE/LABELS`,
  UNDETERMINED_CREATED_OBJECT: createdText,
  UNDETERMINED_CONTROLLER_PORT: ({ controller, port }) =>
    `no Service in the input leads to ${controller} from outside, and whether one does on port ${port} cannot be told`,
}

function unknownControllerText(facts: PathFacts['UNDETERMINED_CONTROLLER']): string {
  if (facts.kind === 'none') return 'the Ingress has no class, so it is unknown which Pods serve it'
  if (facts.kind === 'Gateway')
    return `it is unknown which Pods serve Gateway ${facts.gateway}, which is not in the manifests`
  const { kind, className, controller } = facts
  const named = `${kind} ${printable(className)}`
  return controller === undefined
    ? `it is unknown which Pods serve ${named}, which is not in the manifests`
    : `it is unknown where the Pods of ${printable(controller)} run, the controller of ${named}`
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

function nameText({ name, as, aliases, targets, byHostsFile }: PathFacts['NAME_RESOLVES']): string {
  const meaning = targets.map(targetText).join(', ')
  if (byHostsFile) return `\`${name}\` is ${meaning}, by the Pod's own /etc/hosts`
  const full = as === undefined ? '' : `${as}: `
  const through = aliases.map(({ service, externalName }) => `ExternalName ${service} for ${externalName}: `)
  return `\`${name}\` is ${full}${through.join('')}${meaning}`
}

function targetText(target: NameTarget): string {
  switch (target.kind) {
    case 'Service':
    case 'Pod':
      return `${target.kind} ${target.id}`
    case 'Node':
      return `node ${target.id}`
    case 'API server':
      return 'the Service of the API server'
    case 'outside':
      return 'an address outside the cluster'
    case 'address':
      return target.name
  }
}

export function notFoundText(facts: NameNotFound): string {
  if (facts.why === 'alias')
    return `\`${facts.name}\` is ExternalName ${facts.service} for ${facts.externalName}, which does not resolve`
  const { name, namespace, tried, hint } = facts
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`
  const others = tried.length === 0 ? '' : ` (tried ${tried.join(', ')})`
  return `${printable(`\`${name}\` does not resolve${where}${others}`)}${hint === undefined ? '' : `; ${hintText(hint)}`}`
}

function hintText(hint: NonNullable<Extract<NameNotFound, { why: 'unknown' }>['hint']>): string {
  switch (hint.kind) {
    case 'spelling':
      return `\`${hint.name}\` would`
    case 'dns-policy':
      return `dnsPolicy ${hint.policy}${hint.hostNetwork ? ' with hostNetwork' : ''} asks the node's DNS servers, which know no names of the cluster`
    case 'node-dns':
      return 'a node asks DNS servers that know no names of the cluster'
    case 'external-name-is-address':
      return `ExternalName ${hint.service} is for the address ${hint.address}, and DNS gives no answer for one`
    case 'is-a-pod':
      return `${hint.pod} is a Pod, and a Pod has no name of its own in DNS: put a Service in front of it, or ask for \`pod/${hint.pod}\``
  }
}

function noBackendsText(facts: NoBackends): string {
  const { service } = facts
  switch (facts.why) {
    case 'no-selector':
      return `Service ${service} has no selector, and no Endpoints or EndpointSlice of namespace ${facts.namespace} gives it a ready address`
    case 'ip-family':
      return `Service ${service} is of ${facts.family} only, and no Pod behind it that is ready has such an address`
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
        ? `Service ${service} keeps to the client's node (internalTrafficPolicy: Local), and no Pod behind it is there`
        : `Service ${service} keeps to the node that was dialled (externalTrafficPolicy: Local), and no Pod behind it is on ${facts.node}`
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

function routeRuleText(rule: RouteRuleFacts): string {
  if (rule.kind === 'default-backend') return 'the default backend, as no rule matches'
  if (rule.kind === 'any') return `its rule (${placeText(rule.source)})`
  const host = rule.host === undefined ? '' : ` of ${rule.host ?? 'every host'}`
  const by = rule.annotation === undefined ? '' : `, a regular expression by ${rule.annotation}`
  return `${rule.type} ${printable(rule.path)}${host} (${placeText(rule.source)}${by})`
}

function backendText(backend: BackendFacts): string {
  if (backend === null) return 'a backend that cannot be followed'
  return `Service ${printable(backend.service)}${backend.port === undefined ? '' : `:${backend.port}`}`
}

const noRuleText = (unmatched: Unmatched): string => `no Ingress has a rule for ${unmatchedText(unmatched)}`

const unmatchedText = (unmatched: Unmatched): string =>
  unmatched.kind === 'host'
    ? `host \`${printable(unmatched.host)}\``
    : `path \`${printable(unmatched.path)}\``

function noRouteText(facts: PathFacts['NO_ROUTE']): string {
  switch (facts.kind) {
    case 'class-unknown': {
      const { className, classes, near } = facts
      const meant = near === undefined ? `the classes are: ${classes.join(', ')}` : `did you mean ${near}?`
      return `there is no IngressClass ${printable(className)}, so that no controller takes the Ingress (${meant})`
    }
    case 'no-ingress-rule': {
      const { literal } = facts
      const text = `${noRuleText(facts.unmatched)}, and none a default backend`
      return literal === undefined
        ? text
        : `${text}; \`${printable(literal)}\` is no pattern without nginx.ingress.kubernetes.io/use-regex`
    }
    case 'default-backend-of-other-hosts':
      return `${noRuleText(facts.unmatched)}, and ingress-nginx keeps the default backend of ${facts.ingress} to the hosts of its rules`
    case 'no-http-route':
      return `no route is attached to Gateway ${facts.gateway} for host \`${printable(facts.host)}\``
    case 'no-http-route-rule':
      return `no rule of ${facts.of} ${facts.route} is for a plain ${facts.of === 'GRPCRoute' ? 'call' : 'GET'} of path \`${printable(facts.path)}\``
    case 'no-openshift-route':
      return `no Route is for ${unmatchedText(facts.unmatched)}`
    case 'openshift-route-scheme':
      return facts.scheme === 'https'
        ? `Route ${facts.route} has no \`tls\`, so it is not served over HTTPS`
        : `Route ${facts.route} is not served over HTTP: its insecureEdgeTerminationPolicy does not allow it`
  }
}
