import type { IpBlock } from '../report/common.ts'
import type {
  AnyPodOnNodes,
  AssumedController,
  AssumedDnsServers,
  AssumptionFacts,
  PluginAssumption,
  PluginFact,
  PluginRemark,
  PoliciesNotEnforced,
  WarningFacts,
} from '../report/facts/assumptions.ts'
import { printable } from '../source/printable.ts'
import { firstFew, objectText, placeText, type Sentences } from './lists.ts'
import { creatorsText } from './paths.ts'
import { openText, portText } from './ports.ts'
import { blockText, labelsText, notEnforced } from './rules.ts'
import { whatIfText } from './what-if.ts'

/*
 * What an answer assumes: what the manifests do not have, and what the API leaves to the network plugin.
 */

export const ASSUMPTION_SENTENCES: Sentences<AssumptionFacts> = {
  ASSUMED_NAMESPACE: ({ namespaces, platform = {} }) => {
    const own = Object.entries(platform).map(
      ([name, labels]) => `; ${name} also with ${labelsText(labels, ', ')}, as its platform sets it`,
    )
    return `namespace ${firstAre(namespaces)} not in the input: taken to exist, with kubernetes.io/metadata.name as the only label${own.join('')}`
  },
  ASSUMED_CLUSTER_DNS: dnsServersText,
  ASSUMED_NODE_DNS: () =>
    "the node's DNS servers are not in the input: they are taken to be outside the cluster",
  ASSUMED_OUTSIDE_NAME: ({ name, isInternal }) =>
    `${name} is a name outside the cluster: assuming it exists and resolves to ${isInternal ? 'an' : 'a public'} address`,
  ASSUMED_NAT64: ({ address }) =>
    `a policy has a block of 64:ff9b::/96, the prefix of NAT64: assuming ${address} is reached through it`,
  ASSUMED_API_SERVER: facts =>
    'calls' in facts
      ? `assuming the API server does not run on the node of ${facts.calls}, which always reaches its own Pods: no selector matches it, only an ipBlock with its address`
      : `assuming the API server listens on port ${facts.port}: selectors do not match it (--api-server names its address)`,
  ASSUMED_INGRESS_CONTROLLER: controllerText,
  ASSUMED_GATEWAY: ({ gateway, route }) =>
    `Gateway ${gateway} is not in the manifests: assuming that it accepts ${route} on this port`,
  ASSUMED_LOCAL_ENDPOINT: ({ service }) =>
    `Service ${service.name} keeps to the client's node (traffic policy Local), and the input does not tell the nodes: the endpoint is taken to be there`,
  ASSUMED_HOST_PORT: ({ node, hostPort, pod }) =>
    `assuming hostPort ${hostPort.number} of node ${node} leads to ${pod} and keeps the client's address, as with most network plugins`,
  ASSUMED_OBJECT: ({ typed, object }) =>
    `\`${typed}\` is taken for ${object.kind} ${object.id}, which is asked by its address; as a name it would not resolve`,
  ASSUMED_POD_IP: ({ pod, matches, ...blocks }) =>
    `the address of ${pod} is not in the input; ipBlock ${blocksText(blocks)} ${matches === 'yes' ? 'holds every address it can have' : 'may or may not hold it'}`,
  ASSUMED_CLIENT_IP: ({ client, service }) =>
    service === undefined
      ? "the client's address is taken to be replaced by that of a node before a policy sees it"
      : `${client === undefined ? "the client's address" : `the address of ${client}`} is taken to be replaced by that of a node before a policy sees it, because Service ${service} has externalTrafficPolicy: Cluster`,
  ASSUMED_IPBLOCK_MATCHES_POD: ({ plugin, ...blocks }) =>
    `ipBlock ${blocksText(blocks)} is taken to match Pods too, as it does with most network plugins${doubt(plugin)}`,
  ASSUMED_POLICY_AFTER_SERVICE: ({ plugin, ...blocks }) =>
    `ipBlock ${blocksText(blocks)} holds the Service's own address, which is taken to be replaced by the Pod's before a policy sees it${doubt(plugin)}`,
  ASSUMED_NODE_EGRESS: ({ endpoint, plugin }) =>
    `network plugins differ on whether egress policies hold ${endpoint} off its own node; it is taken to get there${doubt(plugin)}`,
  ASSUMED_HOST_NETWORK: ({ endpoints, plugin }) =>
    `${firstAre(endpoints)} on the node's network: policies take it for the node, and no selector matches it${doubt(plugin)}`,
  ASSUMED_SELF_THROUGH_SERVICE: ({ endpoint, service, plugin }) =>
    `network plugins differ on whether ${endpoint} reaches itself through Service ${service.name}; it is taken to${doubt(plugin)}`,
  ASSUMED_NO_PORTS_PROTOCOLS: ({ plugin }) =>
    `ICMP and other protocols without ports are taken to pass only rules without ports${doubt(plugin)}`,
  ASSUMED_SIDECAR_PORT: ({ port, plugin }) =>
    `only a sidecar declares the port ${port}; network plugins differ on whether policies see it, and it is taken that they do not${doubt(plugin)}`,
  ASSUMED_ENFORCING_CNI: ({ plugin }) =>
    `the cluster's network plugin is taken to enforce NetworkPolicies${doubt(plugin)}`,
  CNI_BEHAVIOUR: facts => `${facts.plugin.title} ${pluginFactText(facts)}${noteText(facts.plugin)}`,
  ASSUMED_CNI_BEHAVIOUR: facts => `${pluginAssumptionText(facts)}${doubt(facts.plugin)}`,
  ASSUMED_WHAT_IF: whatIfText,
  ASSUMED_CREATED_PODS: ({ how, by }) => {
    const whose = creatorsText(by)
    return how === 'as-its-operator-does'
      ? `Pods of ${whose} are not in the manifests: assuming those that the operator usually creates`
      : `Pods of ${whose} are not in the manifests: assuming that the controller creates them from the template`
  },
  ASSUMED_TEMPLATE_PARAMETERS: ({ templates }) =>
    printable(
      `the objects of Template ${firstFew(templates)} are read with the defaults of its parameters; \`oc process\` may set others`,
    ),
  UNDETERMINED_CREATED_POLICY: ({ by }) =>
    `${creatorsText(by)} may create NetworkPolicies, which are not in the manifests`,
  UNDETERMINED_INVALID_INPUT: ({ leftOut }) => {
    const names = leftOut.map(({ object, source }) =>
      printable(source === undefined ? object : `${object} (${placeText(source)})`),
    )
    return `left out because a cluster would refuse it: ${firstFew(names)}; put right, it may decide otherwise`
  },
  UNDETERMINED_NOT_RENDERED: ({ kustomizations }) => {
    const names = kustomizations.map(folder => printable(folder))
    const [is, one] = names.length === 1 ? ['kustomization', 'it'] : ['kustomizations', 'one of them']
    return `the files are read as they are, without the ${is} ${firstFew(names, 3)}, which may decide otherwise: -k asks about ${one}`
  },
  UNDETERMINED_UNMODELLED_POLICY: ({ policies }) => {
    const names = policies.map(policy => printable(objectText(policy)))
    const are = names.length === 1 ? 'is not evaluated: it' : 'are not evaluated: they'
    return `${firstFew(names, 3)} ${are} may decide otherwise`
  },
}

