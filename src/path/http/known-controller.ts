/*
 * What is known of a product that serves Ingresses or Gateways.
 */

import type { External } from '../../network/endpoint.ts'
import type { ControllerSetting } from '../../source/read/bulk.ts'

/** How a product is recognized, and where its proxies run: policies of the backends see these (S-350). */
export interface KnownController {
  readonly title: string
  /** `spec.controller` of an IngressClass or `spec.controllerName` of a GatewayClass; more may follow after a `/`. */
  readonly controllers: readonly string[]
  /** The usual names of its IngressClass. */
  readonly classes?: readonly string[]
  /** The usual names of its GatewayClass; `*` for any end of a name. */
  readonly gatewayClasses?: readonly string[]
  /** Annotations of an Ingress with the URL of a server that is asked whether it may admit a client. */
  readonly authorization?: readonly string[]
  /** What its annotations of an Ingress begin with. */
  readonly annotations?: readonly string[]
  readonly sourceRanges?: SourceRangeAnnotations
  readonly settings?: SourceRangeSettings
  /** Annotations of an Ingress, or of a route of the Gateway API, that may limit its clients, by what netpol does not read; `*` for any end of a name. */
  readonly mayLimit?: readonly string[]
  /** An annotation of an Ingress with a list of Middlewares, each as `NAMESPACE-NAME` and the provider. */
  readonly middlewares?: { readonly annotation: string; readonly provider: string }
  /** Those of a Service behind a route that may do so. */
  readonly mayLimitAtService?: readonly string[]
  /** Annotations of a Service behind an Ingress that name BackendConfigs. */
  readonly backendConfigs?: readonly string[]
  /** The API groups of objects that limit the clients of what they are attached to (`model/kinds/client-policies.ts`). */
  readonly policyGroups?: readonly string[]
  readonly snippets?: SnippetAnnotations
  /** Annotations give a part of the requests to another Ingress, as ingress-nginx.ts reads them. */
  readonly hasCanaries?: true
  /** Annotations give a host more names, as ingress-nginx.ts reads them. */
  readonly hasAliases?: true
  /** Paths are regular expressions where annotations say so, as ingress-paths.ts reads them, and nowhere else. */
  readonly hasExpressions?: true
  /** It keeps the default backend of an Ingress with rules to the hosts of these (S-359); of others that is unknown. */
  readonly keepsDefaultBackend?: true
  /** What an Ingress calls the port of a Service may be its target port as well; the first port that fits is taken. */
  readonly takesTargetPorts?: true
  /** Annotations of an Ingress by which it answers all of its requests with a redirect. */
  readonly redirects?: readonly string[]
  /** The port of a backend that is an action, which the annotation with this beginning and the name of the Service says. */
  readonly actions?: { readonly port: string; readonly annotation: string }
  /** Annotations of an Ingress that say on which ports its load balancer listens: a list, or that HTTP is left out. */
  readonly listeners?: {
    readonly list?: string
    readonly withoutHttp?: { readonly annotation: string; readonly value: string }
  }
  /** Which of its load balancers have no address in the internet. */
  readonly internal?: InternalLoadBalancers
  readonly proxies: Proxies
}

/** Annotations of an Ingress or a Route that list the clients that it admits, or those that it does not; of several, the first counts. */
export interface SourceRangeAnnotations {
  readonly allowing: readonly string[]
  readonly denying: readonly string[]
  /** Spaces are between the blocks, not commas. */
  readonly isSpaced?: true
  /** It closes the connection of others, and gives them no answer. */
  readonly isClosing?: true
  /** The annotation with this value admits who has credentials as well. */
  readonly orCredentials?: { readonly key: string; readonly value: string }
}

/**
 * What its ConfigMap, which an argument of its Pods names, says of all routes without such an annotation; of several keys, the
 * first counts.
 */
