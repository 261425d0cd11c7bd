import type { Pod, Service } from '../../model/objects.ts'
import type { Ingress } from '../../model/routes.ts'
import type { Direction, NetworkPolicy } from '../../policy/policy.ts'
import type { Description, LabelsReport, ResourceKind, Sentence } from '../../report/inventory.ts'
import { placeText, sourceOf } from '../phrases.ts'
import { chosenPods, endpointsOf } from '../service.ts'
import { whyNoEndpoints } from '../service-selector.ts'
import type { World } from '../world.ts'
import { ingressItem, namespaceItem, networkPolicyItem, podItem, serviceItem } from './items.ts'
import { meaningOf, someOf } from './meaning.ts'
import { selecting } from './selecting.ts'
import { specLines } from './spec-lines.ts'

type Facts = Description['facts']

/** One object in words: what stands in it, and what it means for its connections. */
export function describePod(world: World, pod: Pod): Description {
  const item = podItem(world, pod)
  const services = world.cluster.services.filter(service => chosenPods(world, service).includes(pod))
  const ports = item.ports.map(
    ({ name, protocol, number }) => `${number}/${protocol}${name === null ? '' : ` (${name})`}`,
  )
  return description(
    'pods',
    item.id,
    [
      ...named(item),
      fact('Status', item.status),
      fact('IP', ...item.addresses),
      fact('Node', ...(item.node === null ? [] : [item.node])),
      fact('Labels', ...labelLines(item.labels)),
      fact(
        'Controlled By',
        ...(item.workload === null ? [] : [`${item.workload.kind}/${item.workload.name}`]),
      ),
      fact('Ports', ...ports),
      fact('Services', ...services.map(({ namespace, name }) => `${namespace}/${name}`)),
    ],
    isolationOf(world, pod),
  )
}

/** Which policies isolate a Pod, in each direction (S-002). */
function isolationOf(world: World, pod: Pod): readonly Sentence[] {
  if (pod.hostNetwork)
    return [
      { text: "It is on its node's network: policies take it for the node, and none selects it.", parts: [] },
    ]
  return (['ingress', 'egress'] as const).map(direction => isolation(world, pod, direction))
}

function isolation(world: World, pod: Pod, direction: Direction): Sentence {
  const isolating = selecting(world, pod).filter(({ policy }) =>
    policy.directions.some(one => one.direction === direction),
  )
  if (isolating.length === 0)
    return { text: `No policy isolates it for ${direction}: everything is open.`, parts: [] }
  const parts = isolating.map(({ policy, matches }) => ({
    text: `${policy.namespace}/${policy.name}${matches === 'unknown' ? ' (perhaps: by a label that only a running cluster knows)' : ''}`,
    source: sourceOf(policy.at),
  }))
  const surely = isolating.some(({ matches }) => matches === 'yes') ? 'is' : 'may be'
  return {
    text: `It ${surely} isolated for ${direction}: only what a rule of these opens gets through.`,
    parts,
  }
}

export function describeService(world: World, service: Service): Description {
  const item = serviceItem(world, service)
  const { selector, externalName, endpoints } = item
  const ports = item.ports.map(({ name, protocol, port, targetPort, nodePort }) => {
    const onNode = nodePort === null ? '' : `, port ${nodePort} of every node`
    return `${name === null ? '' : `${name} `}${port}/${protocol} -> ${targetPort}${onNode}`
  })
  const facts = [
    ...named(item),
    fact('Selector', ...(selector === null ? [] : labelLines(selector))),
    fact('Type', item.type),
    fact('IP', ...item.clusterIPs),
    fact('External IPs', ...item.externalAddresses),
    ...(externalName === null ? [] : [fact('External Name', externalName)]),
    fact('Ports', ...ports),
    fact(
      'Endpoints',
      ...endpoints.map(({ id, protocol, port }) => (port === null ? id : `${id}:${port}/${protocol}`)),
    ),
  ]
  return description('services', item.id, facts, serviceMeaning(world, service))
}

