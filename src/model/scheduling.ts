import { fields, items, text, textMap } from './decode/decode.ts'
import type { Field } from './decode/field.ts'
import type { Node, Scheduling, Taint } from './objects.ts'

/** The fields of a Pod's `spec` that decide on which nodes it may run; affinity is not evaluated. */
export const decodeScheduling = (spec: (key: string) => Field): Scheduling => ({
  nodeSelector: textMap(spec('nodeSelector')),
  tolerations: items(spec('tolerations')).map(item => {
    const get = fields(item)
    return { ...taintOf(get), isForEveryValue: text(get('operator')) === 'Exists' }
  }),
})

export const decodeTaints = (field: Field): readonly Taint[] =>
  items(field).map(item => taintOf(fields(item)))

const taintOf = (get: (key: string) => Field): Taint => ({
  key: text(get('key')) ?? '',
  value: text(get('value')) ?? '',
  effect: text(get('effect')) ?? '',
})

/** Whether a DaemonSet runs a Pod on a node, as far as the input describes the node. */
export function mayRunOn({ nodeSelector, tolerations }: Scheduling, node: Node): boolean {
  const { labels, taints } = node
  if (labels === undefined) return true
  const isSelected = [...nodeSelector].every(
    ([key, value]) => (labels.get(key) ?? (isAutomatic(key) ? value : undefined)) === value,
  )
  return (
    isSelected && taints.every(taint => isHarmless(taint) || tolerations.some(one => tolerates(one, taint)))
  )
}

/** Labels that the kubelet adds, which a Node that is written by hand lacks. */
const isAutomatic = (key: string): boolean =>
  /(?:^|\.)kubernetes\.io\//.test(key) && !key.startsWith('node-role.')

/** Taints that are only a preference, or that every DaemonSet tolerates. */
const isHarmless = ({ key, effect }: Taint): boolean =>
  effect === 'PreferNoSchedule' || key.startsWith('node.kubernetes.io/')

const tolerates = (
  { key, value, effect, isForEveryValue }: Scheduling['tolerations'][number],
  taint: Taint,
): boolean =>
  (key === '' ? isForEveryValue : key === taint.key && (isForEveryValue || value === taint.value)) &&
  (effect === '' || effect === taint.effect)
