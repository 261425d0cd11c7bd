import type { Labels } from '../model/labels.ts'
import type { ContainerPort, Pod } from '../model/objects.ts'
import { WITHOUT_STATUS } from '../model/replicas.ts'

/** A Pod that is not in the input and assumed to exist, such as the cluster's DNS server. */
export function assumedPod(
  namespace: string,
  name: string,
  labels: Labels,
  ports: readonly ContainerPort[],
): Pod {
  return {
    kind: 'Pod',
    namespace,
    // As for the Pods of a Deployment: a real name cannot have a `~`.
    name: `${name}~`,
    labels,
    ports,
    hostPorts: [],
    hostNetwork: false,
    node: undefined,
    hostname: undefined,
    subdomain: undefined,
    dns: { policy: 'ClusterFirst', nameservers: [], searches: [], ndots: undefined },
    hostAliases: [],
    images: [],
    servedClasses: [],
    configMaps: [],
    dnsCache: [],
    ...WITHOUT_STATUS,
    workload: undefined,
    at: undefined,
  }
}
