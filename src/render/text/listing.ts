import type {
  EndpointItem,
  IngressItem,
  LabelsReport,
  Listing,
  NamespaceItem,
  NetworkPolicyItem,
  PodItem,
  Selected,
  ServiceItem,
  ServicePortItem,
} from '../../report/inventory.ts'
import { placeText } from '../../words/lists.ts'
import type { Paper } from '../paper.ts'
import { table } from './table.ts'

/** One column: its heading and its cells. */
interface Column<T> {
  readonly heading: string
  readonly cell: (item: T) => string
  /** With `-o wide` alone. */
  readonly wide?: true
  /** Only where it was asked which policies select which Pods. */
  readonly matches?: true
}

/** `get`: kubectl's tables; with the namespace first where there is more than one. */
export function listingLines(report: Listing, namespaces: boolean, paper: Paper): Iterable<string> {
  switch (report.of) {
    case 'pods':
      return rows(report.items, PODS, namespaces, paper)
    case 'services':
      return rows(report.items, SERVICES, namespaces, paper)
    case 'namespaces':
      return rows(report.items, NAMESPACES, false, paper)
    case 'networkpolicies':
      return rows(report.items, POLICIES, namespaces, paper)
    case 'ingresses':
      return rows(report.items, INGRESSES, namespaces, paper)
  }
}

interface RowItem {
  readonly name: string
  readonly namespace?: string
  readonly matches?: Selected
}

function rows<T extends RowItem>(
  items: readonly T[],
  columns: readonly Column<T>[],
  namespaces: boolean,
  { wide, headers }: Paper,
): Iterable<string> {
  if (items.length === 0) return []
  const isAsked = items.some(({ matches }) => matches !== undefined)
  const all: readonly Column<T>[] = [
    ...(namespaces ? [{ heading: 'NAMESPACE', cell: (item: T) => item.namespace ?? EMPTY_CELL }] : []),
    { heading: 'NAME', cell: ({ name }) => name },
    ...columns.filter(({ matches }) => !matches || isAsked),
  ]
  const shown = all.filter(column => wide || !column.wide)
  const head = headers ? [shown.map(({ heading }) => heading)] : []
  return table([...head, ...items.map(item => shown.map(({ cell }) => cell(item)))])
}

const EMPTY_CELL = '<none>'
const list = (values: readonly string[]): string => values.join(',') || EMPTY_CELL

/** Like kubectl, shows three and counts the rest. */
function firstThree(values: readonly string[]): string {
  const more = values.length > 3 ? ` + ${values.length - 3} more...` : ''
  return `${values.slice(0, 3).join(',') || EMPTY_CELL}${more}`
}

const labels = (report: LabelsReport): string =>
  list(Object.entries(report).map(([key, value]) => (value === null ? key : `${key}=${value}`)))

const PODS: readonly Column<PodItem>[] = [
  { heading: 'SELECTED', cell: ({ matches }) => matches ?? EMPTY_CELL, matches: true },
  { heading: 'STATUS', cell: ({ status }) => status },
  { heading: 'IP', cell: ({ addresses }) => addresses[0] ?? EMPTY_CELL },
  { heading: 'NODE', cell: ({ node }) => node ?? EMPTY_CELL },
  {
    heading: 'CONTROLLED-BY',
    cell: ({ workload }) => (workload === null ? EMPTY_CELL : `${workload.kind}/${workload.name}`),
    wide: true,
  },
  {
    heading: 'PORTS',
    cell: ({ ports }) => list(ports.map(({ number, protocol }) => `${number}/${protocol}`)),
    wide: true,
  },
  { heading: 'LABELS', cell: item => labels(item.labels) },
]

const SERVICES: readonly Column<ServiceItem>[] = [
  { heading: 'TYPE', cell: ({ type }) => type },
  { heading: 'CLUSTER-IP', cell: ({ clusterIPs }) => list(clusterIPs) },
  {
    heading: 'EXTERNAL-IP',
    cell: ({ externalAddresses, externalName }) => externalName ?? list(externalAddresses),
  },
  { heading: 'PORT(S)', cell: ({ ports }) => list(ports.map(portCell)) },
  {
    heading: 'ENDPOINTS',
    // Several ports of a Service may lead to the same port of a Pod.
    cell: ({ endpoints }) => firstThree([...new Set(endpoints.map(endpointText))]),
  },
  {
    heading: 'SELECTOR',
    cell: ({ selector }) => (selector === null ? EMPTY_CELL : labels(selector)),
    wide: true,
  },
]

const endpointText = ({ id, port }: EndpointItem): string => (port === null ? id : `${id}:${port}`)

const portCell = ({ port, nodePort, protocol }: ServicePortItem): string =>
  `${port}${nodePort === null ? '' : `:${nodePort}`}/${protocol}`

const NAMESPACES: readonly Column<NamespaceItem>[] = [
  { heading: 'STATUS', cell: ({ assumed }) => (assumed ? 'Assumed' : 'Active') },
  { heading: 'PODS', cell: ({ pods }) => String(pods) },
  { heading: 'LABELS', cell: item => labels(item.labels) },
]

const POLICIES: readonly Column<NetworkPolicyItem>[] = [
  { heading: 'SELECTS', cell: ({ matches }) => matches ?? EMPTY_CELL, matches: true },
  { heading: 'POD-SELECTOR', cell: ({ podSelector }) => podSelector || EMPTY_CELL },
  { heading: 'POLICY-TYPES', cell: ({ policyTypes }) => list(policyTypes) },
  {
    heading: 'PODS',
    cell: ({ pods, undetermined }) => `${pods.length}${undetermined.length > 0 ? '+?' : ''}`,
  },
  { heading: 'SOURCE', cell: ({ source }) => placeText(source), wide: true },
]

const INGRESSES: readonly Column<IngressItem>[] = [
  { heading: 'CLASS', cell: item => item.class ?? EMPTY_CELL },
  { heading: 'HOSTS', cell: ({ hosts }) => firstThree(hosts) },
  { heading: 'PORTS', cell: ({ ports }) => list(ports.map(String)) },
  { heading: 'BACKENDS', cell: ({ rules }) => firstThree([...new Set(rules.map(({ backend }) => backend))]) },
]