function serviceMeaning(world: World, service: Service): readonly Sentence[] {
  if (service.externalName !== undefined)
    return [sentence(`It is another name for ${service.externalName}; policies see the address behind that.`)]
  const ports = service.headless
    ? []
    : [sentence('Policies see the Pod behind it and the port of the Pod, not the Service and its port.')]
  const headless = service.headless
    ? [sentence('It is headless: a client dials the Pods themselves, on whatever port it asks for.')]
    : []
  const empty = endpointsOf(world, service).length === 0
  return [
    ...headless,
    ...ports,
    ...(empty ? [sentence(`Nothing is behind it: ${whyNoEndpoints(world, service)}.`)] : []),
  ]
}

const sentence = (text: string): Sentence => ({ text, parts: [] })

export function describeNamespace(world: World, name: string): Description {
  const namespace = world.cluster.namespaces.get(name)
  const item = namespace === undefined ? undefined : namespaceItem(world, namespace)
  const policies = world.networkPolicies.filter(policy => policy.namespace === name)
  const facts = [
    fact('Name', name),
    fact('Labels', ...labelLines(item?.labels ?? {})),
    fact('Declared', item?.declared ? 'yes' : 'no: objects are merely in it'),
    fact('Pods', String(item?.pods ?? 0)),
    fact('Network Policies', ...policies.map(policy => `${policy.name} (${placeText(policy.at)})`)),
  ]
  const meaning = (['ingress', 'egress'] as const).map(direction => defaultOf(policies, direction))
  return description('namespaces', name, facts, meaning)
}

/** Whether a Pod is isolated for no other reason than that it is in the namespace. */
function defaultOf(policies: readonly NetworkPolicy[], direction: Direction): Sentence {
  const closing = policies.filter(
    ({ subject, directions }) =>
      subject.requirements.length === 0 && directions.some(one => one.direction === direction),
  )
  if (closing.length === 0)
    return sentence(`Its Pods are open for ${direction}, unless a policy selects them.`)
  return sentence(
    `Its Pods are all isolated for ${direction}, by ${someOf(closing.map(({ name }) => name))}.`,
  )
}

export function describeNetworkPolicy(world: World, policy: NetworkPolicy): Description {
  const item = networkPolicyItem(world, policy)
  const facts = [
    ...named(item),
    fact('Source', `${item.source.file}:${item.source.line}`),
    fact('Spec', ...specLines(policy)),
  ]
  return description('networkpolicies', item.id, facts, meaningOf(world, policy))
}

export function describeIngress(world: World, ingress: Ingress): Description {
  const item = ingressItem(world, ingress)
  const rules = item.rules.map(({ host, path, pathType, backend, endpoints }) => {
    const where = host === null ? 'everything else' : `${host} ${path} (${pathType})`
    const behind = endpoints === null ? 'not in the input' : someOf(endpoints) || 'nothing behind it'
    return `${where} -> ${backend} (${behind})`
  })
  const facts = [
    ...named(item),
    fact('Ingress Class', ...(item.class === null ? [] : [item.class])),
    fact('Rules', ...rules),
  ]
  const meaning = [
    sentence(
      "The client connects to the ingress controller, and the controller's Pods connect to the Pods of the backend.",
    ),
    ...(ingress.defaultBackend === undefined
      ? [sentence('What no rule matches is not found (HTTP 404).')]
      : []),
  ]
  return description('ingresses', item.id, facts, meaning)
}

const fact = (name: string, ...values: readonly string[]): Facts[number] => ({ name, values })

const named = ({ name, namespace }: { readonly name: string; readonly namespace: string }): Facts => [
  fact('Name', name),
  fact('Namespace', namespace),
]

const labelLines = (labels: LabelsReport): readonly string[] =>
  Object.entries(labels).map(([key, value]) => `${key}=${value ?? '<known to a running cluster only>'}`)

const description = (
  of: ResourceKind,
  id: string,
  facts: Facts,
  meaning: readonly Sentence[],
): Description => ({ kind: 'Description', of, id, facts, meaning })
