import { parseAddress, parseCidr } from '../../sets/addresses.ts'
import { isMapping } from '../../source/mapping.ts'
import { NAME_LABEL } from '../labels.ts'
import type { Field } from './field.ts'

/*
 * Fields that are in the wrong place, mostly for their indentation: where they belong, and how they get there.
 */

/** The places of a field, as paths to what it is a field of. */
type Homes = Readonly<Record<string, readonly string[]>>

const homesOf = (...rows: readonly (readonly [fields: string, ...homes: readonly string[]])[]): Homes =>
  Object.fromEntries(
    rows.flatMap(([names, ...homes]) => names.split(' ').map(name => [name, homes] as const)),
  )

const PEERS = ['spec.ingress[].from[]', 'spec.egress[].to[]']
const SELECTORS = PEERS.flatMap(peer => [`${peer}.podSelector`, `${peer}.namespaceSelector`])

const inNetworkPolicy = (): Homes =>
  homesOf(
    ['metadata spec', ''],
    ['name namespace labels annotations', 'metadata'],
    ['ingress egress policyTypes', 'spec'],
    ['from', 'spec.ingress[]'],
    ['to', 'spec.egress[]'],
    ['ports', 'spec.ingress[]', 'spec.egress[]'],
    ['port endPort protocol', 'spec.ingress[].ports[]', 'spec.egress[].ports[]'],
    ['podSelector', 'spec', ...PEERS],
    ['namespaceSelector ipBlock', ...PEERS],
    ['cidr except', ...PEERS.map(peer => `${peer}.ipBlock`)],
    ['matchLabels matchExpressions', 'spec.podSelector', ...SELECTORS],
    ['key operator values', ...['spec.podSelector', ...SELECTORS].map(one => `${one}.matchExpressions[]`)],
  )

const inService = (): Homes =>
  homesOf(
    ['metadata spec', ''],
    ['name namespace labels annotations', 'metadata'],
    ['selector ports type clusterIP externalName externalTrafficPolicy', 'spec'],
    ['port targetPort nodePort protocol', 'spec.ports[]'],
  )

/** What has Pods: the place of their spec, and those of their labels. */
const withPods = (pods: string, ...metadata: readonly string[]): Homes =>
  homesOf(
    ['metadata spec', '', ...(pods === 'spec' ? [] : [pods.replace(/\.spec$/, '')])],
    ['name namespace', 'metadata'],
    ['labels annotations', 'metadata', ...metadata],
    [
      'containers initContainers volumes nodeName hostNetwork hostAliases dnsPolicy dnsConfig subdomain',
      pods,
    ],
    ['image command args env volumeMounts readinessProbe', `${pods}.containers[]`],
    ['ports', `${pods}.containers[]`],
    ['containerPort hostPort', `${pods}.containers[].ports[]`],
    ...(pods === 'spec'
      ? []
      : ([
          ['selector replicas template', 'spec'],
          ['matchLabels matchExpressions', 'spec.selector'],
        ] as const)),
  )

/** The homes of the fields of a kind; undefined where they are not known. */
function homesIn(kind: string | undefined): Homes | undefined {
  switch (kind) {
    case 'NetworkPolicy':
      return inNetworkPolicy()
    case 'Service':
      return inService()
    case 'Pod':
      return withPods('spec')
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return withPods('spec.template.spec', 'spec.template.metadata')
    default:
      return undefined
  }
}

/** What to do with a field that is not of the object that it is in; undefined where it is of none that is known. */
export function helpForMisplaced(field: Field, key: string): string | undefined {
  const { parent } = field
  if (parent === undefined) return undefined
  return (
    helpForRule(parent, key) ?? helpForSelector(parent, key, field.value) ?? helpByHome(field, key, parent)
  )
}

/** `from` and `to` are those of one direction. */
function helpForRule(parent: Field, key: string): string | undefined {
  const rule = placeOf(parent)
  if (kindOf(parent) !== 'NetworkPolicy') return undefined
  if (rule === 'spec.egress[]' && key === 'from')
    return 'an egress rule has `to`: write that, or move the rule to `ingress`'
  if (rule === 'spec.ingress[]' && key === 'to')
    return 'an ingress rule has `from`: write that, or move the rule to `egress`'
  return undefined
}

