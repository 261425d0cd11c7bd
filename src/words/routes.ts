import type {
  BackendFacts,
  NoRouteFacts,
  RefusedRoute,
  RouteFacts,
  RouteRuleFacts,
  UnknownController,
  Unmatched,
} from '../report/facts/routes.ts'
import { printable } from '../source/printable.ts'
import { placeText, type Sentences } from './lists.ts'

export const ROUTE_SENTENCES: Sentences<RouteFacts> = {
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
      case 'limit':
        return `whether ${printable(facts.route)} admits this client depends on ${printable(facts.by.join(', '))}, which ${facts.isMissing ? 'is not in the manifests' : 'netpol does not read'}`
      case 'credentials':
        return `${printable(facts.route)} admits only some client addresses (${printable(facts.by.join(', '))}), but a client with credentials as well (${printable(facts.unless)})`
      case 'settings':
        return `${printable(facts.by.join(', '))} may not admit this client to ${facts.route}, and it is unknown whether its controller uses the ConfigMap: its Pods name one with --configmap`
      case 'template':
        return `${facts.route} ${printable(facts.name)} (${placeText(facts.source)}) may serve this request: \`${printable(facts.placeholder)}\` has to be substituted first`
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
    if (facts.why === 'not-granted')
      return `whether a ReferenceGrant of namespace ${printable(facts.namespace)} allows ${facts.routeKind}s of ${facts.routesFrom} to refer to Service ${printable(facts.name)} is unknown: \`${printable(facts.placeholder)}\` has to be substituted first`
    const { annotation, onNodes, onPods, service, type } = facts
    return `the load balancer reaches Service ${service}, which is of type ${type}, only with ${annotation}: ${onPods}, which neither it nor the Ingress sets; the controller's default is ${onNodes} unless its configuration or IngressClass says otherwise`
  },
  UNDETERMINED_CONTROLLER: facts =>
    `${unknownControllerText(facts)}: name them with --ingress-controller NAMESPACE/LABELS`,
  UNDETERMINED_CONTROLLER_PORT: ({ controller, port }) =>
    `no Service in the input leads to ${controller} from outside, and whether one does on port ${port} is unknown`,
}

function unknownControllerText(facts: UnknownController): string {
  if (facts.kind === 'none') return 'the Ingress has no class, so it is unknown which Pods serve it'
  if (facts.kind === 'Gateway')
    return `it is unknown which Pods serve Gateway ${facts.gateway}, which is not in the manifests`
  const { kind, className, controller } = facts
  const named = `${kind} ${printable(className)}`
  return controller === undefined
    ? `it is unknown which Pods serve ${named}, which is not in the manifests`
    : `it is unknown where the Pods of ${printable(controller)} run, the controller of ${named}`
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

const refusedText = (refused: RefusedRoute): string =>
  'listener' in refused
    ? `listener ${printable(refused.listener)} does not let in ${printable(refused.route)}, by its allowedRoutes or its protocol`
    : `its allowedListeners do not allow ListenerSet ${printable(refused.listenerSet)}, which ${printable(refused.route)} asks for (they allow none unless they say so)`

function noRouteText(facts: NoRouteFacts): string {
  switch (facts.kind) {
    case 'class-unknown': {
      const { className, classes, near } = facts
      const meant = near === undefined ? `the classes are: ${classes.join(', ')}` : `did you mean ${near}?`
      return `there is no IngressClass ${printable(className)}, so that no controller takes the Ingress (${meant})`
    }
    case 'not-listening':
      return `the load balancer of ${printable(facts.ingress)} does not listen on port ${facts.port}, but on ${facts.ports.join(', ')} (${printable(facts.by)})`
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
      return `no route is attached to Gateway ${facts.gateway} for host \`${printable(facts.host)}\`${facts.refused === undefined ? '' : `: ${refusedText(facts.refused)}`}`
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
