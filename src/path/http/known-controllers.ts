/** How a controller is recognized: by the names of its classes and the labels of its Pods. */
export interface KnownController {
  /** As in `spec.controller` of an IngressClass or `spec.controllerName` of a GatewayClass. */
  readonly controllers: readonly string[]
  /** The usual names of its IngressClass. */
  readonly classes: readonly string[]
  readonly from:
    | {
        readonly kind: 'pods'
        readonly namespace: string
        readonly labels: Readonly<Record<string, string>>
        /** Nothing else runs in its usual namespace. */
        readonly alone?: true
      }
    /** A load balancer of the provider's, outside the cluster (S-353), or a proxy on each node. */
    | { readonly kind: 'elsewhere'; readonly what: string }
}

/** The name of one installation: policies may select by it, but it identifies no controller. */
export const INSTANCE = 'app.kubernetes.io/instance'

export const INGRESS_NGINX: KnownController = {
  controllers: ['k8s.io/ingress-nginx'],
  classes: ['nginx', 'ingress-nginx'],
  from: {
    kind: 'pods',
    namespace: 'ingress-nginx',
    labels: {
      'app.kubernetes.io/name': 'ingress-nginx',
      [INSTANCE]: 'ingress-nginx',
      'app.kubernetes.io/component': 'controller',
    },
    alone: true,
  },
}

const outsideCluster = (what: string): KnownController['from'] => ({ kind: 'elsewhere', what })

/** As their own manifests and charts install them. */
export const KNOWN: readonly KnownController[] = [
  INGRESS_NGINX,
  {
    controllers: ['nginx.org/ingress-controller'],
    classes: [],
    from: { kind: 'pods', namespace: 'nginx-ingress', labels: { app: 'nginx-ingress' }, alone: true },
  },
  {
    controllers: ['traefik.io/ingress-controller', 'traefik.io/gateway-controller'],
    classes: ['traefik'],
    from: {
      kind: 'pods',
      namespace: 'traefik',
      labels: { 'app.kubernetes.io/name': 'traefik' },
      alone: true,
    },
  },
  {
    controllers: ['haproxy-ingress.github.io/controller'],
    classes: [],
    from: {
      kind: 'pods',
      namespace: 'ingress-controller',
      labels: { 'app.kubernetes.io/name': 'haproxy-ingress' },
    },
  },
  {
    controllers: ['istio.io/ingress-controller'],
    classes: ['istio'],
    from: { kind: 'pods', namespace: 'istio-system', labels: { istio: 'ingressgateway' } },
  },
  {
    controllers: ['ingress.k8s.aws/alb', 'gateway.k8s.aws/alb'],
    classes: ['alb'],
    from: outsideCluster('a load balancer of AWS'),
  },
  {
    controllers: ['k8s.io/ingress-gce', 'networking.gke.io/gateway'],
    classes: ['gce', 'gce-internal'],
    from: outsideCluster('a load balancer of Google Cloud'),
  },
  {
    controllers: ['azure/application-gateway'],
    classes: ['azure-application-gateway'],
    from: outsideCluster('an application gateway of Azure'),
  },
  {
    controllers: ['cilium.io/ingress-controller', 'io.cilium/gateway-controller'],
    classes: ['cilium'],
    from: outsideCluster("Cilium's proxy on a node"),
  },
]