export const WARNING_SENTENCES: Sentences<WarningFacts> = {
  INGRESS_CLASS_UNKNOWN: () =>
    'the Ingress has no class, and there is no default one: a controller may ignore it',
  DNS_OVER_TCP_BLOCKED: ({ servers }) =>
    `names resolve over UDP, but TCP to ${servers} is not open: answers that are too long for UDP will fail`,
}

/** Beside the first notes of one code. */
export const moreOfTheKind = (count: number): string => `and ${count} more of the kind (-v shows them)`

/** Beside the notes for which there is room. */
export const moreNotes = (count: number): string => `and ${count} more (-v shows all)`

export function notEnforcedText({ plugin: { name, note }, policies }: PoliciesNotEnforced): string {
  const which = policies === 1 ? 'the one in the input has' : `the ${policies} in the input have`
  const more = note === undefined ? '' : `; ${note}`
  return `${notEnforced(name)}: ${which} no effect${more}`
}

export function anyPodText({ plugin, endpoint }: AnyPodOnNodes): string {
  const whom = endpoint === undefined ? 'Pods on the network of a node' : `${endpoint} on its node's network`
  return `${plugin.title} lets \`podSelector: {}\` beside a namespaceSelector match ${whom}, which is not evaluated: more may be open`
}

/** `a is`, `a, b, c, d, e and 7 more are`. */
const firstAre = (names: readonly string[]): string =>
  `${firstFew(names)} ${names.length === 1 ? 'is' : 'are'}`