export interface SourceRangeSettings {
  readonly allowing: readonly ControllerSetting[]
  readonly denying: readonly ControllerSetting[]
  /** Which it does not admit to routes that have neither. */
  readonly denyingElse?: readonly ControllerSetting[]
  /** Directives of its proxy's, which may have such a list. */
  readonly snippets?: readonly ControllerSetting[]
  /** The URL of a server that is asked for routes that name none, unless this annotation is `false`. */
  readonly authorization?: { readonly setting: ControllerSetting; readonly unless: string }
}

/** Annotations of an Ingress with directives of its proxy's, which may admit some clients alone. */
export interface SnippetAnnotations {
  /** For what its own rules route. */
  readonly ofRoute: readonly string[]
  /** For all that is routed for its hosts, also by other Ingresses. */
  readonly ofHost?: readonly string[]
}

export interface InternalLoadBalancers {
  /** Those of these classes, of Ingresses or Gateways; `*` for any end of a name. */
  readonly classes?: readonly string[]
  readonly annotation?: {
    readonly key: string
    readonly internal: string
    /** Any other load balancer is internal as well, unless parameters of its class or its Gateway say otherwise. */
    readonly facing?: string
    /** Ingresses with the same value of this one share a load balancer, and either may say it. */
    readonly sharedBy?: string
  }
}

export type Proxies = SharedProxies | ProxiesOfGateway | ProxiesElsewhere

/** Pods for all routes. */
export interface SharedProxies {
  readonly kind: 'shared'
  /** How it is installed; the first is the usual one. */
  readonly installations: readonly [Installation, ...Installation[]]
  /** Repositories of its images, without the registry: the ends of their names. */
  readonly images: readonly string[]
  /** What a namespace that somebody chose for it has in its name. */
  readonly word: string
  /** The ports that its Pods listen on for HTTP and HTTPS. */
  readonly ports: readonly [http: number, https: number]
}

export interface Installation {
  readonly namespace: string
  /** The first identifies it, the others its component, where the Pod has them. */
  readonly labels: Readonly<Record<string, string>>
  /** Nothing else runs in this namespace. */
  readonly isAlone?: true
  /** The labels mean it in this namespace alone: others use them as well. */
  readonly isOnlyHere?: true
}

/** Pods for each Gateway, which are labeled with its name. */
export interface ProxiesOfGateway {
  readonly kind: 'of the Gateway'
  /** Undefined for the namespace of the Gateway. */
  readonly namespace: string | undefined
  readonly nameLabel: string
  readonly namespaceLabel?: string
  readonly ports: readonly [http: number, https: number]
}

/** A load balancer of the provider's, outside the cluster (S-353), or the network plugin's own proxy on each node. */
export interface ProxiesElsewhere {
  readonly kind: 'elsewhere'
  readonly what: string
  readonly proxy: NonNullable<External['proxy']>
  /** Where it may get to the Pods by ports of their nodes. */
  readonly targets?: TargetType
}

/** The annotation of a Service, else of the Ingress, that says whether a load balancer dials ports of nodes or Pods. */
export interface TargetType {
  readonly annotation: string
  /** Its value for ports of nodes, which only Services of type NodePort and LoadBalancer have. */
  readonly onNodes: string
  readonly onPods: string
}

/** The name of one installation: policies may select by it, but it identifies no controller. */
export const INSTANCE = 'app.kubernetes.io/instance'

export const NAME = 'app.kubernetes.io/name'
export const COMPONENT = 'app.kubernetes.io/component'

/** The label that GEP-1762 asks implementations for, on Pods in the namespace of the Gateway. */
export const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name'

/** Whether a pattern, with `*` for any end, is for a name. */
export const isNameOf = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern

/** `haproxy.org/ingress-controller/haproxy` is a class of `haproxy.org/ingress-controller`. */
export const isOf = ({ controllers }: KnownController, written: string): boolean =>
  controllers.some(one => written === one || written.startsWith(`${one}/`) || isOwnNameOf(one, written))

/** Who runs several of ingress-nginx gives each a name, such as `k8s.io/internal-ingress-nginx`. */
const isOwnNameOf = (controller: string, written: string): boolean =>
  controller === 'k8s.io/ingress-nginx' && /^k8s\.io\/.*ingress-nginx/.test(written)
