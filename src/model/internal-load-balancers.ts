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
  // AWS Load Balancer Controller: docs/guide/service/annotations.md
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/],
]

/** The annotation by which a load balancer is internal, as it is written; undefined where it is not. */
export function internalBy(annotations: ReadonlyMap<string, string>): string | undefined {
  const found = ANNOTATIONS.find(([key, values]) => values.test(annotations.get(key) ?? ''))
  return found && `${found[0]}: ${annotations.get(found[0])}`
}
