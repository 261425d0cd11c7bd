/*
 * Implementations of the Gateway API with Pods for each Gateway, and load balancers outside the cluster. A product is one
 * entry; the comment above it says where its values are from.
 */

import {
  GATEWAY_NAME,
  type KnownController,
  type ProxiesElsewhere,
  type ProxiesOfGateway,
} from './known-controller.ts'

const outsideCluster = (what: string): ProxiesElsewhere => ({
  kind: 'elsewhere',
  what,
  proxy: 'of the provider',
})

const beside = (ports: ProxiesOfGateway['ports']): ProxiesOfGateway => ({
  kind: 'of the Gateway',
  namespace: undefined,
  nameLabel: GATEWAY_NAME,
  ports,
})

export const KNOWN_GATEWAYS: readonly KnownController[] = [
  // gateway.envoyproxy.io/docs: proxies in the namespace of the controller; a port below 1024 is served 10000 above it.
  {
    title: 'Envoy Gateway',
    controllers: ['gateway.envoyproxy.io/gatewayclass-controller'],
    gatewayClasses: ['eg', 'envoy', 'envoy-gateway'],
    policyGroups: ['gateway.envoyproxy.io'],
    proxies: {
      kind: 'of the Gateway',
      namespace: 'envoy-gateway-system',
      nameLabel: 'gateway.envoyproxy.io/owning-gateway-name',
      namespaceLabel: 'gateway.envoyproxy.io/owning-gateway-namespace',
      ports: [10080, 10443],
    },
  },
  // istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api: automated deployment.
  {
    title: 'Istio',
    controllers: ['istio.io/gateway-controller'],
    gatewayClasses: ['istio'],
    proxies: beside([80, 443]),
  },
  // docs.openshift.com: Gateway API with the Ingress Operator, from 4.19 on.
  {
    title: "OpenShift's Gateway API",
    controllers: ['openshift.io/gateway-controller'],
    gatewayClasses: ['openshift-default'],
    proxies: beside([80, 443]),
  },
  // docs.nginx.com/nginx-gateway-fabric: from 2.0 on a Deployment for each Gateway.
  {
    title: 'NGINX Gateway Fabric',
    controllers: ['gateway.nginx.org/nginx-gateway-controller'],
    gatewayClasses: ['nginx'],
    proxies: beside([80, 443]),
  },
  // kgateway.dev/docs; agentgateway.dev/docs; docs.solo.io/gateway.
  {
    title: 'kgateway',
    controllers: ['kgateway.dev/kgateway', 'kgateway.dev/agentgateway', 'solo.io/gloo-gateway'],
    gatewayClasses: ['kgateway', 'agentgateway', 'gloo-gateway'],
    policyGroups: ['gateway.kgateway.dev'],
    proxies: beside([80, 443]),
  },
  // docs.cilium.io/en/stable/network/servicemesh/ingress: the Envoy of each node, which policies see as the identity
  // `reserved:ingress`. No CIDR selects that (cilium/cilium pkg/policy/api/cidr.go: /0 adds only `reserved:world`), and no namespace.
  {
    title: 'Cilium',
    controllers: ['cilium.io/ingress-controller', 'io.cilium/gateway-controller'],
    classes: ['cilium'],
    gatewayClasses: ['cilium'],
    annotations: ['ingress.cilium.io/'],
    proxies: { kind: 'elsewhere', what: "Cilium's proxy on a node", proxy: 'of the plugin' },
  },
  // kubernetes-sigs.github.io/aws-load-balancer-controller (guide/ingress/annotations, target-type); docs.aws.amazon.com/eks (Auto Mode).
  {
    title: 'AWS',
    controllers: [
      'ingress.k8s.aws/alb',
      'eks.amazonaws.com/alb',
      'gateway.k8s.aws/alb',
      'gateway.k8s.aws/nlb',
    ],
    classes: ['alb', 'aws-alb'],
    gatewayClasses: ['aws-alb-gateway-class'],
    annotations: ['alb.ingress.kubernetes.io/'],
    // The same page: scheme (internal by default), group.name, inbound-cidrs, which security-groups replaces, conditions and WAF.
    internal: {
      annotation: {
        key: 'alb.ingress.kubernetes.io/scheme',
        internal: 'internal',
        facing: 'internet-facing',
        sharedBy: 'alb.ingress.kubernetes.io/group.name',
      },
    },
    // The same page: listen-ports, which is of each Ingress of a group alone.
    listeners: { list: 'alb.ingress.kubernetes.io/listen-ports' },
    // The same page: `use-annotation`.
    actions: { port: 'use-annotation', annotation: 'alb.ingress.kubernetes.io/actions.' },
    sourceRanges: { allowing: ['alb.ingress.kubernetes.io/inbound-cidrs'], denying: [] },
    mayLimit: [
      'alb.ingress.kubernetes.io/security-groups',
      'alb.ingress.kubernetes.io/security-group-prefix-lists',
      'alb.ingress.kubernetes.io/conditions.*',
      'alb.ingress.kubernetes.io/wafv2-acl-*',
      'alb.ingress.kubernetes.io/waf-acl-id',
      'alb.ingress.kubernetes.io/web-acl-id',
    ],
    proxies: {
      ...outsideCluster('a load balancer of AWS'),
      targets: { annotation: 'alb.ingress.kubernetes.io/target-type', onNodes: 'instance', onPods: 'ip' },
    },
  },
  // gateway-api-controller.eks.aws.dev: VPC Lattice dials Pods, and is dialed in the VPCs of its service network.
  {
    title: 'VPC Lattice',
    controllers: ['application-networking.k8s.aws/gateway-api-controller'],
    gatewayClasses: ['amazon-vpc-lattice'],
    internal: { classes: ['*'] },
    proxies: outsideCluster('a load balancer of AWS'),
  },
  // cloud.google.com/kubernetes-engine/docs/how-to/gatewayclass-capabilities, and Ingress for GKE.
  {
    title: 'Google Cloud',
    controllers: ['k8s.io/ingress-gce', 'networking.gke.io/gateway'],
    classes: ['gce', 'gce-internal', 'gce-multi-cluster'],
    gatewayClasses: ['gke-l7-*'],
    internal: {
      classes: ['gce-internal', 'gke-l7-rilb*', 'gke-l7-cross-regional-internal-managed*'],
    },
    annotations: ['networking.gke.io/', 'kubernetes.io/ingress.global-static-ip-name'],
    // .../how-to/ingress-multi-ssl, "Disabling HTTP".
    listeners: { withoutHttp: { annotation: 'kubernetes.io/ingress.allow-http', value: 'false' } },
    // .../how-to/ingress-configuration: BackendConfig is for Ingresses; .../how-to/configure-gateway-resources.
    backendConfigs: ['cloud.google.com/backend-config', 'beta.cloud.google.com/backend-config'],
    policyGroups: ['networking.gke.io'],
    proxies: outsideCluster('a load balancer of Google Cloud'),
  },
  // learn.microsoft.com/azure/application-gateway: AGIC, and for Containers.
  {
    title: 'Azure',
    controllers: ['azure/application-gateway', 'alb.networking.azure.io/alb-controller'],
    classes: ['azure-application-gateway', 'azure/application-gateway', 'azure-alb-external'],
    gatewayClasses: ['azure-alb-external'],
    annotations: ['appgw.ingress.kubernetes.io/', 'alb.networking.azure.io/'],
    // azure.github.io/application-gateway-kubernetes-ingress/annotations
    internal: { annotation: { key: 'appgw.ingress.kubernetes.io/use-private-ip', internal: 'true' } },
    mayLimit: ['appgw.ingress.kubernetes.io/waf-policy-for-path'],
    policyGroups: ['alb.networking.azure.io'],
    proxies: outsideCluster('an application gateway of Azure'),
  },
  // docs.oracle.com/iaas; help.aliyun.com (ALB).
  {
    title: 'a cloud',
    controllers: ['oci.oraclecloud.com/native-ingress-controller', 'ingress.k8s.alibabacloud/alb'],
    classes: ['native-ic-ingress-class'],
    proxies: outsideCluster('a load balancer of the provider'),
  },
]
