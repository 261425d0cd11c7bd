/*
 * Ingress controllers that run in Pods for all routes, as their own manifests, charts and operators install them. A product is
 * one entry; the comment above it says where its values are from.
 */

import { COMPONENT, type KnownController, NAME } from './known-controller.ts'
import { KNOWN_GATEWAYS } from './known-gateways.ts'
import { INGRESS_NGINX } from './known-ingress-nginx.ts'

/**
 * docs.openshift.com, Ingress Operator: router-default in openshift-ingress. Its HostNetwork strategy is not taken for
 * granted. Ingresses become Routes (enhancements/ingress/transition-ingress-from-beta-to-stable).
 */
export const OPENSHIFT_ROUTER: KnownController = {
  title: 'the OpenShift router',
  controllers: ['openshift.io/ingress-to-route'],
  classes: ['openshift-default'],
  annotations: ['route.openshift.io/', 'haproxy.router.openshift.io/'],
  // "Route-specific annotations"; images/router/haproxy/conf/haproxy-config.template: `tcp-request content reject`.
  sourceRanges: {
    allowing: ['haproxy.router.openshift.io/ip_allowlist', 'haproxy.router.openshift.io/ip_whitelist'],
    denying: [],
    isSpaced: true,
    isClosing: true,
  },
  proxies: {
    kind: 'shared',
    installations: [
      {
        namespace: 'openshift-ingress',
        labels: { 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default' },
      },
    ],
    images: ['openshift/origin-haproxy-router', 'ose-haproxy-router'],
    word: 'openshift-ingress',
    ports: [80, 443],
  },
}

const IN_PODS: readonly KnownController[] = [
  INGRESS_NGINX,
  OPENSHIFT_ROUTER,
  // docs.nginx.com/nginx-ingress-controller: chart nginx-ingress, and its manifests.
  {
    title: "F5's NGINX Ingress Controller",
    controllers: ['nginx.org/ingress-controller'],
    classes: ['nginx'],
    annotations: ['nginx.org/', 'nginx.com/'],
    // "Advanced configuration with annotations", "Policy resource": accessControl among others.
    mayLimit: ['nginx.org/policies'],
    snippets: { ofRoute: ['nginx.org/location-snippets'], ofHost: ['nginx.org/server-snippets'] },
    // "ConfigMap resources": it has no lists of clients.
    settings: {
      allowing: [],
      denying: [],
      snippets: ['http-snippets', 'server-snippets', 'location-snippets'],
    },
    proxies: {
      kind: 'shared',
      installations: [
        { namespace: 'nginx-ingress', labels: { [NAME]: 'nginx-ingress' }, isAlone: true },
        { namespace: 'nginx-ingress', labels: { app: 'nginx-ingress' }, isAlone: true },
      ],
      images: ['nginx/nginx-ingress', 'nginx-ic/nginx-plus-ingress'],
      word: 'nginx',
      ports: [80, 443],
    },
  },
  // traefik.github.io/charts; docs.k3s.io/networking/networking-services (in kube-system).
  {
    title: 'Traefik',
    controllers: ['traefik.io/ingress-controller', 'traefik.io/gateway-controller'],
    classes: ['traefik'],
    gatewayClasses: ['traefik'],
    annotations: ['traefik.ingress.kubernetes.io/'],
    // doc.traefik.io: an IPAllowList among them admits some clients alone.
    middlewares: {
      annotation: 'traefik.ingress.kubernetes.io/router.middlewares',
      provider: '@kubernetescrd',
    },
    proxies: {
      kind: 'shared',
      installations: [
        { namespace: 'traefik', labels: { [NAME]: 'traefik' }, isAlone: true },
        { namespace: 'kube-system', labels: { [NAME]: 'traefik' } },
        { namespace: 'traefik', labels: { app: 'traefik' } },
      ],
      images: ['traefik', 'mirrored-library-traefik'],
      word: 'traefik',
      ports: [8000, 8443],
    },
  },
  // charts.konghq.com: kong, and ingress with its gateway; docs.konghq.com/kubernetes-ingress-controller (all-in-one manifests).
  {
    title: 'Kong',
    controllers: ['ingress-controllers.konghq.com/kong', 'konghq.com/kic-gateway-controller'],
    classes: ['kong'],
    gatewayClasses: ['kong'],
    annotations: ['konghq.com/'],
    // docs.konghq.com/hub: ip-restriction among others.
    mayLimit: ['konghq.com/plugins'],
    mayLimitAtService: ['konghq.com/plugins'],
    proxies: {
      kind: 'shared',
      installations: [
        { namespace: 'kong', labels: { [NAME]: 'kong', [COMPONENT]: 'app' } },
        { namespace: 'kong', labels: { [NAME]: 'gateway', [COMPONENT]: 'app' }, isOnlyHere: true },
        { namespace: 'kong', labels: { app: 'proxy-kong' } },
        { namespace: 'kong', labels: { app: 'ingress-kong' } },
      ],
      images: ['kong', 'kong/kong-gateway'],
      word: 'kong',
      ports: [8000, 8443],
    },
  },
  // haproxytech.github.io/helm-charts: kubernetes-ingress; github.com/haproxytech/kubernetes-ingress/deploy.
  {
    title: 'HAProxy Kubernetes Ingress Controller',
    controllers: ['haproxy.org/ingress-controller'],
    classes: ['haproxy'],
    annotations: ['haproxy.org/'],
    // documentation/annotations.md: allow-list, deny-list, and what they were called until 1.11.
    sourceRanges: {
      allowing: ['haproxy.org/allow-list', 'haproxy.org/whitelist'],
      denying: ['haproxy.org/deny-list', 'haproxy.org/blacklist'],
    },
    settings: {
      allowing: ['allow-list', 'whitelist'],
      denying: ['deny-list', 'blacklist'],
      snippets: ['frontend-config-snippet', 'backend-config-snippet'],
    },
    snippets: { ofRoute: ['haproxy.org/backend-config-snippet'] },
    proxies: {
      kind: 'shared',
      installations: [
        { namespace: 'haproxy-controller', labels: { [NAME]: 'kubernetes-ingress' }, isAlone: true },
        { namespace: 'haproxy-controller', labels: { run: 'haproxy-ingress' }, isOnlyHere: true },
      ],
      images: ['haproxytech/kubernetes-ingress'],
      word: 'haproxy',
      ports: [8080, 8443],
    },
  },
  // haproxy-ingress.github.io/charts, and its manifests.
  {
    title: 'HAProxy Ingress',
    controllers: ['haproxy-ingress.github.io/controller'],
    classes: ['haproxy'],
    annotations: ['haproxy-ingress.github.io/'],
    // Configuration keys: allowlist, auth-external; `ingress.kubernetes.io/` is a prefix of its annotations as well.
    authorization: ['haproxy-ingress.github.io/auth-url', 'ingress.kubernetes.io/auth-url'],
    sourceRanges: {
      allowing: [
        'haproxy-ingress.github.io/allowlist-source-range',
        'haproxy-ingress.github.io/whitelist-source-range',
        'ingress.kubernetes.io/allowlist-source-range',
        'ingress.kubernetes.io/whitelist-source-range',
      ],
      denying: [
        'haproxy-ingress.github.io/denylist-source-range',
        'ingress.kubernetes.io/denylist-source-range',
      ],
    },
    settings: {
      allowing: ['allowlist-source-range', 'whitelist-source-range'],
      denying: ['denylist-source-range'],
      snippets: ['config-backend', 'config-frontend', 'config-frontend-early', 'config-frontend-late'],
    },
    snippets: {
      ofRoute: ['haproxy-ingress.github.io/config-backend', 'ingress.kubernetes.io/config-backend'],
    },
    proxies: {
      kind: 'shared',
      installations: [
        { namespace: 'ingress-controller', labels: { [NAME]: 'haproxy-ingress' } },
        { namespace: 'ingress-controller', labels: { run: 'haproxy-ingress' } },
      ],
      images: ['jcmoraisjr/haproxy-ingress'],
      word: 'haproxy',
      ports: [80, 443],
    },
  },
  // projectcontour.io/quickstart/contour.yaml; charts.bitnami.com contour, whose controller is projectcontour.io/NAMESPACE/NAME.
  // With a provisioner the Pods have GATEWAY_NAME, by which they are found first.
  {
    title: 'Contour',
    controllers: ['projectcontour.io'],
    classes: ['contour'],
    gatewayClasses: ['contour'],
    annotations: ['projectcontour.io/'],
    proxies: {
      kind: 'shared',
      installations: [
        { namespace: 'projectcontour', labels: { app: 'envoy' }, isOnlyHere: true },
        { namespace: 'projectcontour', labels: { [NAME]: 'contour', [COMPONENT]: 'envoy' } },
      ],
      images: [],
      word: 'contour',
      ports: [8080, 8443],
    },
  },
  // istio.io/latest/docs/tasks/traffic-management/ingress; istio-release.storage.googleapis.com/charts gateway.
  {
    title: "Istio's ingress gateway",
    controllers: ['istio.io/ingress-controller'],
    classes: ['istio'],
    proxies: {
      kind: 'shared',
      installations: [
        { namespace: 'istio-system', labels: { istio: 'ingressgateway' } },
        { namespace: 'istio-ingress', labels: { istio: 'ingress' } },
        { namespace: 'istio-ingress', labels: { istio: 'ingressgateway' } },
      ],
      images: [],
      word: 'istio-ingress',
      ports: [8080, 8443],
    },
  },
  // emissary-ingress.dev: chart emissary-ingress.
  {
    title: 'Emissary-ingress',
    controllers: ['getambassador.io/ingress-controller'],
    classes: ['ambassador'],
    annotations: ['getambassador.io/'],
    proxies: {
      kind: 'shared',
      installations: [
        { namespace: 'emissary', labels: { [NAME]: 'emissary-ingress' } },
        { namespace: 'ambassador', labels: { [NAME]: 'ambassador' } },
      ],
      images: ['emissary-ingress/emissary', 'datawire/emissary', 'datawire/ambassador'],
      word: 'emissary',
      ports: [8080, 8443],
    },
  },
  // apisix.apache.org: charts.apiseven.com apisix, whose data plane is `apisix`.
  {
    title: 'Apache APISIX',
    controllers: ['apisix.apache.org/apisix-ingress', 'apisix.apache.org/apisix-ingress-controller'],
    classes: ['apisix'],
    gatewayClasses: ['apisix'],
    annotations: ['k8s.apisix.apache.org/'],
    // "Annotations": allowlist and blocklist, and the plugins of an ApisixPluginConfig.
    sourceRanges: {
      allowing: ['k8s.apisix.apache.org/allowlist-source-range'],
      denying: ['k8s.apisix.apache.org/blocklist-source-range'],
    },
    mayLimit: ['k8s.apisix.apache.org/plugin-config-name'],
    authorization: ['k8s.apisix.apache.org/auth-uri'],
    proxies: {
      kind: 'shared',
      installations: [{ namespace: 'ingress-apisix', labels: { [NAME]: 'apisix' } }],
      images: ['apache/apisix'],
      word: 'apisix',
      ports: [9080, 9443],
    },
  },
  // pomerium.com/docs/deploy/k8s.
  {
    title: 'Pomerium',
    controllers: ['pomerium.io/ingress-controller'],
    classes: ['pomerium'],
    annotations: ['ingress.pomerium.io/'],
    proxies: {
      kind: 'shared',
      installations: [{ namespace: 'pomerium', labels: { [NAME]: 'pomerium' } }],
      images: ['pomerium/ingress-controller'],
      word: 'pomerium',
      ports: [8080, 8443],
    },
  },
]

/** In the order in which they are asked for; of those with a class of the same name, the first is taken. */
export const KNOWN: readonly KnownController[] = [...IN_PODS, ...KNOWN_GATEWAYS]
