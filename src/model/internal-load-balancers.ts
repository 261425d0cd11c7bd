/** The annotations that give a Service a load balancer without an address in the internet, with the values that mean it. */
const ANNOTATIONS: readonly (readonly [key: string, values: RegExp])[] = [
  // Kubernetes' page on Services, "Internal load balancer".
  ['networking.gke.io/load-balancer-type', /^internal$/i],
  ['cloud.google.com/load-balancer-type', /^internal$/i],
  ['service.beta.kubernetes.io/aws-load-balancer-internal', /^(?:true|0\.0\.0\.0\/0)$/],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', /^true$/],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', /^private$/],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', /^true$/],
  ['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type', /^intranet$/],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', /^true$/],
  // The same page on Tencent Cloud, whose value is a subnet, and Baidu Cloud.
  ['service.kubernetes.io/qcloud-loadbalancer-internal-subnetid', /./],
  ['service.beta.kubernetes.io/cce-load-balancer-internal-vpc', /^true$/],
  // hcloud-cloud-controller-manager: docs/reference/load_balancer_annotations.md
  ['load-balancer.hetzner.cloud/disable-public-network', /^true$/],
  // digitalocean-cloud-controller-manager: docs/controllers/services/annotations.md
  ['service.beta.kubernetes.io/do-loadbalancer-network', /^INTERNAL$/],
  // AWS Load Balancer Controller: docs/guide/service/annotations.md
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/],
]

/**
 * AWS Load Balancer Controller, docs/guide/service/nlb.md: since 2.2 its load balancers are internal by default. What hands a Service to
 * it, and what makes one face the internet.
 */
const AWS_CLASSES: readonly string[] = ['service.k8s.aws/nlb', 'eks.amazonaws.com/nlb']
const AWS_TYPE = 'service.beta.kubernetes.io/aws-load-balancer-type'
const AWS_TYPES: readonly string[] = ['external', 'nlb-ip']
const AWS_FACING: readonly (readonly [key: string, value: string])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', 'internet-facing'],
  ['service.beta.kubernetes.io/aws-load-balancer-internal', 'false'],
]

/** What makes a load balancer internal, as it is written; undefined where it is not. */
export function internalBy(
  annotations: ReadonlyMap<string, string>,
  loadBalancerClass: string | undefined,
): string | undefined {
  const found = ANNOTATIONS.find(([key, values]) => values.test(annotations.get(key) ?? ''))
  if (found !== undefined) return `${found[0]}: ${annotations.get(found[0])}`
  if (AWS_FACING.some(([key, value]) => annotations.get(key) === value)) return undefined
  const type = annotations.get(AWS_TYPE)
  if (type !== undefined && AWS_TYPES.includes(type)) return `${AWS_TYPE}: ${type}`
  return loadBalancerClass !== undefined && AWS_CLASSES.includes(loadBalancerClass)
    ? `loadBalancerClass: ${loadBalancerClass}`
    : undefined
}
