import { API, example, gateway, httpRoute, pod, routed, service, TO_API } from './manifests.ts'
import type { Pages } from './page.ts'

const FRONT = gateway('front', 'gatewayClassName: any\nlisteners: [{name: http, port: 80, protocol: HTTP}]')

/** HTTP by way of an Ingress or the Gateway API. */
export const ROUTES = {
  ROUTE_MATCHES: {
    meaning: 'An Ingress or a route has a rule for the request.',
    rule: 'The controller takes the request, finds the rule by host and path, and opens a connection of its own to the backend. It is the controller’s Pods that the policies of the backend have to let in.',
    example: example('explain internet http://shop.example.com/', ...API, routed(TO_API)),
    mend: 'Nothing: this is a step of the way.',
    see: ['NO_ROUTE', 'ASSUMED_INGRESS_CONTROLLER'],
  },
  ROUTE_REDIRECTS: {
    meaning: 'The route answers the request by itself, with a redirect.',
    rule: 'A rule of an HTTPRoute with a RequestRedirect sends the client elsewhere, as does a Route of OpenShift with insecureEdgeTerminationPolicy: Redirect; no backend takes part.',
    example: example(
      'can-reach internet http://shop.example.com/',
      FRONT,
      httpRoute(
        'to-https',
        'parentRefs: [{name: front}]\nrules:\n- filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]',
      ),
    ),
    mend: 'Nothing, if the redirect is meant: ask for the address that it leads to.',
    see: ['ROUTE_MATCHES'],
  },
  NO_ROUTE: {
    meaning: 'No Ingress or route has a rule for the request, and there is no default backend.',
    rule: 'Host and path have to match: `Prefix` matches whole parts of the path (/api and /api/v1, not /apis), `Exact` the path as it is. A load balancer that does not listen on the port has no rule for it either.',
    example: example(
      'can-reach internet http://shop.example.com/other',
      ...API,
      routed(TO_API, { path: '/api' }),
    ),
    mend: 'Add the path or the host to a rule, or give the Ingress a `defaultBackend`.',
    see: ['ROUTE_MATCHES', 'UNDETERMINED_ROUTE'],
  },
  SERVICE_NOT_FOUND: {
    meaning: 'A route leads to a Service that is not there.',
    rule: 'The backend of an Ingress is a Service of the namespace of the Ingress.',
    example: example(
      'can-reach internet http://shop.example.com/',
      ...API,
      routed('service: {name: apis, port: {number: 80}}'),
    ),
    mend: 'Write the name of a Service of the same namespace, or add the Service to the input.',
    see: ['BACKEND_UNUSABLE', 'SERVICE_HAS_NO_ENDPOINTS'],
  },
  BACKEND_UNUSABLE: {
    meaning: 'The backend of a route is no Service that it may refer to.',
    rule: 'A route of the Gateway API may lead to a Service of another namespace only where a ReferenceGrant there allows routes of its kind. A Route of OpenShift names a port of the Pods, which a port of the Service has to lead to. A load balancer of AWS with target type `instance` dials ports of nodes: the Service has to be of type NodePort or LoadBalancer.',
    example: example(
      'can-reach internet http://shop.example.com/',
      pod('data/api'),
      service('data/api', 'selector: {app: api}\nports: [{port: 80}]'),
      FRONT,
      httpRoute(
        'api',
        'parentRefs: [{name: front}]\nrules:\n- backendRefs: [{name: api, namespace: data, port: 80}]',
      ),
    ),
    mend: 'Add a ReferenceGrant in the namespace of the Service, for routes of this kind and namespace.',
    see: ['SERVICE_NOT_FOUND', 'UNDETERMINED_BACKEND'],
  },
  INGRESS_CLASS_UNKNOWN: {
    meaning: 'It is not sure that a controller takes care of the Ingress.',
    rule: 'A controller takes the Ingresses of its class. One without a class is taken where an IngressClass is marked as the default.',
    example: example(
      'can-reach internet http://shop.example.com/',
      ...API,
      routed(TO_API, { className: '' }),
    ),
    mend: 'Write `ingressClassName`, and add the IngressClass to the input.',
    see: ['ASSUMED_INGRESS_CONTROLLER', 'NO_ROUTE'],
  },
} satisfies Pages