function helpByHome(field: Field, key: string, parent: Field): string | undefined {
  const homes = homesIn(kindOf(field))
  if (homes === undefined || !Object.hasOwn(homes, key)) return undefined
  const here = stepsOf(placeOf(parent))
  const [home] = (homes[key] ?? [])
    .map(stepsOf)
    .sort((a, b) => distanceTo(a, here, parent) - distanceTo(b, here, parent))
  if (home === undefined) return undefined
  const belongs =
    home.length === 0 ? 'at the top of the object' : `in \`${home.join('.').replaceAll('.[]', '[]')}\``
  const shared = sharedSteps(home, here)
  if (shared === home.length)
    return `\`${key}\` belongs ${belongs}: move it out ${levels(here.length - home.length)}`
  const below = home.findLast(step => step !== '[]')
  if (shared < here.length || below === undefined) return `\`${key}\` belongs ${belongs}`
  if (home.at(-1) === '[]')
    return `\`${key}\` belongs ${belongs}: write it in an entry of \`${below}\`, as \`- ${key}:\``
  const isThere = isMapping(parent.value) && Object.hasOwn(parent.value, below)
  return isThere
    ? `\`${key}\` belongs ${belongs}: indent it below \`${below}:\``
    : `\`${key}\` belongs ${belongs}: write \`${below}:\` above it, and indent it below`
}

/** The place to go to is near; of two, the one whose field is there and empty, because its content is not indented enough. */
function distanceTo(home: readonly string[], here: readonly string[], parent: Field): number {
  const shared = sharedSteps(home, here)
  const next = shared === here.length ? home[shared] : undefined
  const isEmpty = next !== undefined && isMapping(parent.value) && parent.value[next] === null
  return home.length + here.length - 2 * shared - (isEmpty ? 1.5 : 0)
}

/** Labels without `matchLabels`, and the name of a namespace, which is a label that the API server sets (S-022). */
function helpForSelector(parent: Field, key: string, value: unknown): string | undefined {
  if (parent.step !== 'podSelector' && parent.step !== 'namespaceSelector') return undefined
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined
  if (OF_EXPRESSIONS.includes(key)) return undefined
  const isName = parent.step === 'namespaceSelector' && NAMES.includes(key)
  const label = `${isName ? NAME_LABEL : key}: ${typeof value === 'string' ? value : `"${value}"`}`
  return `labels go below \`matchLabels\`: write \`matchLabels: {${label}}\``
}

const OF_EXPRESSIONS = ['key', 'operator', 'values']
const NAMES = ['name', 'namespace']

/** For a value in the place of a mapping with these fields: what it was likely to say. */
export function helpForPlainSelector(
  { step }: Field,
  value: unknown,
  known: readonly string[],
): string | undefined {
  if (typeof value !== 'string') return undefined
  const cidr = blockIn(value)
  if (known.includes('cidr') && cidr !== undefined) return `write \`cidr: ${cidr}\` below \`${step}:\``
  if (known.includes('ipBlock') && cidr !== undefined) return `write \`ipBlock: {cidr: ${cidr}}\``
  if (!known.includes('matchLabels')) return undefined
  const [, key, label] = /^([\w./-]+)=([\w.-]+)$/.exec(value) ?? []
  if (key !== undefined) return `write \`matchLabels: {${key}: ${label}}\` below \`${step}:\``
  return step === 'namespaceSelector' && /^[a-z0-9-]+$/.test(value)
    ? `write \`matchLabels: {${NAME_LABEL}: ${value}}\` below \`${step}:\``
    : undefined
}

function blockIn(value: string): string | undefined {
  if (parseCidr(value).kind === 'block') return value
  if (parseAddress(value) === undefined) return undefined
  return `${value}/${value.includes(':') ? 128 : 32}`
}

const stepsOf = (place: string): readonly string[] =>
  place === '' ? [] : place.replaceAll('[]', '.[]').split('.')

function sharedSteps(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((step, index) => other[index] !== step)
  return end < 0 ? one.length : end
}

/** `spec.ingress[].from[]`. */
function placeOf({ parent, step }: Field): string {
  if (parent === undefined) return ''
  const before = placeOf(parent)
  if (typeof step === 'number') return `${before}[]`
  return before === '' ? step : `${before}.${step}`
}

function kindOf({ parent, value }: Field): string | undefined {
  if (parent !== undefined) return kindOf(parent)
  const kind = isMapping(value) ? value['kind'] : undefined
  return typeof kind === 'string' ? kind : undefined
}

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six']

const levels = (count: number): string => `${NUMBERS[count - 1] ?? count} ${count === 1 ? 'level' : 'levels'}`
