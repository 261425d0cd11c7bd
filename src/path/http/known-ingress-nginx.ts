import { COMPONENT, INSTANCE, type KnownController, NAME } from './known-controller.ts'

/*
 * ingress-nginx, whose annotations netpol reads: ingress-nginx.ts and ingress-paths.ts.
 */

/**
 * kubernetes.github.io/ingress-nginx (chart and static manifests); docs.rke2.io/networking/networking_services (RKE2);
 * microk8s.io/docs/addon-ingress; charts.bitnami.com nginx-ingress-controller; charts.helm.sh/stable nginx-ingress (until 2020);
 * github.com/Azure/aks-app-routing-operator (pkg/manifests).
 */
export const INGRESS_NGINX: KnownController = {
  title: 'ingress-nginx',
  controllers: ['k8s.io/ingress-nginx', 'webapprouting.kubernetes.azure.com/nginx'],
  classes: ['nginx', 'ingress-nginx', 'webapprouting.kubernetes.azure.com'],
  annotations: ['nginx.ingress.kubernetes.io/'],
  // docs/user-guide/nginx-configuration/annotations.
  hasCanaries: true,
  hasAliases: true,
  hasExpressions: true,
  keepsDefaultBackend: true,
  // internal/ingress/annotations/ipallowlist and ipdenylist; a denied address is denied whatever is allowed.
  sourceRanges: {
    allowing: [
      'nginx.ingress.kubernetes.io/allowlist-source-range',
      'nginx.ingress.kubernetes.io/whitelist-source-range',
    ],
    denying: ['nginx.ingress.kubernetes.io/denylist-source-range'],
    orCredentials: { key: 'nginx.ingress.kubernetes.io/satisfy', value: 'any' },
  },
  // internal/ingress/controller/template/configmap.go; rootfs/etc/nginx/template/nginx.tmpl: `block-cidrs` is at the level of
  // `http`, and ngx_http_access_module inherits nothing where a location has directives of its own.
  settings: {
    allowing: ['whitelist-source-range'],
    denying: ['denylist-source-range'],
    denyingElse: ['block-cidrs'],
    snippets: ['http-snippet', 'server-snippet', 'location-snippet'],
    authorization: { setting: 'global-auth-url', unless: 'nginx.ingress.kubernetes.io/enable-global-auth' },
  },
  // docs/user-guide/nginx-configuration/annotations, "External Authentication".
  authorization: ['nginx.ingress.kubernetes.io/auth-url'],
  // internal/ingress/controller/controller.go (serviceEndpoints).
  takesTargetPorts: true,
  redirects: [
    'nginx.ingress.kubernetes.io/permanent-redirect',
    'nginx.ingress.kubernetes.io/temporal-redirect',
  ],
  // docs/user-guide/nginx-configuration/annotations; internal/ingress/controller/controller.go (createServers).
  snippets: {
    ofRoute: [
      'nginx.ingress.kubernetes.io/configuration-snippet',
      'nginx.ingress.kubernetes.io/auth-snippet',
      'nginx.ingress.kubernetes.io/modsecurity-snippet',
    ],
    ofHost: ['nginx.ingress.kubernetes.io/server-snippet'],
  },
  proxies: {
    kind: 'shared',
    installations: [
      {
        namespace: 'ingress-nginx',
        labels: { [NAME]: 'ingress-nginx', [INSTANCE]: 'ingress-nginx', [COMPONENT]: 'controller' },
        isAlone: true,
      },
      {
        namespace: 'kube-system',
        labels: { [NAME]: 'rke2-ingress-nginx', [INSTANCE]: 'rke2-ingress-nginx', [COMPONENT]: 'controller' },
      },
      { namespace: 'ingress', labels: { name: 'nginx-ingress-microk8s' } },
      {
        namespace: 'app-routing-system',
        labels: { app: 'nginx', [COMPONENT]: 'ingress-controller' },
        isOnlyHere: true,
      },
      {
        namespace: 'ingress-nginx',
        labels: { [NAME]: 'nginx-ingress-controller', [COMPONENT]: 'controller' },
      },
      {
        namespace: 'kube-system',
        labels: { app: 'nginx-ingress', component: 'controller' },
        isOnlyHere: true,
      },
    ],
    images: ['ingress-nginx/controller', 'ingress-nginx/controller-chroot', 'nginx-ingress-controller'],
    word: 'nginx',
    ports: [80, 443],
  },
}
