import { NO_ADDRESS } from '../../../sets/addresses.ts'
import { isMapping, valueAt } from '../../../source/mapping.ts'
import { fieldAt } from '../../decode/decode.ts'
import { childOf, type Field, locationOf } from '../../decode/field.ts'
import { decodeMetadata } from '../../decode/metadata.ts'
import { decodeLabels, decodeMatchLabels } from '../../decode/selector.ts'
import { ANY_TEXT } from '../../decode/validation.ts'
import { type Labels, UNKNOWABLE } from '../../labels.ts'
import type { CustomWorkload, PodGroup, PodSpec, Service, Workload } from '../../objects.ts'
import { podsNamed } from '../../replicas.ts'
import type { Selector } from '../../selector.ts'
import { decodePodSpec } from '../pod.ts'
import { type CustomObject, hasEnded, partOf, type Texts } from './custom-object.ts'
import { OPERATOR_KINDS } from './operators/index.ts'
import type { OperatorKind, OperatorPods, OperatorService } from './operators/operator.ts'
import {
  type FoundTemplate,
  isOnlyForOthers,
  podTemplatesIn,
  type TemplateKind,
  templateKind,
} from './pod-templates.ts'

/**
 * An object of a kind that is not built in, where it is known which Pods it creates. Never complains: such kinds have fields
 * of their own. `builtIn` are the kinds of Kubernetes, which take precedence in names.
 */
export function decodeCustomWorkload(
  written: string,
  kind: string,
  given: Field,
  builtIn: readonly string[],
): CustomWorkload | undefined {
  // Before its API had groups, OpenShift had its kinds in the core group.
  const group = written === '' && kind === 'DeploymentConfig' ? 'apps.openshift.io' : written
  if (!group.includes('.') || isOnlyForOthers(group, kind)) return undefined
  const root: Field = { ...given, object: { ...given.object, complain: () => undefined } }
  const operator = OPERATOR_KINDS.find(known => known.group === group && known.kind === kind)
  const spec = valueAt(root.value, 'spec')
  const hasTemplates = operator === undefined && !hasEnded(kind, partOf(root.value))
  const templates = hasTemplates ? podTemplatesIn(spec, ['spec']) : []
  const templateOf = operator === undefined ? workloadRef(spec) : undefined
  if (operator === undefined && templates.length === 0 && templateOf === undefined) return undefined
  const metadata = decodeMetadata(root, ANY_TEXT)
  if (metadata === undefined) return undefined
  const { name, namespace, labels, owner, at } = metadata
  const known = templateKind(group, kind)
  const assumed =
    operator !== undefined
      ? 'as-its-operator-does'
      : known === undefined && templateOf === undefined
        ? 'from-its-template'
        : undefined
  const workload: Workload = {
    // Two kinds of one name would be confused where it is typed or shown.
    kind: builtIn.includes(kind) ? `${kind}.${group}` : kind,
    namespace,
    name,
    labels,
    at,
    selector: operator === undefined ? writtenSelector(root) : identifiedBy(operator.identity, at),
    ...(assumed !== undefined && { assumed }),
  }
  const common = { kind: 'CustomWorkload', namespace, workload, owner, templateOf } as const
  if (operator !== undefined) {
    const object: CustomObject = {
      name,
      namespace,
      labels: Object.fromEntries(labels),
      spec: partOf(spec),
      whole: partOf(root.value),
    }
    const unknown = operator.services === undefined ? 'services' : undefined
    return { ...common, unknown, ...createdBy(operator, object, workload) }
  }
  const addedTo = known ?? { labels: () => new Map() }
  const groups = groupsOf(root, name, templates).map(one => ({
    ...one,
    template: {
      ...one.template,
      labels: new Map([...addedTo.labels(name), ...one.template.labels]),
      ports: known?.ports?.(one.template.ports) ?? one.template.ports,
    },
  }))
  const [only, ...more] = templates
  const path = only === undefined ? [] : only.path.filter(step => typeof step === 'string')
  const isOneOfMappings = more.length === 0 && path.length === only?.path.length
  return {
    ...common,
    groups,
    services: [],
    unknown: unknownOf(known, assumed),
    isolates: undefined,
    labelsPath: isOneOfMappings ? [...path, 'metadata', 'labels'] : undefined,
  }
}

/** Where its spec has one as workloads do: of label selectors only the equalities, or a map of labels. */
function writtenSelector(root: Field): Selector | undefined {
  const selector = fieldAt(root, 'spec', 'selector')
  const labels = fieldAt(selector, 'matchLabels')
  const requirements = decodeMatchLabels(labels.value === undefined ? selector : labels)
  return requirements.length === 0 ? undefined : { requirements, at: locationOf(selector) }
}

