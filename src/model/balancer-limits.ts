/** The annotations of a Service by which its load balancer may limit its clients: not every provider goes by them, and most name what no manifest has. */
const ANNOTATIONS: readonly string[] = [
  // cloud-provider-azure: site/content/en/topics/loadbalancer.md
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
  'service.beta.kubernetes.io/azure-allowed-service-tags',
  // AWS Load Balancer Controller, docs/guide/service/annotations.md; cloud-provider-aws
  'service.beta.kubernetes.io/aws-load-balancer-security-groups',
  'service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists',
  // digitalocean-cloud-controller-manager: docs/controllers/services/annotations.md
  'service.beta.kubernetes.io/do-loadbalancer-allow-rules',
  'service.beta.kubernetes.io/do-loadbalancer-deny-rules',
  // cloud-provider-alibaba-cloud: docs/usage.md
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-acl-id',
  // linode-cloud-controller-manager: docs/configuration/annotations.md
  'service.beta.kubernetes.io/linode-loadbalancer-firewall-id',
  'service.beta.kubernetes.io/linode-loadbalancer-firewall-acl',
]

/** k8s.io/cloud-provider/service/helpers: read where the Service has no loadBalancerSourceRanges. */
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges'

export const limitedBy = (
  annotations: ReadonlyMap<string, string>,
  hasSourceRanges: boolean,
): readonly string[] =>
  [...(hasSourceRanges ? [] : [SOURCE_RANGES]), ...ANNOTATIONS].filter(
    key => (annotations.get(key) ?? '').trim() !== '',
  )
