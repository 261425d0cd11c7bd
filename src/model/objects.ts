import type { Addresses, Family } from '../sets/addresses.ts'
import type { Protocol } from '../sets/connections.ts'
import type { Location } from '../source/file.ts'
import type { Labels } from './labels.ts'
import type { RoutingObject } from './routes.ts'
import type { Selector } from './selector.ts'

export interface Namespace {
  readonly kind: 'Namespace'
  readonly name: string
  readonly labels: Labels
  /** Undefined for a namespace that objects are in and no manifest declares. */
  readonly at: Location | undefined
}

export interface ContainerPort {
  readonly name: string | undefined
  readonly number: number
  readonly protocol: Protocol
  /** Declared by an init container that keeps running; Services see it, policies need not (S-031, S-214). */
  readonly sidecar: boolean
}

/** A port of the node that leads to a port of a Pod on it (`hostPort`). */
export interface HostPort {
  readonly number: number
  readonly protocol: Protocol
  /** The port of the Pod, which is what policies see. */
  readonly containerPort: number
  /** The only address of the node that it is on; undefined for all of them. */
  readonly hostIP: Addresses | undefined
}

/** How a Pod resolves names (S-220, S-232). */
export interface DnsSettings {
  readonly policy: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None'
  /** What `dnsConfig` adds. */
  readonly nameservers: readonly Addresses[]
  readonly searches: readonly string[]
  readonly ndots: number | undefined
}

/** Names in the Pod's own /etc/hosts (S-233). */
export interface HostAlias {
  readonly address: Addresses
  readonly hostnames: readonly string[]
}

/** The `spec` of a Pod or of a workload's template, with its labels. */
export interface PodSpec {
  readonly labels: Labels
  readonly ports: readonly ContainerPort[]
  /** None for a Pod on its node's network, whose ports are the node's already (S-152). */
  readonly hostPorts: readonly HostPort[]
  readonly hostNetwork: boolean
  readonly node: string | undefined
  /** `spec.hostname` and `spec.subdomain`, which make a DNS name in a Service's domain (S-226). */
  readonly hostname: string | undefined
  readonly subdomain: string | undefined
  readonly dns: DnsSettings
  readonly hostAliases: readonly HostAlias[]
  /** Of its containers: what runs in a Pod whose labels do not tell it. */
  readonly images: readonly string[]
  /** What the arguments of its containers call the class that they serve, where it is an ingress controller. */
  readonly servedClasses: readonly string[]
  /** `NAMESPACE/NAME` of the ConfigMap that their arguments name for all settings; placeholders included. */
  readonly configMaps: readonly string[]
  /** The addresses of a node-local DNS cache, by the arguments of its container (S-244). */
  readonly dnsCache: readonly Addresses[]
}

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
}

/** A Pod of a manifest or a dump. */
export interface WrittenPod extends PodSpec {
  readonly kind: 'Pod'
  readonly namespace: string
  readonly name: string
  /** The Pod's addresses, one for each family; empty where the manifest has no status (S-051). */
  readonly addresses: readonly Addresses[]
  /** The addresses of the node that it runs on, as its status has them. */
  readonly hostAddresses: readonly Addresses[]
  /** By its status it has not started and has no address yet (S-201). */
  readonly pending: boolean
  /** Succeeded or Failed: the Pod has no network any more (S-050). */
  readonly finished: boolean
  /** The Ready condition, where there is a status; a manifest without one counts as ready (S-202). */
  readonly ready: boolean
  /** It is being deleted: it may still serve, but is no longer ready (S-202, S-203). */
  readonly terminating: boolean
  readonly owner: OwnerReference | undefined
  readonly at: Location
}

export interface Pod extends Omit<WrittenPod, 'at'> {
  /** Undefined for a Pod that is not in the input, and only assumed. */
  readonly at: Location | undefined
  /** The workload that created it; undefined for a bare Pod. */
  readonly workload: Workload | undefined
}

export type WorkloadKind =
  | 'Deployment'
  | 'ReplicaSet'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'Job'
  | 'CronJob'
  | 'ReplicationController'

/** What creates Pods (S-301, S-302). */
export interface Workload {
  /** Why its Pods are as they are, where that is not sure: as an operator usually makes them, or from a template in any spec. */
  readonly assumed?: 'as-its-operator-does' | 'from-its-template'
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** Not those of its Pods (S-300). */
  readonly labels: Labels
  /** Which Pods it adopts, for kinds whose selector is required and immutable (S-156). */
  readonly selector?: Selector | undefined
  readonly at: Location
}

export interface WrittenWorkload extends Workload {
  readonly kind: WorkloadKind
  readonly template: PodSpec
  readonly selector: Selector | undefined
  readonly scheduling: Scheduling
  /** Undefined for a DaemonSet, which creates one Pod for each node that it may run on. */
  readonly replicas: number | undefined
  /** The ordinal of a StatefulSet's first Pod. */
  readonly firstOrdinal: number
  /** An Indexed Job numbers its Pods. */
  readonly indexed: boolean
  /** A StatefulSet's `serviceName`, which becomes the subdomain of its Pods (S-227). */
  readonly serviceName: string | undefined
  readonly owner: OwnerReference | undefined
}