const identifiedBy = (keys: readonly string[], at: Selector['at']): Selector => ({
  requirements: keys.map(key => ({ key, operator: 'Exists', values: [], at })),
  at,
})

function unknownOf(known: TemplateKind | undefined, assumed: Workload['assumed']): CustomWorkload['unknown'] {
  if (assumed !== undefined) return 'labels'
  return known?.hasServices ? 'services' : undefined
}

/** A Rollout may take over the template of a Deployment. */
function workloadRef(spec: unknown): CustomWorkload['templateOf'] {
  const ref = valueAt(spec, 'workloadRef')
  const [kind, name] = [valueAt(ref, 'kind'), valueAt(ref, 'name')]
  return typeof kind === 'string' && typeof name === 'string' ? { kind, name } : undefined
}

/** One for each template; their names differ where there are several. */
function groupsOf(root: Field, name: string, templates: readonly FoundTemplate[]): readonly PodGroup[] {
  const taken = new Set<string>()
  return templates.map(({ path, replicas = 1, name: part }, index) => {
    const wanted = templates.length === 1 ? name : `${name}-${part ?? index}`
    const own = taken.has(wanted) ? `${wanted}-${index}` : wanted
    taken.add(own)
    const template = path.reduce<Field>(
      (parent, step) => childOf(parent, step, inside(parent.value, step)),
      root,
    )
    const labels = decodeLabels(fieldAt(template, 'metadata', 'labels'))
    return {
      name: own,
      template: decodePodSpec(fieldAt(template, 'spec'), labels, ANY_TEXT),
      pods: podsNamed(own, replicas),
    }
  })
}

function inside(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined
  return isMapping(value) ? value[step] : undefined
}

function createdBy(
  operator: OperatorKind,
  object: CustomObject,
  { at }: Workload,
): Pick<CustomWorkload, 'groups' | 'services' | 'isolates' | 'labelsPath'> {
  const isolated = operator.isolates?.(object)
  return {
    groups: operator.pods(object).map(groupOf),
    services: (operator.services?.(object) ?? []).map(one => serviceOf(one, object.namespace, at)),
    isolates: isolated && selectorOf(isolated, at),
    labelsPath: operator.labelsPath,
  }
}

function groupOf(pods: OperatorPods): PodGroup {
  const { name, replicas, first, labels, unknowable = [], labelsOfOne, ports, hostNetwork = false } = pods
  const own: Labels = new Map<string, string | typeof UNKNOWABLE>([
    ...Object.entries(labels),
    ...unknowable.map(key => [key, UNKNOWABLE] as const),
  ])
  return {
    name,
    pods:
      first === undefined
        ? podsNamed(name, replicas)
        : Array.from({ length: replicas }, (_, index) => {
            const podName = `${name}-${first + index}`
            return {
              name: podName,
              labels: new Map(Object.entries(labelsOfOne?.(podName, first + index) ?? {})),
            }
          }),
    template: {
      ...PLAIN,
      labels: own,
      hostNetwork,
      ports: ports.map(([port, number, protocol = 'TCP']) => ({
        name: port,
        number,
        protocol,
        sidecar: false,
      })),
    },
  }
}

const PLAIN: Omit<PodSpec, 'labels' | 'ports' | 'hostNetwork'> = {
  node: undefined,
  hostname: undefined,
  subdomain: undefined,
  dns: { policy: 'ClusterFirst', nameservers: [], searches: [], ndots: undefined },
  hostAliases: [],
  hostPorts: [],
  images: [],
  servedClasses: [],
  configMaps: [],
  dnsCache: [],
}

const selectorOf = (labels: Texts, at: Selector['at']): Selector => ({
  requirements: Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value], at })),
  at,
})

const serviceOf = (
  { name, selector, ports, headless = false }: OperatorService,
  namespace: string,
  at: Selector['at'],
): Service => ({
  kind: 'Service',
  namespace,
  name,
  type: 'ClusterIP',
  headless,
  clusterIPs: NO_ADDRESS,
  onlyFamily: undefined,
  externalAddresses: NO_ADDRESS,
  externalIPs: NO_ADDRESS,
  balancerNames: [],
  annotations: new Map(),
  internalBy: undefined,
  limitedBy: [],
  sourceRanges: undefined,
  externalName: undefined,
  selector: selectorOf(selector, at),
  ports: ports.map(([portName, port, targetPort = port]) => ({
    name: portName,
    protocol: 'TCP',
    port,
    targetPort,
    nodePort: undefined,
  })),
  publishNotReadyAddresses: headless,
  internalTrafficPolicy: 'Cluster',
  externalTrafficPolicy: 'Cluster',
  at,
})
