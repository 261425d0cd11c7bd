import { valueAt } from '../../source/mapping.ts'
import { NAMED_OBJECT, OBJECT_META, TEMPLATE, WORKLOAD_SPEC } from '../decode/api-fields.ts'
import { invalid, required } from '../decode/complaints.ts'
import { fieldAt, fields, flag, integer, text } from '../decode/decode.ts'
import { type Field, isPresent, locationOf, unlessEmpty } from '../decode/field.ts'
import { decodeMetadata } from '../decode/metadata.ts'
import { decodeLabels, decodeSelector } from '../decode/selector.ts'
import { ANY_TEXT, LABEL_NAME, SUBDOMAIN_NAME, type ValueRule } from '../decode/validation.ts'
import type { PodSpec, WorkloadKind, WrittenWorkload } from '../objects.ts'
import { decodeScheduling } from '../scheduling.ts'
import { type Selector, selects } from '../selector.ts'
import { decodePodSpec } from './pod.ts'

/** The decoder of one of the kinds whose Pods are created from `spec.template` (S-300). */
export function decodeWorkload(kind: WorkloadKind): (object: Field) => WrittenWorkload | undefined {
  return object => {
    const spec = fields(object, NAMED_OBJECT)('spec')
    fields(spec, WORKLOAD_SPEC[kind])
    const metadata = decodeMetadata(object, SUBDOMAIN_NAME)
    const made = kind === 'CronJob' ? jobOf(spec) : spec
    // The API server does not look at these names in a StatefulSet, which sets them for its Pods.
    const hostnames = kind === 'StatefulSet' ? ANY_TEXT : LABEL_NAME
    const template = decodeTemplate(fields(made)('template'), hostnames)
    const selector = SELECTS_BY_LABEL_SELECTOR.includes(kind)
      ? decodeOwnSelector(kind, fields(spec)('selector'), made, template)
      : undefined
    if (kind === 'ReplicationController') checkLabels(fields(spec)('selector'), made, template)
    const replicas = decodeReplicas(kind, fields(spec), fields(made))
    if (metadata === undefined) return undefined
    const { name, namespace, labels, owner, at } = metadata
    const firstOrdinal = integer(fieldAt(spec, 'ordinals', 'start')) ?? 0
    const indexed = text(fields(made)('completionMode')) === 'Indexed'
    return {
      kind,
      name,
      namespace,
      labels,
      template,
      selector,
      scheduling: decodeScheduling(fields(fieldAt(made, 'template', 'spec'))),
      replicas,
      firstOrdinal,
      indexed,
      serviceName: text(unlessEmpty(fields(spec)('serviceName'))),
      owner,
      at,
    }
  }
}

function jobOf(cronJob: Field): Field {
  const job = fields(fields(cronJob)('jobTemplate'), TEMPLATE)('spec')
  fields(job, WORKLOAD_SPEC.Job)
  return job
}

const SELECTS_BY_LABEL_SELECTOR: readonly WorkloadKind[] = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
]

function decodeTemplate(field: Field, hostnames: ValueRule<string>): PodSpec {
  if (!isPresent(field)) required(field, '', 'write the `metadata` and the `spec` of the Pods that it makes')
  const get = fields(field, TEMPLATE)
  // The API server leaves `metadata` out of their path (S-151).
  const labels = decodeLabels(fields(get('metadata'), OBJECT_META)('labels'), get('labels'))
  return decodePodSpec(get('spec'), labels, hostnames)
}

const SELECTOR_FORM = 'write `matchLabels:` with labels of `template.metadata`'

/** S-156. */
function decodeOwnSelector(kind: WorkloadKind, field: Field, spec: Field, template: PodSpec): Selector {
  const selector = decodeSelector(field)
  if (!isPresent(field)) required(field, '', SELECTOR_FORM)
  else if (selector.requirements.length === 0 && selectsNothing(field.value))
    invalid(field, `empty selector is invalid for ${kind.toLowerCase()}`, SELECTOR_FORM)
  else if (selects(selector, template.labels) === 'no') mismatch(field, spec)
  // Sorted, so that equal selectors compare equal.
  return { ...selector, requirements: selector.requirements.toSorted((a, b) => (a.key < b.key ? -1 : 1)) }
}

/** Whether nothing is written in a selector, instead of something of the wrong type. */
const selectsNothing = (selector: unknown): boolean =>
  ['matchLabels', 'matchExpressions'].every(field => Object.keys(valueAt(selector, field) ?? {}).length === 0)

/** S-156: the selector of a ReplicationController, which defaults to the labels of its template. */
function checkLabels(field: Field, spec: Field, template: PodSpec): void {
  const selector = decodeLabels(field)
  if (selector.size === 0 && template.labels.size === 0) required(field, '', 'give the template labels')
  if ([...selector].some(([key, value]) => template.labels.get(key) !== value)) mismatch(field, spec)
}

function mismatch(field: Field, spec: Field): void {
  const labels = fieldAt(spec, 'template', 'metadata', 'labels')
  invalid(
    { ...labels, value: labels.value ?? null },
    '`selector` does not match template `labels`',
    'give the template every label that the selector asks for',
    { related: [{ at: locationOf(field), message: 'the selector' }] },
  )
}

/** S-302; undefined means one on each node. */
function decodeReplicas(
  kind: WorkloadKind,
  spec: (key: string) => Field,
  job: (key: string) => Field,
): number | undefined {
  switch (kind) {
    case 'DaemonSet':
      return undefined
    case 'Job':
    case 'CronJob':
      return flag(spec('suspend')) || flag(job('suspend')) ? 0 : countOfJob(job)
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'ReplicationController':
      return count(spec('replicas'))
  }
}

/** The most Pods that Kubernetes supports in a cluster: a larger number is a mistake, and would only use memory. */
const MOST_REPLICAS = 150_000

/** `parallelism` Pods at a time, and never more than `completions`. */
function countOfJob(job: (key: string) => Field): number {
  const completions = integer(job('completions'))
  return Math.min(count(job('parallelism')), Math.max(0, completions ?? MOST_REPLICAS))
}

function count(field: Field): number {
  const value = integer(field) ?? 1
  if (value < 0) invalid(field, 'must be greater than or equal to 0', 'write 0 for none')
  else if (value > MOST_REPLICAS)
    invalid(
      field,
      `more Pods than netpol makes for one workload (${MOST_REPLICAS})`,
      'a smaller number gives the same answers: its Pods are all alike',
    )
  else return value
  return 0
}