/** Why the named plugin may not do as most do. */
function doubt(plugin: PluginRemark | undefined): string {
  if (plugin === undefined) return ''
  return plugin.note === undefined
    ? ` (not known of ${plugin.title})`
    : ` (of ${plugin.title}: ${plugin.note})`
}

const noteText = ({ note }: PluginRemark): string => (note === undefined ? '' : ` (${note})`)

function pluginFactText(fact: PluginFact): string {
  switch (fact.topic) {
    case 'ipBlockOfPods':
    case 'ipBlockOfNodes': {
      const { topic, unmatched } = fact
      const because =
        unmatched === undefined
          ? ''
          : `, so that ${blockText(unmatched.block)} does not match ${unmatched.endpoint}`
      return `lets no ipBlock match ${topic === 'ipBlockOfPods' ? 'Pods' : 'nodes'}${because}`
    }
    case 'toOwnNode':
      return 'holds a Pod to its egress policies on the way to its own node, too'
    case 'selfThroughService':
      return 'takes a Pod that gets to itself through a Service for any other'
    case 'namedPorts':
      return `does not know named ports, so that ${fact.port === undefined ? 'they open' : `${portText(fact.port)} opens`} nothing`
    case 'endPort': {
      const text = 'does not know endPort, so that a range opens its first port only'
      if (fact.range === undefined) return text
      const { applied, written } = fact.range
      return `${text}: ${openText(applied)} of ${openText(written)}`
    }
  }
}

function pluginAssumptionText(assumption: PluginAssumption): string {
  switch (assumption.topic) {
    case 'sctp':
      return 'SCTP is taken to get through at all'
    case 'bothSelectors':
      return 'both selectors of one entry are taken to count'
    case 'rewrittenByOwnNode':
      return `the node that replaces the client's address is taken not to be let in as ${assumption.endpoint}'s own`
    case 'namedPorts':
      return `${portText(assumption.port)} is taken for the port of that name`
    case 'endPort':
      return `all of ${openText(assumption.range)} is taken to be open`
  }
}

function dnsServersText(servers: AssumedDnsServers): string {
  switch (servers.kind) {
    case 'pods': {
      const { namespace, labels, port } = servers
      return `the cluster's DNS Pods are not in the input: taken to be in namespace ${namespace}${Object.keys(labels).length === 0 ? '' : `, labelled ${labelsText(labels)}`}, on port ${port}`
    }
    case 'cache':
      return `${servers.name} is a node-local DNS cache: DNS queries may go to ${servers.address} on the node instead of the DNS Pods${servers.isPods ? '' : ', and only an ipBlock allows that'}`
    case 'address':
      return `the DNS server ${servers.address}, which the Pod names itself, is not in the input: taken for an address, and for no Pod`
  }
}

function controllerText(controller: AssumedController): string {
  switch (controller.kind) {
    case 'pods': {
      const { namespace, labels, serves } = controller
      const whose = serves === undefined ? "the controller's Pods" : `the Pods that serve ${serves}`
      return `${whose} are not in the input: taken to be in namespace ${namespace}, labelled ${labelsText(labels, ', ')} (--ingress-controller names others)`
    }
    case 'external':
      return controller.isOfPlugin
        ? `assuming requests come from ${controller.name}, which no ipBlock and no selector of a NetworkPolicy matches`
        : `requests are taken to come from ${controller.name}, whose addresses are not known`
  }
}

const blocksText = ({
  block,
  others = [],
}: {
  readonly block: IpBlock
  readonly others?: readonly IpBlock[]
}): string => firstFew([block, ...others].map(blockText), 3)