/**
 * An object of a kind that is not built in, whose Pods are known: by a Pod template in its spec, or because they are known of
 * its operator.
 */
export interface CustomWorkload {
  readonly kind: 'CustomWorkload'
  readonly namespace: string
  readonly workload: Workload
  readonly groups: readonly PodGroup[]
  /** The workload whose template it takes over, where it has none of its own. */
  readonly templateOf: Pick<Workload, 'kind' | 'name'> | undefined
  /** The Services that its operator creates beside the Pods. */
  readonly services: readonly Service[]
  /**
   * What it may create besides: Services whose names are not known, or Pods with labels that are not known as well; undefined
   * where all of it is known.
   */
  readonly unknown: 'services' | 'labels' | undefined
  /** Which Pods its operator isolates with NetworkPolicies of its own; undefined where it creates none. */
  readonly isolates: Selector | undefined
  readonly owner: OwnerReference | undefined
  /** The path of the labels that all its Pods get; undefined where there is no one place for them. */
  readonly labelsPath: readonly string[] | undefined
}

/** Pods of a custom workload that differ in nothing but their number. */
export interface PodGroup {
  /** What their names begin with. */
  readonly name: string
  readonly template: PodSpec
  /** Each with the labels that it alone has. */
  readonly pods: readonly { readonly name: string; readonly labels: Labels }[]
}

export interface ServicePort {
  readonly name: string | undefined
  readonly protocol: Protocol
  readonly port: number
  readonly targetPort: number | string
  /** The port of every node that forwards here; undefined where there is none, or the server chooses it. */
  readonly nodePort: number | undefined
}

export interface Service {
  readonly kind: 'Service'
  readonly namespace: string
  readonly name: string
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  readonly headless: boolean
  readonly clusterIPs: Addresses
  /** Its only IP family; undefined where it has both, or the input does not say (S-035). */
  readonly onlyFamily: Family | undefined
  /** Where it is reached from outside: `externalIPs` and the addresses of its load balancer. */
  readonly externalAddresses: Addresses
  /** Those of `externalIPs`: no load balancer has these. */
  readonly externalIPs: Addresses
  /** The names that its load balancer has in the place of addresses, in lower case. */
  readonly balancerNames: readonly string[]
  readonly annotations: ReadonlyMap<string, string>
  /** The annotation or the class that makes its load balancer internal; undefined where it has an address in the internet, or none. */
  readonly internalBy: string | undefined
  /** The annotations by which its load balancer may limit its clients. */
  readonly limitedBy: readonly string[]
  /** `loadBalancerSourceRanges`: which clients the load balancer allows; undefined for all. */
  readonly sourceRanges: Addresses | undefined
  /** The name that an ExternalName Service is an alias of (S-229). */
  readonly externalName: string | undefined
  /** Undefined: no Pods are selected, the endpoints are written by hand (S-200). */
  readonly selector: Selector | undefined
  readonly ports: readonly ServicePort[]
  readonly publishNotReadyAddresses: boolean
  readonly internalTrafficPolicy: 'Cluster' | 'Local'
  readonly externalTrafficPolicy: 'Cluster' | 'Local'
  readonly at: Location
}

/** The endpoints that an Endpoints object or an EndpointSlice lists for a Service (S-216). */
export interface Endpoints {
  readonly kind: 'Endpoints'
  readonly namespace: string
  /** The Service that they belong to. */
  readonly service: string
  readonly subsets: readonly EndpointSubset[]
  /** Its kind; `controller`: written by a controller, from the Service's selector or an Endpoints object. */
  readonly origin: 'Endpoints' | 'EndpointSlice' | 'controller'
  readonly at: Location
}

/** Each address serves each port. */
export interface EndpointSubset {
  readonly ports: readonly EndpointPort[]
  readonly endpoints: readonly WrittenEndpoint[]
}

export interface EndpointPort {
  readonly name: string | undefined
  readonly protocol: Protocol
  readonly port: number
}

export interface WrittenEndpoint {
  readonly address: Addresses
  readonly ready: boolean
  /** It is terminating but still serves, as long as there is no ready endpoint (S-203). */
  readonly lastResort: boolean
  readonly hostname: string | undefined
}

export interface Node {
  readonly kind: 'Node'
  readonly name: string
  readonly addresses: readonly Addresses[]
  /** Undefined for a node that is known only by its Pods. */
  readonly labels: ReadonlyMap<string, string> | undefined
  readonly taints: readonly Taint[]
  readonly at: Location
}

export interface Taint {
  readonly key: string
  readonly value: string
  readonly effect: string
}

/** On which nodes Pods may run. */
export interface Scheduling {
  readonly nodeSelector: ReadonlyMap<string, string>
  readonly tolerations: readonly (Taint & { readonly isForEveryValue: boolean })[]
}

/** What manifests of the cluster's kinds are decoded to. */
export type ClusterObject =
  | Namespace
  | WrittenPod
  | WrittenWorkload
  | CustomWorkload
  | Service
  | Endpoints
  | Node
  | RoutingObject
