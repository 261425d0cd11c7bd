import type { AssumptionReason } from '../../report/assumption.ts'
import type { Description, LabelsReport, ResourceKind, Sentence } from '../../report/inventory.ts'
import { told } from '../../words/reason.ts'

/*
 * What descriptions are put together from.
 */

export type Facts = Description['facts']

export const fact = (name: string, ...values: readonly string[]): Facts[number] => ({ name, values })

export const named = ({ name, namespace }: { readonly name: string; readonly namespace: string }): Facts => [
  fact('Name', name),
  fact('Namespace', namespace),
]

export const labelLines = (labels: LabelsReport): readonly string[] =>
  Object.entries(labels).map(([key, value]) => `${key}=${value ?? '<known to a running cluster only>'}`)

export const sentence = (text: string): Sentence => ({ text, parts: [] })

export function description(
  of: ResourceKind,
  id: string,
  content: { readonly facts: Facts; readonly meaning: readonly Sentence[] },
  assumptions: readonly AssumptionReason[] = [],
): Description {
  return { kind: 'Description', of, id, ...content, assumptions: assumptions.map(told) }
}
